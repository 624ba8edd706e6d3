// Job and CronJob. Spelled as in YAML; what a field means stands in the table beside it.
// upstream: staging/src/k8s.io/api/batch/v1/types.go
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/api/core/pod_spec.h"
#include "engine/api/core/reference.h"
#include "engine/api/meta.h"
#include "engine/api/object.h"
#include "engine/api/type.h"

namespace kubetab::api {

// Keeps a Job's pod until it has been counted.
inline constexpr std::string_view kJobTrackingFinalizer = "batch.kubernetes.io/job-tracking";
// Labels of a Job's pods; each has an older form without the prefix, where noted.
inline constexpr std::string_view kJobControllerUidLabel = "batch.kubernetes.io/controller-uid";
inline constexpr std::string_view kJobNameLabel = "batch.kubernetes.io/job-name";
inline constexpr std::string_view kOldJobControllerUidLabel = "controller-uid";
inline constexpr std::string_view kOldJobNameLabel = "job-name";
// Label and annotation.
inline constexpr std::string_view kJobCompletionIndex = "batch.kubernetes.io/job-completion-index";

struct PodFailurePolicyOnExitCodesRequirement {
    std::optional<Text> containerName{};
    Text operator_{};
    std::vector<std::int32_t> values{};
};

struct PodFailurePolicyOnPodConditionsPattern {
    Text status{};
    Text type{};
};

struct PodFailurePolicyRule {
    Text action{};
    Box<PodFailurePolicyOnExitCodesRequirement> onExitCodes{};
    std::vector<PodFailurePolicyOnPodConditionsPattern> onPodConditions{};
};

struct PodFailurePolicy {
    std::vector<PodFailurePolicyRule> rules{};
};

struct SuccessPolicyRule {
    std::optional<std::int32_t> succeededCount{};
    std::optional<Text> succeededIndexes{};
};

struct SuccessPolicy {
    std::vector<SuccessPolicyRule> rules{};
};

struct JobSpec {
    std::optional<std::int64_t> activeDeadlineSeconds{};
    std::optional<std::int32_t> backoffLimit{};
    std::optional<std::int32_t> backoffLimitPerIndex{};
    std::optional<Text> completionMode{};
    std::optional<std::int32_t> completions{};
    std::optional<Text> managedBy{};
    std::optional<bool> manualSelector{};
    std::optional<std::int32_t> maxFailedIndexes{};
    std::optional<std::int32_t> parallelism{};
    Box<PodFailurePolicy> podFailurePolicy{};
    std::optional<Text> podReplacementPolicy{};
    Box<LabelSelector> selector{};
    Box<SuccessPolicy> successPolicy{};
    std::optional<bool> suspend{};
    Box<PodTemplateSpec> template_{};
    std::optional<std::int32_t> ttlSecondsAfterFinished{};
};

struct JobCondition {
    Time lastProbeTime{};
    Time lastTransitionTime{};
    Text message{};
    Text reason{};
    Text status{};
    Text type{};
};

struct UncountedTerminatedPods {
    std::vector<Text> failed{};
    std::vector<Text> succeeded{};
};

struct JobStatus {
    std::int32_t active{};
    Text completedIndexes{};
    Time completionTime{};
    std::vector<JobCondition> conditions{};
    std::int32_t failed{};
    std::optional<Text> failedIndexes{};
    std::optional<std::int32_t> ready{};
    Time startTime{};
    std::int32_t succeeded{};
    std::optional<std::int32_t> terminating{};
    Box<UncountedTerminatedPods> uncountedTerminatedPods{};
};

struct Job : Object {
    JobSpec spec{};
    JobStatus status{};
};

struct JobTemplateSpec {
    ObjectMeta metadata{};
    JobSpec spec{};
};

struct CronJobSpec {
    Text concurrencyPolicy{};
    std::optional<std::int32_t> failedJobsHistoryLimit{};
    JobTemplateSpec jobTemplate{};
    Text schedule{};
    std::optional<std::int64_t> startingDeadlineSeconds{};
    std::optional<std::int32_t> successfulJobsHistoryLimit{};
    std::optional<bool> suspend{};
    std::optional<Text> timeZone{};
};

struct CronJobStatus {
    std::vector<ObjectReference> active{};
    Time lastScheduleTime{};
    Time lastSuccessfulTime{};
};

struct CronJob : Object {
    CronJobSpec spec{};
    CronJobStatus status{};
};

template <>
struct Describe<PodFailurePolicyOnExitCodesRequirement> {
    static constexpr std::string_view name = "PodFailurePolicyOnExitCodesRequirement";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<PodFailurePolicyOnPodConditionsPattern> {
    static constexpr std::string_view name = "PodFailurePolicyOnPodConditionsPattern";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<PodFailurePolicyRule> {
    static constexpr std::string_view name = "PodFailurePolicyRule";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<PodFailurePolicy> {
    static constexpr std::string_view name = "PodFailurePolicy";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<SuccessPolicyRule> {
    static constexpr std::string_view name = "SuccessPolicyRule";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<SuccessPolicy> {
    static constexpr std::string_view name = "SuccessPolicy";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<JobSpec> {
    static constexpr std::string_view name = "JobSpec";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<JobCondition> {
    static constexpr std::string_view name = "JobCondition";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<UncountedTerminatedPods> {
    static constexpr std::string_view name = "UncountedTerminatedPods";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<JobStatus> {
    static constexpr std::string_view name = "JobStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<Job> {
    static constexpr std::string_view name = "Job";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<JobTemplateSpec> {
    static constexpr std::string_view name = "JobTemplateSpec";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<CronJobSpec> {
    static constexpr std::string_view name = "CronJobSpec";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<CronJobStatus> {
    static constexpr std::string_view name = "CronJobStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<CronJob> {
    static constexpr std::string_view name = "CronJob";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

template <>
const Kind& kind_of<Job>();
template <>
const Kind& kind_of<CronJob>();

}  // namespace kubetab::api
