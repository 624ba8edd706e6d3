// CSIStorageCapacity. Spelled as in YAML; what a field means stands in the table beside it.
// upstream: staging/src/k8s.io/api/storage/v1/types.go
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

struct CSIStorageCapacity : Object {
    std::optional<Quantity> capacity{};
    std::optional<Quantity> maximumVolumeSize{};
    Box<LabelSelector> nodeTopology{};
    Text storageClassName{};
};

template <>
struct Describe<CSIStorageCapacity> {
    static constexpr std::string_view name = "CSIStorageCapacity";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

template <>
const Kind& kind_of<CSIStorageCapacity>();

}  // namespace kubetab::api
