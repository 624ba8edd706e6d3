#include "engine/api/core/container.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<EnvVarSource>::doc =
    "Where the value of a variable is taken from; exactly one.";

std::span<const Field> Describe<EnvVarSource>::fields() {
    using T = EnvVarSource;
    static const std::vector<Field> table{
        field<T>("configMapKeyRef", &T::configMapKeyRef)
            .documented("A key of a ConfigMap in the same namespace."),
        field<T>("fieldRef", &T::fieldRef)
            .documented("A field of the pod, such as metadata.name, status.podIP or spec.nodeName."),
        field<T>("resourceFieldRef", &T::resourceFieldRef)
            .documented("A limit or request of a container."),
        field<T>("secretKeyRef", &T::secretKeyRef)
            .documented("A key of a Secret in the same namespace."),
    };
    return table;
}

const std::string_view Describe<EnvVar>::doc = "An environment variable of a container.";

std::span<const Field> Describe<EnvVar>::fields() {
    using T = EnvVar;
    static const std::vector<Field> table{
        field<T>("name", &T::name).required().always()
            .documented("The variable's name; any printable character but '='."),
        field<T>("value", &T::value)
            .documented("Its value; $(OTHER) stands for a variable defined before, $$ for a dollar sign."),
        field<T>("valueFrom", &T::valueFrom)
            .documented("Take the value from somewhere else; not together with value."),
    };
    return table;
}

const std::string_view Describe<ConfigMapEnvSource>::doc = "A ConfigMap whose keys all become variables.";

std::span<const Field> Describe<ConfigMapEnvSource>::fields() {
    using T = ConfigMapEnvSource;
    static const std::vector<Field> table{
        field<T>("name", &T::name)
            .documented("The ConfigMap's name."),
        field<T>("optional", &T::optional)
            .documented("When true, the container starts even if the ConfigMap does not exist."),
    };
    return table;
}

const std::string_view Describe<SecretEnvSource>::doc = "A Secret whose keys all become variables.";

std::span<const Field> Describe<SecretEnvSource>::fields() {
    using T = SecretEnvSource;
    static const std::vector<Field> table{
        field<T>("name", &T::name)
            .documented("The Secret's name."),
        field<T>("optional", &T::optional)
            .documented("When true, the container starts even if the Secret does not exist."),
    };
    return table;
}

const std::string_view Describe<EnvFromSource>::doc = "A source of many variables at once.";

std::span<const Field> Describe<EnvFromSource>::fields() {
    using T = EnvFromSource;
    static const std::vector<Field> table{
        field<T>("configMapRef", &T::configMapRef)
            .documented("Take every key of this ConfigMap."),
        field<T>("prefix", &T::prefix)
            .documented("Text that is put in front of each key."),
        field<T>("secretRef", &T::secretRef)
            .documented("Take every key of this Secret."),
    };
    return table;
}

const std::string_view Describe<ExecAction>::doc =
    "A command that is run inside the container; exit code 0 means success.";

std::span<const Field> Describe<ExecAction>::fields() {
    using T = ExecAction;
    static const std::vector<Field> table{
        field<T>("command", &T::command)
            .documented("The program and its arguments; no shell reads them, so name one if you need it."),
    };
    return table;
}

const std::string_view Describe<HTTPHeader>::doc = "A header that a request carries.";

std::span<const Field> Describe<HTTPHeader>::fields() {
    using T = HTTPHeader;
    static const std::vector<Field> table{
        field<T>("name", &T::name).required().always()
            .documented("The header's name, such as Host."),
        field<T>("value", &T::value).required().always()
            .documented("The header's value."),
    };
    return table;
}

const std::string_view Describe<HTTPGetAction>::doc =
    "A GET request; an answer from 200 to 399 means success.";

