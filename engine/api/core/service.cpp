#include "engine/api/core/service.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<ServicePort>::doc = "A port that a Service offers.";

std::span<const Field> Describe<ServicePort>::fields() {
    using T = ServicePort;
    static const std::vector<Field> table{
        field<T>("appProtocol", &T::appProtocol)
            .documented("The protocol spoken on it, such as http or kubernetes.io/h2c."),
        field<T>("name", &T::name)
            .documented("The port's name; needed when there are several."),
        field<T>("nodePort", &T::nodePort)
            .documented("The port on every node; chosen from 30000-32767 when left out."),
        field<T>("port", &T::port).required().always()
            .documented("The port at the Service's own address."),
        field<T>("protocol", &T::protocol).preset(R"("TCP")").one_of("SCTP|TCP|UDP")
            .documented("TCP (the default), UDP or SCTP."),
        field<T>("targetPort", &T::targetPort).always()
            .documented("The port of the pods, by number or by name; the same as port when left out."),
    };
    return table;
}

const std::string_view Describe<ClientIPConfig>::doc = "How long a client is sent to the same pod.";

std::span<const Field> Describe<ClientIPConfig>::fields() {
    using T = ClientIPConfig;
    static const std::vector<Field> table{
        field<T>("timeoutSeconds", &T::timeoutSeconds)
            .documented("Seconds that the choice is remembered; 10800 by default."),
    };
    return table;
}

const std::string_view Describe<SessionAffinityConfig>::doc = "Settings of session affinity.";

std::span<const Field> Describe<SessionAffinityConfig>::fields() {
    using T = SessionAffinityConfig;
    static const std::vector<Field> table{
        field<T>("clientIP", &T::clientIP)
            .documented("Settings for ClientIP."),
    };
    return table;
}

const std::string_view Describe<ServiceSpec>::doc =
    "Which pods a Service leads to and where it can be reached.";

std::span<const Field> Describe<ServiceSpec>::fields() {
    using T = ServiceSpec;
    static const std::vector<Field> table{
        field<T>("allocateLoadBalancerNodePorts", &T::allocateLoadBalancerNodePorts)
            .documented("False opens no node ports for a LoadBalancer that needs none."),
        field<T>("clusterIP", &T::clusterIP)
            .documented("The Service's own address; None makes it headless, so that names lead to pods "
                        "directly."),
        field<T>("clusterIPs", &T::clusterIPs)
            .documented("The same, one for each IP family."),
        field<T>("externalIPs", &T::externalIPs)
            .documented("Addresses from outside whose traffic the nodes accept for this Service."),
        field<T>("externalName", &T::externalName)
            .documented("The name that an ExternalName Service stands for."),
        field<T>("externalTrafficPolicy", &T::externalTrafficPolicy).one_of("Cluster|Local")
            .documented("Local sends traffic from outside only to pods of the node that it came to."),
        field<T>("healthCheckNodePort", &T::healthCheckNodePort)
            .documented("Where load balancers ask whether a node has pods; for Local traffic only."),
        field<T>("internalTrafficPolicy", &T::internalTrafficPolicy).one_of("Cluster|Local")
            .documented("Local sends traffic from pods only to pods of the same node."),
        field<T>("ipFamilies", &T::ipFamilies)
            .documented("The IP families of the addresses, in order: IPv4, IPv6."),
        field<T>("ipFamilyPolicy", &T::ipFamilyPolicy).one_of("PreferDualStack|RequireDualStack|SingleStack")
            .documented("Whether the Service has one IP family or two."),
        field<T>("loadBalancerClass", &T::loadBalancerClass)
            .documented("Which load balancer implementation takes care of it."),
        field<T>("loadBalancerIP", &T::loadBalancerIP)
            .documented("The wanted address of the load balancer; not every one listens."),
        field<T>("loadBalancerSourceRanges", &T::loadBalancerSourceRanges)
            .documented("Ranges of clients that the load balancer lets through."),
        field<T>("ports", &T::ports).merge("port")
            .documented("The ports that are offered."),
        field<T>("publishNotReadyAddresses", &T::publishNotReadyAddresses)
            .documented("When true, pods that are not ready get traffic too."),
        field<T>("selector", &T::selector)
            .documented("Labels of the pods that traffic goes to; without it, endpoints are yours to make."),
        field<T>("sessionAffinity", &T::sessionAffinity).preset(R"("None")").one_of("ClientIP|None")
            .documented("ClientIP sends a client always to the same pod; None by default."),
        field<T>("sessionAffinityConfig", &T::sessionAffinityConfig)
            .documented("Settings of session affinity."),
        field<T>("trafficDistribution", &T::trafficDistribution)
            .documented("PreferClose favours pods near the client."),
        field<T>("type", &T::type).preset(R"("ClusterIP")")
            .one_of("ClusterIP|ExternalName|LoadBalancer|NodePort")
            .documented("Where it is reachable: in the cluster, also on nodes, also through a load "
                        "balancer, or as an alias."),
    };
    return table;
}

const std::string_view Describe<PortStatus>::doc = "What became of one port of a load balancer.";

std::span<const Field> Describe<PortStatus>::fields() {
    using T = PortStatus;
    static const std::vector<Field> table{
        field<T>("error", &T::error)
            .documented("Why the port does not work, if so."),
        field<T>("port", &T::port).required().always()
            .documented("The port's number."),
        field<T>("protocol", &T::protocol).required().always().one_of("SCTP|TCP|UDP")
            .documented("The port's protocol."),
    };
    return table;
}

const std::string_view Describe<LoadBalancerIngress>::doc = "A way into a load balancer.";

std::span<const Field> Describe<LoadBalancerIngress>::fields() {
    using T = LoadBalancerIngress;
    static const std::vector<Field> table{
        field<T>("hostname", &T::hostname)
            .documented("Its name, where it goes by name."),
        field<T>("ip", &T::ip)
            .documented("Its address, where it goes by address."),
        field<T>("ipMode", &T::ipMode)
            .documented("VIP or Proxy: whether packets keep the load balancer's address."),
        field<T>("ports", &T::ports)
            .documented("What became of each port."),
    };
    return table;
}

const std::string_view Describe<LoadBalancerStatus>::doc = "How a load balancer can be reached.";

std::span<const Field> Describe<LoadBalancerStatus>::fields() {
    using T = LoadBalancerStatus;
    static const std::vector<Field> table{
        field<T>("ingress", &T::ingress)
            .documented("The ways into it."),
    };
    return table;
}

const std::string_view Describe<ServiceStatus>::doc = "What has been set up for a Service.";

std::span<const Field> Describe<ServiceStatus>::fields() {
    using T = ServiceStatus;
    static const std::vector<Field> table{
        field<T>("conditions", &T::conditions).merge("type")
            .documented("Findings about the Service."),
        field<T>("loadBalancer", &T::loadBalancer)
            .documented("The load balancer, once there is one."),
    };
    return table;
}

const std::string_view Describe<Service>::doc = "A Service gives changing pods one lasting name and address.";

std::span<const Field> Describe<Service>::fields() {
    using T = Service;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, namespace, labels and what else every object has."),
        field<T>("spec", &T::spec)
            .documented("Which pods, on which ports, reachable from where."),
        field<T>("status", &T::status)
            .documented("The load balancer, once there is one."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
