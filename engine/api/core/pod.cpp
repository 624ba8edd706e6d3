#include "engine/api/core/pod.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<PodCondition>::doc = "";

std::span<const Field> Describe<PodCondition>::fields() {
    using T = PodCondition;
    static const std::vector<Field> table{
        field<T>("lastProbeTime", &T::lastProbeTime).always(),
        field<T>("lastTransitionTime", &T::lastTransitionTime).always(),
        field<T>("message", &T::message),
        field<T>("reason", &T::reason),
        field<T>("status", &T::status).required().always(),
        field<T>("type", &T::type).required().always(),
    };
    return table;
}

const std::string_view Describe<ResourceHealth>::doc = "";

std::span<const Field> Describe<ResourceHealth>::fields() {
    using T = ResourceHealth;
    static const std::vector<Field> table{
        field<T>("health", &T::health),
        field<T>("resourceID", &T::resourceID).required().always(),
    };
    return table;
}

const std::string_view Describe<ResourceStatus>::doc = "";

std::span<const Field> Describe<ResourceStatus>::fields() {
    using T = ResourceStatus;
    static const std::vector<Field> table{
        field<T>("name", &T::name).required().always(),
        field<T>("resources", &T::resources),
    };
    return table;
}

const std::string_view Describe<ContainerStateRunning>::doc = "";

std::span<const Field> Describe<ContainerStateRunning>::fields() {
    using T = ContainerStateRunning;
    static const std::vector<Field> table{
        field<T>("startedAt", &T::startedAt).always(),
    };
    return table;
}

const std::string_view Describe<ContainerStateTerminated>::doc = "";

std::span<const Field> Describe<ContainerStateTerminated>::fields() {
    using T = ContainerStateTerminated;
    static const std::vector<Field> table{
        field<T>("containerID", &T::containerID),
        field<T>("exitCode", &T::exitCode).required().always(),
        field<T>("finishedAt", &T::finishedAt).always(),
        field<T>("message", &T::message),
        field<T>("reason", &T::reason),
        field<T>("signal", &T::signal),
        field<T>("startedAt", &T::startedAt).always(),
    };
    return table;
}

const std::string_view Describe<ContainerStateWaiting>::doc = "";

std::span<const Field> Describe<ContainerStateWaiting>::fields() {
    using T = ContainerStateWaiting;
    static const std::vector<Field> table{
        field<T>("message", &T::message),
        field<T>("reason", &T::reason),
    };
    return table;
}

const std::string_view Describe<ContainerState>::doc = "";

std::span<const Field> Describe<ContainerState>::fields() {
    using T = ContainerState;
    static const std::vector<Field> table{
        field<T>("running", &T::running),
        field<T>("terminated", &T::terminated),
        field<T>("waiting", &T::waiting),
    };
    return table;
}

const std::string_view Describe<LinuxContainerUser>::doc = "";

std::span<const Field> Describe<LinuxContainerUser>::fields() {
    using T = LinuxContainerUser;
    static const std::vector<Field> table{
        field<T>("gid", &T::gid).required().always(),
        field<T>("supplementalGroups", &T::supplementalGroups),
        field<T>("uid", &T::uid).required().always(),
    };
    return table;
}

const std::string_view Describe<ContainerUser>::doc = "";

std::span<const Field> Describe<ContainerUser>::fields() {
    using T = ContainerUser;
    static const std::vector<Field> table{
        field<T>("linux", &T::linux),
    };
    return table;
}

const std::string_view Describe<VolumeMountStatus>::doc = "";

std::span<const Field> Describe<VolumeMountStatus>::fields() {
    using T = VolumeMountStatus;
    static const std::vector<Field> table{
        field<T>("mountPath", &T::mountPath).required().always(),
        field<T>("name", &T::name).required().always(),
        field<T>("readOnly", &T::readOnly),
        field<T>("recursiveReadOnly", &T::recursiveReadOnly),
    };
    return table;
}

const std::string_view Describe<ContainerStatus>::doc = "";

std::span<const Field> Describe<ContainerStatus>::fields() {
    using T = ContainerStatus;
    static const std::vector<Field> table{
        field<T>("allocatedResources", &T::allocatedResources),
        field<T>("allocatedResourcesStatus", &T::allocatedResourcesStatus).merge("name"),
        field<T>("containerID", &T::containerID),
        field<T>("image", &T::image).required().always(),
        field<T>("imageID", &T::imageID).required().always(),
        field<T>("lastState", &T::lastState),
        field<T>("name", &T::name).required().always(),
        field<T>("ready", &T::ready).required().always(),
        field<T>("resources", &T::resources),
        field<T>("restartCount", &T::restartCount).required().always(),
        field<T>("started", &T::started),
        field<T>("state", &T::state),
        field<T>("user", &T::user),
        field<T>("volumeMounts", &T::volumeMounts).merge("mountPath"),
    };
    return table;
}

const std::string_view Describe<HostIP>::doc = "";

std::span<const Field> Describe<HostIP>::fields() {
    using T = HostIP;
    static const std::vector<Field> table{
        field<T>("ip", &T::ip).required().always(),
    };
    return table;
}

const std::string_view Describe<PodIP>::doc = "";

std::span<const Field> Describe<PodIP>::fields() {
    using T = PodIP;
    static const std::vector<Field> table{
        field<T>("ip", &T::ip).required().always(),
    };
    return table;
}

const std::string_view Describe<PodResourceClaimStatus>::doc = "";

std::span<const Field> Describe<PodResourceClaimStatus>::fields() {
    using T = PodResourceClaimStatus;
    static const std::vector<Field> table{
        field<T>("name", &T::name).required().always(),
        field<T>("resourceClaimName", &T::resourceClaimName),
    };
    return table;
}

const std::string_view Describe<PodStatus>::doc = "";

std::span<const Field> Describe<PodStatus>::fields() {
    using T = PodStatus;
    static const std::vector<Field> table{
        field<T>("conditions", &T::conditions).merge("type"),
        field<T>("containerStatuses", &T::containerStatuses),
        field<T>("ephemeralContainerStatuses", &T::ephemeralContainerStatuses),
        field<T>("hostIP", &T::hostIP),
        field<T>("hostIPs", &T::hostIPs).merge("ip"),
        field<T>("initContainerStatuses", &T::initContainerStatuses),
        field<T>("message", &T::message),
        field<T>("nominatedNodeName", &T::nominatedNodeName),
        field<T>("phase", &T::phase),
        field<T>("podIP", &T::podIP),
        field<T>("podIPs", &T::podIPs).merge("ip"),
        field<T>("qosClass", &T::qosClass),
        field<T>("reason", &T::reason),
        field<T>("resize", &T::resize),
        field<T>("resourceClaimStatuses", &T::resourceClaimStatuses).merge("name").retain_keys(),
        field<T>("startTime", &T::startTime),
    };
    return table;
}

const std::string_view Describe<Pod>::doc = "";

std::span<const Field> Describe<Pod>::fields() {
    using T = Pod;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata),
        field<T>("spec", &T::spec).always(),
        field<T>("status", &T::status),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
