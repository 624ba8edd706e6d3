// EndpointSlice. Spelled as in YAML; what a field means stands in the table beside it.
// upstream: staging/src/k8s.io/api/discovery/v1/types.go
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

struct EndpointConditions {
    std::optional<bool> ready{};
    std::optional<bool> serving{};
    std::optional<bool> terminating{};
};

struct ForZone {
    Text name{};
};

struct EndpointHints {
    std::vector<ForZone> forZones{};
};

struct Endpoint {
    std::vector<Text> addresses{};
    EndpointConditions conditions{};
    base::StringMap deprecatedTopology{};
    Box<EndpointHints> hints{};
    std::optional<Text> hostname{};
    std::optional<Text> nodeName{};
    Box<ObjectReference> targetRef{};
    std::optional<Text> zone{};
};

struct DiscoveryEndpointPort {
    std::optional<Text> appProtocol{};
    std::optional<Text> name{};
    std::optional<std::int32_t> port{};
    std::optional<Text> protocol{};
};

struct EndpointSlice : Object {
    Text addressType{};
    std::vector<Endpoint> endpoints{};
    std::vector<DiscoveryEndpointPort> ports{};
};

template <>
struct Describe<EndpointConditions> {
    static constexpr std::string_view name = "EndpointConditions";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ForZone> {
    static constexpr std::string_view name = "ForZone";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<EndpointHints> {
    static constexpr std::string_view name = "EndpointHints";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<Endpoint> {
    static constexpr std::string_view name = "Endpoint";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<DiscoveryEndpointPort> {
    static constexpr std::string_view name = "EndpointPort";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<EndpointSlice> {
    static constexpr std::string_view name = "EndpointSlice";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

}  // namespace kubetab::api
