#include "engine/api/discovery.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<EndpointConditions>::doc = "Whether an endpoint can take traffic.";

std::span<const Field> Describe<EndpointConditions>::fields() {
    using T = EndpointConditions;
    static const std::vector<Field> table{
        field<T>("ready", &T::ready)
            .documented("It is ready for traffic; left out means that nobody knows, and counts as ready."),
        field<T>("serving", &T::serving)
            .documented("It answers, even if it is about to stop."),
        field<T>("terminating", &T::terminating)
            .documented("It is about to stop."),
    };
    return table;
}

const std::string_view Describe<ForZone>::doc = "A zone that should use the endpoint.";

std::span<const Field> Describe<ForZone>::fields() {
    using T = ForZone;
    static const std::vector<Field> table{
        field<T>("name", &T::name).required().always()
            .documented("The zone's name."),
    };
    return table;
}

const std::string_view Describe<EndpointHints>::doc = "Who should use the endpoint.";

std::span<const Field> Describe<EndpointHints>::fields() {
    using T = EndpointHints;
    static const std::vector<Field> table{
        field<T>("forZones", &T::forZones)
            .documented("The zones whose clients should use it."),
    };
    return table;
}

const std::string_view Describe<Endpoint>::doc = "One pod behind a Service.";

std::span<const Field> Describe<Endpoint>::fields() {
    using T = Endpoint;
    static const std::vector<Field> table{
        field<T>("addresses", &T::addresses).required().always()
            .documented("Its addresses, all equivalent; only the first is used."),
        field<T>("conditions", &T::conditions)
            .documented("Whether it can take traffic."),
        field<T>("deprecatedTopology", &T::deprecatedTopology)
            .documented("Labels from an older version of this API."),
        field<T>("hints", &T::hints)
            .documented("Who should use it."),
        field<T>("hostname", &T::hostname)
            .documented("The pod's host name, when it has one of its own."),
        field<T>("nodeName", &T::nodeName)
            .documented("The node that it runs on."),
        field<T>("targetRef", &T::targetRef)
            .documented("The pod itself."),
        field<T>("zone", &T::zone)
            .documented("The zone that it is in."),
    };
    return table;
}

const std::string_view Describe<DiscoveryEndpointPort>::doc =
    "A port that is served by every endpoint of the slice.";

std::span<const Field> Describe<DiscoveryEndpointPort>::fields() {
    using T = DiscoveryEndpointPort;
    static const std::vector<Field> table{
        field<T>("appProtocol", &T::appProtocol)
            .documented("The protocol spoken on it, such as http or kubernetes.io/h2c."),
        field<T>("name", &T::name).preset(R"("")")
            .documented("The port's name in the Service."),
        field<T>("port", &T::port)
            .documented("The port's number; left out, all ports."),
        field<T>("protocol", &T::protocol).preset(R"("TCP")").one_of("SCTP|TCP|UDP")
            .documented("TCP (the default), UDP or SCTP."),
    };
    return table;
}

const std::string_view Describe<EndpointSlice>::doc =
    "An EndpointSlice lists some of the pods behind a Service, a hundred at most.";

std::span<const Field> Describe<EndpointSlice>::fields() {
    using T = EndpointSlice;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, namespace, labels; kubernetes.io/service-name names the Service."),
        field<T>("addressType", &T::addressType).required().always().one_of("FQDN|IPv4|IPv6")
            .documented("What the addresses are; cannot be changed."),
        field<T>("endpoints", &T::endpoints).required().always()
            .documented("The pods, each with addresses and conditions."),
        field<T>("ports", &T::ports)
            .documented("The ports, for each of the endpoints."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
