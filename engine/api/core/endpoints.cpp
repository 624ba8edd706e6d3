#include "engine/api/core/endpoints.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<EndpointAddress>::doc = "The address of one pod behind a Service.";

std::span<const Field> Describe<EndpointAddress>::fields() {
    using T = EndpointAddress;
    static const std::vector<Field> table{
        field<T>("hostname", &T::hostname)
            .documented("The pod's host name, when it has one of its own."),
        field<T>("ip", &T::ip).required().always()
            .documented("The address; never a loopback or link-local one."),
        field<T>("nodeName", &T::nodeName)
            .documented("The node that the pod runs on."),
        field<T>("targetRef", &T::targetRef)
            .documented("The pod itself."),
    };
    return table;
}

const std::string_view Describe<EndpointPort>::doc = "A port that is served at every address of the subset.";

std::span<const Field> Describe<EndpointPort>::fields() {
    using T = EndpointPort;
    static const std::vector<Field> table{
        field<T>("appProtocol", &T::appProtocol)
            .documented("The protocol spoken on it, such as http or kubernetes.io/h2c."),
        field<T>("name", &T::name)
            .documented("The port's name in the Service; may be left out for a single port."),
        field<T>("port", &T::port).required().always()
            .documented("The port's number."),
        field<T>("protocol", &T::protocol).preset(R"("TCP")").one_of("SCTP|TCP|UDP")
            .documented("TCP, UDP or SCTP."),
    };
    return table;
}

const std::string_view Describe<EndpointSubset>::doc = "Addresses that all serve the same ports.";

std::span<const Field> Describe<EndpointSubset>::fields() {
    using T = EndpointSubset;
    static const std::vector<Field> table{
        field<T>("addresses", &T::addresses)
            .documented("Addresses that are ready for traffic."),
        field<T>("notReadyAddresses", &T::notReadyAddresses)
            .documented("Addresses whose pods are starting, failing their readiness probe or stopping."),
        field<T>("ports", &T::ports)
            .documented("The ports, for each of the addresses."),
    };
    return table;
}

const std::string_view Describe<Endpoints>::doc =
    "Endpoints list the pods behind a Service in one object; EndpointSlices are their successor.";

std::span<const Field> Describe<Endpoints>::fields() {
    using T = Endpoints;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, namespace, labels; the name is the Service's."),
        field<T>("subsets", &T::subsets)
            .documented("The addresses, grouped by the ports that they serve."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
