#include "engine/api/coordination.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<LeaseSpec>::doc = "Who holds the lease and until when.";

std::span<const Field> Describe<LeaseSpec>::fields() {
    using T = LeaseSpec;
    static const std::vector<Field> table{
        field<T>("acquireTime", &T::acquireTime)
            .documented("When the present holder got the lease."),
        field<T>("holderIdentity", &T::holderIdentity)
            .documented("Who holds the lease; for a node, its name."),
        field<T>("leaseDurationSeconds", &T::leaseDurationSeconds)
            .documented("So long after renewTime others may take the lease over."),
        field<T>("leaseTransitions", &T::leaseTransitions)
            .documented("How often the lease went from one holder to another."),
        field<T>("preferredHolder", &T::preferredHolder)
            .documented("Who should hold the lease next; only with a strategy."),
        field<T>("renewTime", &T::renewTime)
            .documented("When the holder last said that it is alive."),
        field<T>("strategy", &T::strategy)
            .documented("How candidates for the lease are chosen, when they are coordinated."),
    };
    return table;
}

const std::string_view Describe<Lease>::doc =
    "A Lease is a sign of life: nodes renew theirs every few seconds, and leaders of elections too.";

std::span<const Field> Describe<Lease>::fields() {
    using T = Lease;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, namespace, labels and what else every object has."),
        field<T>("spec", &T::spec)
            .documented("Holder, duration and the last renewal."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
