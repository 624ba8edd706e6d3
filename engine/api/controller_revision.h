// ControllerRevision. Spelled as in YAML; what a field means stands in the table beside it.
// upstream: staging/src/k8s.io/api/apps/v1/types.go
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/api/object.h"
#include "engine/api/type.h"

namespace kubetab::api {

struct ControllerRevision : Object {
    Raw data{};
    std::int64_t revision{};
};

template <>
struct Describe<ControllerRevision> {
    static constexpr std::string_view name = "ControllerRevision";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

template <>
const Kind& kind_of<ControllerRevision>();

}  // namespace kubetab::api
