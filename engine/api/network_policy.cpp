#include "engine/api/network_policy.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<IPBlock>::doc =
    "A range of addresses.";

std::span<const Field> Describe<IPBlock>::fields() {
    using T = IPBlock;
    static const std::vector<Field> table{
        field<T>("cidr", &T::cidr).required().always()
            .documented("The range, such as 10.0.0.0/16."),
        field<T>("except", &T::except)
            .documented("Ranges within it that are left out."),
    };
    return table;
}

const std::string_view Describe<NetworkPolicyPeer>::doc =
    "Pods or addresses at the other end of a connection.";

std::span<const Field> Describe<NetworkPolicyPeer>::fields() {
    using T = NetworkPolicyPeer;
    static const std::vector<Field> table{
        field<T>("ipBlock", &T::ipBlock)
            .documented("Addresses; not together with the selectors."),
        field<T>("namespaceSelector", &T::namespaceSelector)
            .documented("Namespaces by label; all pods of them, or those that podSelector selects."),
        field<T>("podSelector", &T::podSelector)
            .documented("Pods by label, in the namespaces of namespaceSelector or else in that of the "
                        "policy."),
    };
    return table;
}

const std::string_view Describe<NetworkPolicyPort>::doc =
    "A port or a range of ports.";

std::span<const Field> Describe<NetworkPolicyPort>::fields() {
    using T = NetworkPolicyPort;
    static const std::vector<Field> table{
        field<T>("endPort", &T::endPort)
            .documented("The last port of a range that begins with port."),
        field<T>("port", &T::port)
            .documented("The port by number or name; every port when left out."),
        field<T>("protocol", &T::protocol).preset(R"("TCP")")
            .documented("TCP (the default), UDP or SCTP."),
    };
    return table;
}

const std::string_view Describe<NetworkPolicyIngressRule>::doc =
    "Connections to the selected pods that are allowed.";

std::span<const Field> Describe<NetworkPolicyIngressRule>::fields() {
    using T = NetworkPolicyIngressRule;
    static const std::vector<Field> table{
        field<T>("from", &T::from)
            .documented("Who may connect; everybody when left out."),
        field<T>("ports", &T::ports)
            .documented("To which ports; all when left out."),
    };
    return table;
}

const std::string_view Describe<NetworkPolicyEgressRule>::doc =
    "Connections from the selected pods that are allowed.";

std::span<const Field> Describe<NetworkPolicyEgressRule>::fields() {
    using T = NetworkPolicyEgressRule;
    static const std::vector<Field> table{
        field<T>("ports", &T::ports)
            .documented("To which ports; all when left out."),
        field<T>("to", &T::to)
            .documented("To whom; everybody when left out."),
    };
    return table;
}

const std::string_view Describe<NetworkPolicySpec>::doc =
    "Which pods are isolated, in which direction, and what is allowed all the same.";

std::span<const Field> Describe<NetworkPolicySpec>::fields() {
    using T = NetworkPolicySpec;
    static const std::vector<Field> table{
        field<T>("egress", &T::egress)
            .documented("Allowed connections from the pods."),
        field<T>("ingress", &T::ingress)
            .documented("Allowed connections to the pods."),
        field<T>("podSelector", &T::podSelector).required()
            .documented("Which pods of the namespace; an empty selector means all."),
        field<T>("policyTypes", &T::policyTypes)
            .documented("The directions in which the pods are isolated: Ingress, and Egress when there "
                        "are such rules."),
    };
    return table;
}

const std::string_view Describe<NetworkPolicy>::doc =
    "A NetworkPolicy says which connections the pods that it selects may have.";

std::span<const Field> Describe<NetworkPolicy>::fields() {
    using T = NetworkPolicy;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, namespace, labels and what else every object has."),
        field<T>("spec", &T::spec)
            .documented("What you want: pods, directions and exceptions."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
