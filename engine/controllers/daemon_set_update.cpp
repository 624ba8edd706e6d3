// The rolling update and the history of a DaemonSet. upstream: pkg/controller/daemon/update.go

#include <algorithm>
#include <set>
#include <utility>

#include "engine/api/pod_status.h"
#include "engine/api/selectors.h"
#include "engine/api/template_hash.h"
#include "engine/controllers/adoption.h"
#include "engine/controllers/daemon_set.h"
#include "engine/controllers/indexes.h"

namespace kubetab::controllers {
namespace {

using api::ControllerRevision;
using api::DaemonSet;
using api::ObjectKey;
using api::Ref;
using base::Result;

// The pods of a node, one of each template at most.
struct NodePods {
    Ref<api::Pod> updated{};
    Ref<api::Pod> old{};
    bool clear = true;  // false: there are more; managing the pods comes first
};

// upstream: findUpdatedPodsOnNode
NodePods sort_out(const DaemonSet& set, const std::vector<Ref<api::Pod>>& pods, const std::string& hash) {
    NodePods result;
    for (const Ref<api::Pod>& pod : pods) {
        if (api::is_terminating(*pod)) continue;
        Ref<api::Pod>& place = is_updated(set, *pod, hash) ? result.updated : result.old;
        if (place) return {{}, {}, false};
        place = pod;
    }
    return result;
}

// Appends as many of `candidates` as there is room for.
template <class T>
void take(std::vector<T>& to, const std::vector<T>& candidates, std::int32_t room) {
    const auto count = std::min(candidates.size(), static_cast<std::size_t>(std::max(room, 0)));
    to.insert(to.end(), candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(count));
}

std::string hash_label(const ControllerRevision& revision) {
    const api::Text* hash = revision.metadata.labels.get(kRevisionHash);
    return hash == nullptr ? "" : hash->str();
}

}  // namespace

// upstream: rollingUpdate
Result<void> DaemonSetController::roll(const Sync& sync) {
    std::int32_t desired = 0;
    for (const Ref<api::Node>& node : nodes_.all()) {
        if (sync.placement.of(*node).should_run) ++desired;
    }
    const DaemonBounds bounds = daemon_bounds(sync.set, desired);
    return carry_out(sync, bounds.surge == 0 ? plan_replacing(sync, bounds.unavailable)
                                             : plan_surging(sync, bounds.surge));
}

DaemonSetController::Plan DaemonSetController::plan_replacing(const Sync& sync,
                                                              std::int32_t max_unavailable) const {
    Plan plan;
    PodList candidates;
    std::int32_t unavailable = 0;
    for (const auto& [node, pods] : sync.pods) {
        const NodePods found = sort_out(sync.set, pods, sync.hash);
        if (!found.clear || (!found.updated && !found.old)) {
            ++unavailable;
        } else if (found.updated) {
            if (!is_available(sync.set, *found.updated)) ++unavailable;
        } else if (!is_available(sync.set, *found.old)) {
            ++unavailable;  // Nothing is lost when it goes.
            plan.remove.push_back(found.old);
        } else {
            candidates.push_back(found.old);
        }
    }
    take(plan.remove, candidates, max_unavailable - unavailable);
    return plan;
}

DaemonSetController::Plan DaemonSetController::plan_surging(const Sync& sync, std::int32_t max_surge) const {
    Plan plan;
    std::vector<std::string> candidates;
    std::int32_t surging = 0;
    for (const auto& [node, pods] : sync.pods) {
        const NodePods found = sort_out(sync.set, pods, sync.hash);
        if (!found.clear) {
            ++surging;
        } else if (!found.old) {
            continue;
        } else if (found.updated) {
            ++surging;
            if (is_available(sync.set, *found.updated)) plan.remove.push_back(found.old);
        } else if (!is_available(sync.set, *found.old)) {
            plan.create_on.push_back(node);
        } else {
            candidates.push_back(node);
        }
    }
    take(plan.create_on, candidates, max_surge - surging);
    return plan;
}

// upstream: constructHistory
Result<void> DaemonSetController::find_revisions(Sync& sync) {
    const api::Raw present = template_patch(*sync.set.spec.template_);
    Revisions same;
    for (Ref<ControllerRevision>& revision : TRY(claimed_revisions(sync.set))) {
        if (revision->data == present) same.push_back(std::move(revision));
        else sync.old.push_back(std::move(revision));
    }
    sort_by_revision(sync.old);
    const std::int64_t number = next_revision(sync.old);
    Ref<ControllerRevision> current;
    if (same.empty()) {
        current = TRY(snapshot(sync.set, number));
    } else {
        current = TRY(keep_one(sync, same));
        if (current->revision < number) current = TRY(renumber(client_, current, number));
    }
    sync.hash = hash_label(*current);
    return {};
}

Result<Revisions> DaemonSetController::claimed_revisions(const DaemonSet& set) {
    const api::Selector selector = TRY(api::Selector::of(set.spec.selector));
    Adopter<DaemonSet> adopter(client_, set, selector);
    return adopter.claim(owned_and_orphans(revisions_, set.metadata));
}

Result<Ref<ControllerRevision>> DaemonSetController::snapshot(const DaemonSet& set, std::int64_t number) {
    const std::int32_t collisions = set.status.collisionCount.value_or(0);
    const std::string hash = api::pod_template_hash(*set.spec.template_, collisions);
    ControllerRevision revision =
        make_revision(api::kind_of<DaemonSet>(), set.metadata, set.metadata.name + "-" + hash,
                      template_patch(*set.spec.template_), number);
    revision.metadata.labels = set.spec.template_->metadata.labels;
    revision.metadata.labels[kRevisionHash] = hash;
    Ref<ControllerRevision> stored = TRY(store_revision(client_, std::move(revision)));
    if (stored) return stored;
    DaemonSet changed = set;
    changed.status.collisionCount = collisions + 1;
    client_.because("another template has the name of its revision");
    TRY(client_.update_status(std::move(changed)));
    return base::failure(base::Reason::AlreadyExists,
                         "the name " + set.metadata.name + "-" + hash + " belongs to another template");
}

// Keeps the newest of several revisions of one template. upstream: dedupCurHistories
Result<Ref<ControllerRevision>> DaemonSetController::keep_one(const Sync& sync, Revisions& same) {
    sort_by_revision(same);
    const Ref<ControllerRevision> kept = same.back();
    same.pop_back();
    if (same.empty()) return kept;
    for (const Ref<api::Pod>& pod : pods_.by_index(kByController, sync.set.metadata.uid)) {
        const api::Text* hash = pod->metadata.labels.get(kRevisionHash);
        const auto among = [&](const Ref<ControllerRevision>& revision) {
            return hash != nullptr && hash_label(*revision) == *hash;
        };
        if (std::none_of(same.begin(), same.end(), among)) continue;
        api::Pod changed = *pod;
        changed.metadata.labels[kRevisionHash] = hash_label(*kept);
        client_.because("its template is kept under another name");
        TRY(client_.update(std::move(changed)));
    }
    TRY(truncate_history(client_, same, 0));
    return kept;
}

// upstream: cleanupHistory
Result<void> DaemonSetController::clean_history(const Sync& sync) {
    std::set<std::string> live;
    for (const auto& [node, pods] : sync.pods) {
        for (const Ref<api::Pod>& pod : pods) {
            if (const api::Text* hash = pod->metadata.labels.get(kRevisionHash)) live.insert(*hash);
        }
    }
    const std::int32_t limit = sync.set.spec.revisionHistoryLimit.value_or(10);
    Revisions idle;
    for (const Ref<ControllerRevision>& revision : sync.old) {
        if (live.find(hash_label(*revision)) == live.end()) idle.push_back(revision);
    }
    // Those in use count, too, but are never the ones to go.
    const auto in_use = static_cast<std::int32_t>(sync.old.size() - idle.size());
    return truncate_history(client_, idle, limit - in_use);
}

}  // namespace kubetab::controllers
