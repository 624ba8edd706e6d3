// The rules of podFailurePolicy and successPolicy.
#include <algorithm>
#include <set>

#include "engine/api/index_ranges.h"
#include "engine/api/validation/batch.h"

namespace kubetab::api {
namespace {

constexpr std::size_t kRulesMax = 20;
constexpr std::size_t kPatternsMax = 20;
constexpr std::size_t kExitCodesMax = 255;
constexpr std::size_t kIndexesTextMax = 64 * 1024;

std::string codes_text(const std::vector<std::int32_t>& values) {
    if (values.empty()) return "[]int32(nil)";
    std::string text;
    for (const std::int32_t value : values) {
        text += text.empty() ? "[]int32{" : ", ";
        text += std::to_string(value);
    }
    return text + "}";
}

// Required when empty, else one of the choices, which `valid` lists.
void validate_choice(const Path& path, const std::string& value, std::string_view valid,
                     std::initializer_list<std::string_view> choices, Errors& errors) {
    if (value.empty()) {
        errors.required(path, "valid values: [" + std::string(valid) + "]");
    } else {
        errors.one_of(path, value, choices);
    }
}

// upstream: validatePodFailurePolicyRuleOnExitCodes
void validate_exit_codes(const PodFailurePolicyOnExitCodesRequirement& codes, const Path& path,
                         const std::set<std::string>& containers, Errors& errors) {
    validate_choice(path.child("operator"), codes.operator_, R"("In" "NotIn")", {"In", "NotIn"}, errors);
    if (codes.containerName && !containers.contains(*codes.containerName)) {
        errors.invalid(path.child("containerName"), go_quoted(*codes.containerName),
                       "must be one of the container or initContainer names in the pod template");
    }
    const Path values = path.child("values");
    if (codes.values.empty()) {
        errors.invalid(values, codes_text(codes.values), "at least one value is required");
    } else if (codes.values.size() > kExitCodesMax) {
        errors.too_many(values, codes.values.size(), kExitCodesMax);
    }
    std::set<std::int32_t> seen;
    for (std::size_t i = 0; i < codes.values.size(); ++i) {
        const std::int32_t value = codes.values[i];
        if (codes.operator_ == "In" && value == 0) {
            errors.invalid(values.index(i), value, "must not be 0 for the In operator");
        }
        if (!seen.insert(value).second) errors.duplicate(values.index(i), std::to_string(value));
    }
    if (!std::is_sorted(codes.values.begin(), codes.values.end())) {
        errors.invalid(values, codes_text(codes.values), "must be ordered");
    }
}

// upstream: validatePodFailurePolicyRuleOnPodConditions
void validate_patterns(const std::vector<PodFailurePolicyOnPodConditionsPattern>& patterns, const Path& path,
                       Errors& errors) {
    if (patterns.size() > kPatternsMax) errors.too_many(path, patterns.size(), kPatternsMax);
    for (std::size_t i = 0; i < patterns.size(); ++i) {
        const Path at = path.index(i);
        errors.check(at.child("type"), patterns[i].type, qualified_name);
        validate_choice(at.child("status"), patterns[i].status, R"("False" "True" "Unknown")",
                        {"False", "True", "Unknown"}, errors);
    }
}

// upstream: validatePodFailurePolicyRule
void validate_failure_rule(const JobSpec& spec, const PodFailurePolicyRule& rule, const Path& path,
                           const std::set<std::string>& containers, Errors& errors) {
    const Path action = path.child("action");
    if (rule.action == "FailIndex") {
        if (!spec.backoffLimitPerIndex) {
            errors.invalid(action, go_quoted(rule.action), "requires the backoffLimitPerIndex to be set");
        }
    } else {
        validate_choice(action, rule.action, R"("Count" "FailIndex" "FailJob" "Ignore")",
                        {"Count", "FailIndex", "FailJob", "Ignore"}, errors);
    }
    if (rule.onExitCodes) {
        validate_exit_codes(*rule.onExitCodes, path.child("onExitCodes"), containers, errors);
    }
    validate_patterns(rule.onPodConditions, path.child("onPodConditions"), errors);
    if (rule.onExitCodes && !rule.onPodConditions.empty()) {
        errors.invalid(path, std::string(),
                       "specifying both OnExitCodes and OnPodConditions is not supported");
    }
    if (!rule.onExitCodes && rule.onPodConditions.empty()) {
        errors.invalid(path, std::string(), "specifying one of OnExitCodes and OnPodConditions is required");
    }
}

// upstream: validateSuccessPolicyRule
void validate_success_rule(const SuccessPolicyRule& rule, std::int32_t completions, const Path& path,
                           Errors& errors) {
    if (!rule.succeededCount && !rule.succeededIndexes) {
        errors.required(path, "at least one of succeededCount or succeededIndexes must be specified");
    }
    std::int32_t total = 0;
    if (rule.succeededIndexes) {
        const Path at = path.child("succeededIndexes");
        if (rule.succeededIndexes->size() > kIndexesTextMax) errors.too_long(at, kIndexesTextMax);
        const base::Result<IndexRanges> indexes = IndexRanges::parse(*rule.succeededIndexes, completions);
        if (indexes) {
            total = indexes->total();
        } else {
            errors.invalid(at, go_quoted(*rule.succeededIndexes),
                           "error parsing succeededIndexes: " + indexes.error().message);
        }
    }
    if (!rule.succeededCount) return;
    const Path at = path.child("succeededCount");
    const std::int32_t count = *rule.succeededCount;
    errors.not_negative(at, count);
    const auto at_most = [&](std::int32_t limit, const std::string& what) {
        if (count <= limit) return;
        errors.invalid(
            at, count,
            "must be less than or equal to " + std::to_string(limit) + " (the number of " + what + ")");
    };
    at_most(completions, "specified completions");
    if (rule.succeededIndexes) at_most(total, "indexes in the specified succeededIndexes field");
}

}  // namespace

void validate_pod_failure_policy(const JobSpec& spec, const Path& path, Errors& errors) {
    const std::vector<PodFailurePolicyRule>& rules = spec.podFailurePolicy->rules;
    if (rules.size() > kRulesMax) errors.too_many(path.child("rules"), rules.size(), kRulesMax);
    std::set<std::string> containers;
    for (const Container& each : spec.template_->spec->containers) containers.insert(each.name);
    for (const Container& each : spec.template_->spec->initContainers) containers.insert(each.name);
    for (std::size_t i = 0; i < rules.size(); ++i) {
        validate_failure_rule(spec, rules[i], path.child("rules").index(i), containers, errors);
    }
}

void validate_success_policy(const JobSpec& spec, const Path& path, Errors& errors) {
    const std::vector<SuccessPolicyRule>& rules = spec.successPolicy->rules;
    const Path at = path.child("rules");
    if (rules.empty()) {
        errors.required(at, "at least one rules must be specified when the successPolicy is specified");
    }
    if (rules.size() > kRulesMax) errors.too_many(at, rules.size(), kRulesMax);
    for (std::size_t i = 0; i < rules.size(); ++i) {
        validate_success_rule(rules[i], spec.completions.value_or(0), at.index(i), errors);
    }
}

}  // namespace kubetab::api
