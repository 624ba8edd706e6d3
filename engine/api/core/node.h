// Node. Spelled as in YAML; what a field means stands in the table beside it.
// upstream: staging/src/k8s.io/api/core/v1/types.go
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/object.h"
#include "engine/api/type.h"

namespace kubetab::api {

struct ConfigMapNodeConfigSource {
    Text kubeletConfigKey{};
    Text name{};
    Text namespace_{};
    Text resourceVersion{};
    Text uid{};
};

struct NodeConfigSource {
    Box<ConfigMapNodeConfigSource> configMap{};
};

struct Taint {
    Text effect{};
    Text key{};
    Time timeAdded{};
    Text value{};
};

struct NodeSpec {
    Box<NodeConfigSource> configSource{};
    Text externalID{};
    Text podCIDR{};
    std::vector<Text> podCIDRs{};
    Text providerID{};
    std::vector<Taint> taints{};
    bool unschedulable{};
};

struct NodeAddress {
    Text address{};
    Text type{};
};

struct NodeCondition {
    Time lastHeartbeatTime{};
    Time lastTransitionTime{};
    Text message{};
    Text reason{};
    Text status{};
    Text type{};
};

struct NodeConfigStatus {
    Box<NodeConfigSource> active{};
    Box<NodeConfigSource> assigned{};
    Text error{};
    Box<NodeConfigSource> lastKnownGood{};
};

struct DaemonEndpoint {
    std::int32_t Port{};
};

struct NodeDaemonEndpoints {
    DaemonEndpoint kubeletEndpoint{};
};

struct NodeFeatures {
    bool supplementalGroupsPolicy{};
};

struct ContainerImage {
    std::vector<Text> names{};
    std::int64_t sizeBytes{};
};

struct NodeSystemInfo {
    Text architecture{};
    Text bootID{};
    Text containerRuntimeVersion{};
    Text kernelVersion{};
    Text kubeProxyVersion{};
    Text kubeletVersion{};
    Text machineID{};
    Text operatingSystem{};
    Text osImage{};
    Text systemUUID{};
};

struct NodeRuntimeHandlerFeatures {
    bool recursiveReadOnlyMounts{};
    bool userNamespaces{};
};

struct NodeRuntimeHandler {
    Box<NodeRuntimeHandlerFeatures> features{};
    Text name{};
};

struct AttachedVolume {
    Text devicePath{};
    Text name{};
};

struct NodeStatus {
    std::vector<NodeAddress> addresses{};
    base::FlatMap<Quantity> allocatable{};
    base::FlatMap<Quantity> capacity{};
    std::vector<NodeCondition> conditions{};
    Box<NodeConfigStatus> config{};
    NodeDaemonEndpoints daemonEndpoints{};
    Box<NodeFeatures> features{};
    std::vector<ContainerImage> images{};
    NodeSystemInfo nodeInfo{};
    Text phase{};
    std::vector<NodeRuntimeHandler> runtimeHandlers{};
    std::vector<AttachedVolume> volumesAttached{};
    std::vector<Text> volumesInUse{};
};

struct Node : Object {
    NodeSpec spec{};
    NodeStatus status{};
};

template <>
struct Describe<ConfigMapNodeConfigSource> {
    static constexpr std::string_view name = "ConfigMapNodeConfigSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<NodeConfigSource> {
    static constexpr std::string_view name = "NodeConfigSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<Taint> {
    static constexpr std::string_view name = "Taint";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<NodeSpec> {
    static constexpr std::string_view name = "NodeSpec";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<NodeAddress> {
    static constexpr std::string_view name = "NodeAddress";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<NodeCondition> {
    static constexpr std::string_view name = "NodeCondition";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<NodeConfigStatus> {
    static constexpr std::string_view name = "NodeConfigStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<DaemonEndpoint> {
    static constexpr std::string_view name = "DaemonEndpoint";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<NodeDaemonEndpoints> {
    static constexpr std::string_view name = "NodeDaemonEndpoints";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<NodeFeatures> {
    static constexpr std::string_view name = "NodeFeatures";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ContainerImage> {
    static constexpr std::string_view name = "ContainerImage";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<NodeSystemInfo> {
    static constexpr std::string_view name = "NodeSystemInfo";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<NodeRuntimeHandlerFeatures> {
    static constexpr std::string_view name = "NodeRuntimeHandlerFeatures";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<NodeRuntimeHandler> {
    static constexpr std::string_view name = "NodeRuntimeHandler";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<AttachedVolume> {
    static constexpr std::string_view name = "AttachedVolume";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<NodeStatus> {
    static constexpr std::string_view name = "NodeStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<Node> {
    static constexpr std::string_view name = "Node";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

}  // namespace kubetab::api
