#include "engine/api/core/container.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<EnvVarSource>::doc = "";

std::span<const Field> Describe<EnvVarSource>::fields() {
    using T = EnvVarSource;
    static const std::vector<Field> table{
        field<T>("configMapKeyRef", &T::configMapKeyRef),
        field<T>("fieldRef", &T::fieldRef),
        field<T>("resourceFieldRef", &T::resourceFieldRef),
        field<T>("secretKeyRef", &T::secretKeyRef),
    };
    return table;
}

const std::string_view Describe<EnvVar>::doc = "";

std::span<const Field> Describe<EnvVar>::fields() {
    using T = EnvVar;
    static const std::vector<Field> table{
        field<T>("name", &T::name).required().always(),
        field<T>("value", &T::value),
        field<T>("valueFrom", &T::valueFrom),
    };
    return table;
}

const std::string_view Describe<ConfigMapEnvSource>::doc = "";

std::span<const Field> Describe<ConfigMapEnvSource>::fields() {
    using T = ConfigMapEnvSource;
    static const std::vector<Field> table{
        field<T>("name", &T::name),
        field<T>("optional", &T::optional),
    };
    return table;
}

const std::string_view Describe<SecretEnvSource>::doc = "";

std::span<const Field> Describe<SecretEnvSource>::fields() {
    using T = SecretEnvSource;
    static const std::vector<Field> table{
        field<T>("name", &T::name),
        field<T>("optional", &T::optional),
    };
    return table;
}

const std::string_view Describe<EnvFromSource>::doc = "";

std::span<const Field> Describe<EnvFromSource>::fields() {
    using T = EnvFromSource;
    static const std::vector<Field> table{
        field<T>("configMapRef", &T::configMapRef),
        field<T>("prefix", &T::prefix),
        field<T>("secretRef", &T::secretRef),
    };
    return table;
}

const std::string_view Describe<ExecAction>::doc = "";

std::span<const Field> Describe<ExecAction>::fields() {
    using T = ExecAction;
    static const std::vector<Field> table{
        field<T>("command", &T::command),
    };
    return table;
}

const std::string_view Describe<HTTPHeader>::doc = "";

std::span<const Field> Describe<HTTPHeader>::fields() {
    using T = HTTPHeader;
    static const std::vector<Field> table{
        field<T>("name", &T::name).required().always(),
        field<T>("value", &T::value).required().always(),
    };
    return table;
}

const std::string_view Describe<HTTPGetAction>::doc = "";

std::span<const Field> Describe<HTTPGetAction>::fields() {
    using T = HTTPGetAction;
    static const std::vector<Field> table{
        field<T>("host", &T::host),
        field<T>("httpHeaders", &T::httpHeaders),
        field<T>("path", &T::path).preset(R"("/")"),
        field<T>("port", &T::port).required().always(),
        field<T>("scheme", &T::scheme).preset(R"("HTTP")"),
    };
    return table;
}

const std::string_view Describe<SleepAction>::doc = "";

std::span<const Field> Describe<SleepAction>::fields() {
    using T = SleepAction;
    static const std::vector<Field> table{
        field<T>("seconds", &T::seconds).required().always(),
    };
    return table;
}

const std::string_view Describe<TCPSocketAction>::doc = "";

std::span<const Field> Describe<TCPSocketAction>::fields() {
    using T = TCPSocketAction;
    static const std::vector<Field> table{
        field<T>("host", &T::host),
        field<T>("port", &T::port).required().always(),
    };
    return table;
}

const std::string_view Describe<LifecycleHandler>::doc = "";

std::span<const Field> Describe<LifecycleHandler>::fields() {
    using T = LifecycleHandler;
    static const std::vector<Field> table{
        field<T>("exec", &T::exec),
        field<T>("httpGet", &T::httpGet),
        field<T>("sleep", &T::sleep),
        field<T>("tcpSocket", &T::tcpSocket),
    };
    return table;
}

const std::string_view Describe<Lifecycle>::doc = "";

std::span<const Field> Describe<Lifecycle>::fields() {
    using T = Lifecycle;
    static const std::vector<Field> table{
        field<T>("postStart", &T::postStart),
        field<T>("preStop", &T::preStop),
    };
    return table;
}

const std::string_view Describe<GRPCAction>::doc = "";

std::span<const Field> Describe<GRPCAction>::fields() {
    using T = GRPCAction;
    static const std::vector<Field> table{
        field<T>("port", &T::port).required().always(),
        field<T>("service", &T::service).preset(R"("")"),
    };
    return table;
}

const std::string_view Describe<Probe>::doc = "";

std::span<const Field> Describe<Probe>::fields() {
    using T = Probe;
    static const std::vector<Field> table{
        field<T>("exec", &T::exec),
        field<T>("failureThreshold", &T::failureThreshold).preset("3"),
        field<T>("grpc", &T::grpc),
        field<T>("httpGet", &T::httpGet),
        field<T>("initialDelaySeconds", &T::initialDelaySeconds),
        field<T>("periodSeconds", &T::periodSeconds).preset("10"),
        field<T>("successThreshold", &T::successThreshold).preset("1"),
        field<T>("tcpSocket", &T::tcpSocket),
        field<T>("terminationGracePeriodSeconds", &T::terminationGracePeriodSeconds),
        field<T>("timeoutSeconds", &T::timeoutSeconds).preset("1"),
    };
    return table;
}

const std::string_view Describe<ContainerPort>::doc = "";

