// What the Deployment controller computes: sizes, revisions, annotations, which ReplicaSet is which. No
// state, no writes.
//
// upstream: pkg/controller/deployment/util/deployment_util.go
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/apps.h"
#include "engine/sim/time.h"

namespace kubetab::controllers {

using ReplicaSetList = std::vector<api::Ref<api::ReplicaSet>>;

inline constexpr std::string_view kRevision = "deployment.kubernetes.io/revision";
inline constexpr std::string_view kRevisionHistory = "deployment.kubernetes.io/revision-history";
inline constexpr std::string_view kDesiredReplicas = "deployment.kubernetes.io/desired-replicas";
inline constexpr std::string_view kMaxReplicas = "deployment.kubernetes.io/max-replicas";
inline constexpr std::string_view kPodTemplateHash = "pod-template-hash";

inline std::int32_t replicas_of(const api::Deployment& deployment) {
    return deployment.spec.replicas.value_or(1);
}
inline std::int32_t replicas_of(const api::ReplicaSet& replica_set) {
    return replica_set.spec.replicas.value_or(1);
}
inline bool is_rolling_update(const api::Deployment& deployment) {
    return deployment.spec.strategy.type == "RollingUpdate";
}

// --- the bounds of a rolling update ---

struct RollingBounds {
    std::int32_t surge = 0;        // pods that may exist beyond the desired number
    std::int32_t unavailable = 0;  // pods that may be missing
};
// An amount, or a percentage of `total`: rounded up for surge, down for unavailable; both 0 → one may be
// missing.
RollingBounds resolve_bounds(const api::Box<api::RollingUpdateDeployment>& strategy, std::int32_t total);
std::int32_t max_surge(const api::Deployment& deployment);
std::int32_t max_unavailable(const api::Deployment& deployment);

// --- sums over ReplicaSets; null entries are skipped ---

std::int32_t sum_of_spec(const ReplicaSetList& sets);
std::int32_t sum_of_replicas(const ReplicaSetList& sets);
std::int32_t sum_of_ready(const ReplicaSetList& sets);
std::int32_t sum_of_available(const ReplicaSetList& sets);
// Those that should have pods.
ReplicaSetList active_of(const ReplicaSetList& sets);
// `old` and the new one, if there is one.
ReplicaSetList with_new(const ReplicaSetList& old, const api::Ref<api::ReplicaSet>& current);

// --- orders; the sorting is stable and total (name last) ---

void sort_oldest_first(ReplicaSetList& sets);
void sort_newest_first(ReplicaSetList& sets);
void sort_largest_first(ReplicaSetList& sets, bool newer_first_among_equals);
void sort_by_revision(ReplicaSetList& sets);

// --- which is which ---

// Equal but for the pod-template-hash label.
bool same_template(const api::PodTemplateSpec& a, const api::PodTemplateSpec& b);
// The oldest one with the Deployment's template, or null.
api::Ref<api::ReplicaSet> find_new(const api::Deployment& deployment, const ReplicaSetList& sets);
ReplicaSetList find_old(const api::Deployment& deployment, const ReplicaSetList& sets);
// The only active one; without any, the newest; null when several are active.
api::Ref<api::ReplicaSet> find_active_or_latest(const ReplicaSetList& old,
                                                const api::Ref<api::ReplicaSet>& current);
// The new one is as large as wanted, knows it, and all its pods are available.
bool is_saturated(const api::Deployment& deployment, const api::Ref<api::ReplicaSet>& current);

// --- sizes ---

// upstream: NewRSNewReplicas
std::int32_t next_size_of_new(const api::Deployment& deployment, const ReplicaSetList& all,
                              const api::ReplicaSet& current);
// How many pods to give to `replica_set` of the `to_add` (negative: to take) of which `added` are given
// already. upstream: GetReplicaSetProportion
std::int32_t proportion(const api::ReplicaSet& replica_set, const api::Deployment& deployment,
                        std::int32_t to_add, std::int32_t added);

// --- revisions and annotations ---

// 0 when there is none; -1 when it is no number.
std::int64_t revision_of(const api::ObjectMeta& metadata);
std::int64_t max_revision(const ReplicaSetList& sets);
std::optional<std::int32_t> number_annotation(const api::ObjectMeta& metadata, std::string_view name);
// Each returns whether it changed something.
bool set_size_annotations(api::ObjectMeta& replica_set, std::int32_t desired, std::int32_t maximum);
bool size_annotations_differ(const api::ObjectMeta& replica_set, std::int32_t desired, std::int32_t maximum);
bool set_new_annotations(const api::Deployment& deployment, api::ObjectMeta& replica_set,
                         std::int64_t revision, bool exists);
bool set_revision(api::ObjectMeta& deployment, const std::string& revision);

}  // namespace kubetab::controllers
