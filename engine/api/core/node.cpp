#include "engine/api/core/node.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<ConfigMapNodeConfigSource>::doc = "";

std::span<const Field> Describe<ConfigMapNodeConfigSource>::fields() {
    using T = ConfigMapNodeConfigSource;
    static const std::vector<Field> table{
        field<T>("kubeletConfigKey", &T::kubeletConfigKey).required().always(),
        field<T>("name", &T::name).required().always(),
        field<T>("namespace", &T::namespace_).required().always(),
        field<T>("resourceVersion", &T::resourceVersion),
        field<T>("uid", &T::uid),
    };
    return table;
}

const std::string_view Describe<NodeConfigSource>::doc = "";

std::span<const Field> Describe<NodeConfigSource>::fields() {
    using T = NodeConfigSource;
    static const std::vector<Field> table{
        field<T>("configMap", &T::configMap),
    };
    return table;
}

const std::string_view Describe<Taint>::doc = "";

std::span<const Field> Describe<Taint>::fields() {
    using T = Taint;
    static const std::vector<Field> table{
        field<T>("effect", &T::effect).required().always(),
        field<T>("key", &T::key).required().always(),
        field<T>("timeAdded", &T::timeAdded),
        field<T>("value", &T::value),
    };
    return table;
}

const std::string_view Describe<NodeSpec>::doc = "";

std::span<const Field> Describe<NodeSpec>::fields() {
    using T = NodeSpec;
    static const std::vector<Field> table{
        field<T>("configSource", &T::configSource),
        field<T>("externalID", &T::externalID),
        field<T>("podCIDR", &T::podCIDR),
        field<T>("podCIDRs", &T::podCIDRs).merge(),
        field<T>("providerID", &T::providerID),
        field<T>("taints", &T::taints),
        field<T>("unschedulable", &T::unschedulable),
    };
    return table;
}

const std::string_view Describe<NodeAddress>::doc = "";

std::span<const Field> Describe<NodeAddress>::fields() {
    using T = NodeAddress;
    static const std::vector<Field> table{
        field<T>("address", &T::address).required().always(),
        field<T>("type", &T::type).required().always(),
    };
    return table;
}

const std::string_view Describe<NodeCondition>::doc = "";

std::span<const Field> Describe<NodeCondition>::fields() {
    using T = NodeCondition;
    static const std::vector<Field> table{
        field<T>("lastHeartbeatTime", &T::lastHeartbeatTime).always(),
        field<T>("lastTransitionTime", &T::lastTransitionTime).always(),
        field<T>("message", &T::message),
        field<T>("reason", &T::reason),
        field<T>("status", &T::status).required().always(),
        field<T>("type", &T::type).required().always(),
    };
    return table;
}

const std::string_view Describe<NodeConfigStatus>::doc = "";

std::span<const Field> Describe<NodeConfigStatus>::fields() {
    using T = NodeConfigStatus;
    static const std::vector<Field> table{
        field<T>("active", &T::active),
        field<T>("assigned", &T::assigned),
        field<T>("error", &T::error),
        field<T>("lastKnownGood", &T::lastKnownGood),
    };
    return table;
}

const std::string_view Describe<DaemonEndpoint>::doc = "";

std::span<const Field> Describe<DaemonEndpoint>::fields() {
    using T = DaemonEndpoint;
    static const std::vector<Field> table{
        field<T>("Port", &T::Port).required().always(),
    };
    return table;
}

const std::string_view Describe<NodeDaemonEndpoints>::doc = "";

std::span<const Field> Describe<NodeDaemonEndpoints>::fields() {
    using T = NodeDaemonEndpoints;
    static const std::vector<Field> table{
        field<T>("kubeletEndpoint", &T::kubeletEndpoint),
    };
    return table;
}

const std::string_view Describe<NodeFeatures>::doc = "";

std::span<const Field> Describe<NodeFeatures>::fields() {
    using T = NodeFeatures;
    static const std::vector<Field> table{
        field<T>("supplementalGroupsPolicy", &T::supplementalGroupsPolicy),
    };
    return table;
}

const std::string_view Describe<ContainerImage>::doc = "";

std::span<const Field> Describe<ContainerImage>::fields() {
    using T = ContainerImage;
    static const std::vector<Field> table{
        field<T>("names", &T::names),
        field<T>("sizeBytes", &T::sizeBytes),
    };
    return table;
}

const std::string_view Describe<NodeSystemInfo>::doc = "";

std::span<const Field> Describe<NodeSystemInfo>::fields() {
    using T = NodeSystemInfo;
    static const std::vector<Field> table{
        field<T>("architecture", &T::architecture).required().always(),
        field<T>("bootID", &T::bootID).required().always(),
        field<T>("containerRuntimeVersion", &T::containerRuntimeVersion).required().always(),
        field<T>("kernelVersion", &T::kernelVersion).required().always(),
        field<T>("kubeProxyVersion", &T::kubeProxyVersion).required().always(),
        field<T>("kubeletVersion", &T::kubeletVersion).required().always(),
        field<T>("machineID", &T::machineID).required().always(),
        field<T>("operatingSystem", &T::operatingSystem).required().always(),
        field<T>("osImage", &T::osImage).required().always(),
        field<T>("systemUUID", &T::systemUUID).required().always(),
    };
    return table;
}

const std::string_view Describe<NodeRuntimeHandlerFeatures>::doc = "";

std::span<const Field> Describe<NodeRuntimeHandlerFeatures>::fields() {
    using T = NodeRuntimeHandlerFeatures;
    static const std::vector<Field> table{
        field<T>("recursiveReadOnlyMounts", &T::recursiveReadOnlyMounts),
        field<T>("userNamespaces", &T::userNamespaces),
    };
    return table;
}

const std::string_view Describe<NodeRuntimeHandler>::doc = "";

std::span<const Field> Describe<NodeRuntimeHandler>::fields() {
    using T = NodeRuntimeHandler;
    static const std::vector<Field> table{
        field<T>("features", &T::features),
        field<T>("name", &T::name),
    };
    return table;
}

const std::string_view Describe<AttachedVolume>::doc = "";

std::span<const Field> Describe<AttachedVolume>::fields() {
    using T = AttachedVolume;
    static const std::vector<Field> table{
        field<T>("devicePath", &T::devicePath).required().always(),
        field<T>("name", &T::name).required().always(),
    };
    return table;
}

const std::string_view Describe<NodeStatus>::doc = "";

std::span<const Field> Describe<NodeStatus>::fields() {
    using T = NodeStatus;
    static const std::vector<Field> table{
        field<T>("addresses", &T::addresses).merge("type"),
        field<T>("allocatable", &T::allocatable),
        field<T>("capacity", &T::capacity),
        field<T>("conditions", &T::conditions).merge("type"),
        field<T>("config", &T::config),
        field<T>("daemonEndpoints", &T::daemonEndpoints),
        field<T>("features", &T::features),
        field<T>("images", &T::images),
        field<T>("nodeInfo", &T::nodeInfo),
        field<T>("phase", &T::phase),
        field<T>("runtimeHandlers", &T::runtimeHandlers),
        field<T>("volumesAttached", &T::volumesAttached),
        field<T>("volumesInUse", &T::volumesInUse),
    };
    return table;
}

const std::string_view Describe<Node>::doc = "";

std::span<const Field> Describe<Node>::fields() {
    using T = Node;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata),
        field<T>("spec", &T::spec),
        field<T>("status", &T::status),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