std::span<const Field> Describe<ContainerPort>::fields() {
    using T = ContainerPort;
    static const std::vector<Field> table{
        field<T>("containerPort", &T::containerPort).required().always(),
        field<T>("hostIP", &T::hostIP),
        field<T>("hostPort", &T::hostPort),
        field<T>("name", &T::name),
        field<T>("protocol", &T::protocol).preset(R"("TCP")"),
    };
    return table;
}

const std::string_view Describe<ContainerResizePolicy>::doc = "";

std::span<const Field> Describe<ContainerResizePolicy>::fields() {
    using T = ContainerResizePolicy;
    static const std::vector<Field> table{
        field<T>("resourceName", &T::resourceName).required().always(),
        field<T>("restartPolicy", &T::restartPolicy).required().always(),
    };
    return table;
}

const std::string_view Describe<ResourceClaim>::doc = "";

std::span<const Field> Describe<ResourceClaim>::fields() {
    using T = ResourceClaim;
    static const std::vector<Field> table{
        field<T>("name", &T::name).required().always(),
        field<T>("request", &T::request),
    };
    return table;
}

const std::string_view Describe<ResourceRequirements>::doc = "";

std::span<const Field> Describe<ResourceRequirements>::fields() {
    using T = ResourceRequirements;
    static const std::vector<Field> table{
        field<T>("claims", &T::claims),
        field<T>("limits", &T::limits),
        field<T>("requests", &T::requests),
    };
    return table;
}

const std::string_view Describe<VolumeDevice>::doc = "";

std::span<const Field> Describe<VolumeDevice>::fields() {
    using T = VolumeDevice;
    static const std::vector<Field> table{
        field<T>("devicePath", &T::devicePath).required().always(),
        field<T>("name", &T::name).required().always(),
    };
    return table;
}

const std::string_view Describe<VolumeMount>::doc = "";

std::span<const Field> Describe<VolumeMount>::fields() {
    using T = VolumeMount;
    static const std::vector<Field> table{
        field<T>("mountPath", &T::mountPath).required().always(),
        field<T>("mountPropagation", &T::mountPropagation),
        field<T>("name", &T::name).required().always(),
        field<T>("readOnly", &T::readOnly),
        field<T>("recursiveReadOnly", &T::recursiveReadOnly),
        field<T>("subPath", &T::subPath),
        field<T>("subPathExpr", &T::subPathExpr),
    };
    return table;
}

const std::string_view Describe<Container>::doc = "";

std::span<const Field> Describe<Container>::fields() {
    using T = Container;
    static const std::vector<Field> table{
        field<T>("args", &T::args),
        field<T>("command", &T::command),
        field<T>("env", &T::env).merge("name"),
        field<T>("envFrom", &T::envFrom),
        field<T>("image", &T::image),
        field<T>("imagePullPolicy", &T::imagePullPolicy),
        field<T>("lifecycle", &T::lifecycle),
        field<T>("livenessProbe", &T::livenessProbe),
        field<T>("name", &T::name).required().always(),
        field<T>("ports", &T::ports).merge("containerPort"),
        field<T>("readinessProbe", &T::readinessProbe),
        field<T>("resizePolicy", &T::resizePolicy),
        field<T>("resources", &T::resources),
        field<T>("restartPolicy", &T::restartPolicy),
        field<T>("securityContext", &T::securityContext),
        field<T>("startupProbe", &T::startupProbe),
        field<T>("stdin", &T::stdin_),
        field<T>("stdinOnce", &T::stdinOnce),
        field<T>("terminationMessagePath", &T::terminationMessagePath).preset(R"("/dev/termination-log")"),
        field<T>("terminationMessagePolicy", &T::terminationMessagePolicy).preset(R"("File")"),
        field<T>("tty", &T::tty),
        field<T>("volumeDevices", &T::volumeDevices).merge("devicePath"),
        field<T>("volumeMounts", &T::volumeMounts).merge("mountPath"),
        field<T>("workingDir", &T::workingDir),
    };
    return table;
}

const std::string_view Describe<EphemeralContainer>::doc = "";

std::span<const Field> Describe<EphemeralContainer>::fields() {
    using T = EphemeralContainer;
    static const std::vector<Field> table{
        field<T>("args", &T::args),
        field<T>("command", &T::command),
        field<T>("env", &T::env).merge("name"),
        field<T>("envFrom", &T::envFrom),
        field<T>("image", &T::image),
        field<T>("imagePullPolicy", &T::imagePullPolicy),
        field<T>("lifecycle", &T::lifecycle),
        field<T>("livenessProbe", &T::livenessProbe),
        field<T>("name", &T::name).required().always(),
        field<T>("ports", &T::ports).merge("containerPort"),
        field<T>("readinessProbe", &T::readinessProbe),
        field<T>("resizePolicy", &T::resizePolicy),
        field<T>("resources", &T::resources),
        field<T>("restartPolicy", &T::restartPolicy),
        field<T>("securityContext", &T::securityContext),
        field<T>("startupProbe", &T::startupProbe),
        field<T>("stdin", &T::stdin_),
        field<T>("stdinOnce", &T::stdinOnce),
        field<T>("targetContainerName", &T::targetContainerName),
        field<T>("terminationMessagePath", &T::terminationMessagePath).preset(R"("/dev/termination-log")"),
        field<T>("terminationMessagePolicy", &T::terminationMessagePolicy).preset(R"("File")"),
        field<T>("tty", &T::tty),
        field<T>("volumeDevices", &T::volumeDevices).merge("devicePath"),
        field<T>("volumeMounts", &T::volumeMounts).merge("mountPath"),
        field<T>("workingDir", &T::workingDir),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
