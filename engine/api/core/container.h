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
    std::string name{};
    std::string value{};
    Box<EnvVarSource> valueFrom{};
};

struct ConfigMapEnvSource {
    std::string name{};
    std::optional<bool> optional{};
};

struct SecretEnvSource {
    std::string name{};
    std::optional<bool> optional{};
};

struct EnvFromSource {
    Box<ConfigMapEnvSource> configMapRef{};
    std::string prefix{};
    Box<SecretEnvSource> secretRef{};
};

struct ExecAction {
    std::vector<std::string> command{};
};

struct HTTPHeader {
    std::string name{};
    std::string value{};
};

struct HTTPGetAction {
    std::string host{};
    std::vector<HTTPHeader> httpHeaders{};
    std::string path{};
    IntOrString port{};
    std::string scheme{};
};

struct SleepAction {
    std::int64_t seconds{};
};

struct TCPSocketAction {
    std::string host{};
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
    std::optional<std::string> service{};
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
    std::string hostIP{};
    std::int32_t hostPort{};
    std::string name{};
    std::string protocol{};
};

struct ContainerResizePolicy {
    std::string resourceName{};
    std::string restartPolicy{};
};

struct ResourceClaim {
    std::string name{};
    std::string request{};
};

struct ResourceRequirements {
    std::vector<ResourceClaim> claims{};
    base::FlatMap<Quantity> limits{};
    base::FlatMap<Quantity> requests{};
};

struct VolumeDevice {
    std::string devicePath{};
    std::string name{};
};

struct VolumeMount {
    std::string mountPath{};
    std::optional<std::string> mountPropagation{};
    std::string name{};
    bool readOnly{};
    std::optional<std::string> recursiveReadOnly{};
    std::string subPath{};
    std::string subPathExpr{};
};

struct Container {
    std::vector<std::string> args{};
    std::vector<std::string> command{};
    std::vector<EnvVar> env{};
    std::vector<EnvFromSource> envFrom{};
    std::string image{};
    std::string imagePullPolicy{};
    Box<Lifecycle> lifecycle{};
    Box<Probe> livenessProbe{};
    std::string name{};
    std::vector<ContainerPort> ports{};
    Box<Probe> readinessProbe{};
    std::vector<ContainerResizePolicy> resizePolicy{};
    ResourceRequirements resources{};
    std::optional<std::string> restartPolicy{};
    Box<SecurityContext> securityContext{};
    Box<Probe> startupProbe{};
    bool stdin_{};
    bool stdinOnce{};
    std::string terminationMessagePath{};
    std::string terminationMessagePolicy{};
    bool tty{};
    std::vector<VolumeDevice> volumeDevices{};
    std::vector<VolumeMount> volumeMounts{};
    std::string workingDir{};
};

struct EphemeralContainer {
    std::vector<std::string> args{};
    std::vector<std::string> command{};
    std::vector<EnvVar> env{};
    std::vector<EnvFromSource> envFrom{};
    std::string image{};
    std::string imagePullPolicy{};
    Box<Lifecycle> lifecycle{};
    Box<Probe> livenessProbe{};
    std::string name{};
    std::vector<ContainerPort> ports{};
    Box<Probe> readinessProbe{};
    std::vector<ContainerResizePolicy> resizePolicy{};
    ResourceRequirements resources{};
    std::optional<std::string> restartPolicy{};
    Box<SecurityContext> securityContext{};
    Box<Probe> startupProbe{};
    bool stdin_{};
    bool stdinOnce{};
    std::string targetContainerName{};
    std::string terminationMessagePath{};
    std::string terminationMessagePolicy{};
    bool tty{};
    std::vector<VolumeDevice> volumeDevices{};
    std::vector<VolumeMount> volumeMounts{};
    std::string workingDir{};
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
