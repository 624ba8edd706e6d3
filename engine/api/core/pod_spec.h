// What a pod should be. Spelled as in YAML; what a field means stands in the table beside it.
// upstream: staging/src/k8s.io/api/core/v1/types.go
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/core/affinity.h"
#include "engine/api/core/container.h"
#include "engine/api/core/reference.h"
#include "engine/api/core/security.h"
#include "engine/api/core/volume.h"
#include "engine/api/meta.h"
#include "engine/api/type.h"

namespace kubetab::api {

struct PodDNSConfigOption {
    std::string name{};
    std::optional<std::string> value{};
};

struct PodDNSConfig {
    std::vector<std::string> nameservers{};
    std::vector<PodDNSConfigOption> options{};
    std::vector<std::string> searches{};
};

struct HostAlias {
    std::vector<std::string> hostnames{};
    std::string ip{};
};

struct PodOS {
    std::string name{};
};

struct PodReadinessGate {
    std::string conditionType{};
};

struct PodResourceClaim {
    std::string name{};
    std::optional<std::string> resourceClaimName{};
    std::optional<std::string> resourceClaimTemplateName{};
};

struct PodSchedulingGate {
    std::string name{};
};

struct PodSpec {
    std::optional<std::int64_t> activeDeadlineSeconds{};
    Box<Affinity> affinity{};
    std::optional<bool> automountServiceAccountToken{};
    std::vector<Container> containers{};
    Box<PodDNSConfig> dnsConfig{};
    std::string dnsPolicy{};
    std::optional<bool> enableServiceLinks{};
    std::vector<EphemeralContainer> ephemeralContainers{};
    std::vector<HostAlias> hostAliases{};
    bool hostIPC{};
    bool hostNetwork{};
    bool hostPID{};
    std::optional<bool> hostUsers{};
    std::string hostname{};
    std::vector<LocalObjectReference> imagePullSecrets{};
    std::vector<Container> initContainers{};
    std::string nodeName{};
    base::StringMap nodeSelector{};
    Box<PodOS> os{};
    base::FlatMap<Quantity> overhead{};
    std::optional<std::string> preemptionPolicy{};
    std::optional<std::int32_t> priority{};
    std::string priorityClassName{};
    std::vector<PodReadinessGate> readinessGates{};
    std::vector<PodResourceClaim> resourceClaims{};
    Box<ResourceRequirements> resources{};
    std::string restartPolicy{};
    std::optional<std::string> runtimeClassName{};
    std::string schedulerName{};
    std::vector<PodSchedulingGate> schedulingGates{};
    Box<PodSecurityContext> securityContext{};
    std::string serviceAccount{};
    std::string serviceAccountName{};
    std::optional<bool> setHostnameAsFQDN{};
    std::optional<bool> shareProcessNamespace{};
    std::string subdomain{};
    std::optional<std::int64_t> terminationGracePeriodSeconds{};
    std::vector<Toleration> tolerations{};
    std::vector<TopologySpreadConstraint> topologySpreadConstraints{};
    std::vector<Volume> volumes{};
};

struct PodTemplateSpec {
    ObjectMeta metadata{};
    Box<PodSpec> spec{};
};

template <>
struct Describe<PodDNSConfigOption> {
    static constexpr std::string_view name = "PodDNSConfigOption";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<PodDNSConfig> {
    static constexpr std::string_view name = "PodDNSConfig";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<HostAlias> {
    static constexpr std::string_view name = "HostAlias";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<PodOS> {
    static constexpr std::string_view name = "PodOS";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<PodReadinessGate> {
    static constexpr std::string_view name = "PodReadinessGate";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<PodResourceClaim> {
    static constexpr std::string_view name = "PodResourceClaim";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<PodSchedulingGate> {
    static constexpr std::string_view name = "PodSchedulingGate";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<PodSpec> {
    static constexpr std::string_view name = "PodSpec";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<PodTemplateSpec> {
    static constexpr std::string_view name = "PodTemplateSpec";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

}  // namespace kubetab::api
