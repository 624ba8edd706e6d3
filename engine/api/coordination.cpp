#include "engine/api/coordination.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<LeaseSpec>::doc = "";

std::span<const Field> Describe<LeaseSpec>::fields() {
    using T = LeaseSpec;
    static const std::vector<Field> table{
        field<T>("acquireTime", &T::acquireTime),
        field<T>("holderIdentity", &T::holderIdentity),
        field<T>("leaseDurationSeconds", &T::leaseDurationSeconds),
        field<T>("leaseTransitions", &T::leaseTransitions),
        field<T>("preferredHolder", &T::preferredHolder),
        field<T>("renewTime", &T::renewTime),
        field<T>("strategy", &T::strategy),
    };
    return table;
}

const std::string_view Describe<Lease>::doc = "";

std::span<const Field> Describe<Lease>::fields() {
    using T = Lease;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata),
        field<T>("spec", &T::spec),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
