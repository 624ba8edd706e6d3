#include "engine/controllers/deployment_util.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "engine/api/codec.h"
#include "engine/base/stable_sort.h"
#include "engine/controllers/scaled_amount.h"

namespace kubetab::controllers {
namespace {

using api::Ref;
using api::ReplicaSet;

constexpr std::size_t kHistoryLength = 2000;

template <class Value>
std::int32_t sum(const ReplicaSetList& sets, Value value) {
    std::int32_t total = 0;
    for (const Ref<ReplicaSet>& set : sets) {
        if (set) total += value(*set);
    }
    return total;
}

bool older(const Ref<ReplicaSet>& a, const Ref<ReplicaSet>& b) {
    if (a->metadata.creationTimestamp != b->metadata.creationTimestamp) {
        return a->metadata.creationTimestamp < b->metadata.creationTimestamp;
    }
    return a->metadata.name < b->metadata.name;
}

std::optional<std::int64_t> number(const std::string& text) {
    std::int64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
    return value;
}

bool is_own_annotation(const std::string& name) {
    static constexpr std::array<std::string_view, 6> kOwn{
        "kubectl.kubernetes.io/last-applied-configuration",
        kRevision,
        kRevisionHistory,
        kDesiredReplicas,
        kMaxReplicas,
        "deprecated.deployment.rollback.to",
    };
    return std::find(kOwn.begin(), kOwn.end(), name) != kOwn.end();
}

bool copy_annotations(const api::ObjectMeta& deployment, api::ObjectMeta& replica_set) {
    bool changed = false;
    for (const auto& [name, value] : deployment.annotations) {
        if (is_own_annotation(name)) continue;
        const api::Text* known = replica_set.annotations.get(name);
        if (known != nullptr && *known == value) continue;
        replica_set.annotations[name] = value;
        changed = true;
    }
    return changed;
}

// Appends a revision that a ReplicaSet had before, dropping the oldest ones when the list becomes too long.
void remember_revision(api::ObjectMeta& replica_set, const std::string& revision) {
    api::Text& history = replica_set.annotations[kRevisionHistory];
    if (history.empty()) {
        history = revision;
        return;
    }
    while (history.size() + revision.size() + 1 > kHistoryLength) {
        const std::size_t comma = history.find(',');
        if (comma == std::string::npos) return;
        history = history.substr(comma + 1);
    }
    history += "," + revision;
}

}  // namespace

RollingBounds resolve_bounds(const api::Box<api::RollingUpdateDeployment>& strategy, std::int32_t total) {
    RollingBounds bounds;
    bounds.surge = scaled_amount(strategy->maxSurge, total, Rounding::Up);
    bounds.unavailable = scaled_amount(strategy->maxUnavailable, total, Rounding::Down);
    // Percentages of few replicas may both become 0, and then nothing could move.
    if (bounds.surge == 0 && bounds.unavailable == 0) bounds.unavailable = 1;
    return bounds;
}

std::int32_t max_surge(const api::Deployment& deployment) {
    if (!is_rolling_update(deployment)) return 0;
    return resolve_bounds(deployment.spec.strategy.rollingUpdate, replicas_of(deployment)).surge;
}

std::int32_t max_unavailable(const api::Deployment& deployment) {
    const std::int32_t replicas = replicas_of(deployment);
    if (!is_rolling_update(deployment) || replicas == 0) return 0;
    return std::min(resolve_bounds(deployment.spec.strategy.rollingUpdate, replicas).unavailable, replicas);
}

std::int32_t sum_of_spec(const ReplicaSetList& sets) {
    return sum(sets, [](const ReplicaSet& set) { return replicas_of(set); });
}
std::int32_t sum_of_replicas(const ReplicaSetList& sets) {
    return sum(sets, [](const ReplicaSet& set) { return set.status.replicas; });
}
std::int32_t sum_of_ready(const ReplicaSetList& sets) {
    return sum(sets, [](const ReplicaSet& set) { return set.status.readyReplicas; });
}
std::int32_t sum_of_available(const ReplicaSetList& sets) {
    return sum(sets, [](const ReplicaSet& set) { return set.status.availableReplicas; });
}

ReplicaSetList active_of(const ReplicaSetList& sets) {
    ReplicaSetList active;
    for (const Ref<ReplicaSet>& set : sets) {
        if (set && replicas_of(*set) > 0) active.push_back(set);
    }
    return active;
}

ReplicaSetList with_new(const ReplicaSetList& old, const Ref<ReplicaSet>& current) {
    ReplicaSetList all = old;
    if (current) all.push_back(current);
    return all;
}

void sort_oldest_first(ReplicaSetList& sets) {
    base::stable_sort(sets, older);
}

void sort_newest_first(ReplicaSetList& sets) {
    base::stable_sort(sets, [](const auto& a, const auto& b) { return older(b, a); });
}

void sort_largest_first(ReplicaSetList& sets, bool newer_first_among_equals) {
    base::stable_sort(sets, [newer_first_among_equals](const auto& a, const auto& b) {
        if (replicas_of(*a) != replicas_of(*b)) return replicas_of(*a) > replicas_of(*b);
        return newer_first_among_equals ? older(b, a) : older(a, b);
    });
}

void sort_by_revision(ReplicaSetList& sets) {
    base::stable_sort(sets, [](const auto& a, const auto& b) {
        const std::int64_t revision_a = revision_of(a->metadata);
        const std::int64_t revision_b = revision_of(b->metadata);
        return revision_a != revision_b ? revision_a < revision_b : older(a, b);
    });
}

bool same_template(const api::PodTemplateSpec& a, const api::PodTemplateSpec& b) {
    api::PodTemplateSpec left = a;
    api::PodTemplateSpec right = b;
    left.metadata.labels.erase(kPodTemplateHash);
    right.metadata.labels.erase(kPodTemplateHash);
    return api::equal(left, right);
}

Ref<ReplicaSet> find_new(const api::Deployment& deployment, const ReplicaSetList& sets) {
    ReplicaSetList sorted = sets;
    sort_oldest_first(sorted);
    for (const Ref<ReplicaSet>& set : sorted) {
        if (same_template(*set->spec.template_, *deployment.spec.template_)) return set;
    }
    return nullptr;
}

ReplicaSetList find_old(const api::Deployment& deployment, const ReplicaSetList& sets) {
    const Ref<ReplicaSet> current = find_new(deployment, sets);
    ReplicaSetList old;
    for (const Ref<ReplicaSet>& set : sets) {
        if (!current || set->metadata.uid != current->metadata.uid) old.push_back(set);
    }
    return old;
}

Ref<ReplicaSet> find_active_or_latest(const ReplicaSetList& old, const Ref<ReplicaSet>& current) {
    if (!current && old.empty()) return nullptr;
    ReplicaSetList sorted = old;
    sort_newest_first(sorted);
    const ReplicaSetList active = active_of(with_new(sorted, current));
    if (active.empty()) return current ? current : sorted.front();
    return active.size() == 1 ? active.front() : nullptr;
}

bool is_saturated(const api::Deployment& deployment, const Ref<ReplicaSet>& current) {
    if (!current) return false;
    const std::int32_t wanted = replicas_of(deployment);
    return replicas_of(*current) == wanted &&
           number_annotation(current->metadata, kDesiredReplicas) == wanted &&
           current->status.availableReplicas == wanted;
}

std::int32_t next_size_of_new(const api::Deployment& deployment, const ReplicaSetList& all,
                              const ReplicaSet& current) {
    const std::int32_t wanted = replicas_of(deployment);
    if (!is_rolling_update(deployment)) return wanted;
    const std::int32_t existing = sum_of_spec(all);
    const std::int32_t allowed = wanted + max_surge(deployment);
    if (existing >= allowed) return replicas_of(current);
    return replicas_of(current) + std::min(allowed - existing, wanted - replicas_of(current));
}

std::int32_t proportion(const ReplicaSet& replica_set, const api::Deployment& deployment, std::int32_t to_add,
                        std::int32_t added) {
    const std::int32_t size = replicas_of(replica_set);
    const std::int32_t rest = to_add - added;
    if (size == 0 || rest == 0) return 0;
    std::int32_t share = -size;
    if (replicas_of(deployment) != 0) {
        const std::int64_t allowed = replicas_of(deployment) + max_surge(deployment);
        std::int64_t before = number_annotation(replica_set.metadata, kMaxReplicas).value_or(0);
        if (before == 0) before = deployment.status.replicas;
        if (before == 0) return 0;
        // Rounded half up: round(size · allowed / before) - size.
        share = static_cast<std::int32_t>((2 * size * allowed + before) / (2 * before)) - size;
    }
    return to_add > 0 ? std::min(share, rest) : std::max(share, rest);
}

std::int64_t revision_of(const api::ObjectMeta& metadata) {
    const api::Text* text = metadata.annotations.get(kRevision);
    return text == nullptr ? 0 : number(*text).value_or(-1);
}

std::int64_t max_revision(const ReplicaSetList& sets) {
    std::int64_t highest = 0;
    for (const Ref<ReplicaSet>& set : sets) highest = std::max(highest, revision_of(set->metadata));
    return highest;
}

std::optional<std::int32_t> number_annotation(const api::ObjectMeta& metadata, std::string_view name) {
    const api::Text* text = metadata.annotations.get(name);
    if (text == nullptr) return std::nullopt;
    const std::optional<std::int64_t> value = number(*text);
    return value ? std::optional<std::int32_t>(static_cast<std::int32_t>(*value)) : std::nullopt;
}

bool size_annotations_differ(const api::ObjectMeta& replica_set, std::int32_t desired, std::int32_t maximum) {
    return replica_set.annotations.value_or(kDesiredReplicas, "") != std::to_string(desired) ||
           replica_set.annotations.value_or(kMaxReplicas, "") != std::to_string(maximum);
}

bool set_size_annotations(api::ObjectMeta& replica_set, std::int32_t desired, std::int32_t maximum) {
    if (!size_annotations_differ(replica_set, desired, maximum)) return false;
    replica_set.annotations[kDesiredReplicas] = std::to_string(desired);
    replica_set.annotations[kMaxReplicas] = std::to_string(maximum);
    return true;
}

// upstream: SetNewReplicaSetAnnotations
bool set_new_annotations(const api::Deployment& deployment, api::ObjectMeta& replica_set,
                         std::int64_t revision, bool exists) {
    bool changed = copy_annotations(deployment.metadata, replica_set);
    const std::int64_t former = revision_of(replica_set);
    if (former < 0) return false;  // Somebody wrote something else there; leave it.
    if (former < revision) {
        const api::Text* text = replica_set.annotations.get(kRevision);
        if (text != nullptr) remember_revision(replica_set, std::string(*text));
        replica_set.annotations[kRevision] = std::to_string(revision);
        changed = true;
    }
    if (!exists) {
        const std::int32_t wanted = replicas_of(deployment);
        changed = set_size_annotations(replica_set, wanted, wanted + max_surge(deployment)) || changed;
    }
    return changed;
}

bool set_revision(api::ObjectMeta& deployment, const std::string& revision) {
    if (deployment.annotations.value_or(kRevision, "") == revision) return false;
    deployment.annotations[kRevision] = revision;
    return true;
}

}  // namespace kubetab::controllers
