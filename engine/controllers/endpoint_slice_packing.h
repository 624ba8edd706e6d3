// How endpoints are packed into EndpointSlices: what to create, update and delete so that few slices change.
//
// Endpoints stay where they are; slices that change anyway are filled up first, the fullest before the
// others; what remains goes to one unchanged slice that can take it all, else to new ones. A new slice takes
// over the name of one that would be deleted.
//
// upstream: staging/src/k8s.io/endpointslice/reconciler.go [reconcileByPortMapping, finalize]
#pragma once

#include <map>
#include <vector>

#include "engine/api/discovery.h"
#include "engine/api/object.h"

namespace kubetab::controllers {

using PortList = std::vector<api::DiscoveryEndpointPort>;

// Endpoints that share their ports.
struct EndpointGroup {
    PortList ports{};
    std::vector<api::Endpoint> endpoints{};
};

struct SlicePlan {
    std::vector<api::EndpointSlice> create{};  // without names
    std::vector<api::EndpointSlice> update{};  // as they should be stored
    std::vector<api::Ref<api::EndpointSlice>> remove{};
};

// `blank` is a slice of the service without ports and endpoints: its labels, owner and address type are those
// wanted. Without any endpoint one empty slice stays as a placeholder.
SlicePlan pack(const std::vector<api::Ref<api::EndpointSlice>>& existing,
               const std::vector<EndpointGroup>& groups, const api::EndpointSlice& blank,
               std::size_t endpoints_per_slice);

}  // namespace kubetab::controllers
