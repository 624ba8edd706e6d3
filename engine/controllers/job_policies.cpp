#include "engine/controllers/job_policies.h"

#include <algorithm>
#include <vector>

namespace kubetab::controllers {
namespace {

using ExitCodes = api::PodFailurePolicyOnExitCodesRequirement;

bool matches_code(const ExitCodes& codes, std::int32_t code) {
    const bool named = std::find(codes.values.begin(), codes.values.end(), code) != codes.values.end();
    return named == (codes.operator_ == "In");
}

// The first container that ended so, or null. upstream: getMatchingContainerFromList
const api::ContainerStatus* find_match(const std::vector<api::ContainerStatus>& statuses,
                                       const ExitCodes& codes) {
    for (const api::ContainerStatus& status : statuses) {
        if (!status.state.terminated || status.state.terminated->exitCode == 0) continue;
        if (codes.containerName && *codes.containerName != status.name) continue;
        if (matches_code(codes, status.state.terminated->exitCode)) return &status;
    }
    return nullptr;
}

// What matches, for the message: "Container c for pod ns/p failed with exit code 42"; "" when nothing does.
std::string match(const api::PodFailurePolicyRule& rule, const api::Pod& pod) {
    const std::string name = pod.metadata.namespace_ + "/" + pod.metadata.name;
    if (rule.onExitCodes) {
        const api::ContainerStatus* found = find_match(pod.status.containerStatuses, *rule.onExitCodes);
        if (found == nullptr) found = find_match(pod.status.initContainerStatuses, *rule.onExitCodes);
        if (found == nullptr) return {};
        return "Container " + found->name + " for pod " + name + " failed with exit code " +
               std::to_string(found->state.terminated->exitCode);
    }
    for (const api::PodCondition& condition : pod.status.conditions) {
        for (const api::PodFailurePolicyOnPodConditionsPattern& pattern : rule.onPodConditions) {
            if (pattern.type == condition.type && pattern.status == condition.status) {
                return "Pod " + name + " has condition " + condition.type;
            }
        }
    }
    return {};
}

}  // namespace

FailureJudgement judge_failure(const api::Box<api::PodFailurePolicy>& policy, const api::Pod& pod) {
    for (std::size_t i = 0; i < policy->rules.size(); ++i) {
        const api::PodFailurePolicyRule& rule = policy->rules[i];
        const std::string found = match(rule, pod);
        if (found.empty()) continue;
        FailureJudgement judgement;
        judgement.action = rule.action;
        judgement.counts = rule.action != "Ignore";
        if (rule.action == "FailJob") {
            judgement.fails_job_with = found + " matching FailJob rule at index " + std::to_string(i);
        }
        return judgement;
    }
    return {};
}

std::optional<std::size_t> met_rule(const api::Box<api::SuccessPolicy>& policy, std::int32_t completions,
                                    const api::IndexRanges& succeeded) {
    for (std::size_t i = 0; i < policy->rules.size(); ++i) {
        const api::SuccessPolicyRule& rule = policy->rules[i];
        std::int32_t wanted = rule.succeededCount.value_or(0);
        std::int32_t reached = succeeded.total();
        if (rule.succeededIndexes) {
            const api::IndexRanges named = api::IndexRanges::read(*rule.succeededIndexes, completions);
            reached = named.common(succeeded);
            if (!rule.succeededCount) wanted = named.total();
        }
        if (reached >= wanted) return i;
    }
    return std::nullopt;
}

}  // namespace kubetab::controllers
