// What a Job's controller may report.
// upstream: pkg/apis/batch/validation/validation.go [validateJobStatus, ValidateJobStatusUpdate],
// pkg/registry/batch/job/strategy.go [getStatusValidationOptions]
#include <set>

#include "engine/api/index_ranges.h"
#include "engine/api/pod_status.h"
#include "engine/api/validation/batch.h"

namespace kubetab::api {
namespace {

const Path kStatus("status");

// The judgements on a Job.
struct Verdict {
    bool complete = false;
    bool failed = false;
    bool failing = false;
    bool succeeding = false;

    explicit Verdict(const JobStatus& status)
        : complete(is_condition_true(status.conditions, "Complete")),
          failed(is_condition_true(status.conditions, "Failed")),
          failing(is_condition_true(status.conditions, "FailureTarget")),
          succeeding(is_condition_true(status.conditions, "SuccessCriteriaMet")) {}
    bool finished() const { return complete || failed; }
};

void validate_uids(const Texts& uids, const Path& path, std::set<std::string>& seen, Errors& errors) {
    for (std::size_t i = 0; i < uids.size(); ++i) {
        if (uids[i].empty()) errors.invalid(path.index(i), "\"\"", "must not be empty");
        else if (!seen.insert(uids[i]).second) errors.duplicate(path.index(i), go_quoted(uids[i]));
    }
}

void validate_counts(const JobStatus& status, Errors& errors) {
    errors.not_negative(kStatus.child("active"), status.active);
    errors.not_negative(kStatus.child("succeeded"), status.succeeded);
    errors.not_negative(kStatus.child("failed"), status.failed);
    if (status.ready) errors.not_negative(kStatus.child("ready"), *status.ready);
    if (status.terminating) errors.not_negative(kStatus.child("terminating"), *status.terminating);
    std::set<std::string> seen;
    const Path uncounted = kStatus.child("uncountedTerminatedPods");
    const UncountedTerminatedPods& pods = *status.uncountedTerminatedPods;
    validate_uids(pods.succeeded, uncounted.child("succeeded"), seen, errors);
    validate_uids(pods.failed, uncounted.child("failed"), seen, errors);
}

void validate_verdict(const Verdict& now, const Verdict& before, Errors& errors) {
    const auto reject = [&](bool wrong, const std::string& detail) {
        if (wrong) errors.invalid(kStatus.child("conditions"), std::string(), detail);
    };
    reject(now.complete && now.failed, "cannot set Complete=True and Failed=true conditions");
    reject(now.complete && now.failing, "cannot set Complete=True and FailureTarget=true conditions");
    reject(now.failed && !now.failing,
           "cannot set Failed=True condition without the FailureTarget=true condition");
    reject(now.complete && !now.succeeding,
           "cannot set Complete=True condition without the SuccessCriteriaMet=true condition");
    reject(now.succeeding && now.failed, "cannot set SuccessCriteriaMet=True and Failed=true conditions");
    reject(now.succeeding && now.failing,
           "cannot set SuccessCriteriaMet=True and FailureTarget=true conditions");
    reject(before.failed && !now.failed, "cannot disable the terminal Failed=True condition");
    reject(before.complete && !now.complete, "cannot disable the terminal Complete=True condition");
    reject(before.failing && !now.failing, "cannot disable the terminal FailureTarget=True condition");
    reject(before.succeeding && !now.succeeding, "cannot disable the SuccessCriteriaMet=True condition");
}

// 2025-01-15 08:00:00 +0000 UTC
std::string printed(Time time) {
    std::string text = format_time(time.seconds);
    text[text.find('T')] = ' ';
    text.pop_back();
    return text + " +0000 UTC";
}

void validate_times(const Job& now, const Job& old, const Verdict& verdict, Errors& errors) {
    const JobStatus& status = now.status;
    const Path completion = kStatus.child("completionTime");
    const Time end = status.completionTime;
    if (end.is_set() && !verdict.complete) {
        errors.invalid(completion, printed(end),
                       "cannot set completionTime when there is no Complete=True condition");
    }
    if (!end.is_set() && verdict.complete) {
        errors.required(completion, "completionTime is required for Complete jobs");
    }
    if (end.is_set() && status.startTime.is_set() && end < status.startTime) {
        errors.invalid(completion, printed(end), "completionTime cannot be set before startTime");
    }
    if (end.is_set() && old.status.completionTime.is_set() && end != old.status.completionTime) {
        errors.invalid(completion, printed(end), "completionTime cannot be mutated");
    }
    const bool never_begins = now.spec.suspend.value_or(false) && now.spec.completions == 0;
    if (verdict.finished() && !status.startTime.is_set() && !never_begins) {
        errors.required(kStatus.child("startTime"), "startTime is required for finished job");
    }
}

void validate_finished(const JobStatus& status, Errors& errors) {
    if (status.active > 0) {
        errors.invalid(kStatus.child("active"), status.active, "active>0 is invalid for finished job");
    }
    const UncountedTerminatedPods& uncounted = *status.uncountedTerminatedPods;
    if (!uncounted.failed.empty() || !uncounted.succeeded.empty()) {
        errors.invalid(kStatus.child("uncountedTerminatedPods"), "batch.UncountedTerminatedPods{…}",
                       "uncountedTerminatedPods needs to be empty for finished job");
    }
    if (status.terminating.value_or(0) > 0) {
        errors.invalid(kStatus.child("terminating"), *status.terminating,
                       "terminating>0 is invalid for finished job");
    }
}

void validate_indexes(const Job& job, Errors& errors) {
    const JobStatus& status = job.status;
    const Path completed = kStatus.child("completedIndexes");
    const Path failed = kStatus.child("failedIndexes");
    const auto parse = [&](const Path& path, std::string_view field, const Text& text) {
        if (!job.spec.completions) return IndexRanges();
        const base::Result<IndexRanges> ranges = IndexRanges::parse(text, *job.spec.completions);
        if (ranges) return *ranges;
        errors.invalid(path, go_quoted(text),
                       "error parsing " + std::string(field) + ": " + ranges.error().message);
        return IndexRanges();
    };
    const IndexRanges done = parse(completed, "completedIndexes", status.completedIndexes);
    if (!status.completedIndexes.empty() && job.spec.completionMode != Text("Indexed")) {
        errors.invalid(completed, go_quoted(status.completedIndexes),
                       "cannot set non-empty completedIndexes when non-indexed completion mode");
    }
    if (!status.failedIndexes) return;
    const std::string text = go_quoted(*status.failedIndexes);
    const IndexRanges lost = parse(failed, "failedIndexes", *status.failedIndexes);
    if (!job.spec.backoffLimitPerIndex) {
        errors.invalid(failed, text, "cannot set non-null failedIndexes when backoffLimitPerIndex is null");
    }
    for (std::int32_t index = 0; done.common(lost) > 0; ++index) {
        if (!done.has(index) || !lost.has(index)) continue;
        return errors.invalid(
            failed, text, "failedIndexes and completedIndexes overlap at index: " + std::to_string(index));
    }
}

}  // namespace

void validate_job_status(const Job& now, const Job& old, Errors& errors) {
    const JobStatus& status = now.status;
    const Verdict verdict(status);
    const Verdict before(old.status);
    validate_counts(status, errors);
    validate_verdict(verdict, before, errors);
    validate_times(now, old, verdict, errors);
    if (verdict.finished()) validate_finished(status, errors);
    validate_indexes(now, errors);
    if (status.ready.value_or(0) > status.active) {
        errors.invalid(kStatus.child("ready"), *status.ready, "cannot set more ready pods than active");
    }
    if (status.failed < old.status.failed) {
        errors.invalid(kStatus.child("failed"), status.failed, "cannot decrease the failed counter");
    }
    // An indexed job may be made smaller.
    const bool may_shrink =
        now.spec.completionMode == Text("Indexed") && now.spec.completions == now.spec.parallelism;
    if (status.succeeded < old.status.succeeded && !may_shrink) {
        errors.invalid(kStatus.child("succeeded"), status.succeeded, "cannot decrease the succeeded counter");
    }
    const bool restarted = old.status.startTime.is_set() && old.status.startTime != status.startTime;
    if (restarted && !status.startTime.is_set() && !now.spec.suspend.value_or(false)) {
        errors.required(kStatus.child("startTime"), "startTime cannot be removed for unsuspended job");
    }
}

}  // namespace kubetab::api
