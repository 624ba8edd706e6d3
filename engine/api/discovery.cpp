#include "engine/api/discovery.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<EndpointConditions>::doc = "";

std::span<const Field> Describe<EndpointConditions>::fields() {
    using T = EndpointConditions;
    static const std::vector<Field> table{
        field<T>("ready", &T::ready),
        field<T>("serving", &T::serving),
        field<T>("terminating", &T::terminating),
    };
    return table;
}

const std::string_view Describe<ForZone>::doc = "";

std::span<const Field> Describe<ForZone>::fields() {
    using T = ForZone;
    static const std::vector<Field> table{
        field<T>("name", &T::name).required().always(),
    };
    return table;
}

const std::string_view Describe<EndpointHints>::doc = "";

std::span<const Field> Describe<EndpointHints>::fields() {
    using T = EndpointHints;
    static const std::vector<Field> table{
        field<T>("forZones", &T::forZones),
    };
    return table;
}

const std::string_view Describe<Endpoint>::doc = "";

std::span<const Field> Describe<Endpoint>::fields() {
    using T = Endpoint;
    static const std::vector<Field> table{
        field<T>("addresses", &T::addresses).required().always(),
        field<T>("conditions", &T::conditions),
        field<T>("deprecatedTopology", &T::deprecatedTopology),
        field<T>("hints", &T::hints),
        field<T>("hostname", &T::hostname),
        field<T>("nodeName", &T::nodeName),
        field<T>("targetRef", &T::targetRef),
        field<T>("zone", &T::zone),
    };
    return table;
}

const std::string_view Describe<DiscoveryEndpointPort>::doc = "";

std::span<const Field> Describe<DiscoveryEndpointPort>::fields() {
    using T = DiscoveryEndpointPort;
    static const std::vector<Field> table{
        field<T>("appProtocol", &T::appProtocol),
        field<T>("name", &T::name).preset(R"("")"),
        field<T>("port", &T::port),
        field<T>("protocol", &T::protocol).preset(R"("TCP")"),
    };
    return table;
}

const std::string_view Describe<EndpointSlice>::doc = "";

std::span<const Field> Describe<EndpointSlice>::fields() {
    using T = EndpointSlice;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata),
        field<T>("addressType", &T::addressType).required().always(),
        field<T>("endpoints", &T::endpoints).required().always(),
        field<T>("ports", &T::ports),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
