// Rest: the eviction of a pod, which its disruption budget may refuse.
// upstream: pkg/registry/core/pod/storage/eviction.go

#include "engine/api/pod_status.h"
#include "engine/api/policy.h"
#include "engine/server/rest/body.h"
#include "engine/server/rest/created.h"
#include "engine/server/rest/rest.h"

namespace kubetab::server {

using api::ObjectKey;
using api::Pod;
using api::PodDisruptionBudget;
using api::Ref;
using api::Request;
using api::Response;
using base::Json;
using base::Reason;
using base::Result;
using base::Status;

namespace {

constexpr int kProcessingSeconds = 10;
constexpr std::size_t kDisruptedPodsMax = 2000;

// Ending it disrupts nothing. upstream: canIgnorePDB
bool is_beyond_budgets(const Pod& pod) {
    return api::is_pod_finished(pod) || pod.status.phase == "Pending" || api::is_terminating(pod);
}

Status refused(const std::string& cause, int retry_after_seconds) {
    Status status = base::failure(Reason::TooManyRequests,
                                  "Cannot evict pod as it would violate the pod's disruption budget.");
    status.causes.push_back({"DisruptionBudget", cause, ""});
    status.retry_after_seconds = retry_after_seconds;
    return status;
}

// upstream: checkAndDecrement
Result<void> take_from(Server& server, const PodDisruptionBudget& budget, const Pod& pod, DryRun dry_run,
                       const api::Cause& cause) {
    const api::PodDisruptionBudgetStatus& status = budget.status;
    const std::string& name = budget.metadata.name;
    if (status.observedGeneration < budget.metadata.generation) {
        return refused("The disruption budget " + name + " is still being processed by the server.",
                       kProcessingSeconds);
    }
    if (status.disruptedPods.size() > kDisruptedPodsMax) {
        return base::failure(Reason::Forbidden,
                             "poddisruptionbudget.policy \"" + name +
                                 "\" is forbidden: DisruptedPods map too big - too many evictions not "
                                 "confirmed by PDB controller");
    }
    if (status.disruptionsAllowed <= 0) {
        return refused("The disruption budget " + name + " needs " + std::to_string(status.desiredHealthy) +
                           " healthy pods and has " + std::to_string(status.currentHealthy) + " currently",
                       0);
    }
    if (dry_run == DryRun::Yes) return {};
    auto next = std::make_shared<PodDisruptionBudget>(budget);
    if (--next->status.disruptionsAllowed == 0) api::set_disruption_allowed(next->status, server.now());
    next->status.disruptedPods[pod.metadata.name] = server.now();
    TRY(server.update_status(api::kind_of<PodDisruptionBudget>(), std::move(next), cause));
    return {};
}

std::vector<Ref<PodDisruptionBudget>> budgets_of(const Server& server, const Pod& pod) {
    std::vector<Ref<PodDisruptionBudget>> budgets;
    const api::ObjectMap& all = server.store().all(api::kind_of<PodDisruptionBudget>());
    for (const Ref<api::Object>& object : all.in_namespace(pod.metadata.namespace_)) {
        const Ref<PodDisruptionBudget> budget = api::cast<PodDisruptionBudget>(object);
        if (api::covers(*budget, pod.metadata)) budgets.push_back(budget);
    }
    return budgets;
}

// A pod that is not ready takes nothing from a budget that is kept without it.
bool is_free_to_go(const PodDisruptionBudget& budget, const Pod& pod) {
    if (api::is_pod_ready(pod)) return false;
    if (budget.spec.unhealthyPodEvictionPolicy.value_or("") == "AlwaysAllow") return true;
    return budget.status.currentHealthy >= budget.status.desiredHealthy && budget.status.desiredHealthy > 0;
}

Result<void> ask_budgets(Server& server, const Pod& pod, DryRun dry_run, const api::Cause& cause) {
    if (is_beyond_budgets(pod)) return {};
    const std::vector<Ref<PodDisruptionBudget>> budgets = budgets_of(server, pod);
    if (budgets.size() > 1) {
        return base::failure(Reason::Unknown,
                             "This pod has more than one PodDisruptionBudget, which the eviction subresource "
                             "does not support.");
    }
    if (budgets.empty() || is_free_to_go(*budgets.front(), pod)) return {};
    return take_from(server, *budgets.front(), pod, dry_run, cause);
}

// upstream: addConditionAndDeletePod
Result<void> announce_and_remove(Server& server, const Pod& pod, const api::DeleteOptions& options,
                                 DryRun dry_run, const api::Cause& cause) {
    const ObjectKey key = ObjectKey::of(pod.metadata);
    if (dry_run == DryRun::No) {
        auto next = std::make_shared<Pod>(pod);
        api::PodCondition condition;
        condition.type = "DisruptionTarget";
        condition.status = "True";
        condition.reason = "EvictionByEvictionAPI";
        condition.message = "Eviction API: evicting";
        api::set_condition(next->status.conditions, std::move(condition), server.now());
        TRY(server.update_status(api::kind_of<Pod>(), std::move(next), cause));
    }
    TRY(server.remove_with(api::kind_of<Pod>(), key, options, cause, {.dry_run = dry_run}));
    return {};
}

Result<void> evict_pod(Server& server, const Request& request, const RequestInfo& info) {
    const Json body = TRY(base::parse_json(request.body));
    if (base::text_at(body, {"metadata", "name"}) != info.name)
        return base::failure(Reason::BadRequest, "name in URL does not match name in Eviction object");
    DryRun dry_run = dry_run_of(request);
    const Json* wanted = base::find(body, {"deleteOptions"});
    const api::DeleteOptions options =
        TRY(read_delete_options(wanted == nullptr ? Json::object() : *wanted, dry_run));
    const Ref<api::Object> stored = TRY(server.get(*info.kind, {info.namespace_, info.name}));
    const Pod& pod = static_cast<const Pod&>(*stored);
    const bool other_uid = !options.uid.empty() && options.uid != pod.metadata.uid;
    api::Cause cause = cause_of(request);
    cause.reason = "eviction";
    // A wrong uid is refused by the delete; nothing may be taken from a budget for it.
    if (!other_uid) TRY(ask_budgets(server, pod, dry_run, cause));
    return announce_and_remove(server, pod, options, other_uid ? DryRun::Yes : dry_run, cause);
}

}  // namespace

Response Rest::evict(const Request& request, const RequestInfo& info) {
    const Result<void> evicted = evict_pod(server_, request, info);
    return evicted.ok() ? created_response() : refuse(evicted.error());
}

}  // namespace kubetab::server
