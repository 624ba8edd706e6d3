#include "engine/api/core/node.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<ConfigMapNodeConfigSource>::doc =
    "A ConfigMap with the kubelet's settings; a feature that is gone.";

std::span<const Field> Describe<ConfigMapNodeConfigSource>::fields() {
    using T = ConfigMapNodeConfigSource;
    static const std::vector<Field> table{
        field<T>("kubeletConfigKey", &T::kubeletConfigKey).required().always()
            .documented("The key that holds the settings."),
        field<T>("name", &T::name).required().always()
            .documented("The ConfigMap's name."),
        field<T>("namespace", &T::namespace_).required().always()
            .documented("The ConfigMap's namespace."),
        field<T>("resourceVersion", &T::resourceVersion)
            .documented("The version of the ConfigMap; only in status."),
        field<T>("uid", &T::uid)
            .documented("The identity of the ConfigMap; only in status."),
    };
    return table;
}

const std::string_view Describe<NodeConfigSource>::doc =
    "Where the kubelet got its settings; a feature that is gone.";

std::span<const Field> Describe<NodeConfigSource>::fields() {
    using T = NodeConfigSource;
    static const std::vector<Field> table{
        field<T>("configMap", &T::configMap)
            .documented("A ConfigMap with the settings."),
    };
    return table;
}

const std::string_view Describe<Taint>::doc =
    "A mark that keeps pods away from a node unless they tolerate it.";

std::span<const Field> Describe<Taint>::fields() {
    using T = Taint;
    static const std::vector<Field> table{
        field<T>("effect", &T::effect).required().always().one_of("NoSchedule|PreferNoSchedule|NoExecute")
            .documented("NoSchedule keeps new pods out, PreferNoSchedule tries to, NoExecute also evicts."),
        field<T>("key", &T::key).required().always()
            .documented("The taint's key, such as node.kubernetes.io/not-ready."),
        field<T>("timeAdded", &T::timeAdded)
            .documented("When the taint was put on; for NoExecute."),
        field<T>("value", &T::value)
            .documented("The taint's value; may be empty."),
    };
    return table;
}

const std::string_view Describe<NodeSpec>::doc = "What an administrator decides about a node.";

std::span<const Field> Describe<NodeSpec>::fields() {
    using T = NodeSpec;
    static const std::vector<Field> table{
        field<T>("configSource", &T::configSource)
            .documented("Settings for the kubelet from the API; a feature that is gone."),
        field<T>("externalID", &T::externalID)
            .documented("A name from outside the cluster; not used any more."),
        field<T>("podCIDR", &T::podCIDR)
            .documented("The range that addresses of pods on this node come from."),
        field<T>("podCIDRs", &T::podCIDRs).merge()
            .documented("The same, one range for each IP family."),
        field<T>("providerID", &T::providerID)
            .documented("The machine's name at the cloud provider."),
        field<T>("taints", &T::taints)
            .documented("Marks that keep pods away."),
        field<T>("unschedulable", &T::unschedulable)
            .documented("When true (kubectl cordon), no new pods are placed here."),
    };
    return table;
}

const std::string_view Describe<NodeAddress>::doc = "One way to reach a node.";

std::span<const Field> Describe<NodeAddress>::fields() {
    using T = NodeAddress;
    static const std::vector<Field> table{
        field<T>("address", &T::address).required().always()
            .documented("The address itself."),
        field<T>("type", &T::type).required().always()
            .documented("What it is: InternalIP, ExternalIP, Hostname, InternalDNS or ExternalDNS."),
    };
    return table;
}

const std::string_view Describe<NodeCondition>::doc = "One finding about a node's health.";

