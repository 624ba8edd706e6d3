// What the pods and claims of a StatefulSet look like, and what state its pods are in. No writes.
//
// upstream: pkg/controller/statefulset/stateful_set_utils.go
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/core/persistent_volume_claim.h"
#include "engine/api/core/pod.h"
#include "engine/api/stateful_set.h"
#include "engine/sim/time.h"

namespace kubetab::controllers {

std::int32_t start_ordinal(const api::StatefulSet& set);
// Of the pod `<set>-<ordinal>`; nothing for a pod that is named otherwise.
std::optional<std::int32_t> ordinal_of(const api::StatefulSet& set, const api::Pod& pod);
bool is_ordered(const api::StatefulSet& set);
// Of the revision that the pod was made from.
std::string revision_of(const api::Pod& pod);

// The pod of that ordinal as the template has it, of that revision. upstream: newStatefulSetPod
api::Pod make_stateful_pod(const api::StatefulSet& set, const api::PodTemplateSpec& pod_template,
                           const std::string& revision, std::int32_t ordinal);
// The name, labels and host name of the pod, or its claims, are not what they should be; and puts that right.
bool has_identity(const api::StatefulSet& set, const api::Pod& pod);
bool has_storage(const api::StatefulSet& set, const api::Pod& pod);
void give_identity(const api::StatefulSet& set, api::Pod& pod);
void give_storage(const api::StatefulSet& set, api::Pod& pod);

// One for each claim template. upstream: getPersistentVolumeClaims
std::vector<api::PersistentVolumeClaim> claims_of(const api::StatefulSet& set, std::int32_t ordinal);
// Makes the claim's owners what the set's retention policy says. True when they were not so already.
// upstream: updateClaimOwnerRefForSetAndPod
bool apply_retention(const api::StatefulSet& set, const api::Pod& pod, api::PersistentVolumeClaim& claim);

bool is_running_and_ready(const api::Pod& pod);
bool is_running_and_available(const api::Pod& pod, std::int32_t min_ready_seconds, sim::Instant now);
// Running, ready and not on its way out.
bool is_healthy(const api::Pod& pod);

}  // namespace kubetab::controllers
