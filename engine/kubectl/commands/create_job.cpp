// kubectl create job, create cronjob. upstream: kubectl/pkg/cmd/create/create_job.go, create_cronjob.go
#include <utility>

#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/commands/create_typed.h"
#include "engine/kubectl/describe/parts.h"
#include "engine/kubectl/resources.h"

namespace kubetab::kubectl {
namespace {

using base::Json;

// The spec of a job with one container, which is called like the job.
Json job_spec(const std::string& name, const std::string& image, const std::vector<std::string>& command,
              const std::string& restart_policy) {
    Json container = {{"image", image}, {"name", name}, {"resources", Json::object()}};
    if (!command.empty()) container["command"] = command;
    return {{"template",
             {{"metadata", {{"creationTimestamp", nullptr}}},
              {"spec", {{"containers", Json::array({container})}, {"restartPolicy", restart_policy}}}}}};
}

// The job that the CronJob would make, as one of its own. upstream: createJobFromCronJob
base::Result<Json> from_cron_job(Context& context, Json job) {
    ResourceQuery query;
    query.arguments = {context.flags.text("from")};
    const Found found = find_resources(context, query);
    if (!found.errors.empty()) return found.errors.front();
    if (found.infos.size() != 1) return client_error("from must be an existing cronjob");
    const Info& info = found.infos.front();
    if (info.resource.group != "batch" || info.resource.kind != "CronJob") {
        return client_error("unknown object type *" + info.resource.version + "." + info.resource.kind);
    }
    const Json& job_template = describe::map_at(info.object, {"spec", "jobTemplate"});
    Json& metadata = job["metadata"];
    metadata["annotations"]["cronjob.kubernetes.io/instantiate"] = "manual";
    metadata["annotations"].update(describe::map_at(job_template, {"metadata", "annotations"}));
    const Json& labels = describe::map_at(job_template, {"metadata", "labels"});
    if (!labels.empty()) metadata["labels"] = labels;
    metadata["ownerReferences"] = Json::array({{{"apiVersion", "batch/v1"},
                                                {"controller", true},
                                                {"kind", "CronJob"},
                                                {"name", info.name},
                                                {"uid", base::text_at(info.object, {"metadata", "uid"})}}});
    job["spec"] = describe::map_at(job_template, {"spec"});
    return job;
}

Outcome run_job(Context& context) {
    const std::vector<std::string> command = take_command(context);
    const auto name = created_name(context);
    if (!name) return name.error();
    const std::string& image = context.flags.text("image");
    const std::string& from = context.flags.text("from");
    if (image.empty() == from.empty()) return client_error("either --image or --from must be specified");
    if (!from.empty() && !command.empty()) return client_error("cannot specify --from and command");
    Json object = created_object("batch/v1", "Job", *name);
    object["status"] = Json::object();
    if (from.empty()) {
        object["spec"] = job_spec(*name, image, command, "Never");
    } else {
        auto made = from_cron_job(context, std::move(object));
        if (!made) return made.error();
        object = std::move(*made);
    }
    return create_typed(context, std::move(object), "job:");
}

Outcome run_cron_job(Context& context) {
    const std::vector<std::string> command = take_command(context);
    const auto name = created_name(context);
    if (!name) return name.error();
    const std::string& restart = context.flags.text("restart");
    Json object = created_object("batch/v1", "CronJob", *name);
    object["spec"] = {
        {"schedule", context.flags.text("schedule")},
        {"jobTemplate",
         {{"metadata", {{"creationTimestamp", nullptr}, {"name", *name}}},
          {"spec",
           job_spec(*name, context.flags.text("image"), command, restart.empty() ? "OnFailure" : restart)}}},
    };
    object["status"] = Json::object();
    return create_typed(context, std::move(object), "cronjob:");
}

}  // namespace

CommandSpec create_job_command() {
    FlagTable flags = {
        {"from", 0, FlagType::Text, "", "The resource to make the job from; only a cronjob: cronjob/NAME"},
        {"image", 0, FlagType::Text, "", "Image name to run"},
    };
    return {
        .path = "create job",
        .aliases = {},
        .summary = "Create a job with the specified name",
        .usage = "create job NAME --image=image [--from=cronjob/name] -- [COMMAND] [args...] [options]",
        .examples =
            "  # Create a job that prints the date\n  kubectl create job now --image=busybox -- date\n\n"
            "  # Run a cron job's job at once\n  kubectl create job try --from=cronjob/nightly",
        .flags = flags + typed_create_flags(),
        .run = run_job,
        .group = "",
    };
}

CommandSpec create_cron_job_command() {
    FlagTable flags = {
        {"image", 0, FlagType::Text, "", "Image name to run", "", true},
        {"restart", 0, FlagType::Text, "", "The jobs' restart policy: OnFailure (the default) or Never"},
        {"schedule", 0, FlagType::Text, "", "When to make a job, in cron's format", "", true},
    };
    return {
        .path = "create cronjob",
        .aliases = {"cj"},
        .summary = "Create a cron job with the specified name",
        .usage =
            "create cronjob NAME --image=image --schedule='0/5 * * * ?' -- [COMMAND] [args...] [options]",
        .examples =
            "  # Create a cron job that prints the date every five minutes\n"
            "  kubectl create cronjob clock --image=busybox --schedule=\"*/5 * * * *\" -- date",
        .flags = flags + typed_create_flags(),
        .run = run_cron_job,
        .group = "",
    };
}

}  // namespace kubetab::kubectl
