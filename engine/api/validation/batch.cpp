#include "engine/api/validation/batch.h"

#include <algorithm>

#include "engine/api/codec.h"
#include "engine/api/cron.h"
#include "engine/api/selectors.h"
#include "engine/api/validation/domain_path.h"
#include "engine/api/validation/metadata.h"
#include "engine/api/validation/pod.h"

namespace kubetab::api {
namespace {

constexpr std::int32_t kIndexedParallelismMax = 100'000;
constexpr std::int32_t kFailedIndexesMax = 100'000;
constexpr std::int32_t kManyCompletions = 100'000;  // beyond, limits per index are kept small
constexpr std::int32_t kLimitOfMany = 10'000;
constexpr std::size_t kManagedByMax = 63;
constexpr std::size_t kCronJobNameMax = 52;  // A job's name has a dash and ten digits more.

std::string at_most(std::int32_t limit) {
    return "must be less than or equal to " + std::to_string(limit);
}

std::string text_of(const std::optional<Text>& text) {
    return go_quoted(text ? text->str() : "null");
}
std::string text_of(const std::optional<std::int32_t>& number) {
    return number ? std::to_string(*number) : go_quoted("null");
}
// differs: what a policy holds is left out, because upstream prints addresses in memory.
template <class T>
std::string text_of(const Box<T>& value) {
    return value ? "batch." + std::string(Describe<T>::name) + "{…}" : go_quoted("null");
}
std::string text_of(const Box<LabelSelector>& selector) {
    return selector ? go_text(*selector) : go_quoted("null");
}

bool is_indexed(const JobSpec& spec) {
    return spec.completionMode == Text("Indexed");
}

void validate_numbers(const JobSpec& spec, const Path& path, Errors& errors) {
    const auto check = [&](std::string_view field, const auto& value) {
        if (value) errors.not_negative(path.child(field), *value);
    };
    check("parallelism", spec.parallelism);
    check("completions", spec.completions);
    check("activeDeadlineSeconds", spec.activeDeadlineSeconds);
    check("backoffLimit", spec.backoffLimit);
    check("ttlSecondsAfterFinished", spec.ttlSecondsAfterFinished);
    check("backoffLimitPerIndex", spec.backoffLimitPerIndex);
    check("maxFailedIndexes", spec.maxFailedIndexes);
    if (spec.maxFailedIndexes && !spec.backoffLimitPerIndex) {
        errors.required(path.child("backoffLimitPerIndex"), "when maxFailedIndexes is specified");
    }
}

void validate_indexed(const JobSpec& spec, const Path& path, Errors& errors) {
    const auto limit = [&](std::string_view field, const std::optional<std::int32_t>& value,
                           std::int32_t most, const std::string& detail) {
        if (value && *value > most) errors.invalid(path.child(field), *value, detail);
    };
    if (!spec.completions) errors.required(path.child("completions"), "when completion mode is Indexed");
    limit("parallelism", spec.parallelism, kIndexedParallelismMax,
          at_most(kIndexedParallelismMax) + " when completion mode is Indexed");
    if (spec.completions) {
        limit("maxFailedIndexes", spec.maxFailedIndexes, *spec.completions,
              "must be less than or equal to completions");
    }
    limit("maxFailedIndexes", spec.maxFailedIndexes, kFailedIndexesMax, at_most(kFailedIndexesMax));
    if (spec.completions.value_or(0) <= kManyCompletions || !spec.backoffLimitPerIndex) return;
    if (!spec.maxFailedIndexes) {
        errors.required(path.child("maxFailedIndexes"),
                        "must be specified when completions is above " + std::to_string(kManyCompletions));
    }
    const std::string detail = at_most(kLimitOfMany) + " when completions are above " +
                               std::to_string(kManyCompletions) + " and used with backoff limit per index";
    limit("parallelism", spec.parallelism, kLimitOfMany, detail);
    limit("maxFailedIndexes", spec.maxFailedIndexes, kLimitOfMany, detail);
}

void validate_mode(const JobSpec& spec, const Path& path, Errors& errors) {
    if (spec.completionMode) {
        errors.one_of(path.child("completionMode"), *spec.completionMode, {"NonIndexed", "Indexed"});
    }
    if (is_indexed(spec)) return validate_indexed(spec, path, errors);
    if (spec.completionMode.value_or("NonIndexed") != "NonIndexed") return;
    constexpr std::string_view kRequires = "requires indexed completion mode";
    if (spec.backoffLimitPerIndex) {
        errors.invalid(path.child("backoffLimitPerIndex"), *spec.backoffLimitPerIndex, kRequires);
    }
    if (spec.maxFailedIndexes) {
        errors.invalid(path.child("maxFailedIndexes"), *spec.maxFailedIndexes, kRequires);
    }
}

void validate_policies(const JobSpec& spec, const Path& path, Errors& errors) {
    if (spec.podFailurePolicy) {
        validate_pod_failure_policy(spec, path.child("podFailurePolicy"), errors);
    }
    if (spec.successPolicy) {
        const Path at = path.child("successPolicy");
        if (is_indexed(spec)) validate_success_policy(spec, at, errors);
        else errors.invalid(at, text_of(spec.successPolicy), "requires indexed completion mode");
    }
    if (!spec.podReplacementPolicy) return;
    const Path at = path.child("podReplacementPolicy");
    if (spec.podFailurePolicy) {
        errors.one_of(at, *spec.podReplacementPolicy, {"Failed"});
    } else {
        errors.one_of(at, *spec.podReplacementPolicy, {"Failed", "TerminatingOrFailed"});
    }
}

void validate_restart_policy(const JobSpec& spec, const Path& path, Errors& errors) {
    const std::string& policy = spec.template_->spec->shared->restartPolicy;
    if (policy.empty() || policy == "Always") {
        errors.required(path, R"(valid values: "OnFailure", "Never")");
    } else if (policy != "OnFailure" && policy != "Never") {
        errors.unsupported(path, go_quoted(policy), {"OnFailure", "Never"});
    } else if (spec.podFailurePolicy && policy != "Never") {
        errors.invalid(path, go_quoted(policy),
                       R"(only "Never" is supported when podFailurePolicy is specified)");
    }
}

// upstream: validateGeneratedSelector
void validate_generated_selector(const Job& job, Errors& errors) {
    if (job.spec.manualSelector.value_or(false) || !job.spec.selector) return;
    const Path labels_path = Path("spec").child("template").child("metadata").child("labels");
    const base::StringMap& labels = job.spec.template_->metadata.labels;
    const base::StringMap expected{{kOldJobControllerUidLabel, job.metadata.uid},
                                   {kOldJobNameLabel, job.metadata.name},
                                   {kJobControllerUidLabel, job.metadata.uid},
                                   {kJobNameLabel, job.metadata.name}};
    for (const std::string_view key :
         {kOldJobControllerUidLabel, kOldJobNameLabel, kJobControllerUidLabel, kJobNameLabel}) {
        const std::string wanted = expected.value_or(key, "");
        const std::string detail = "must be '" + wanted + "'";
        const Text* found = labels.get(key);
        if (found == nullptr) errors.required(labels_path.key(key), detail);
        else if (*found != wanted) errors.invalid(labels_path.key(key), go_text(labels), detail);
    }
    const base::Result<Selector> selector = Selector::of(job.spec.selector);
    if (selector && !selector->matches(expected)) {
        errors.invalid(Path("spec.selector"), go_text(*job.spec.selector), "`selector` not auto-generated");
    }
}

// Whether a suspended job that never ran may get the new template: only where its pods run has changed.
// upstream: validatePodTemplateUpdate
bool differs_in_scheduling_only(const PodTemplateSpec& now, const PodTemplateSpec& old) {
    PodTemplateSpec mixed = old;
    mixed.metadata.labels = now.metadata.labels;
    mixed.metadata.annotations = now.metadata.annotations;
    PodSpec& spec = mixed.spec.edit();
    PodSpecShared& shared = spec.shared.edit();
    shared.nodeSelector = now.spec->shared->nodeSelector;
    spec.tolerations = now.spec->tolerations;
    shared.schedulingGates = now.spec->shared->schedulingGates;
    if (now.spec->shared->affinity || shared.affinity) {
        Affinity& affinity = shared.affinity.edit();
        affinity.nodeAffinity = now.spec->shared->affinity->nodeAffinity;
        if (!now.spec->shared->affinity && equal(affinity, Affinity{})) shared.affinity.reset();
    }
    return equal(mixed, now);
}

void validate_completions_update(const JobSpec& now, const JobSpec& old, Errors& errors) {
    if (now.completions == old.completions) return;
    const Path path = Path("spec").child("completions");
    if (!is_indexed(now)) return errors.invalid(path, text_of(now.completions), kImmutable);
    if (now.completions && now.completions != now.parallelism) {
        errors.invalid(path, *now.completions, "can only be modified in tandem with spec.parallelism");
    }
}

void validate_schedule(const CronJobSpec& spec, const CronJobSpec* old, Errors& errors) {
    const Path path("spec.schedule");
    const std::string& schedule = spec.schedule;
    if (schedule.empty()) return errors.required(path);
    const auto complain = [&](std::string_view detail) { errors.invalid(path, go_quoted(schedule), detail); };
    const base::Result<CronSchedule> parsed = CronSchedule::parse(schedule);
    if (!parsed) complain(parsed.error().message);
    if (schedule.find("TZ") == std::string::npos) return;
    const bool had_zone = old != nullptr && old->schedule.find("TZ") != std::string::npos;
    if (!had_zone) {
        complain("cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
    } else if (spec.timeZone) {
        complain("cannot use both timeZone field and TZ or CRON_TZ in schedule");
    }
}

// A part of a zone's name between slashes. upstream: validTimeZoneCharacters
bool is_zone_part(std::string_view part) {
    if (part.empty() || part.size() > 14 || part == "." || part == ".." || part.starts_with('-'))
        return false;
    return std::all_of(part.begin(), part.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ||
               c == '-' || c == '_' || c == '+';
    });
}

bool is_zone_name(std::string_view name) {
    while (true) {
        const std::size_t slash = name.find('/');
        if (!is_zone_part(name.substr(0, slash))) return false;
        if (slash == std::string_view::npos) return true;
        name.remove_prefix(slash + 1);
    }
}

bool says_local(std::string_view name) {
    constexpr std::string_view kLocal = "local";
    return std::equal(name.begin(), name.end(), kLocal.begin(), kLocal.end(),
                      [](char a, char b) { return (a | 0x20) == b; });
}

// upstream: validateTimeZone
void validate_time_zone(const std::optional<Text>& zone, Errors& errors) {
    if (!zone) return;
    const Path path("spec.timeZone");
    const std::string& name = *zone;
    const auto complain = [&](std::string_view detail) { errors.invalid(path, go_quoted(name), detail); };
    if (name.empty()) return complain("timeZone must be nil or non-empty string");
    const std::string unknown = "unknown time zone " + name;
    if (!is_zone_name(name)) return complain(unknown);
    if (says_local(name)) {
        complain("timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones");
    }
    if (name != "Local" && !TimeZone::find(name)) complain(unknown);
}

void validate_cron_job_spec(const CronJobSpec& spec, const CronJobSpec* old, Errors& errors) {
    const Path path("spec");
    validate_schedule(spec, old, errors);
    if (spec.startingDeadlineSeconds) {
        errors.not_negative(path.child("startingDeadlineSeconds"), *spec.startingDeadlineSeconds);
    }
    if (old == nullptr || spec.timeZone != old->timeZone) validate_time_zone(spec.timeZone, errors);
    errors.one_of(path.child("concurrencyPolicy"), spec.concurrencyPolicy, {"Allow", "Forbid", "Replace"});
    const Path job_path = path.child("jobTemplate").child("spec");
    const JobSpec& job = spec.jobTemplate.spec;
    validate_job_spec(job, job_path, errors);
    if (job.selector) {
        errors.invalid(job_path.child("selector"), go_text(*job.selector),
                       "`selector` will be auto-generated");
    }
    if (job.manualSelector.value_or(false)) {
        errors.unsupported(job_path.child("manualSelector"), "true", {"nil", "false"});
    }
    const auto check_limit = [&](std::string_view field, const std::optional<std::int32_t>& limit) {
        if (limit) errors.not_negative(path.child(field), *limit);
    };
    check_limit("successfulJobsHistoryLimit", spec.successfulJobsHistoryLimit);
    check_limit("failedJobsHistoryLimit", spec.failedJobsHistoryLimit);
}

}  // namespace

// upstream: validateJobSpec
void validate_job_spec(const JobSpec& spec, const Path& path, Errors& errors) {
    validate_numbers(spec, path, errors);
    if (spec.managedBy) {
        validate_domain_path(*spec.managedBy, path.child("managedBy"), errors);
        if (spec.managedBy->size() > kManagedByMax) {
            errors.too_long(path.child("managedBy"), kManagedByMax);
        }
    }
    validate_mode(spec, path, errors);
    validate_policies(spec, path, errors);
    validate_pod_template(*spec.template_, path.child("template"), errors);
    validate_restart_policy(spec, path.child("template").child("spec").child("restartPolicy"), errors);
}

void validate_job(const Job& object, Errors& errors) {
    const JobSpec& spec = object.spec;
    const Path path("spec");
    validate_generated_selector(object, errors);
    validate_job_spec(spec, path, errors);
    if (!spec.selector) errors.required(path.child("selector"));
    else validate_label_selector(*spec.selector, path.child("selector"), errors);
    const base::Result<Selector> selector = Selector::of(spec.selector);
    if (selector && !selector->matches(spec.template_->metadata.labels)) {
        errors.invalid(path.child("template").child("metadata").child("labels"),
                       go_text(spec.template_->metadata.labels),
                       "`selector` does not match template `labels`");
    }
    if (!is_indexed(spec) || spec.completions.value_or(0) <= 0) return;
    const std::string hostname = object.metadata.name + "-" + std::to_string(*spec.completions - 1);
    if (!dns_label(hostname).empty()) {
        errors.invalid(Path("metadata.name"), go_quoted(object.metadata.name),
                       "will not able to create pod with invalid DNS label: " + hostname);
    }
}

void validate_job_update(const Job& now, const Job& old, Errors& errors) {
    validate_job(now, errors);
    const Path path("spec");
    const auto keep = [&](std::string_view field, const auto& value, const auto& before) {
        if (!equal(value, before)) errors.invalid(path.child(field), text_of(value), kImmutable);
    };
    validate_completions_update(now.spec, old.spec, errors);
    keep("selector", now.spec.selector, old.spec.selector);
    const bool may_move = old.spec.suspend.value_or(false) && !old.status.startTime.is_set();
    const PodTemplateSpec& pod_template = *now.spec.template_;
    const bool kept = may_move ? differs_in_scheduling_only(pod_template, *old.spec.template_)
                               : equal(pod_template, *old.spec.template_);
    // differs: what the template holds is left out, because upstream prints addresses in memory.
    if (!kept) errors.invalid(path.child("template"), "core.PodTemplateSpec{…}", kImmutable);
    keep("completionMode", now.spec.completionMode, old.spec.completionMode);
    keep("podFailurePolicy", now.spec.podFailurePolicy, old.spec.podFailurePolicy);
    keep("backoffLimitPerIndex", now.spec.backoffLimitPerIndex, old.spec.backoffLimitPerIndex);
    keep("managedBy", now.spec.managedBy, old.spec.managedBy);
    keep("successPolicy", now.spec.successPolicy, old.spec.successPolicy);
}

void validate_cron_job(const CronJob& object, Errors& errors) {
    validate_cron_job_spec(object.spec, nullptr, errors);
    if (object.metadata.name.size() > kCronJobNameMax) {
        errors.invalid(Path("metadata.name"), go_quoted(object.metadata.name),
                       "must be no more than " + std::to_string(kCronJobNameMax) + " characters");
    }
}

void validate_cron_job_update(const CronJob& now, const CronJob& old, Errors& errors) {
    validate_cron_job_spec(now.spec, &old.spec, errors);
}

}  // namespace kubetab::api
