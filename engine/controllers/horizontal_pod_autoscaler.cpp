#include "engine/controllers/horizontal_pod_autoscaler.h"

#include <algorithm>

#include "engine/api/codec.h"
#include "engine/api/kinds.h"
#include "engine/api/pod_status.h"

namespace kubetab::controllers {
namespace {

using api::ObjectKey;
using api::Ref;
using base::Result;
using client::EventType;
using client::Requeue;

constexpr std::int32_t kSync = 16;
constexpr sim::Duration kSyncPeriod = sim::seconds(15);

base::Status no_answer(std::string message) {
    return base::failure(base::Reason::Unknown, std::move(message));
}

// Of any version. upstream: RESTMapper.RESTMappings
const api::Kind* kind_named(std::string_view group, std::string_view name) {
    for (const api::Kind* kind : api::all_kinds()) {
        if (kind->group == group && kind->kind == name) return kind;
    }
    return nullptr;
}

}  // namespace

HorizontalPodAutoscalerController::HorizontalPodAutoscalerController(sim::Simulation& simulation,
                                                                     client::InformerFactory& informers,
                                                                     const api::ResourceMetrics& metrics)
    : Controller(simulation, informers.server(), "horizontal-pod-autoscaler"),
      metrics_(metrics),
      autoscalers_(informers.of<Autoscaler>()),
      pods_(informers.of<api::Pod>()),
      events_(simulation, client_, "horizontal-pod-autoscaler") {
    for (const auto& [key, object] : autoscalers_.objects()) wait_for_sync(key);
    autoscalers_.on_change([this](const client::Change& change) {
        const ObjectKey key = ObjectKey::of(change.object->metadata);
        if (change.type == client::ChangeType::Deleted) forget(key);
        else wait_for_sync(key);
    });
}

// Whatever happens to it, an autoscaler is looked at once in each period. upstream: enqueueHPA
void HorizontalPodAutoscalerController::wait_for_sync(const ObjectKey& key) {
    if (!waiting_.insert(key).second) return;
    simulation_.schedule({.component = component_,
                          .after = kSyncPeriod,
                          .kind = kSync,
                          .cadence = sim::Cadence::Heartbeat,
                          .key = key.text()});
}

void HorizontalPodAutoscalerController::handle_own(const sim::Event& event) {
    if (event.kind != kSync) return;
    const ObjectKey key = ObjectKey::parse(event.key);
    waiting_.erase(key);
    if (!autoscalers_.find(key)) return;
    enqueue(key, 0);
    wait_for_sync(key);
}

void HorizontalPodAutoscalerController::forget(const ObjectKey& key) {
    histories_.erase(key);
    selectors_.erase(key);
}

// A failure is looked at again with the next sync, and not before. upstream: processNextWorkItem
Result<Requeue> HorizontalPodAutoscalerController::reconcile(const ObjectKey& key) {
    const Ref<Autoscaler> autoscaler = autoscalers_.find(key);
    if (!autoscaler) return Requeue::none();
    (void)sync(*autoscaler);
    return Requeue::none();
}

void HorizontalPodAutoscalerController::set_condition(Autoscaler& autoscaler, std::string_view type,
                                                      std::string_view status, std::string_view reason,
                                                      std::string message) {
    api::HorizontalPodAutoscalerCondition condition;
    condition.type = type;
    condition.status = status;
    condition.reason = reason;
    condition.message = std::move(message);
    api::set_condition(autoscaler.status.conditions, std::move(condition), api::Time(simulation_.now()));
}

void HorizontalPodAutoscalerController::warn(const Autoscaler& autoscaler, std::string_view reason,
                                             const std::string& message) {
    events_.record(autoscaler, {.type = EventType::Warning, .reason = reason, .message = message});
}

// upstream: reconcileAutoscaler, scaleForResourceMappings
Result<HorizontalPodAutoscalerController::Target> HorizontalPodAutoscalerController::find_target(
    const Autoscaler& autoscaler) {
    const api::CrossVersionObjectReference& reference = autoscaler.spec.scaleTargetRef;
    const std::string version = reference.apiVersion;
    if (std::count(version.begin(), version.end(), '/') > 1)
        return no_answer("unexpected GroupVersion string: " + version);
    const std::size_t slash = version.find('/');
    const std::string group = slash == std::string::npos ? "" : version.substr(0, slash);
    Target target;
    target.kind = kind_named(group, reference.kind);
    if (target.kind == nullptr && slash != std::string::npos) {
        const api::Kind* former =
            client_.server().find_kind(group, version.substr(slash + 1), reference.kind);
        if (former != nullptr && former->custom == nullptr) target.kind = &former->stored();
    }
    if (target.kind == nullptr) {
        return no_answer("no matches for kind \"" + reference.kind + "\" in group \"" + group + "\"");
    }
    if (!target.kind->has_subresource("scale"))
        return no_answer("the server could not find the requested resource");
    const Result<Ref<api::Object>> found =
        client_.server().get(*target.kind, {autoscaler.metadata.namespace_, reference.name});
    if (!found.ok()) {
        const std::string resource =
            std::string(target.kind->plural) + "/scale" + (group.empty() ? "" : "." + group);
        return no_answer(resource + " \"" + reference.name + "\" not found");
    }
    target.object = *found;
    target.scale = api::scale_of(*target.kind, **found);
    return target;
}

// upstream: reconcileAutoscaler
Result<void> HorizontalPodAutoscalerController::sync(const Autoscaler& stored) {
    Autoscaler next = stored;
    const Result<Target> target = find_target(stored);
    if (!target.ok()) {
        const std::string& why = target.error().message;
        warn(next, "FailedGetScale", why);
        set_condition(next, "AbleToScale", "False", "FailedGetScale",
                      "the HPA controller was unable to get the target's current scale: " + why);
        return write(stored, std::move(next));
    }
    set_condition(next, "AbleToScale", "True", "SucceededGetScale",
                  "the HPA controller was able to get the target's current scale");
    const std::int32_t current = target->scale.desired;
    ScalingHistory& history = histories_[ObjectKey::of(stored.metadata)];
    if (history.recommendations.empty()) history.recommendations.push_back({current, simulation_.now()});

    const std::optional<Decision> decision = decide(next, *target, history);
    next.status.currentReplicas = current;
    if (!decision) return write(stored, std::move(next));
    next.status.desiredReplicas = current;
    if (decision->rescale) {
        const Result<void> done = rescale(next, *target, *decision);
        if (!done.ok()) {
            next.status.desiredReplicas = stored.status.desiredReplicas;
            return write(stored, std::move(next));
        }
        note_scaling(stored.spec.behavior ? &*stored.spec.behavior : nullptr, history, current,
                     decision->replicas, simulation_.now());
        next.status.desiredReplicas = decision->replicas;
        next.status.lastScaleTime = api::Time(simulation_.now());
    }
    return write(stored, std::move(next));
}

std::optional<HorizontalPodAutoscalerController::Decision> HorizontalPodAutoscalerController::decide(
    Autoscaler& autoscaler, const Target& target, ScalingHistory& history) {
    const std::int32_t current = target.scale.desired;
    const api::HorizontalPodAutoscalerSpec& spec = autoscaler.spec;
    const std::int32_t least = spec.minReplicas.value_or(1);
    const bool measures = current >= least && current <= spec.maxReplicas;
    if (!measures) autoscaler.status.currentMetrics.clear();
    if (current == 0 && least != 0) {
        set_condition(autoscaler, "ScalingActive", "False", "ScalingDisabled",
                      "scaling is disabled since the replica count of the target is zero");
        return Decision{0, "", false};
    }
    if (current > spec.maxReplicas)
        return Decision{spec.maxReplicas, "Current number of replicas above Spec.MaxReplicas"};
    if (current < least) return Decision{least, "Current number of replicas below Spec.MinReplicas"};

    const std::optional<Recommendation> recommended = recommend(autoscaler, target);
    if (!recommended) return std::nullopt;
    Decision decision;
    if (recommended->replicas > current) decision.reason = recommended->metric + " above target";
    if (recommended->replicas < current) decision.reason = "All metrics below target";
    const NormalizedScale scale =
        normalize(spec.behavior ? &*spec.behavior : nullptr, history,
                  {current, recommended->replicas, least, spec.maxReplicas}, simulation_.now());
    set_condition(autoscaler, "AbleToScale", "True", scale.able.reason, std::string(scale.able.message));
    set_condition(autoscaler, "ScalingLimited", scale.limited ? "True" : "False", scale.limit.reason,
                  std::string(scale.limit.message));
    decision.replicas = scale.replicas;
    decision.rescale = scale.replicas != current;
    return decision;
}

Result<void> HorizontalPodAutoscalerController::rescale(Autoscaler& autoscaler, const Target& target,
                                                        const Decision& decision) {
    const std::string size = std::to_string(decision.replicas);
    const std::string what = "New size: " + size + "; reason: " + decision.reason;
    std::shared_ptr<api::Object> object = target.kind->copy(*target.object);
    api::set_scale(*target.kind, *object, decision.replicas);
    client_.because(decision.reason);
    const Result<Ref<api::Object>> updated =
        client_.server().update(*target.kind, std::move(object), client_.cause());
    if (!updated.ok()) {
        warn(autoscaler, "FailedRescale", what + "; error: " + updated.error().message);
        set_condition(autoscaler, "AbleToScale", "False", "FailedUpdateScale",
                      "the HPA controller was unable to update the target scale: " + updated.error().message);
        return updated.error();
    }
    set_condition(autoscaler, "AbleToScale", "True", "SucceededRescale",
                  "the HPA controller was able to update the target scale to " + size);
    events_.record(autoscaler, {.reason = "SuccessfulRescale", .message = what});
    return {};
}

// upstream: updateStatusIfNeeded
Result<void> HorizontalPodAutoscalerController::write(const Autoscaler& stored, Autoscaler next) {
    if (api::equal(stored.status, next.status)) return {};
    client_.because("what was measured has changed");
    TRY(client_.update_status(std::move(next)));
    return {};
}

}  // namespace kubetab::controllers
