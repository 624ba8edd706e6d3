// Endpoints. Spelled as in YAML; what a field means stands in the table beside it.
// upstream: staging/src/k8s.io/api/core/v1/types.go
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/core/reference.h"
#include "engine/api/object.h"
#include "engine/api/type.h"

namespace kubetab::api {

struct EndpointAddress {
    Text hostname{};
    Text ip{};
    std::optional<Text> nodeName{};
    Box<ObjectReference> targetRef{};
};

struct EndpointPort {
    std::optional<Text> appProtocol{};
    Text name{};
    std::int32_t port{};
    Text protocol{};
};

struct EndpointSubset {
    std::vector<EndpointAddress> addresses{};
    std::vector<EndpointAddress> notReadyAddresses{};
    std::vector<EndpointPort> ports{};
};

struct Endpoints : Object {
    std::vector<EndpointSubset> subsets{};
};

template <>
struct Describe<EndpointAddress> {
    static constexpr std::string_view name = "EndpointAddress";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<EndpointPort> {
    static constexpr std::string_view name = "EndpointPort";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<EndpointSubset> {
    static constexpr std::string_view name = "EndpointSubset";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<Endpoints> {
    static constexpr std::string_view name = "Endpoints";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

}  // namespace kubetab::api
