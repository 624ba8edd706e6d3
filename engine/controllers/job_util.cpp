#include "engine/controllers/job_util.h"

#include <algorithm>
#include <charconv>

#include "engine/api/pod_status.h"

namespace kubetab::controllers {
namespace {

constexpr std::string_view kBuiltIn = "kubernetes.io/job-controller";

std::optional<std::int32_t> parse_number(const api::Text* text) {
    if (text == nullptr) return std::nullopt;
    std::int32_t number = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (error != std::errc{} || end != text->data() + text->size() || number < 0) return std::nullopt;
    return number;
}

}  // namespace

const api::JobCondition* finished_condition(const api::Job& job) {
    for (const api::JobCondition& condition : job.status.conditions) {
        const bool final = condition.type == "Complete" || condition.type == "Failed";
        if (final && condition.status == "True") return &condition;
    }
    return nullptr;
}

bool is_suspended(const api::Job& job) {
    return job.spec.suspend.value_or(false);
}

bool is_indexed(const api::Job& job) {
    return job.spec.completionMode.value_or("") == "Indexed";
}

bool is_managed_by_another(const api::Job& job) {
    return job.spec.managedBy.value_or(kBuiltIn) != kBuiltIn;
}

bool replaces_failed_only(const api::Job& job) {
    return job.spec.podFailurePolicy || job.spec.podReplacementPolicy.value_or("") == "Failed";
}

bool has_tracking_finalizer(const api::Pod& pod) {
    const api::Texts& finalizers = pod.metadata.finalizers;
    return std::find(finalizers.begin(), finalizers.end(), api::kJobTrackingFinalizer) != finalizers.end();
}

base::Result<void> remove_tracking_finalizer(client::Client& client, const api::Pod& pod) {
    const base::Result<api::Ref<api::Pod>> stored = client.get<api::Pod>(api::ObjectKey::of(pod.metadata));
    if (!stored && stored.error().reason == base::Reason::NotFound) return {};
    if (!stored) return stored.error();
    if ((*stored)->metadata.uid != pod.metadata.uid || !has_tracking_finalizer(**stored)) return {};
    api::Pod changed = **stored;
    std::erase(changed.metadata.finalizers.edit(), api::kJobTrackingFinalizer);
    TRY(client.update(std::move(changed)));
    return {};
}

std::optional<std::int32_t> completion_index(const api::Pod& pod) {
    return parse_number(pod.metadata.annotations.get(api::kJobCompletionIndex));
}

std::int32_t number_in(const api::Pod& pod, std::string_view annotation) {
    return parse_number(pod.metadata.annotations.get(annotation)).value_or(0);
}

bool is_failed(const api::Pod& pod, const api::Job& job) {
    if (pod.status.phase == "Failed") return true;
    if (replaces_failed_only(job)) return false;
    return api::is_terminating(pod) && pod.status.phase != "Succeeded";
}

api::JobCondition make_condition(std::string_view type, std::string_view reason, std::string_view message,
                                 api::Time now) {
    api::JobCondition condition;
    condition.type = type;
    condition.status = "True";
    condition.reason = reason;
    condition.message = message;
    condition.lastProbeTime = now;
    condition.lastTransitionTime = now;
    return condition;
}

bool ensure_condition(std::vector<api::JobCondition>& conditions, const api::JobCondition& wanted) {
    for (api::JobCondition& condition : conditions) {
        if (condition.type != wanted.type) continue;
        if (condition.status == wanted.status && condition.reason == wanted.reason &&
            condition.message == wanted.message) {
            return false;
        }
        condition = wanted;
        return true;
    }
    if (wanted.status == "False") return false;
    conditions.push_back(wanted);
    return true;
}

}  // namespace kubetab::controllers
