// PodTemplate. Spelled as in YAML; what a field means stands in the table beside it.
// upstream: staging/src/k8s.io/api/core/v1/types.go
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/api/core/pod_spec.h"
#include "engine/api/meta.h"
#include "engine/api/object.h"
#include "engine/api/type.h"

namespace kubetab::api {

struct PodTemplate : Object {
    Box<PodTemplateSpec> template_{};
};

template <>
struct Describe<PodTemplate> {
    static constexpr std::string_view name = "PodTemplate";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

template <>
const Kind& kind_of<PodTemplate>();

}  // namespace kubetab::api
