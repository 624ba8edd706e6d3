#include "engine/api/core/pod_spec.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<PodDNSConfigOption>::doc = "";

std::span<const Field> Describe<PodDNSConfigOption>::fields() {
    using T = PodDNSConfigOption;
    static const std::vector<Field> table{
        field<T>("name", &T::name),
        field<T>("value", &T::value),
    };
    return table;
}

const std::string_view Describe<PodDNSConfig>::doc = "";

std::span<const Field> Describe<PodDNSConfig>::fields() {
    using T = PodDNSConfig;
    static const std::vector<Field> table{
        field<T>("nameservers", &T::nameservers),
        field<T>("options", &T::options),
        field<T>("searches", &T::searches),
    };
    return table;
}

const std::string_view Describe<HostAlias>::doc = "";

std::span<const Field> Describe<HostAlias>::fields() {
    using T = HostAlias;
    static const std::vector<Field> table{
        field<T>("hostnames", &T::hostnames),
        field<T>("ip", &T::ip).required().always(),
    };
    return table;
}

const std::string_view Describe<PodOS>::doc = "";

std::span<const Field> Describe<PodOS>::fields() {
    using T = PodOS;
    static const std::vector<Field> table{
        field<T>("name", &T::name).required().always(),
    };
    return table;
}

const std::string_view Describe<PodReadinessGate>::doc = "";

std::span<const Field> Describe<PodReadinessGate>::fields() {
    using T = PodReadinessGate;
    static const std::vector<Field> table{
        field<T>("conditionType", &T::conditionType).required().always(),
    };
    return table;
}

const std::string_view Describe<PodResourceClaim>::doc = "";

std::span<const Field> Describe<PodResourceClaim>::fields() {
    using T = PodResourceClaim;
    static const std::vector<Field> table{
        field<T>("name", &T::name).required().always(),
        field<T>("resourceClaimName", &T::resourceClaimName),
        field<T>("resourceClaimTemplateName", &T::resourceClaimTemplateName),
    };
    return table;
}

const std::string_view Describe<PodSchedulingGate>::doc = "";

std::span<const Field> Describe<PodSchedulingGate>::fields() {
    using T = PodSchedulingGate;
    static const std::vector<Field> table{
        field<T>("name", &T::name).required().always(),
    };
    return table;
}

const std::string_view Describe<PodSpec>::doc = "";

std::span<const Field> Describe<PodSpec>::fields() {
    using T = PodSpec;
    static const std::vector<Field> table{
        field<T>("activeDeadlineSeconds", &T::activeDeadlineSeconds),
        field<T>("affinity", &T::affinity),
        field<T>("automountServiceAccountToken", &T::automountServiceAccountToken),
        field<T>("containers", &T::containers).merge("name").required().always(),
        field<T>("dnsConfig", &T::dnsConfig),
        field<T>("dnsPolicy", &T::dnsPolicy).preset(R"("ClusterFirst")"),
        field<T>("enableServiceLinks", &T::enableServiceLinks),
        field<T>("ephemeralContainers", &T::ephemeralContainers).merge("name"),
        field<T>("hostAliases", &T::hostAliases).merge("ip"),
        field<T>("hostIPC", &T::hostIPC),
        field<T>("hostNetwork", &T::hostNetwork),
        field<T>("hostPID", &T::hostPID),
        field<T>("hostUsers", &T::hostUsers),
        field<T>("hostname", &T::hostname),
        field<T>("imagePullSecrets", &T::imagePullSecrets).merge("name"),
        field<T>("initContainers", &T::initContainers).merge("name"),
        field<T>("nodeName", &T::nodeName),
        field<T>("nodeSelector", &T::nodeSelector),
        field<T>("os", &T::os),
        field<T>("overhead", &T::overhead),
        field<T>("preemptionPolicy", &T::preemptionPolicy),
        field<T>("priority", &T::priority),
        field<T>("priorityClassName", &T::priorityClassName),
        field<T>("readinessGates", &T::readinessGates),
        field<T>("resourceClaims", &T::resourceClaims).merge("name").retain_keys(),
        field<T>("resources", &T::resources),
        field<T>("restartPolicy", &T::restartPolicy).preset(R"("Always")"),
        field<T>("runtimeClassName", &T::runtimeClassName),
        field<T>("schedulerName", &T::schedulerName).preset(R"("default-scheduler")"),
        field<T>("schedulingGates", &T::schedulingGates).merge("name"),
        field<T>("securityContext", &T::securityContext).preset("{}"),
        field<T>("serviceAccount", &T::serviceAccount),
        field<T>("serviceAccountName", &T::serviceAccountName),
        field<T>("setHostnameAsFQDN", &T::setHostnameAsFQDN),
        field<T>("shareProcessNamespace", &T::shareProcessNamespace),
        field<T>("subdomain", &T::subdomain),
        field<T>("terminationGracePeriodSeconds", &T::terminationGracePeriodSeconds).preset("30"),
        field<T>("tolerations", &T::tolerations),
        field<T>("topologySpreadConstraints", &T::topologySpreadConstraints).merge("topologyKey"),
        field<T>("volumes", &T::volumes).merge("name").retain_keys(),
    };
    return table;
}

const std::string_view Describe<PodTemplateSpec>::doc = "";

std::span<const Field> Describe<PodTemplateSpec>::fields() {
    using T = PodTemplateSpec;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata),
        field<T>("spec", &T::spec).always(),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