std::span<const Field> Describe<NodeCondition>::fields() {
    using T = NodeCondition;
    static const std::vector<Field> table{
        field<T>("lastHeartbeatTime", &T::lastHeartbeatTime).always()
            .documented("When the kubelet last reported it."),
        field<T>("lastTransitionTime", &T::lastTransitionTime).always()
            .documented("When the status last changed from one value to another."),
        field<T>("message", &T::message)
            .documented("The finding in a sentence for people."),
        field<T>("reason", &T::reason)
            .documented("The finding's cause in one CamelCase word."),
        field<T>("status", &T::status).required().always()
            .documented("True, False or Unknown."),
        field<T>("type", &T::type).required().always()
            .documented("What was looked at: Ready, MemoryPressure, DiskPressure, PIDPressure, "
                        "NetworkUnavailable."),
    };
    return table;
}

const std::string_view Describe<NodeConfigStatus>::doc =
    "Which settings the kubelet uses; a feature that is gone.";

std::span<const Field> Describe<NodeConfigStatus>::fields() {
    using T = NodeConfigStatus;
    static const std::vector<Field> table{
        field<T>("active", &T::active)
            .documented("The settings in use."),
        field<T>("assigned", &T::assigned)
            .documented("The settings that it was told to use."),
        field<T>("error", &T::error)
            .documented("Why it could not use them."),
        field<T>("lastKnownGood", &T::lastKnownGood)
            .documented("The settings it goes back to when new ones fail."),
    };
    return table;
}

const std::string_view Describe<DaemonEndpoint>::doc = "Where a program on the node listens.";

std::span<const Field> Describe<DaemonEndpoint>::fields() {
    using T = DaemonEndpoint;
    static const std::vector<Field> table{
        field<T>("Port", &T::Port).required().always()
            .documented("The port's number."),
    };
    return table;
}

const std::string_view Describe<NodeDaemonEndpoints>::doc = "Where the programs that run a node listen.";

std::span<const Field> Describe<NodeDaemonEndpoints>::fields() {
    using T = NodeDaemonEndpoints;
    static const std::vector<Field> table{
        field<T>("kubeletEndpoint", &T::kubeletEndpoint)
            .documented("The kubelet's port, for logs and exec."),
    };
    return table;
}

const std::string_view Describe<NodeFeatures>::doc = "What the container runtime as a whole can do.";

std::span<const Field> Describe<NodeFeatures>::fields() {
    using T = NodeFeatures;
    static const std::vector<Field> table{
        field<T>("supplementalGroupsPolicy", &T::supplementalGroupsPolicy)
            .documented("Whether supplementalGroupsPolicy of pods is understood."),
    };
    return table;
}

const std::string_view Describe<ContainerImage>::doc = "An image that lies on the node.";

std::span<const Field> Describe<ContainerImage>::fields() {
    using T = ContainerImage;
    static const std::vector<Field> table{
        field<T>("names", &T::names)
            .documented("The names and digests it is known by."),
        field<T>("sizeBytes", &T::sizeBytes)
            .documented("Its size in bytes."),
    };
    return table;
}

const std::string_view Describe<NodeSystemInfo>::doc = "Machine, operating system and versions of a node.";

std::span<const Field> Describe<NodeSystemInfo>::fields() {
    using T = NodeSystemInfo;
    static const std::vector<Field> table{
        field<T>("architecture", &T::architecture).required().always()
            .documented("The processor's architecture, such as amd64."),
        field<T>("bootID", &T::bootID).required().always()
            .documented("Changes with every start of the machine."),
        field<T>("containerRuntimeVersion", &T::containerRuntimeVersion).required().always()
            .documented("The container runtime and its version, such as containerd://1.7."),
        field<T>("kernelVersion", &T::kernelVersion).required().always()
            .documented("The kernel's version."),
        field<T>("kubeProxyVersion", &T::kubeProxyVersion).required().always()
            .documented("A deprecated copy of the kubelet's version."),
        field<T>("kubeletVersion", &T::kubeletVersion).required().always()
            .documented("The kubelet's version."),
        field<T>("machineID", &T::machineID).required().always()
            .documented("The machine's identity in the cluster, from /etc/machine-id."),
        field<T>("operatingSystem", &T::operatingSystem).required().always()
            .documented("linux or windows."),
        field<T>("osImage", &T::osImage).required().always()
            .documented("The operating system's name as people know it."),
        field<T>("systemUUID", &T::systemUUID).required().always()
            .documented("The hardware's identity."),
    };
    return table;
}

