// The scale of an object: what its subresource of that name says and sets.
// upstream: staging/src/k8s.io/api/autoscaling/v1/types.go [Scale]
#pragma once

#include <cstdint>
#include <string>

#include "engine/api/object.h"

namespace kubetab::api {

struct Scale {
    std::int32_t desired = 0;
    std::int32_t actual = 0;
    std::string selector{};
};

// The kind must have the subresource.
Scale scale_of(const Kind& kind, const Object& object);
// Why a custom resource has no scale at present; empty when it has.
std::string no_scale(const Kind& kind, const Object& object);
void set_scale(const Kind& kind, Object& object, std::int32_t replicas);

}  // namespace kubetab::api
