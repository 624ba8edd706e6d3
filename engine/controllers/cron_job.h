// CronJob controller: makes a Job at each time of the schedule, and deletes old ones.
//
// The time for which a job is made is part of its name, so that it is made once however often that is tried.
// The next time is waited for with a heartbeat: a schedule goes on for ever.
//
// watches:  cronjobs; jobs, through their controlling owner reference
// writes:   jobs (create, delete); cronjobs/status; events
// upstream: pkg/controller/cronjob/cronjob_controllerv2.go
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/api/batch.h"
#include "engine/api/cron.h"
#include "engine/client/controller.h"
#include "engine/client/event_recorder.h"
#include "engine/client/informer.h"

namespace kubetab::controllers {

class CronJobController : public client::Controller {
public:
    CronJobController(sim::Simulation& simulation, client::InformerFactory& informers);

protected:
    base::Result<client::Requeue> reconcile(const api::ObjectKey& key) override;
    void handle_own(const sim::Event& event) override;

private:
    using JobList = std::vector<api::Ref<api::Job>>;

    void cron_job_changed(const client::Change& change);
    void job_changed(const client::Change& change);
    void wake_owner(const api::Object& job, std::int64_t revision);

    // Each changes the status that is to be written; the object's spec is as it is stored.
    void remove_old_jobs(api::CronJob& cron_job, const JobList& jobs);
    void remove_oldest(api::CronJob& cron_job, JobList jobs, std::int32_t keep);
    void follow_jobs(api::CronJob& cron_job, const JobList& jobs);
    void see_finished(api::CronJob& cron_job, const api::Job& job, const std::string& type);
    base::Result<void> drop_missing(api::CronJob& cron_job, const JobList& jobs);
    base::Result<void> schedule_job(api::CronJob& cron_job);
    base::Result<void> start_job(api::CronJob& cron_job, std::int64_t due);
    base::Result<void> replace_active(api::CronJob& cron_job);
    base::Result<void> create_job(api::CronJob& cron_job, std::int64_t due);
    bool delete_job(api::CronJob& cron_job, const api::ObjectMeta& job);

    // The schedule in its zone; nullopt, with an event, when one of them cannot be read.
    std::optional<api::CronSchedule> schedule_of(const api::CronJob& cron_job);
    // Wakes the CronJob for the time after those that have passed.
    void wait_for_next(const api::CronJob& cron_job, const api::CronSchedule& schedule);
    void stop_waiting(const api::ObjectKey& key);
    void warn(const api::CronJob& cron_job, std::string_view reason, const std::string& message);
    void tell(const api::CronJob& cron_job, std::string_view reason, const std::string& message);

    client::Informer<api::CronJob>& cron_jobs_;
    client::Informer<api::Job>& jobs_;
    client::EventRecorder events_;
    std::map<api::ObjectKey, sim::EventId> ticks_{};  // pending ones
};

}  // namespace kubetab::controllers
