#include <fmt/format.h>

#include "engine/kubectl/describe/describers.h"
#include "engine/kubectl/describe/pod_parts.h"

namespace kubetab::kubectl::describe {

void describe_cron_job(const Subject& subject, Writer& writer) {
    const Json& cron_job = subject.object;
    const Json& job_spec = map_at(cron_job, {"spec", "jobTemplate", "spec"});
    write_name(subject, writer);
    write_labels_and_annotations(subject, writer);
    writer.field(0, "Schedule", base::text_at(cron_job, {"spec", "schedule"}));
    writer.field(0, "Concurrency Policy", base::text_at(cron_job, {"spec", "concurrencyPolicy"}));
    writer.field(0, "Suspend", truth_at(cron_job, {"spec", "suspend"}) ? "True" : "False");
    writer.field(0, "Successful Job History Limit",
                 value_at(cron_job, {"spec", "successfulJobsHistoryLimit"}, "<unset>"));
    writer.field(0, "Failed Job History Limit",
                 value_at(cron_job, {"spec", "failedJobsHistoryLimit"}, "<unset>"));
    const std::string deadline = value_at(cron_job, {"spec", "startingDeadlineSeconds"});
    writer.field(0, "Starting Deadline Seconds", deadline.empty() ? "<unset>" : deadline + "s");

    const Json* selector = base::find(job_spec, "selector");
    writer.field(0, "Selector", selector != nullptr ? format_selector(selector) : "<unset>");
    writer.field(0, "Parallelism", value_at(job_spec, {"parallelism"}, "<unset>"));
    writer.field(0, "Completions", value_at(job_spec, {"completions"}, "<unset>"));
    const std::string active_deadline = value_at(job_spec, {"activeDeadlineSeconds"});
    if (!active_deadline.empty()) writer.field(0, "Active Deadline Seconds", active_deadline + "s");
    write_pod_template(map_at(job_spec, {"template"}), writer);

    const std::string last = base::text_at(cron_job, {"status", "lastScheduleTime"});
    writer.field(0, "Last Schedule Time", last.empty() ? "<unset>" : date_of(last));
    std::vector<std::string> active;
    for (const Json& job : array_at(cron_job, {"status", "active"}))
        active.push_back(base::text_at(job, {"name"}));
    writer.field(0, "Active Jobs", or_none(join(active, ", ")));
    write_events(subject, writer);
}

}  // namespace kubetab::kubectl::describe