std::span<const Field> Describe<HTTPGetAction>::fields() {
    using T = HTTPGetAction;
    static const std::vector<Field> table{
        field<T>("host", &T::host)
            .documented("Where to connect; the pod's own address by default."),
        field<T>("httpHeaders", &T::httpHeaders)
            .documented("Headers that are sent along; a name may occur more than once."),
        field<T>("path", &T::path).preset(R"("/")")
            .documented("The path that is asked for; / by default."),
        field<T>("port", &T::port).required().always()
            .documented("The port, by number or by its name in the container's ports."),
        field<T>("scheme", &T::scheme).preset(R"("HTTP")").one_of("HTTP|HTTPS")
            .documented("HTTP (the default) or HTTPS, whose certificate is not checked."),
    };
    return table;
}

const std::string_view Describe<SleepAction>::doc = "A wait, and nothing else.";

std::span<const Field> Describe<SleepAction>::fields() {
    using T = SleepAction;
    static const std::vector<Field> table{
        field<T>("seconds", &T::seconds).required().always()
            .documented("How many seconds to wait."),
    };
    return table;
}

const std::string_view Describe<TCPSocketAction>::doc =
    "A TCP connection; being able to open it means success.";

std::span<const Field> Describe<TCPSocketAction>::fields() {
    using T = TCPSocketAction;
    static const std::vector<Field> table{
        field<T>("host", &T::host)
            .documented("Where to connect; the pod's own address by default."),
        field<T>("port", &T::port).required().always()
            .documented("The port, by number or by its name in the container's ports."),
    };
    return table;
}

const std::string_view Describe<LifecycleHandler>::doc =
    "What is done at a turning point of a container's life; exactly one.";

std::span<const Field> Describe<LifecycleHandler>::fields() {
    using T = LifecycleHandler;
    static const std::vector<Field> table{
        field<T>("exec", &T::exec)
            .documented("Run a command in the container."),
        field<T>("httpGet", &T::httpGet)
            .documented("Send a request."),
        field<T>("sleep", &T::sleep)
            .documented("Wait for a while."),
        field<T>("tcpSocket", &T::tcpSocket)
            .documented("Not used by the kubelet any more; kept so that old manifests are accepted."),
    };
    return table;
}

const std::string_view Describe<Lifecycle>::doc =
    "What is done right after a container starts and just before it is stopped.";

std::span<const Field> Describe<Lifecycle>::fields() {
    using T = Lifecycle;
    static const std::vector<Field> table{
        field<T>("postStart", &T::postStart)
            .documented("Runs as soon as the container exists; when it fails, the container is killed and "
                        "started again."),
        field<T>("preStop", &T::preStop)
            .documented("Runs before the container is told to stop; the pod's grace period goes on "
                        "meanwhile."),
    };
    return table;
}

const std::string_view Describe<GRPCAction>::doc = "A call of the gRPC health service.";

std::span<const Field> Describe<GRPCAction>::fields() {
    using T = GRPCAction;
    static const std::vector<Field> table{
        field<T>("port", &T::port).required().always()
            .documented("The port number of the gRPC server."),
        field<T>("service", &T::service).preset(R"("")")
            .documented("The service name put into the health request; empty asks for the server as a "
                        "whole."),
    };
    return table;
}

const std::string_view Describe<Probe>::doc = "A check that the kubelet repeats to learn how a container is.";

std::span<const Field> Describe<Probe>::fields() {
    using T = Probe;
    static const std::vector<Field> table{
        field<T>("exec", &T::exec)
            .documented("Check by running a command in the container."),
        field<T>("failureThreshold", &T::failureThreshold).preset("3")
            .documented("So many failures in a row count as failed; 3 by default."),
        field<T>("grpc", &T::grpc)
            .documented("Check by asking the gRPC health service."),
        field<T>("httpGet", &T::httpGet)
            .documented("Check by sending a request."),
        field<T>("initialDelaySeconds", &T::initialDelaySeconds)
            .documented("Seconds after the container's start before the first check."),
        field<T>("periodSeconds", &T::periodSeconds).preset("10")
            .documented("Seconds between checks; 10 by default."),
        field<T>("successThreshold", &T::successThreshold).preset("1")
            .documented("So many successes in a row count as good again; 1, and nothing else for liveness "
                        "and startup."),
        field<T>("tcpSocket", &T::tcpSocket)
            .documented("Check by opening a connection."),
        field<T>("terminationGracePeriodSeconds", &T::terminationGracePeriodSeconds)
            .documented("Grace period for containers that this probe stops; the pod's own when left out."),
        field<T>("timeoutSeconds", &T::timeoutSeconds).preset("1")
            .documented("A check that takes longer has failed; 1 by default."),
    };
    return table;
}

