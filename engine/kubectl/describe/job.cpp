#include <fmt/format.h>

#include "engine/api/values.h"
#include "engine/base/human_duration.h"
#include "engine/kubectl/describe/describers.h"
#include "engine/kubectl/describe/pod_parts.h"

namespace kubetab::kubectl::describe {
namespace {

// Start to completion; "" when one of them is unset.
std::string run_time(const Json& job) {
    const auto start = api::parse_time_microseconds(base::text_at(job, {"status", "startTime"}));
    const auto end = api::parse_time_microseconds(base::text_at(job, {"status", "completionTime"}));
    if (!start || !end) return {};
    return base::human_duration((*end - *start) * 1'000);
}

// Cut behind the first comma after 50 letters. upstream: capIndexesListOrNone
std::string cut_indexes(const std::string& indexes) {
    constexpr std::size_t kLimit = 50;
    const std::size_t comma = indexes.find(',', kLimit);
    return comma == std::string::npos ? or_none(indexes) : indexes.substr(0, comma + 1) + "...";
}

void write_if(Writer& writer, const Json& object, std::string_view title,
              std::initializer_list<std::string_view> path) {
    const std::string value = value_at(object, path);
    if (!value.empty()) writer.field(0, title, value);
}

void write_progress(const Json& job, Writer& writer) {
    const std::string start = base::text_at(job, {"status", "startTime"});
    const std::string end = base::text_at(job, {"status", "completionTime"});
    const std::string deadline = value_at(job, {"spec", "activeDeadlineSeconds"});
    if (!start.empty()) writer.field(0, "Start Time", date_of(start));
    if (!end.empty()) writer.field(0, "Completed At", date_of(end));
    if (!run_time(job).empty()) writer.field(0, "Duration", run_time(job));
    if (!deadline.empty()) writer.field(0, "Active Deadline Seconds", deadline + "s");
    const std::string ready = value_at(job, {"status", "ready"});
    writer.field(
        0, "Pods Statuses",
        fmt::format("{} Active{} / {} Succeeded / {} Failed", base::int_at(job, {"status", "active"}),
                    ready.empty() ? "" : " (" + ready + " Ready)", base::int_at(job, {"status", "succeeded"}),
                    base::int_at(job, {"status", "failed"})));
    if (base::text_at(job, {"spec", "completionMode"}) == "Indexed") {
        writer.field(0, "Completed Indexes", cut_indexes(base::text_at(job, {"status", "completedIndexes"})));
    }
}

}  // namespace

void describe_job(const Subject& subject, Writer& writer) {
    const Json& job = subject.object;
    write_name(subject, writer);
    const Json* selector = base::find(job, {"spec", "selector"});
    if (selector != nullptr) writer.field(0, "Selector", format_selector(selector));
    write_labels_and_annotations(subject, writer);
    const std::string controller = controller_of(job);
    if (!controller.empty()) writer.field(0, "Controlled By", controller);
    write_if(writer, job, "Parallelism", {"spec", "parallelism"});
    writer.field(0, "Completions", value_at(job, {"spec", "completions"}, "<unset>"));
    write_if(writer, job, "Completion Mode", {"spec", "completionMode"});
    write_if(writer, job, "Suspend", {"spec", "suspend"});
    write_if(writer, job, "Backoff Limit", {"spec", "backoffLimit"});
    write_if(writer, job, "TTL Seconds After Finished", {"spec", "ttlSecondsAfterFinished"});
    write_progress(job, writer);
    write_pod_template(map_at(job, {"spec", "template"}), writer);
    write_events(subject, writer);
}

}  // namespace kubetab::kubectl::describe