const std::string_view Describe<NodeRuntimeHandlerFeatures>::doc = "What one runtime handler can do.";

std::span<const Field> Describe<NodeRuntimeHandlerFeatures>::fields() {
    using T = NodeRuntimeHandlerFeatures;
    static const std::vector<Field> table{
        field<T>("recursiveReadOnlyMounts", &T::recursiveReadOnlyMounts)
            .documented("Whether mounts below a read-only one can be read-only too."),
        field<T>("userNamespaces", &T::userNamespaces)
            .documented("Whether pods can have users of their own."),
    };
    return table;
}

const std::string_view Describe<NodeRuntimeHandler>::doc =
    "One way of running containers that the node offers.";

std::span<const Field> Describe<NodeRuntimeHandler>::fields() {
    using T = NodeRuntimeHandler;
    static const std::vector<Field> table{
        field<T>("features", &T::features)
            .documented("What it can do."),
        field<T>("name", &T::name)
            .documented("Its name, as a RuntimeClass says it; empty is the default one."),
    };
    return table;
}

const std::string_view Describe<AttachedVolume>::doc = "A volume that is attached to the node.";

std::span<const Field> Describe<AttachedVolume>::fields() {
    using T = AttachedVolume;
    static const std::vector<Field> table{
        field<T>("devicePath", &T::devicePath).required().always()
            .documented("The device it appears as."),
        field<T>("name", &T::name).required().always()
            .documented("The volume's name, with its plugin."),
    };
    return table;
}

const std::string_view Describe<NodeStatus>::doc = "How a node is, as its kubelet last reported.";

std::span<const Field> Describe<NodeStatus>::fields() {
    using T = NodeStatus;
    static const std::vector<Field> table{
        field<T>("addresses", &T::addresses).merge("type")
            .documented("Ways to reach the node."),
        field<T>("allocatable", &T::allocatable)
            .documented("What pods can have: capacity without what the system keeps for itself."),
        field<T>("capacity", &T::capacity)
            .documented("What the machine has in all."),
        field<T>("conditions", &T::conditions).merge("type")
            .documented("Findings about the node's health; Ready is the important one."),
        field<T>("config", &T::config)
            .documented("Which settings the kubelet uses; a feature that is gone."),
        field<T>("daemonEndpoints", &T::daemonEndpoints)
            .documented("Where the kubelet listens."),
        field<T>("features", &T::features)
            .documented("What the container runtime can do."),
        field<T>("images", &T::images)
            .documented("Images that lie on the node, the biggest first."),
        field<T>("nodeInfo", &T::nodeInfo)
            .documented("Versions and identities of machine, system and kubelet."),
        field<T>("phase", &T::phase).one_of("Pending|Running|Terminated")
            .documented("Not filled in any more; look at the conditions."),
        field<T>("runtimeHandlers", &T::runtimeHandlers)
            .documented("Ways of running containers that the node offers."),
        field<T>("volumesAttached", &T::volumesAttached)
            .documented("Volumes that are attached to the node."),
        field<T>("volumesInUse", &T::volumesInUse)
            .documented("Attached volumes that pods have mounted."),
    };
    return table;
}

const std::string_view Describe<Node>::doc =
    "A Node is a machine that pods run on; its kubelet keeps this object up to date.";

std::span<const Field> Describe<Node>::fields() {
    using T = Node;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, labels and what else every object has."),
        field<T>("spec", &T::spec)
            .documented("What an administrator decides: taints, whether it takes pods."),
        field<T>("status", &T::status)
            .documented("What the kubelet reports: health, resources, versions, addresses."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
