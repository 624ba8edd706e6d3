// RuntimeClass. Spelled as in YAML; what a field means stands in the table beside it.
// upstream: staging/src/k8s.io/api/node/v1/types.go
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

struct RuntimeOverhead {
    base::FlatMap<Quantity> podFixed{};
};

struct RuntimeScheduling {
    base::StringMap nodeSelector{};
    std::vector<Toleration> tolerations{};
};

struct RuntimeClass : Object {
    Text handler{};
    Box<RuntimeOverhead> overhead{};
    Box<RuntimeScheduling> scheduling{};
};

template <>
struct Describe<RuntimeOverhead> {
    static constexpr std::string_view name = "Overhead";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<RuntimeScheduling> {
    static constexpr std::string_view name = "Scheduling";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<RuntimeClass> {
    static constexpr std::string_view name = "RuntimeClass";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

template <>
const Kind& kind_of<RuntimeClass>();

}  // namespace kubetab::api
