#include "engine/controllers/cron_job.h"

#include <algorithm>
#include <utility>

#include "engine/api/codec.h"
#include "engine/api/pod_status.h"
#include "engine/api/validation/value_text.h"
#include "engine/base/human_duration.h"
#include "engine/base/stable_sort.h"
#include "engine/controllers/cron_times.h"
#include "engine/controllers/indexes.h"
#include "engine/controllers/job_util.h"
#include "engine/controllers/pod_control.h"

namespace kubetab::controllers {

using api::CronJob;
using api::Job;
using api::ObjectKey;
using api::Ref;
using base::Result;
using client::Requeue;

namespace {

constexpr std::int32_t kTick = 16;
constexpr std::string_view kScheduledFor = "batch.kubernetes.io/cronjob-scheduled-timestamp";

auto find_active(CronJob& cron_job, const api::Text& uid) {
    std::vector<api::ObjectReference>& active = cron_job.status.active;
    return std::find_if(active.begin(), active.end(),
                        [&](const api::ObjectReference& each) { return each.uid == uid; });
}

bool is_active(CronJob& cron_job, const api::Text& uid) {
    return find_active(cron_job, uid) != cron_job.status.active.end();
}

void drop_active(CronJob& cron_job, const api::Text& uid) {
    std::erase_if(cron_job.status.active, [&](const api::ObjectReference& each) { return each.uid == uid; });
}

std::string job_name(const CronJob& cron_job, std::int64_t due) {
    return cron_job.metadata.name + "-" + std::to_string(due / 60);
}

// upstream: getJobFromTemplate2
Job job_for(const CronJob& cron_job, std::int64_t due) {
    const api::JobTemplateSpec& job_template = cron_job.spec.jobTemplate;
    Job job;
    job.metadata.namespace_ = cron_job.metadata.namespace_;
    job.metadata.name = job_name(cron_job, due);
    job.metadata.labels = job_template.metadata.labels;
    job.metadata.annotations = job_template.metadata.annotations;
    const api::TimeZone zone =
        api::TimeZone::find(cron_job.spec.timeZone.value_or("")).value_or(api::TimeZone());
    job.metadata.annotations[kScheduledFor] = zoned_time(due, zone);
    job.metadata.ownerReferences.push_back(controller_reference(api::kind_of<CronJob>(), cron_job.metadata));
    job.spec = job_template.spec;
    return job;
}

// upstream: byJobStartTime
bool starts_before(const Ref<Job>& a, const Ref<Job>& b) {
    const api::Time start_a = a->status.startTime;
    const api::Time start_b = b->status.startTime;
    if (!start_b.is_set()) return start_a.is_set();
    if (start_a == start_b) return a->metadata.name < b->metadata.name;
    return start_a < start_b;
}

}  // namespace

CronJobController::CronJobController(sim::Simulation& simulation, client::InformerFactory& informers)
    : Controller(simulation, informers.server(), "cronjob-controller"),
      cron_jobs_(informers.of<CronJob>()),
      jobs_(informers.of<Job>()),
      events_(simulation, client_, name()) {
    index_by_controller(jobs_);
    cron_jobs_.on_change([this](const client::Change& change) { cron_job_changed(change); });
    jobs_.on_change([this](const client::Change& change) { job_changed(change); });
    for (const auto& [key, cron_job] : cron_jobs_.objects()) enqueue(key, 0);
}

// upstream: sync
Result<Requeue> CronJobController::reconcile(const ObjectKey& key) {
    const Ref<CronJob> stored = cron_jobs_.find(key);
    stop_waiting(key);
    if (!stored) return Requeue::none();
    CronJob cron_job = *stored;
    const JobList jobs = jobs_.by_index(kByController, stored->metadata.uid);
    remove_old_jobs(cron_job, jobs);
    follow_jobs(cron_job, jobs);
    Result<void> done = drop_missing(cron_job, jobs);
    if (done.ok() && !api::is_terminating(cron_job)) done = schedule_job(cron_job);
    if (!api::equal(cron_job.status, stored->status)) {
        client_.because(std::to_string(cron_job.status.active.size()) + " jobs run");
        TRY(client_.update_status(std::move(cron_job)));
    }
    TRY(done);
    return Requeue::none();
}

// upstream: cleanupFinishedJobs
void CronJobController::remove_old_jobs(CronJob& cron_job, const JobList& jobs) {
    JobList succeeded;
    JobList failed;
    for (const Ref<Job>& job : jobs) {
        const api::JobCondition* end = finished_condition(*job);
        if (end != nullptr) (end->type == "Complete" ? succeeded : failed).push_back(job);
    }
    const api::CronJobSpec& spec = cron_job.spec;
    if (spec.successfulJobsHistoryLimit) {
        remove_oldest(cron_job, std::move(succeeded), *spec.successfulJobsHistoryLimit);
    }
    if (spec.failedJobsHistoryLimit) {
        remove_oldest(cron_job, std::move(failed), *spec.failedJobsHistoryLimit);
    }
}

void CronJobController::remove_oldest(CronJob& cron_job, JobList jobs, std::int32_t keep) {
    const auto surplus = std::ssize(jobs) - keep;
    if (surplus <= 0) return;
    base::stable_sort(jobs, starts_before);
    client_.because("more than " + std::to_string(keep) + " such jobs have ended");
    for (std::ptrdiff_t i = 0; i < surplus; ++i) {
        delete_job(cron_job, jobs[static_cast<std::size_t>(i)]->metadata);
    }
}

// upstream: deleteJob
bool CronJobController::delete_job(CronJob& cron_job, const api::ObjectMeta& job) {
    const Result<void> removed =
        client_.remove<Job>(ObjectKey::of(job), {.propagation = api::Propagation::Background});
    if (!removed.ok()) {
        warn(cron_job, "FailedDelete", "Deleted job: " + removed.error().message);
        return false;
    }
    drop_active(cron_job, job.uid);
    tell(cron_job, "SuccessfulDelete", "Deleted job " + job.name);
    return true;
}

void CronJobController::follow_jobs(CronJob& cron_job, const JobList& jobs) {
    for (const Ref<Job>& job : jobs) {
        const api::JobCondition* end = finished_condition(*job);
        if (end != nullptr) {
            see_finished(cron_job, *job, end->type);
        } else if (!is_active(cron_job, job->metadata.uid)) {
            // The cache may not show yet that the job was noted.
            const Result<Ref<CronJob>> fresh = client_.get<CronJob>(ObjectKey::of(cron_job.metadata));
            if (!fresh) continue;
            CronJob live = **fresh;
            if (is_active(live, job->metadata.uid)) {
                cron_job = std::move(live);
                continue;
            }
            warn(cron_job, "UnexpectedJob",
                 "Saw a job that the controller did not create or forgot: " + job->metadata.name);
        }
    }
}

void CronJobController::see_finished(CronJob& cron_job, const Job& job, const std::string& type) {
    if (is_active(cron_job, job.metadata.uid)) {
        drop_active(cron_job, job.metadata.uid);
        tell(cron_job, "SawCompletedJob", "Saw completed job: " + job.metadata.name + ", condition: " + type);
    }
    if (type != "Complete") return;
    api::Time& last = cron_job.status.lastSuccessfulTime;
    last = std::max(last, job.status.completionTime);
}

Result<void> CronJobController::drop_missing(CronJob& cron_job, const JobList& jobs) {
    const std::vector<api::ObjectReference> active = cron_job.status.active;
    for (const api::ObjectReference& each : active) {
        const bool known = std::any_of(jobs.begin(), jobs.end(),
                                       [&](const Ref<Job>& job) { return job->metadata.uid == each.uid; });
        if (known) continue;
        const Result<Ref<Job>> live = client_.get<Job>({each.namespace_, each.name});
        if (live.ok()) continue;  // The cache is behind.
        if (live.error().reason != base::Reason::NotFound) return live.error();
        tell(cron_job, "MissingJob", "Active job went missing: " + each.name);
        drop_active(cron_job, each.uid);
    }
    return {};
}

std::optional<api::CronSchedule> CronJobController::schedule_of(const CronJob& cron_job) {
    const api::CronJobSpec& spec = cron_job.spec;
    const std::string zone_name = spec.timeZone.value_or("");
    const std::optional<api::TimeZone> zone = api::TimeZone::find(zone_name);
    if (!zone) {
        warn(cron_job, "UnknownTimeZone",
             "invalid timeZone: " + api::go_quoted(zone_name) + ": unknown time zone " + zone_name);
        return std::nullopt;
    }
    if (spec.suspend.value_or(false)) return std::nullopt;
    const Result<api::CronSchedule> parsed = api::CronSchedule::parse(spec.schedule);
    if (!parsed) {
        warn(cron_job, "UnparseableSchedule",
             "unparseable schedule: " + api::go_quoted(spec.schedule) + " : " + parsed.error().message);
        return std::nullopt;
    }
    api::CronSchedule schedule = *parsed;
    schedule.set_zone(*zone);
    return schedule;
}

// upstream: syncCronJob, from the schedule on
Result<void> CronJobController::schedule_job(CronJob& cron_job) {
    const std::optional<api::CronSchedule> schedule = schedule_of(cron_job);
    if (!schedule) return {};
    const sim::Instant now = simulation_.now();
    const MissedTimes missed = missed_times(cron_job, *schedule, Deadline::Respected, now);
    if (missed.never) {
        warn(cron_job, "InvalidSchedule",
             "invalid schedule: " + cron_job.spec.schedule +
                 " : time difference between two schedules is less than 1 second");
        return {};
    }
    if (missed.many) {
        warn(
            cron_job, "TooManyMissedTimes",
            "too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew");
    }
    Result<void> started;
    if (missed.last) started = start_job(cron_job, *missed.last);
    if (started.ok()) wait_for_next(cron_job, *schedule);
    return started;
}

Result<void> CronJobController::start_job(CronJob& cron_job, std::int64_t due) {
    const api::CronJobSpec& spec = cron_job.spec;
    const sim::Instant instant{due * 1'000'000'000};
    if (spec.startingDeadlineSeconds &&
        instant + sim::seconds(*spec.startingDeadlineSeconds) < simulation_.now()) {
        warn(cron_job, "MissSchedule", "Missed scheduled time to start a job: " + base::rfc1123_date(due));
        return {};
    }
    const std::string name = job_name(cron_job, due);
    const std::vector<api::ObjectReference>& active = cron_job.status.active;
    const bool started = std::any_of(active.begin(), active.end(),
                                     [&](const api::ObjectReference& each) { return each.name == name; });
    if (started || cron_job.status.lastScheduleTime.seconds == due) return {};
    if (spec.concurrencyPolicy == "Forbid" && !active.empty()) {
        tell(cron_job, "JobAlreadyActive",
             "Not starting job because prior execution is running and concurrency policy is Forbid");
        return {};
    }
    if (spec.concurrencyPolicy == "Replace") TRY(replace_active(cron_job));
    return create_job(cron_job, due);
}

Result<void> CronJobController::replace_active(CronJob& cron_job) {
    client_.because("the next job replaces it");
    const std::vector<api::ObjectReference> active = cron_job.status.active;
    for (const api::ObjectReference& each : active) {
        const Result<Ref<Job>> job = client_.get<Job>({each.namespace_, each.name});
        if (!job) {
            warn(cron_job, "FailedGet", "Get job: " + job.error().message);
            return job.error();
        }
        if (!delete_job(cron_job, (*job)->metadata)) {
            return base::failure(base::Reason::Unknown,
                                 "could not replace job " + each.namespace_ + "/" + each.name);
        }
    }
    return {};
}

Result<void> CronJobController::create_job(CronJob& cron_job, std::int64_t due) {
    client_.because("it is " + api::format_time(due));
    Job wanted = job_for(cron_job, due);
    const ObjectKey key = ObjectKey::of(wanted.metadata);
    Result<Ref<Job>> job = client_.create(std::move(wanted));
    if (job.ok()) {
        tell(cron_job, "SuccessfulCreate", "Created job " + (*job)->metadata.name);
    } else if (job.error().reason == base::Reason::AlreadyExists) {
        // Made earlier, perhaps without having been noted.
        job = client_.get<Job>(key);
        if (!job) return job.error();
        const api::OwnerReference* owner = api::controller_of((*job)->metadata);
        const bool ours = owner != nullptr && owner->uid == cron_job.metadata.uid;
        if (!ours || is_active(cron_job, (*job)->metadata.uid)) return {};
    } else {
        if (!is_namespace_terminating(job.error())) {
            warn(cron_job, "FailedCreate", "Error creating job: " + job.error().message);
        }
        return job.error();
    }
    cron_job.status.active.push_back(client::EventRecorder::reference_to(api::kind_of<Job>(), **job));
    cron_job.status.lastScheduleTime = api::Time::of_seconds(due);
    return {};
}

void CronJobController::wait_for_next(const CronJob& cron_job, const api::CronSchedule& schedule) {
    const ObjectKey key = ObjectKey::of(cron_job.metadata);
    const sim::Duration after = until_next(cron_job, schedule, simulation_.now());
    stop_waiting(key);
    ticks_[key] = simulation_.schedule({.component = component_,
                                        .after = std::max(after, sim::Duration{}),
                                        .kind = kTick,
                                        .cadence = sim::Cadence::Heartbeat,
                                        .key = key.text()});
}

void CronJobController::stop_waiting(const ObjectKey& key) {
    const auto it = ticks_.find(key);
    if (it == ticks_.end()) return;
    simulation_.cancel(it->second);
    ticks_.erase(it);
}

void CronJobController::handle_own(const sim::Event& event) {
    const ObjectKey key = ObjectKey::parse(event.key);
    ticks_.erase(key);
    enqueue(key, 0);
}

void CronJobController::warn(const CronJob& cron_job, std::string_view reason, const std::string& message) {
    events_.record(cron_job, {.type = client::EventType::Warning, .reason = reason, .message = message});
}

void CronJobController::tell(const CronJob& cron_job, std::string_view reason, const std::string& message) {
    events_.record(cron_job, {.reason = reason, .message = message});
}

// upstream: updateCronJob
void CronJobController::cron_job_changed(const client::Change& change) {
    const Ref<CronJob> cron_job = api::cast<CronJob>(change.object);
    const ObjectKey key = ObjectKey::of(cron_job->metadata);
    if (change.type == client::ChangeType::Modified && change.previous) {
        const api::CronJobSpec& before = api::cast<CronJob>(change.previous)->spec;
        const api::CronJobSpec& spec = cron_job->spec;
        const bool other_times = before.schedule != spec.schedule || before.timeZone != spec.timeZone;
        if (other_times && !spec.suspend.value_or(false)) {
            if (const auto schedule = schedule_of(*cron_job)) wait_for_next(*cron_job, *schedule);
            return;
        }
    }
    enqueue(key, change.revision);
}

void CronJobController::job_changed(const client::Change& change) {
    wake_owner(*change.object, change.revision);
    if (change.previous) wake_owner(*change.previous, change.revision);
}

void CronJobController::wake_owner(const api::Object& job, std::int64_t revision) {
    const api::OwnerReference* owner = api::controller_of(job.metadata);
    if (owner == nullptr || owner->kind != "CronJob") return;
    const ObjectKey key{job.metadata.namespace_, owner->name};
    const Ref<CronJob> cron_job = cron_jobs_.find(key);
    if (cron_job && cron_job->metadata.uid == owner->uid) enqueue(key, revision);
}

}  // namespace kubetab::controllers
