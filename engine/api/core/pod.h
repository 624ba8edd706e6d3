// Pod and its status. Spelled as in YAML; what a field means stands in the table beside it.
// upstream: staging/src/k8s.io/api/core/v1/types.go
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/core/container.h"
#include "engine/api/core/pod_spec.h"
#include "engine/api/object.h"
#include "engine/api/type.h"

namespace kubetab::api {

struct PodCondition {
    Time lastProbeTime{};
    Time lastTransitionTime{};
    Text message{};
    Text reason{};
    Text status{};
    Text type{};

    bool operator==(const PodCondition&) const = default;
};

struct ResourceHealth {
    Text health{};
    Text resourceID{};
};

struct ResourceStatus {
    Text name{};
    std::vector<ResourceHealth> resources{};
};

struct ContainerStateRunning {
    Time startedAt{};
};

struct ContainerStateTerminated {
    Text containerID{};
    std::int32_t exitCode{};
    Time finishedAt{};
    Text message{};
    Text reason{};
    std::int32_t signal{};
    Time startedAt{};
};

struct ContainerStateWaiting {
    Text message{};
    Text reason{};
};

struct ContainerState {
    Box<ContainerStateRunning> running{};
    Box<ContainerStateTerminated> terminated{};
    Box<ContainerStateWaiting> waiting{};
};

struct LinuxContainerUser {
    std::int64_t gid{};
    std::vector<std::int64_t> supplementalGroups{};
    std::int64_t uid{};
};

struct ContainerUser {
    Box<LinuxContainerUser> linux{};
};

struct VolumeMountStatus {
    Text mountPath{};
    Text name{};
    bool readOnly{};
    std::optional<Text> recursiveReadOnly{};
};

struct ContainerStatus {
    base::FlatMap<Quantity> allocatedResources{};
    List<ResourceStatus> allocatedResourcesStatus{};
    Text containerID{};
    Text image{};
    Text imageID{};
    ContainerState lastState{};
    Text name{};
    bool ready{};
    Box<ResourceRequirements> resources{};
    std::int32_t restartCount{};
    std::optional<bool> started{};
    ContainerState state{};
    Box<ContainerUser> user{};
    std::vector<VolumeMountStatus> volumeMounts{};
};

struct HostIP {
    Text ip{};
};

struct PodIP {
    Text ip{};
};

struct PodResourceClaimStatus {
    Text name{};
    std::optional<Text> resourceClaimName{};
};

struct PodStatus {
    List<PodCondition> conditions{};
    std::vector<ContainerStatus> containerStatuses{};
    List<ContainerStatus> ephemeralContainerStatuses{};
    Text hostIP{};
    List<HostIP> hostIPs{};
    List<ContainerStatus> initContainerStatuses{};
    Text message{};
    Text nominatedNodeName{};
    Text phase{};
    Text podIP{};
    std::vector<PodIP> podIPs{};
    Text qosClass{};
    Text reason{};
    Text resize{};
    List<PodResourceClaimStatus> resourceClaimStatuses{};
    Time startTime{};
};

struct Pod : Object {
    Box<PodSpec> spec{};
    PodStatus status{};
};

template <>
struct Describe<PodCondition> {
    static constexpr std::string_view name = "PodCondition";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ResourceHealth> {
    static constexpr std::string_view name = "ResourceHealth";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ResourceStatus> {
    static constexpr std::string_view name = "ResourceStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ContainerStateRunning> {
    static constexpr std::string_view name = "ContainerStateRunning";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ContainerStateTerminated> {
    static constexpr std::string_view name = "ContainerStateTerminated";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ContainerStateWaiting> {
    static constexpr std::string_view name = "ContainerStateWaiting";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ContainerState> {
    static constexpr std::string_view name = "ContainerState";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<LinuxContainerUser> {
    static constexpr std::string_view name = "LinuxContainerUser";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ContainerUser> {
    static constexpr std::string_view name = "ContainerUser";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<VolumeMountStatus> {
    static constexpr std::string_view name = "VolumeMountStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ContainerStatus> {
    static constexpr std::string_view name = "ContainerStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<HostIP> {
    static constexpr std::string_view name = "HostIP";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<PodIP> {
    static constexpr std::string_view name = "PodIP";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<PodResourceClaimStatus> {
    static constexpr std::string_view name = "PodResourceClaimStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<PodStatus> {
    static constexpr std::string_view name = "PodStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<Pod> {
    static constexpr std::string_view name = "Pod";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

}  // namespace kubetab::api
