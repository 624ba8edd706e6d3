#include "engine/api/core/pod.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<PodCondition>::doc = "One finding about how far a pod has come.";

std::span<const Field> Describe<PodCondition>::fields() {
    using T = PodCondition;
    static const std::vector<Field> table{
        field<T>("lastProbeTime", &T::lastProbeTime).always()
            .documented("When it was last looked at; mostly empty."),
        field<T>("lastTransitionTime", &T::lastTransitionTime).always()
            .documented("When the status last changed from one value to another."),
        field<T>("message", &T::message)
            .documented("The finding in a sentence for people."),
        field<T>("reason", &T::reason)
            .documented("The finding's cause in one CamelCase word."),
        field<T>("status", &T::status).required().always()
            .documented("True, False or Unknown."),
        field<T>("type", &T::type).required().always()
            .documented("What was looked at: PodScheduled, Initialized, ContainersReady, Ready and others."),
    };
    return table;
}

const std::string_view Describe<ResourceHealth>::doc = "How one device is.";

std::span<const Field> Describe<ResourceHealth>::fields() {
    using T = ResourceHealth;
    static const std::vector<Field> table{
        field<T>("health", &T::health)
            .documented("Healthy, Unhealthy or Unknown."),
        field<T>("resourceID", &T::resourceID).required().always()
            .documented("The device's identity."),
    };
    return table;
}

const std::string_view Describe<ResourceStatus>::doc = "How the devices of one resource are.";

std::span<const Field> Describe<ResourceStatus>::fields() {
    using T = ResourceStatus;
    static const std::vector<Field> table{
        field<T>("name", &T::name).required().always()
            .documented("The resource, such as example.com/gpu or claim:name/request."),
        field<T>("resources", &T::resources)
            .documented("The devices that the container uses."),
    };
    return table;
}

const std::string_view Describe<ContainerStateRunning>::doc = "The container runs.";

std::span<const Field> Describe<ContainerStateRunning>::fields() {
    using T = ContainerStateRunning;
    static const std::vector<Field> table{
        field<T>("startedAt", &T::startedAt).always()
            .documented("When it was started."),
    };
    return table;
}

const std::string_view Describe<ContainerStateTerminated>::doc = "The container has ended.";

std::span<const Field> Describe<ContainerStateTerminated>::fields() {
    using T = ContainerStateTerminated;
    static const std::vector<Field> table{
        field<T>("containerID", &T::containerID)
            .documented("The ended container at the runtime."),
        field<T>("exitCode", &T::exitCode).required().always()
            .documented("What the program ended with; 0 is success, 137 means killed."),
        field<T>("finishedAt", &T::finishedAt).always()
            .documented("When the program ended."),
        field<T>("message", &T::message)
            .documented("The text of the termination message, if any."),
        field<T>("reason", &T::reason)
            .documented("Why it ended, in one word: Completed, Error, OOMKilled."),
        field<T>("signal", &T::signal)
            .documented("The signal that ended it, if one did."),
        field<T>("startedAt", &T::startedAt).always()
            .documented("When it had been started."),
    };
    return table;
}

const std::string_view Describe<ContainerStateWaiting>::doc =
    "The container is not running yet, or not again.";

std::span<const Field> Describe<ContainerStateWaiting>::fields() {
    using T = ContainerStateWaiting;
    static const std::vector<Field> table{
        field<T>("message", &T::message)
            .documented("What it waits for, in a sentence."),
        field<T>("reason", &T::reason)
            .documented("What it waits for, in one word: ContainerCreating, ImagePullBackOff, "
                        "CrashLoopBackOff."),
    };
    return table;
}

const std::string_view Describe<ContainerState>::doc =
    "What a container does now; at most one of these, and waiting when none.";

std::span<const Field> Describe<ContainerState>::fields() {
    using T = ContainerState;
    static const std::vector<Field> table{
        field<T>("running", &T::running)
            .documented("The program runs at this moment."),
        field<T>("terminated", &T::terminated)
            .documented("The program has ended."),
        field<T>("waiting", &T::waiting)
            .documented("The program has yet to start."),
    };
    return table;
}

const std::string_view Describe<LinuxContainerUser>::doc = "Which Linux user the first process is.";

std::span<const Field> Describe<LinuxContainerUser>::fields() {
    using T = LinuxContainerUser;
    static const std::vector<Field> table{
        field<T>("gid", &T::gid).required().always()
            .documented("Its main group."),
        field<T>("supplementalGroups", &T::supplementalGroups)
            .documented("Its further groups."),
        field<T>("uid", &T::uid).required().always()
            .documented("Its user number."),
    };
    return table;
}

const std::string_view Describe<ContainerUser>::doc = "Which user the first process of a container is.";

std::span<const Field> Describe<ContainerUser>::fields() {
    using T = ContainerUser;
    static const std::vector<Field> table{
        field<T>("linux", &T::linux)
            .documented("The user on Linux."),
    };
    return table;
}

const std::string_view Describe<VolumeMountStatus>::doc = "How a volume was mounted in the end.";

std::span<const Field> Describe<VolumeMountStatus>::fields() {
    using T = VolumeMountStatus;
    static const std::vector<Field> table{
        field<T>("mountPath", &T::mountPath).required().always()
            .documented("Where it appears."),
        field<T>("name", &T::name).required().always()
            .documented("The volume's name in the pod."),
        field<T>("readOnly", &T::readOnly)
            .documented("Whether it cannot be written to."),
        field<T>("recursiveReadOnly", &T::recursiveReadOnly)
            .documented("What became of the wish for read-only mounts below it."),
    };
    return table;
}