const std::string_view Describe<ContainerPort>::doc =
    "A port that the container listens on; mostly for readers, for it opens nothing by itself.";

std::span<const Field> Describe<ContainerPort>::fields() {
    using T = ContainerPort;
    static const std::vector<Field> table{
        field<T>("containerPort", &T::containerPort).required().always()
            .documented("The number inside the pod, 1 to 65535."),
        field<T>("hostIP", &T::hostIP)
            .documented("The node's address that hostPort is opened on; all of them by default."),
        field<T>("hostPort", &T::hostPort)
            .documented("A port of the node that leads here; only one pod of a node can have it."),
        field<T>("name", &T::name)
            .documented("A name that Services and probes can use instead of the number."),
        field<T>("protocol", &T::protocol).preset(R"("TCP")").one_of("SCTP|TCP|UDP")
            .documented("TCP (the default), UDP or SCTP."),
    };
    return table;
}

const std::string_view Describe<ContainerResizePolicy>::doc =
    "What a change of one resource in place does to the container.";

std::span<const Field> Describe<ContainerResizePolicy>::fields() {
    using T = ContainerResizePolicy;
    static const std::vector<Field> table{
        field<T>("resourceName", &T::resourceName).required().always()
            .documented("The resource: cpu or memory."),
        field<T>("restartPolicy", &T::restartPolicy).required().always()
            .documented("NotRequired changes it at once; RestartContainer restarts the container for it."),
    };
    return table;
}

const std::string_view Describe<ResourceClaim>::doc = "A device claim of the pod that the container uses.";

std::span<const Field> Describe<ResourceClaim>::fields() {
    using T = ResourceClaim;
    static const std::vector<Field> table{
        field<T>("name", &T::name).required().always()
            .documented("The claim, by its name in the pod's resourceClaims."),
        field<T>("request", &T::request)
            .documented("One request of that claim; left out, all of them."),
    };
    return table;
}

const std::string_view Describe<ResourceRequirements>::doc =
    "How much of each resource is set aside, and how much may be used at most.";

std::span<const Field> Describe<ResourceRequirements>::fields() {
    using T = ResourceRequirements;
    static const std::vector<Field> table{
        field<T>("claims", &T::claims)
            .documented("Device claims of the pod that are used here."),
        field<T>("limits", &T::limits)
            .documented("The most that may be used: more CPU is throttled, more memory ends the container."),
        field<T>("requests", &T::requests)
            .documented("What is set aside; a node must have so much free. Taken from limits when left out."),
    };
    return table;
}

const std::string_view Describe<VolumeDevice>::doc = "A volume that appears as a raw block device.";

std::span<const Field> Describe<VolumeDevice>::fields() {
    using T = VolumeDevice;
    static const std::vector<Field> table{
        field<T>("devicePath", &T::devicePath).required().always()
            .documented("Where the device appears in the container."),
        field<T>("name", &T::name).required().always()
            .documented("The volume, by its name in the pod's volumes; it must be a claim."),
    };
    return table;
}

const std::string_view Describe<VolumeMount>::doc = "A volume that appears as a directory of the container.";

std::span<const Field> Describe<VolumeMount>::fields() {
    using T = VolumeMount;
    static const std::vector<Field> table{
        field<T>("mountPath", &T::mountPath).required().always()
            .documented("Where the volume appears; may not contain ':'."),
        field<T>("mountPropagation", &T::mountPropagation).one_of("Bidirectional|HostToContainer|None")
            .documented("Whether later mounts pass between node and container; None by default."),
        field<T>("name", &T::name).required().always()
            .documented("The volume, by its name in the pod's volumes."),
        field<T>("readOnly", &T::readOnly)
            .documented("When true, the container cannot write to it."),
        field<T>("recursiveReadOnly", &T::recursiveReadOnly)
            .documented("Whether mounts below a read-only one are read-only too: Disabled, IfPossible or "
                        "Enabled."),
        field<T>("subPath", &T::subPath)
            .documented("Show only this file or directory of the volume."),
        field<T>("subPathExpr", &T::subPathExpr)
            .documented("Like subPath, with $(VARIABLE) replaced by the container's variables."),
    };
    return table;
}

