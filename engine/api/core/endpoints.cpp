#include "engine/api/core/endpoints.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<EndpointAddress>::doc = "";

std::span<const Field> Describe<EndpointAddress>::fields() {
    using T = EndpointAddress;
    static const std::vector<Field> table{
        field<T>("hostname", &T::hostname),
        field<T>("ip", &T::ip).required().always(),
        field<T>("nodeName", &T::nodeName),
        field<T>("targetRef", &T::targetRef),
    };
    return table;
}

const std::string_view Describe<EndpointPort>::doc = "";

std::span<const Field> Describe<EndpointPort>::fields() {
    using T = EndpointPort;
    static const std::vector<Field> table{
        field<T>("appProtocol", &T::appProtocol),
        field<T>("name", &T::name),
        field<T>("port", &T::port).required().always(),
        field<T>("protocol", &T::protocol).preset(R"("TCP")"),
    };
    return table;
}

const std::string_view Describe<EndpointSubset>::doc = "";

std::span<const Field> Describe<EndpointSubset>::fields() {
    using T = EndpointSubset;
    static const std::vector<Field> table{
        field<T>("addresses", &T::addresses),
        field<T>("notReadyAddresses", &T::notReadyAddresses),
        field<T>("ports", &T::ports),
    };
    return table;
}

const std::string_view Describe<Endpoints>::doc = "";

std::span<const Field> Describe<Endpoints>::fields() {
    using T = Endpoints;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata),
        field<T>("subsets", &T::subsets),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
