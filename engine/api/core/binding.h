// Binding: which node a pod is to run on, as schedulers say it. It is created, done, and never stored.
// Spelled as in YAML; what a field means stands in the table beside it.
// upstream: staging/src/k8s.io/api/core/v1/types.go
#pragma once

#include <span>
#include <string_view>

#include "engine/api/core/reference.h"
#include "engine/api/object.h"
#include "engine/api/type.h"

namespace kubetab::api {

struct Binding : Object {
    ObjectReference target{};
};

template <>
struct Describe<Binding> {
    static constexpr std::string_view name = "Binding";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

template <>
const Kind& kind_of<Binding>();

}  // namespace kubetab::api
