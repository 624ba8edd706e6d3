// Containers, probes, environment, resources. Spelled as in YAML; what a field means stands in the table
// beside it. upstream: staging/src/k8s.io/api/core/v1/types.go
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/core/reference.h"
#include "engine/api/core/security.h"
#include "engine/api/type.h"

namespace kubetab::api {

struct EnvVarSource {
    Box<ConfigMapKeySelector> configMapKeyRef{};
    Box<ObjectFieldSelector> fieldRef{};
    Box<ResourceFieldSelector> resourceFieldRef{};
    Box<SecretKeySelector> secretKeyRef{};
};

struct EnvVar {
    Text name{};
    Text value{};
    Box<EnvVarSource> valueFrom{};
};

struct ConfigMapEnvSource {
    Text name{};
    std::optional<bool> optional{};
};

struct SecretEnvSource {
    Text name{};
    std::optional<bool> optional{};
};

struct EnvFromSource {
    Box<ConfigMapEnvSource> configMapRef{};
    Text prefix{};
    Box<SecretEnvSource> secretRef{};
};

struct ExecAction {
    std::vector<Text> command{};
};

struct HTTPHeader {
    Text name{};
    Text value{};
};

struct HTTPGetAction {
    Text host{};
    std::vector<HTTPHeader> httpHeaders{};
    Text path{};
    IntOrString port{};
    Text scheme{};
};

struct SleepAction {
    std::int64_t seconds{};
};

struct TCPSocketAction {
    Text host{};
    IntOrString port{};
};

struct LifecycleHandler {
    Box<ExecAction> exec{};
    Box<HTTPGetAction> httpGet{};
    Box<SleepAction> sleep{};
    Box<TCPSocketAction> tcpSocket{};
};

struct Lifecycle {
    Box<LifecycleHandler> postStart{};
    Box<LifecycleHandler> preStop{};
};

struct GRPCAction {
    std::int32_t port{};
    std::optional<Text> service{};
};

struct Probe {
    Box<ExecAction> exec{};
    std::int32_t failureThreshold{};
    Box<GRPCAction> grpc{};
    Box<HTTPGetAction> httpGet{};
    std::int32_t initialDelaySeconds{};
    std::int32_t periodSeconds{};
    std::int32_t successThreshold{};
    Box<TCPSocketAction> tcpSocket{};
    std::optional<std::int64_t> terminationGracePeriodSeconds{};
    std::int32_t timeoutSeconds{};
};

struct ContainerPort {
    std::int32_t containerPort{};
    Text hostIP{};
    std::int32_t hostPort{};
    Text name{};
    Text protocol{};
};

struct ContainerResizePolicy {
    Text resourceName{};
    Text restartPolicy{};
};

struct ResourceClaim {
    Text name{};
    Text request{};
};

struct ResourceRequirements {
    List<ResourceClaim> claims{};
    base::FlatMap<Quantity> limits{};
    base::FlatMap<Quantity> requests{};
};

struct VolumeDevice {
    Text devicePath{};
    Text name{};
};

struct VolumeMount {
    Text mountPath{};
    std::optional<Text> mountPropagation{};
    Text name{};
    bool readOnly{};
    std::optional<Text> recursiveReadOnly{};
    Text subPath{};
    Text subPathExpr{};
};

// What containers made from one template say alike, and share.
struct ContainerShared {
    List<Text> args{};
    List<Text> command{};
    List<EnvVar> env{};
    List<EnvFromSource> envFrom{};
    Box<Lifecycle> lifecycle{};
    Box<Probe> livenessProbe{};
    Box<Probe> readinessProbe{};
    List<ContainerResizePolicy> resizePolicy{};
    std::optional<Text> restartPolicy{};
    Box<SecurityContext> securityContext{};
    Box<Probe> startupProbe{};
    bool stdin_{};
    bool stdinOnce{};
    Text terminationMessagePath{};
    Text terminationMessagePolicy{};
    bool tty{};
    List<VolumeDevice> volumeDevices{};
    Text workingDir{};
};

struct Container {
    Text image{};
    Text imagePullPolicy{};
    Text name{};
    List<ContainerPort> ports{};
    ResourceRequirements resources{};
    std::vector<VolumeMount> volumeMounts{};
    Box<ContainerShared> shared{};
};

struct EphemeralContainer {
    Text image{};
    Text imagePullPolicy{};
    Text name{};
    List<ContainerPort> ports{};
    ResourceRequirements resources{};
    Text targetContainerName{};
    std::vector<VolumeMount> volumeMounts{};
    Box<ContainerShared> shared{};
};

template <>
struct Describe<EnvVarSource> {
    static constexpr std::string_view name = "EnvVarSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<EnvVar> {
    static constexpr std::string_view name = "EnvVar";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ConfigMapEnvSource> {
    static constexpr std::string_view name = "ConfigMapEnvSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<SecretEnvSource> {
    static constexpr std::string_view name = "SecretEnvSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<EnvFromSource> {
    static constexpr std::string_view name = "EnvFromSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ExecAction> {
    static constexpr std::string_view name = "ExecAction";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<HTTPHeader> {
    static constexpr std::string_view name = "HTTPHeader";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<HTTPGetAction> {
    static constexpr std::string_view name = "HTTPGetAction";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<SleepAction> {
    static constexpr std::string_view name = "SleepAction";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<TCPSocketAction> {
    static constexpr std::string_view name = "TCPSocketAction";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<LifecycleHandler> {
    static constexpr std::string_view name = "LifecycleHandler";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<Lifecycle> {
    static constexpr std::string_view name = "Lifecycle";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<GRPCAction> {
    static constexpr std::string_view name = "GRPCAction";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<Probe> {
    static constexpr std::string_view name = "Probe";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ContainerPort> {
    static constexpr std::string_view name = "ContainerPort";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ContainerResizePolicy> {
    static constexpr std::string_view name = "ContainerResizePolicy";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ResourceClaim> {
    static constexpr std::string_view name = "ResourceClaim";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ResourceRequirements> {
    static constexpr std::string_view name = "ResourceRequirements";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<VolumeDevice> {
    static constexpr std::string_view name = "VolumeDevice";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<VolumeMount> {
    static constexpr std::string_view name = "VolumeMount";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<Container> {
    static constexpr std::string_view name = "Container";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<EphemeralContainer> {
    static constexpr std::string_view name = "EphemeralContainer";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

}  // namespace kubetab::api