const std::string_view Describe<Container>::doc =
    "One container of a pod: an image, what it runs and what it gets.";

std::span<const Field> Describe<Container>::fields() {
    using T = Container;
    static const std::vector<Field> table{
        field<T, &T::shared>("args", &ContainerShared::args)
            .documented("Arguments of the program; the image's own when left out."),
        field<T, &T::shared>("command", &ContainerShared::command)
            .documented("The program to run, instead of the image's entry point."),
        field<T, &T::shared>("env", &ContainerShared::env).merge("name")
            .documented("Environment variables, one by one; they win over envFrom."),
        field<T, &T::shared>("envFrom", &ContainerShared::envFrom)
            .documented("Sources whose keys all become environment variables."),
        field<T>("image", &T::image)
            .documented("The image, such as nginx:1.25 or registry.example/team/app:v2."),
        field<T>("imagePullPolicy", &T::imagePullPolicy).one_of("Always|IfNotPresent|Never")
            .documented("When the image is fetched: Always is the default for :latest, else IfNotPresent."),
        field<T, &T::shared>("lifecycle", &ContainerShared::lifecycle)
            .documented("What is done after the start and before the stop."),
        field<T, &T::shared>("livenessProbe", &ContainerShared::livenessProbe)
            .documented("A check whose failure gets the container restarted."),
        field<T>("name", &T::name).required().always()
            .documented("The container's name, unique in the pod; cannot be changed."),
        field<T>("ports", &T::ports).merge("containerPort")
            .documented("Ports that the container listens on."),
        field<T, &T::shared>("readinessProbe", &ContainerShared::readinessProbe)
            .documented("A check that decides whether Services send traffic here."),
        field<T, &T::shared>("resizePolicy", &ContainerShared::resizePolicy)
            .documented("What changing resources in place does to the container."),
        field<T>("resources", &T::resources)
            .documented("How much CPU, memory and so on it needs and may have."),
        field<T, &T::shared>("restartPolicy", &ContainerShared::restartPolicy)
            .documented("Always makes an init container a sidecar that runs beside the others; for init "
                        "containers only."),
        field<T, &T::shared>("securityContext", &ContainerShared::securityContext)
            .documented("Rights and limits of the container's processes; wins over the pod's."),
        field<T, &T::shared>("startupProbe", &ContainerShared::startupProbe)
            .documented("A check that must succeed once before the other probes begin."),
        field<T, &T::shared>("stdin", &ContainerShared::stdin_)
            .documented("Keep standard input open, so that one can attach to it."),
        field<T, &T::shared>("stdinOnce", &ContainerShared::stdinOnce)
            .documented("Close standard input after the first one who attached has left."),
        field<T, &T::shared>("terminationMessagePath", &ContainerShared::terminationMessagePath).preset(R"("/dev/termination-log")")
            .documented("File whose text becomes the message when the container ends; "
                        "/dev/termination-log by default."),
        field<T, &T::shared>("terminationMessagePolicy", &ContainerShared::terminationMessagePolicy).preset(R"("File")")
            .one_of("FallbackToLogsOnError|File")
            .documented("File reads that file; FallbackToLogsOnError takes the end of the log if it is "
                        "empty."),
        field<T, &T::shared>("tty", &ContainerShared::tty)
            .documented("Give the process a terminal; needs stdin."),
        field<T, &T::shared>("volumeDevices", &ContainerShared::volumeDevices).merge("devicePath")
            .documented("Volumes that appear as block devices."),
        field<T>("volumeMounts", &T::volumeMounts).merge("mountPath")
            .documented("Volumes that appear as directories."),
        field<T, &T::shared>("workingDir", &ContainerShared::workingDir)
            .documented("Directory in which the program starts; the image's own when left out."),
    };
    return table;
}

