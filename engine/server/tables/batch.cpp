// Tables of Job and CronJob.
// upstream: pkg/printers/internalversion/printers.go printJob, printCronJob

#include "engine/api/batch.h"
#include "engine/api/pod_status.h"
#include "engine/api/selectors.h"
#include "engine/base/human_duration.h"
#include "engine/server/tables/table.h"

namespace kubetab::server {
namespace {

using base::Json;

std::string job_state(const api::Job& job) {
    const auto is = [&](std::string_view type) {
        return api::is_condition_true(job.status.conditions, type);
    };
    if (is("Complete")) return "Complete";
    if (is("Failed")) return "Failed";
    if (api::is_terminating(job)) return "Terminating";
    if (is("Suspended")) return "Suspended";
    return is("FailureTarget") ? "FailureTarget" : "Running";
}

std::string completions(const api::Job& job) {
    const std::string succeeded = std::to_string(job.status.succeeded);
    if (job.spec.completions) return succeeded + "/" + std::to_string(*job.spec.completions);
    const std::int32_t parallelism = job.spec.parallelism.value_or(0);
    return parallelism > 1 ? succeeded + "/1 of " + std::to_string(parallelism) : succeeded + "/1";
}

std::string run_time(const api::JobStatus& status, sim::Instant now) {
    if (!status.startTime.is_set()) return {};
    const sim::Instant end = status.completionTime.is_set() ? status.completionTime.instant() : now;
    return base::human_duration((end - status.startTime.instant()).ns);
}

Json job_cells(const api::Object& object, sim::Instant now) {
    const auto& job = static_cast<const api::Job&>(object);
    Json cells = {job.metadata.name, job_state(job), completions(job), run_time(job.status, now),
                  age_cell(job, now)};
    container_cells(*job.spec.template_->spec, cells);
    cells.push_back(api::format_label_selector(job.spec.selector));
    return cells;
}

Json cron_job_cells(const api::Object& object, sim::Instant now) {
    const auto& cron_job = static_cast<const api::CronJob&>(object);
    const api::CronJobSpec& spec = cron_job.spec;
    const api::Time last = cron_job.status.lastScheduleTime;
    Json cells = {cron_job.metadata.name,           spec.schedule,
                  spec.timeZone.value_or("<none>"), spec.suspend.value_or(false) ? "True" : "False",
                  cron_job.status.active.size(),    last.is_set() ? age_since(last, now) : "<none>",
                  age_cell(cron_job, now)};
    container_cells(*spec.jobTemplate.spec.template_->spec, cells);
    cells.push_back(api::format_label_selector(spec.jobTemplate.spec.selector));
    return cells;
}

}  // namespace

TableKind job_table() {
    return {{{"Name", "string", "name", 0, "The name, unique in its namespace."},
             {"Status", "string", "", 0, "Whether it runs, has ended, or waits."},
             {"Completions", "string", "", 0, "Successes of those wanted."},
             {"Duration", "string", "", 0, "Time from its start to its completion, or until now."},
             {"Age", "string", "", 0, "Time since the object was created."},
             {"Containers", "string", "", 1, "Names of the template's containers."},
             {"Images", "string", "", 1, "Images of the template's containers."},
             {"Selector", "string", "", 1, "Which pods it counts."}},
            &job_cells};
}

TableKind cron_job_table() {
    return {{{"Name", "string", "name", 0, "The name, unique in its namespace."},
             {"Schedule", "string", "", 0, "When it makes a job."},
             {"Timezone", "string", "", 0, "Where the schedule's clock stands."},
             {"Suspend", "boolean", "", 0, "Whether it makes no jobs at present."},
             {"Active", "integer", "", 0, "How many of its jobs run."},
             {"Last Schedule", "string", "", 0, "Time since the last job was due."},
             {"Age", "string", "", 0, "Time since the object was created."},
             {"Containers", "string", "", 1, "Names of the template's containers."},
             {"Images", "string", "", 1, "Images of the template's containers."},
             {"Selector", "string", "", 1, "Which pods its jobs count."}},
            &cron_job_cells};
}

}  // namespace kubetab::server
