// Service. Spelled as in YAML; what a field means stands in the table beside it.
// upstream: staging/src/k8s.io/api/core/v1/types.go
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/meta.h"
#include "engine/api/object.h"
#include "engine/api/type.h"

namespace kubetab::api {

struct ServicePort {
    std::optional<Text> appProtocol{};
    Text name{};
    std::int32_t nodePort{};
    std::int32_t port{};
    Text protocol{};
    IntOrString targetPort{};
};

struct ClientIPConfig {
    std::optional<std::int32_t> timeoutSeconds{};
};

struct SessionAffinityConfig {
    Box<ClientIPConfig> clientIP{};
};

struct ServiceSpec {
    std::optional<bool> allocateLoadBalancerNodePorts{};
    Text clusterIP{};
    std::vector<Text> clusterIPs{};
    std::vector<Text> externalIPs{};
    Text externalName{};
    Text externalTrafficPolicy{};
    std::int32_t healthCheckNodePort{};
    std::optional<Text> internalTrafficPolicy{};
    std::vector<Text> ipFamilies{};
    std::optional<Text> ipFamilyPolicy{};
    std::optional<Text> loadBalancerClass{};
    Text loadBalancerIP{};
    std::vector<Text> loadBalancerSourceRanges{};
    std::vector<ServicePort> ports{};
    bool publishNotReadyAddresses{};
    base::StringMap selector{};
    Text sessionAffinity{};
    Box<SessionAffinityConfig> sessionAffinityConfig{};
    std::optional<Text> trafficDistribution{};
    Text type{};
};

struct PortStatus {
    std::optional<Text> error{};
    std::int32_t port{};
    Text protocol{};
};

struct LoadBalancerIngress {
    Text hostname{};
    Text ip{};
    std::optional<Text> ipMode{};
    std::vector<PortStatus> ports{};
};

struct LoadBalancerStatus {
    std::vector<LoadBalancerIngress> ingress{};
};

struct ServiceStatus {
    std::vector<Condition> conditions{};
    LoadBalancerStatus loadBalancer{};
};

struct Service : Object {
    ServiceSpec spec{};
    ServiceStatus status{};
};

template <>
struct Describe<ServicePort> {
    static constexpr std::string_view name = "ServicePort";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ClientIPConfig> {
    static constexpr std::string_view name = "ClientIPConfig";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<SessionAffinityConfig> {
    static constexpr std::string_view name = "SessionAffinityConfig";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ServiceSpec> {
    static constexpr std::string_view name = "ServiceSpec";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<PortStatus> {
    static constexpr std::string_view name = "PortStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<LoadBalancerIngress> {
    static constexpr std::string_view name = "LoadBalancerIngress";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<LoadBalancerStatus> {
    static constexpr std::string_view name = "LoadBalancerStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ServiceStatus> {
    static constexpr std::string_view name = "ServiceStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<Service> {
    static constexpr std::string_view name = "Service";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

}  // namespace kubetab::api
