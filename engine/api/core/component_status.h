// ComponentStatus. Spelled as in YAML; what a field means stands in the table beside it.
// upstream: staging/src/k8s.io/api/core/v1/types.go
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/api/meta.h"
#include "engine/api/object.h"
#include "engine/api/type.h"

namespace kubetab::api {

struct ComponentCondition {
    Text error{};
    Text message{};
    Text status{};
    Text type{};
};

struct ComponentStatus : Object {
    std::vector<ComponentCondition> conditions{};
};

template <>
struct Describe<ComponentCondition> {
    static constexpr std::string_view name = "ComponentCondition";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ComponentStatus> {
    static constexpr std::string_view name = "ComponentStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

template <>
const Kind& kind_of<ComponentStatus>();

}  // namespace kubetab::api
