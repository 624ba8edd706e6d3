// What a Job's policies say of failed pods and of succeeded indexes.
//
// upstream: pkg/controller/job/{pod_failure_policy,success_policy}.go
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/api/batch.h"
#include "engine/api/core/pod.h"
#include "engine/api/index_ranges.h"

namespace kubetab::controllers {

// The judgement of the first rule that matches a failed pod.
struct FailureJudgement {
    bool counts = true;            // against the back-off limit
    std::string_view action{};     // of the rule; "" when none matches
    std::string fails_job_with{};  // why the whole job fails; "" when it does not
};
FailureJudgement judge_failure(const api::Box<api::PodFailurePolicy>& policy, const api::Pod& pod);

// The place of the first rule that the succeeded indexes meet. upstream: matchSuccessPolicy
std::optional<std::size_t> met_rule(const api::Box<api::SuccessPolicy>& policy, std::int32_t completions,
                                    const api::IndexRanges& succeeded);

}  // namespace kubetab::controllers
