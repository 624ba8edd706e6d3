#include "engine/api/core/pod_spec.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<PodDNSConfigOption>::doc = "One option of the resolver.";

std::span<const Field> Describe<PodDNSConfigOption>::fields() {
    using T = PodDNSConfigOption;
    static const std::vector<Field> table{
        field<T>("name", &T::name)
            .documented("Its name, such as ndots."),
        field<T>("value", &T::value)
            .documented("Its value, if it has one."),
    };
    return table;
}

const std::string_view Describe<PodDNSConfig>::doc = "Additions to the pod's /etc/resolv.conf.";

std::span<const Field> Describe<PodDNSConfig>::fields() {
    using T = PodDNSConfig;
    static const std::vector<Field> table{
        field<T>("nameservers", &T::nameservers)
            .documented("Addresses of name servers, after those of dnsPolicy."),
        field<T>("options", &T::options)
            .documented("Options of the resolver; they win over those of dnsPolicy."),
        field<T>("searches", &T::searches)
            .documented("Domains that are tried for short names."),
    };
    return table;
}

const std::string_view Describe<HostAlias>::doc = "A line of the pod's /etc/hosts.";

std::span<const Field> Describe<HostAlias>::fields() {
    using T = HostAlias;
    static const std::vector<Field> table{
        field<T>("hostnames", &T::hostnames)
            .documented("Names for the address."),
        field<T>("ip", &T::ip).required().always()
            .documented("The address itself."),
    };
    return table;
}

const std::string_view Describe<PodOS>::doc = "The operating system that a pod needs.";

std::span<const Field> Describe<PodOS>::fields() {
    using T = PodOS;
    static const std::vector<Field> table{
        field<T>("name", &T::name).required().always()
            .documented("linux or windows."),
    };
    return table;
}

const std::string_view Describe<PodReadinessGate>::doc =
    "A condition that must be True before the pod is ready.";

std::span<const Field> Describe<PodReadinessGate>::fields() {
    using T = PodReadinessGate;
    static const std::vector<Field> table{
        field<T>("conditionType", &T::conditionType).required().always()
            .documented("The condition's type, set by someone outside."),
    };
    return table;
}

const std::string_view Describe<PodResourceClaim>::doc = "A device that the pod wants.";

std::span<const Field> Describe<PodResourceClaim>::fields() {
    using T = PodResourceClaim;
    static const std::vector<Field> table{
        field<T>("name", &T::name).required().always()
            .documented("Its name within the pod."),
        field<T>("resourceClaimName", &T::resourceClaimName)
            .documented("A ResourceClaim that exists."),
        field<T>("resourceClaimTemplateName", &T::resourceClaimTemplateName)
            .documented("A template from which a claim is made for each pod."),
    };
    return table;
}

const std::string_view Describe<PodSchedulingGate>::doc =
    "Something that must happen before the scheduler looks at the pod.";

std::span<const Field> Describe<PodSchedulingGate>::fields() {
    using T = PodSchedulingGate;
    static const std::vector<Field> table{
        field<T>("name", &T::name).required().always()
            .documented("The gate's name; whoever it belongs to removes it."),
    };
    return table;
}

const std::string_view Describe<PodSpec>::doc =
    "What a pod runs, where it may run and under which conditions.";