const std::string_view Describe<ContainerStatus>::doc = "How one container is.";

std::span<const Field> Describe<ContainerStatus>::fields() {
    using T = ContainerStatus;
    static const std::vector<Field> table{
        field<T>("allocatedResources", &T::allocatedResources)
            .documented("Requests that the node has granted."),
        field<T>("allocatedResourcesStatus", &T::allocatedResourcesStatus).merge("name")
            .documented("How the container's devices are."),
        field<T>("containerID", &T::containerID)
            .documented("The container at the runtime, such as containerd://0a1b…."),
        field<T>("image", &T::image).required().always()
            .documented("The image that runs."),
        field<T>("imageID", &T::imageID).required().always()
            .documented("The image's digest."),
        field<T>("lastState", &T::lastState)
            .documented("How the container before the last restart ended."),
        field<T>("name", &T::name).required().always()
            .documented("The container's name in the pod."),
        field<T>("ready", &T::ready).required().always()
            .documented("Whether its readiness probe succeeds."),
        field<T>("resources", &T::resources)
            .documented("Requests and limits that are in force."),
        field<T>("restartCount", &T::restartCount).required().always()
            .documented("How often it was started again."),
        field<T>("started", &T::started)
            .documented("Whether its startup probe has succeeded."),
        field<T>("state", &T::state)
            .documented("What it does now."),
        field<T>("user", &T::user)
            .documented("Which user its first process is."),
        field<T>("volumeMounts", &T::volumeMounts).merge("mountPath")
            .documented("How its volumes were mounted."),
    };
    return table;
}

const std::string_view Describe<HostIP>::doc = "An address of a pod's node.";

std::span<const Field> Describe<HostIP>::fields() {
    using T = HostIP;
    static const std::vector<Field> table{
        field<T>("ip", &T::ip).required().always()
            .documented("The address itself."),
    };
    return table;
}

const std::string_view Describe<PodIP>::doc = "An address of a pod.";

std::span<const Field> Describe<PodIP>::fields() {
    using T = PodIP;
    static const std::vector<Field> table{
        field<T>("ip", &T::ip).required().always()
            .documented("The address itself."),
    };
    return table;
}

const std::string_view Describe<PodResourceClaimStatus>::doc = "The device claim that was made for a pod.";

std::span<const Field> Describe<PodResourceClaimStatus>::fields() {
    using T = PodResourceClaimStatus;
    static const std::vector<Field> table{
        field<T>("name", &T::name).required().always()
            .documented("The claim's name in the pod."),
        field<T>("resourceClaimName", &T::resourceClaimName)
            .documented("The ResourceClaim object that stands for it."),
    };
    return table;
}

const std::string_view Describe<PodStatus>::doc = "How a pod is, as its kubelet last reported.";

std::span<const Field> Describe<PodStatus>::fields() {
    using T = PodStatus;
    static const std::vector<Field> table{
        field<T>("conditions", &T::conditions).merge("type")
            .documented("How far it has come; Ready decides about traffic."),
        field<T>("containerStatuses", &T::containerStatuses)
            .documented("How each container is."),
        field<T>("ephemeralContainerStatuses", &T::ephemeralContainerStatuses)
            .documented("How each ephemeral container is."),
        field<T>("hostIP", &T::hostIP)
            .documented("The address of the pod's node."),
        field<T>("hostIPs", &T::hostIPs).merge("ip")
            .documented("The same, one for each IP family."),
        field<T>("initContainerStatuses", &T::initContainerStatuses)
            .documented("How each init container is, in order."),
        field<T>("message", &T::message)
            .documented("Why the pod is as it is, in a sentence."),
        field<T>("nominatedNodeName", &T::nominatedNodeName)
            .documented("The node that is being freed for this pod by preemption."),
        field<T>("phase", &T::phase).one_of("Failed|Pending|Running|Succeeded|Unknown")
            .documented("The pod's life in one word; ended pods are Succeeded or Failed."),
        field<T>("podIP", &T::podIP)
            .documented("The pod's address; empty until it has one."),
        field<T>("podIPs", &T::podIPs).merge("ip")
            .documented("The pod's addresses, one for each IP family."),
        field<T>("qosClass", &T::qosClass).one_of("BestEffort|Burstable|Guaranteed")
            .documented("Follows from requests and limits; under pressure BestEffort pods go first."),
        field<T>("reason", &T::reason)
            .documented("Why the pod is as it is, in one word, such as Evicted."),
        field<T>("resize", &T::resize)
            .documented("How a change of resources in place goes on."),
        field<T>("resourceClaimStatuses", &T::resourceClaimStatuses).merge("name").retain_keys()
            .documented("Device claims that were made for the pod."),
        field<T>("startTime", &T::startTime)
            .documented("When the kubelet took the pod on."),
    };
    return table;
}

const std::string_view Describe<Pod>::doc =
    "A Pod is one or more containers that share a node, an address and volumes; the smallest thing to run.";

std::span<const Field> Describe<Pod>::fields() {
    using T = Pod;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, namespace, labels and what else every object has."),
        field<T>("spec", &T::spec).always()
            .documented("What should run, and how; little of it can be changed later."),
        field<T>("status", &T::status)
            .documented("How it runs; written by the kubelet and others."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
