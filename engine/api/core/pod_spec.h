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
    Text name{};
    std::optional<Text> value{};
};

struct PodDNSConfig {
    std::vector<Text> nameservers{};
    std::vector<PodDNSConfigOption> options{};
    std::vector<Text> searches{};
};

struct HostAlias {
    std::vector<Text> hostnames{};
    Text ip{};
};

struct PodOS {
    Text name{};
};

struct PodReadinessGate {
    Text conditionType{};
};

struct PodResourceClaim {
    Text name{};
    std::optional<Text> resourceClaimName{};
    std::optional<Text> resourceClaimTemplateName{};
};

struct PodSchedulingGate {
    Text name{};
};

// What pods made from one template say alike, and share.
struct PodSpecShared {
    std::optional<std::int64_t> activeDeadlineSeconds{};
    Box<Affinity> affinity{};
    std::optional<bool> automountServiceAccountToken{};
    Box<PodDNSConfig> dnsConfig{};
    Text dnsPolicy{};
    std::vector<EphemeralContainer> ephemeralContainers{};
    List<HostAlias> hostAliases{};
    bool hostIPC{};
    bool hostNetwork{};
    bool hostPID{};
    std::optional<bool> hostUsers{};
    Text hostname{};
    List<LocalObjectReference> imagePullSecrets{};
    base::StringMap nodeSelector{};
    Box<PodOS> os{};
    base::FlatMap<Quantity> overhead{};
    Text priorityClassName{};
    List<PodReadinessGate> readinessGates{};
    List<PodResourceClaim> resourceClaims{};
    Box<ResourceRequirements> resources{};
    Text restartPolicy{};
    std::optional<Text> runtimeClassName{};
    Text schedulerName{};
    List<PodSchedulingGate> schedulingGates{};
    Box<PodSecurityContext> securityContext{};
    std::optional<bool> setHostnameAsFQDN{};
    std::optional<bool> shareProcessNamespace{};
    Text subdomain{};
    std::optional<std::int64_t> terminationGracePeriodSeconds{};
    List<TopologySpreadConstraint> topologySpreadConstraints{};
};

struct PodSpec {
    std::vector<Container> containers{};
    std::optional<bool> enableServiceLinks{};
    std::vector<Container> initContainers{};
    Text nodeName{};
    std::optional<Text> preemptionPolicy{};
    std::optional<std::int32_t> priority{};
    Text serviceAccount{};
    Text serviceAccountName{};
    List<Toleration> tolerations{};
    std::vector<Volume> volumes{};
    Box<PodSpecShared> shared{};
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