std::span<const Field> Describe<PodSpec>::fields() {
    using T = PodSpec;
    static const std::vector<Field> table{
        field<T, &T::shared>("activeDeadlineSeconds", &PodSpecShared::activeDeadlineSeconds)
            .documented("Seconds the pod may be active; then it is stopped and has failed."),
        field<T, &T::shared>("affinity", &PodSpecShared::affinity)
            .documented("Rules on nodes to prefer and pods to be near or away from."),
        field<T, &T::shared>("automountServiceAccountToken", &PodSpecShared::automountServiceAccountToken)
            .documented("False keeps the service account's token out of the containers."),
        field<T>("containers", &T::containers).merge("name").required().always()
            .documented("The containers that run side by side; at least one."),
        field<T, &T::shared>("dnsConfig", &PodSpecShared::dnsConfig)
            .documented("Additions to what dnsPolicy sets up."),
        field<T, &T::shared>("dnsPolicy", &PodSpecShared::dnsPolicy).preset(R"("ClusterFirst")")
            .one_of("ClusterFirst|ClusterFirstWithHostNet|Default|None")
            .documented("Who answers names: the cluster (default), the node's resolver, or only dnsConfig."),
        field<T>("enableServiceLinks", &T::enableServiceLinks)
            .documented("False leaves out the variables that name every Service; true by default."),
        field<T, &T::shared>("ephemeralContainers", &PodSpecShared::ephemeralContainers).merge("name")
            .documented("Containers added to look around; only through kubectl debug."),
        field<T, &T::shared>("hostAliases", &PodSpecShared::hostAliases).merge("ip")
            .documented("Extra lines for /etc/hosts."),
        field<T, &T::shared>("hostIPC", &PodSpecShared::hostIPC)
            .documented("Share the node's inter-process communication."),
        field<T, &T::shared>("hostNetwork", &PodSpecShared::hostNetwork)
            .documented("Use the node's network instead of an address of its own."),
        field<T, &T::shared>("hostPID", &PodSpecShared::hostPID)
            .documented("See the node's processes."),
        field<T, &T::shared>("hostUsers", &PodSpecShared::hostUsers)
            .documented("False gives the pod users of its own, apart from the node's."),
        field<T, &T::shared>("hostname", &PodSpecShared::hostname)
            .documented("The pod's host name; its own name by default."),
        field<T, &T::shared>("imagePullSecrets", &PodSpecShared::imagePullSecrets).merge("name")
            .documented("Secrets with passwords for image registries."),
        field<T>("initContainers", &T::initContainers).merge("name")
            .documented("Containers that run one after another before the others start."),
        field<T>("nodeName", &T::nodeName)
            .documented("The node; filled in by the scheduler, or by you to do without it."),
        field<T, &T::shared>("nodeSelector", &PodSpecShared::nodeSelector)
            .documented("Labels that the node must have."),
        field<T, &T::shared>("os", &PodSpecShared::os)
            .documented("The operating system that the pod needs."),
        field<T, &T::shared>("overhead", &PodSpecShared::overhead)
            .documented("What the runtime itself needs; filled in from the RuntimeClass."),
        field<T>("preemptionPolicy", &T::preemptionPolicy).one_of("Never|PreemptLowerPriority")
            .documented("Whether pods of less priority may be removed to make room."),
        field<T>("priority", &T::priority)
            .documented("The number behind priorityClassName; more is more important."),
        field<T, &T::shared>("priorityClassName", &PodSpecShared::priorityClassName)
            .documented("The PriorityClass that says how important the pod is."),
        field<T, &T::shared>("readinessGates", &PodSpecShared::readinessGates)
            .documented("Further conditions for being ready."),
        field<T, &T::shared>("resourceClaims", &PodSpecShared::resourceClaims).merge("name").retain_keys()
            .documented("Devices that the pod wants."),
        field<T, &T::shared>("resources", &PodSpecShared::resources)
            .documented("Requests and limits of the pod as a whole."),
        field<T, &T::shared>("restartPolicy", &PodSpecShared::restartPolicy).preset(R"("Always")").one_of("Always|Never|OnFailure")
            .documented("When ended containers start again: Always (default), OnFailure or Never."),
        field<T, &T::shared>("runtimeClassName", &PodSpecShared::runtimeClassName)
            .documented("The RuntimeClass, that is, which container runtime is used."),
        field<T, &T::shared>("schedulerName", &PodSpecShared::schedulerName).preset(R"("default-scheduler")")
            .documented("Which scheduler places the pod; default-scheduler by default."),
        field<T, &T::shared>("schedulingGates", &PodSpecShared::schedulingGates).merge("name")
            .documented("While there is one, the scheduler leaves the pod alone."),
        field<T, &T::shared>("securityContext", &PodSpecShared::securityContext).preset("{}")
            .documented("Rights and limits for all containers, and for volumes."),
        field<T>("serviceAccount", &T::serviceAccount)
            .documented("The older name of serviceAccountName."),
        field<T>("serviceAccountName", &T::serviceAccountName)
            .documented("The account whose rights the pod's programs have; default by default."),
        field<T, &T::shared>("setHostnameAsFQDN", &PodSpecShared::setHostnameAsFQDN)
            .documented("Use the full domain name as host name."),
        field<T, &T::shared>("shareProcessNamespace", &PodSpecShared::shareProcessNamespace)
            .documented("Let the containers see each other's processes."),
        field<T, &T::shared>("subdomain", &PodSpecShared::subdomain)
            .documented("With it the pod is called hostname.subdomain.namespace.svc.cluster.local."),
        field<T, &T::shared>("terminationGracePeriodSeconds", &PodSpecShared::terminationGracePeriodSeconds).preset("30")
            .documented("Seconds from being told to stop until being killed; 30 by default."),
        field<T>("tolerations", &T::tolerations)
            .documented("Taints of nodes that the pod puts up with."),
        field<T, &T::shared>("topologySpreadConstraints", &PodSpecShared::topologySpreadConstraints).merge("topologyKey")
            .documented("How pods of this sort should be spread over groups of nodes."),
        field<T>("volumes", &T::volumes).merge("name").retain_keys()
            .documented("Directories with data that containers can mount."),
    };
    return table;
}

const std::string_view Describe<PodTemplateSpec>::doc = "A pattern that pods are made from.";

std::span<const Field> Describe<PodTemplateSpec>::fields() {
    using T = PodTemplateSpec;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Labels and annotations that each pod gets."),
        field<T>("spec", &T::spec).always()
            .documented("What each pod runs."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
