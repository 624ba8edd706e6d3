#include "engine/controllers/disruption.h"

#include <algorithm>
#include <cstdlib>

#include "engine/api/codec.h"
#include "engine/api/pod_status.h"
#include "engine/base/json.h"
#include "engine/controllers/printed_selector.h"

namespace kubetab::controllers {
namespace {

using api::ObjectKey;
using api::Pod;
using api::Ref;
using base::Result;
using client::EventType;
using client::Requeue;

constexpr std::int32_t kLookAtAnnounced = 16;
// So long an eviction may take from being granted to being seen. upstream: DeletionTimeout
constexpr std::int64_t kDeletionSeconds = 2 * 60;
// So long a pod may say that it is about to go without going. upstream: stalePodDisruptionTimeout
constexpr std::int64_t kAnnouncedSeconds = 2 * 60;

// The number, or that share of the total, rounded up.
std::int32_t amount_of(const api::IntOrString& amount, std::int32_t total) {
    if (!amount.is_string) return amount.number;
    const std::int64_t percent = std::strtoll(amount.text.c_str(), nullptr, 10);
    return static_cast<std::int32_t>((percent * total + 99) / 100);
}

// When the pod says that it is about to go, since when; else unset.
// upstream: nonTerminatingPodHasStaleDisruptionCondition
api::Time announced_since(const Pod& pod) {
    const api::PodCondition* target = api::find_condition(pod.status.conditions, "DisruptionTarget");
    const bool announced = target != nullptr && target->status == "True" &&
                           target->reason != "TerminationByKubelet" && !api::is_terminating(pod) &&
                           !api::is_pod_finished(pod);
    return announced ? target->lastTransitionTime : api::Time{};
}

std::int32_t count_healthy(const std::vector<Ref<Pod>>& pods, const base::FlatMap<api::Time>& disrupted,
                           api::Time now) {
    const auto healthy = [&](const Ref<Pod>& pod) {
        const api::Time* since = disrupted.get(pod->metadata.name);
        const bool leaves = since != nullptr && since->seconds + kDeletionSeconds > now.seconds;
        return !api::is_terminating(*pod) && !leaves && api::is_pod_ready(*pod);
    };
    return static_cast<std::int32_t>(std::count_if(pods.begin(), pods.end(), healthy));
}

const api::Kind* kind_named(const api::OwnerReference& owner) {
    const std::string version = owner.apiVersion;
    const std::size_t slash = version.find('/');
    const bool core = slash == std::string::npos;
    return api::find_kind(core ? "" : version.substr(0, slash), core ? version : version.substr(slash + 1),
                          owner.kind);
}

bool same_status(const api::PodDisruptionBudgetStatus& a, const api::PodDisruptionBudgetStatus& b) {
    return api::equal(a, b);
}

}  // namespace

DisruptionController::DisruptionController(sim::Simulation& simulation, client::InformerFactory& informers)
    : Controller(simulation, informers.server(), "disruption-controller"),
      budgets_(informers.of<Budget>()),
      pods_(informers.of<Pod>()),
      events_(simulation, client_, "controllermanager") {
    for (const auto& [key, object] : budgets_.objects()) enqueue(key, budgets_.revision());
    for (const Ref<Pod>& pod : pods_.all()) watch_disruption(*pod);
    budgets_.on_change([this](const client::Change& change) {
        enqueue(ObjectKey::of(change.object->metadata), change.revision);
    });
    pods_.on_change([this](const client::Change& change) { pod_changed(change); });
}

// upstream: addPod, updatePod, deletePod, getPdbForPod
void DisruptionController::pod_changed(const client::Change& change) {
    const auto& pod = static_cast<const Pod&>(*change.object);
    if (change.type != client::ChangeType::Deleted) watch_disruption(pod);
    if (budgets_.objects().empty()) return;
    Ref<Budget> chosen;
    bool several = false;
    for (const Ref<Budget>& budget : budgets_.in_namespace(pod.metadata.namespace_)) {
        if (!api::covers(*budget, pod.metadata)) continue;
        several = chosen != nullptr;
        if (several) break;
        chosen = budget;
    }
    if (!chosen) return;
    if (several) {
        const api::ObjectMeta& metadata = pod.metadata;
        events_.record(pod, {.type = EventType::Warning,
                             .reason = "MultiplePodDisruptionBudgets",
                             .message = "Pod \"" + metadata.namespace_ + "\"/\"" + metadata.name +
                                        "\" matches multiple PodDisruptionBudgets.  Chose \"" +
                                        chosen->metadata.name + "\" arbitrarily."});
    }
    enqueue(ObjectKey::of(chosen->metadata), change.revision);
}

void DisruptionController::watch_disruption(const Pod& pod) {
    const api::Time since = announced_since(pod);
    if (!since.is_set() || !announced_.insert(ObjectKey::of(pod.metadata)).second) return;
    const std::int64_t wait = since.seconds + kAnnouncedSeconds - simulation_.now().unix_seconds();
    simulation_.schedule({.component = component_,
                          .after = sim::seconds(std::max<std::int64_t>(wait, 0)),
                          .kind = kLookAtAnnounced,
                          .cadence = sim::Cadence::Heartbeat});
}

void DisruptionController::handle_own(const sim::Event& event) {
    if (event.kind != kLookAtAnnounced) return;
    for (const ObjectKey& key : std::set<ObjectKey>(announced_)) clear_disruption(key);
}

// upstream: syncStalePodDisruption
void DisruptionController::clear_disruption(const ObjectKey& key) {
    const Ref<Pod> pod = pods_.find(key);
    const api::Time since = pod ? announced_since(*pod) : api::Time{};
    const bool waits = since.is_set() && since.seconds + kAnnouncedSeconds > simulation_.now().unix_seconds();
    if (waits) return;
    announced_.erase(key);
    if (!since.is_set()) return;
    Pod next = *pod;
    api::PodCondition condition;
    condition.type = "DisruptionTarget";
    condition.status = "False";
    api::set_condition(next.status.conditions, condition, api::Time(simulation_.now()));
    client_.because(0, "it said that it was about to go and has not gone");
    // Somebody else has changed the pod: it will be looked at again because of that.
    (void)client_.update_status(std::move(next));
}

DisruptionController::Pods DisruptionController::pods_of(const Budget& budget) const {
    Pods pods;
    for (const Ref<Pod>& pod : pods_.in_namespace(budget.metadata.namespace_)) {
        if (api::covers(budget, pod->metadata)) pods.push_back(pod);
    }
    return pods;
}

// upstream: sync
Result<Requeue> DisruptionController::reconcile(const ObjectKey& key) {
    const Ref<Budget> budget = budgets_.find(key);
    if (!budget) return Requeue::none();
    Result<Requeue> done = try_sync(*budget);
    if (done.ok() || done.error().reason == base::Reason::Conflict) return done;
    TRY(fail(*budget, done.error()));
    return Requeue::none();
}

// upstream: trySync
Result<Requeue> DisruptionController::try_sync(const Budget& budget) {
    const Pods pods = pods_of(budget);
    if (pods.empty()) events_.record(budget, {.reason = "NoPods", .message = "No matching pods found"});
    const Result<Expectation> expected = expect(budget, pods);
    if (!expected.ok()) {
        events_.record(budget, {.type = EventType::Warning,
                                .reason = "CalculateExpectedPodCountFailed",
                                .message = "Failed to calculate the number of expected pods: " +
                                           expected.error().message});
        return expected.error();
    }
    const api::Time now(simulation_.now());
    api::PodDisruptionBudgetStatus status;
    status.disruptedPods = still_disrupted(budget, pods);
    status.currentHealthy = count_healthy(pods, status.disruptedPods, now);
    status.desiredHealthy = expected->healthy;
    status.expectedPods = expected->pods;
    status.observedGeneration = budget.metadata.generation;
    if (expected->pods > 0)
        status.disruptionsAllowed = std::max(status.currentHealthy - status.desiredHealthy, 0);
    status.conditions = budget.status.conditions;
    api::set_disruption_allowed(status, now);
    std::int64_t soonest = 0;
    for (const auto& [name, since] : status.disruptedPods) {
        if (soonest == 0 || since.seconds < soonest) soonest = since.seconds;
    }
    TRY(write(budget, std::move(status)));
    if (soonest == 0) return Requeue::none();
    return Requeue::in(sim::seconds(soonest + kDeletionSeconds - now.seconds + 1));
}

// upstream: getExpectedPodCount
Result<DisruptionController::Expectation> DisruptionController::expect(const Budget& budget,
                                                                       const Pods& pods) {
    const api::PodDisruptionBudgetSpec& spec = budget.spec;
    if (spec.maxUnavailable) {
        const std::int32_t total = TRY(scale_of(budget, pods));
        return Expectation{total, std::max(total - amount_of(*spec.maxUnavailable, total), 0)};
    }
    if (!spec.minAvailable) return Expectation{};
    if (!spec.minAvailable->is_string)
        return Expectation{static_cast<std::int32_t>(pods.size()), spec.minAvailable->number};
    const std::int32_t total = TRY(scale_of(budget, pods));
    return Expectation{total, amount_of(*spec.minAvailable, total)};
}

// What the pods' controllers want together. upstream: getExpectedScale
Result<std::int32_t> DisruptionController::scale_of(const Budget& budget, const Pods& pods) {
    std::map<api::Text, std::int32_t> scales;  // by the uid of what is scaled
    std::set<api::Text> seen;
    bool unmanaged = false;
    for (const Ref<Pod>& pod : pods) {
        const api::OwnerReference* owner = api::controller_of(pod->metadata);
        unmanaged = unmanaged || owner == nullptr;
        if (owner == nullptr || !seen.insert(owner->uid).second) continue;
        api::Text scaled;
        const std::int32_t scale = TRY(scale_of(*owner, *pod, scaled));
        scales[scaled] = scale;
    }
    if (unmanaged) {
        events_.record(
            budget,
            {.type = EventType::Warning,
             .reason = "UnmanagedPods",
             .message = "Pods selected by this PodDisruptionBudget (selector: " +
                        printed_selector(*budget.spec.selector) +
                        ") were found to be unmanaged. As a result, the status of the PDB cannot be "
                        "calculated correctly, which may result in undefined behavior. To account for these "
                        "pods please set \".spec.minAvailable\" field of the PDB to an integer value."});
    }
    std::int32_t total = 0;
    for (const auto& [uid, scale] : scales) total += scale;
    return total;
}

// A ReplicaSet of a Deployment counts as the Deployment. upstream: finders
Result<std::int32_t> DisruptionController::scale_of(const api::OwnerReference& owner, const Pod& pod,
                                                    api::Text& scaled_uid) {
    const base::Status none =
        base::failure(base::Reason::Unknown, "found no controllers for pod \"" + pod.metadata.name + "\"");
    const api::Kind* kind = kind_named(owner);
    if (kind == nullptr) {
        return base::failure(base::Reason::Unknown, "no matches for kind \"" + owner.kind +
                                                        "\" in version \"" + owner.apiVersion + "\"");
    }
    if (!kind->has_subresource("scale")) {
        return base::failure(base::Reason::Unknown,
                             kind->resource() + " does not implement the scale subresource");
    }
    const Result<Ref<api::Object>> found = client_.server().get(*kind, {pod.metadata.namespace_, owner.name});
    if (!found.ok() || (*found)->metadata.uid != owner.uid) return none;
    const api::OwnerReference* above = api::controller_of((*found)->metadata);
    if (kind == &api::kind_of<api::ReplicaSet>() && above != nullptr)
        return scale_of(*above, pod, scaled_uid);
    scaled_uid = owner.uid;
    return static_cast<std::int32_t>(base::int_at(api::to_json(*kind, **found), {"spec", "replicas"}));
}

// upstream: buildDisruptedPodMap
base::FlatMap<api::Time> DisruptionController::still_disrupted(const Budget& budget, const Pods& pods) {
    base::FlatMap<api::Time> result;
    for (const Ref<Pod>& pod : pods) {
        const api::Time* since = budget.status.disruptedPods.get(pod->metadata.name);
        if (since == nullptr || api::is_terminating(*pod)) continue;
        if (since->seconds + kDeletionSeconds >= simulation_.now().unix_seconds()) {
            result[pod->metadata.name] = *since;
            continue;
        }
        // Upstream names the namespace twice.
        const std::string& space = budget.metadata.namespace_;
        events_.record(*pod, {.type = EventType::Warning,
                              .reason = "NotDeleted",
                              .message = "Pod was expected by PDB " + space + "/" + space +
                                         " to be deleted but it wasn't"});
    }
    return result;
}

// upstream: updatePdbStatus
Result<void> DisruptionController::write(const Budget& budget, api::PodDisruptionBudgetStatus status) {
    if (same_status(budget.status, status)) return {};
    Budget next = budget;
    next.status = std::move(status);
    client_.because("what may be evicted has changed");
    TRY(client_.update_status(std::move(next)));
    return {};
}

// upstream: failSafe
Result<void> DisruptionController::fail(const Budget& budget, const base::Status& why) {
    api::PodDisruptionBudgetStatus status = budget.status;
    status.disruptionsAllowed = 0;
    api::Condition condition;
    condition.type = "DisruptionAllowed";
    condition.status = "False";
    condition.reason = "SyncFailed";
    condition.message = why.message;
    condition.observedGeneration = status.observedGeneration;
    api::set_condition(status.conditions, std::move(condition), api::Time(simulation_.now()));
    return write(budget, std::move(status));
}

}  // namespace kubetab::controllers
