#include "engine/api/core/service.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<ServicePort>::doc = "";

std::span<const Field> Describe<ServicePort>::fields() {
    using T = ServicePort;
    static const std::vector<Field> table{
        field<T>("appProtocol", &T::appProtocol),
        field<T>("name", &T::name),
        field<T>("nodePort", &T::nodePort),
        field<T>("port", &T::port).required().always(),
        field<T>("protocol", &T::protocol).preset(R"("TCP")"),
        field<T>("targetPort", &T::targetPort).always(),
    };
    return table;
}

const std::string_view Describe<ClientIPConfig>::doc = "";

std::span<const Field> Describe<ClientIPConfig>::fields() {
    using T = ClientIPConfig;
    static const std::vector<Field> table{
        field<T>("timeoutSeconds", &T::timeoutSeconds),
    };
    return table;
}

const std::string_view Describe<SessionAffinityConfig>::doc = "";

std::span<const Field> Describe<SessionAffinityConfig>::fields() {
    using T = SessionAffinityConfig;
    static const std::vector<Field> table{
        field<T>("clientIP", &T::clientIP),
    };
    return table;
}

const std::string_view Describe<ServiceSpec>::doc = "";

std::span<const Field> Describe<ServiceSpec>::fields() {
    using T = ServiceSpec;
    static const std::vector<Field> table{
        field<T>("allocateLoadBalancerNodePorts", &T::allocateLoadBalancerNodePorts),
        field<T>("clusterIP", &T::clusterIP),
        field<T>("clusterIPs", &T::clusterIPs),
        field<T>("externalIPs", &T::externalIPs),
        field<T>("externalName", &T::externalName),
        field<T>("externalTrafficPolicy", &T::externalTrafficPolicy),
        field<T>("healthCheckNodePort", &T::healthCheckNodePort),
        field<T>("internalTrafficPolicy", &T::internalTrafficPolicy),
        field<T>("ipFamilies", &T::ipFamilies),
        field<T>("ipFamilyPolicy", &T::ipFamilyPolicy),
        field<T>("loadBalancerClass", &T::loadBalancerClass),
        field<T>("loadBalancerIP", &T::loadBalancerIP),
        field<T>("loadBalancerSourceRanges", &T::loadBalancerSourceRanges),
        field<T>("ports", &T::ports).merge("port"),
        field<T>("publishNotReadyAddresses", &T::publishNotReadyAddresses),
        field<T>("selector", &T::selector),
        field<T>("sessionAffinity", &T::sessionAffinity).preset(R"("None")"),
        field<T>("sessionAffinityConfig", &T::sessionAffinityConfig),
        field<T>("trafficDistribution", &T::trafficDistribution),
        field<T>("type", &T::type).preset(R"("ClusterIP")"),
    };
    return table;
}

const std::string_view Describe<PortStatus>::doc = "";

std::span<const Field> Describe<PortStatus>::fields() {
    using T = PortStatus;
    static const std::vector<Field> table{
        field<T>("error", &T::error),
        field<T>("port", &T::port).required().always(),
        field<T>("protocol", &T::protocol).required().always(),
    };
    return table;
}

const std::string_view Describe<LoadBalancerIngress>::doc = "";

std::span<const Field> Describe<LoadBalancerIngress>::fields() {
    using T = LoadBalancerIngress;
    static const std::vector<Field> table{
        field<T>("hostname", &T::hostname),
        field<T>("ip", &T::ip),
        field<T>("ipMode", &T::ipMode),
        field<T>("ports", &T::ports),
    };
    return table;
}

const std::string_view Describe<LoadBalancerStatus>::doc = "";

std::span<const Field> Describe<LoadBalancerStatus>::fields() {
    using T = LoadBalancerStatus;
    static const std::vector<Field> table{
        field<T>("ingress", &T::ingress),
    };
    return table;
}

const std::string_view Describe<ServiceStatus>::doc = "";

std::span<const Field> Describe<ServiceStatus>::fields() {
    using T = ServiceStatus;
    static const std::vector<Field> table{
        field<T>("conditions", &T::conditions).merge("type"),
        field<T>("loadBalancer", &T::loadBalancer),
    };
    return table;
}

const std::string_view Describe<Service>::doc = "";

std::span<const Field> Describe<Service>::fields() {
    using T = Service;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata),
        field<T>("spec", &T::spec),
        field<T>("status", &T::status),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