const std::string_view Describe<EphemeralContainer>::doc =
    "A container put into a running pod to look around in it; it is never restarted.";

std::span<const Field> Describe<EphemeralContainer>::fields() {
    using T = EphemeralContainer;
    static const std::vector<Field> table{
        field<T, &T::shared>("args", &ContainerShared::args)
            .documented("Arguments of the program; the image's own when left out."),
        field<T, &T::shared>("command", &ContainerShared::command)
            .documented("The program to run, instead of the image's entry point."),
        field<T, &T::shared>("env", &ContainerShared::env).merge("name")
            .documented("Environment variables, one by one; they win over envFrom."),
        field<T, &T::shared>("envFrom", &ContainerShared::envFrom)
            .documented("Sources whose keys all become environment variables."),
        field<T>("image", &T::image)
            .documented("The image, such as nginx:1.25 or registry.example/team/app:v2."),
        field<T>("imagePullPolicy", &T::imagePullPolicy).one_of("Always|IfNotPresent|Never")
            .documented("When the image is fetched: Always is the default for :latest, else IfNotPresent."),
        field<T, &T::shared>("lifecycle", &ContainerShared::lifecycle)
            .documented("Not allowed for ephemeral containers."),
        field<T, &T::shared>("livenessProbe", &ContainerShared::livenessProbe)
            .documented("Probes are not allowed for ephemeral containers."),
        field<T>("name", &T::name).required().always()
            .documented("The container's name, unique among all containers of the pod."),
        field<T>("ports", &T::ports).merge("containerPort")
            .documented("Not allowed: an ephemeral container serves nothing."),
        field<T, &T::shared>("readinessProbe", &ContainerShared::readinessProbe)
            .documented("Not allowed: an ephemeral container takes no traffic."),
        field<T, &T::shared>("resizePolicy", &ContainerShared::resizePolicy)
            .documented("Not allowed for lack of resources to resize."),
        field<T>("resources", &T::resources)
            .documented("Not allowed: an ephemeral container uses what the pod has left."),
        field<T, &T::shared>("restartPolicy", &ContainerShared::restartPolicy)
            .documented("Not allowed: an ephemeral container ends once and for all."),
        field<T, &T::shared>("securityContext", &ContainerShared::securityContext)
            .documented("Rights and limits of the container's processes; wins over the pod's."),
        field<T, &T::shared>("startupProbe", &ContainerShared::startupProbe)
            .documented("Not allowed: nothing waits for an ephemeral container."),
        field<T, &T::shared>("stdin", &ContainerShared::stdin_)
            .documented("Keep standard input open, so that one can attach to it."),
        field<T, &T::shared>("stdinOnce", &ContainerShared::stdinOnce)
            .documented("Close standard input after the first one who attached has left."),
        field<T>("targetContainerName", &T::targetContainerName)
            .documented("The container whose processes this one can see."),
        field<T, &T::shared>("terminationMessagePath", &ContainerShared::terminationMessagePath).preset(R"("/dev/termination-log")")
            .documented("File whose text becomes the message when the container ends; "
                        "/dev/termination-log by default."),
        field<T, &T::shared>("terminationMessagePolicy", &ContainerShared::terminationMessagePolicy).preset(R"("File")")
            .one_of("FallbackToLogsOnError|File")
            .documented("File reads that file; FallbackToLogsOnError takes the end of the log if it is "
                        "empty."),
        field<T, &T::shared>("tty", &ContainerShared::tty)
            .documented("Give the process a terminal; needs stdin."),
        field<T, &T::shared>("volumeDevices", &ContainerShared::volumeDevices).merge("devicePath")
            .documented("Volumes that appear as block devices."),
        field<T>("volumeMounts", &T::volumeMounts).merge("mountPath")
            .documented("Volumes that appear as directories."),
        field<T, &T::shared>("workingDir", &ContainerShared::workingDir)
            .documented("Directory in which the program starts; the image's own when left out."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
