// The subsets of an Endpoints object: addresses that share their ports.
//
// upstream: pkg/api/v1/endpoints/util.go [RepackSubsets]
#pragma once

#include <vector>

#include "engine/api/core/endpoints.h"
#include "engine/api/core/pod.h"
#include "engine/api/core/service.h"
#include "engine/api/object.h"

namespace kubetab::controllers {

// Ports that lead to the same addresses share a subset; addresses are ordered as text, ready ones apart from
// the others.
std::vector<api::EndpointSubset> subsets_of(const api::Service& service,
                                            const std::vector<api::Ref<api::Pod>>& pods);
// Cuts to `limit` addresses, ready ones kept first. True when it had to.
bool cut_addresses(std::vector<api::EndpointSubset>& subsets, std::size_t limit);

}  // namespace kubetab::controllers
