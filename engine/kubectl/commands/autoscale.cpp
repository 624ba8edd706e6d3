// kubectl autoscale. upstream: staging/src/k8s.io/kubectl/pkg/cmd/autoscale/autoscale.go
#include <utility>

#include "engine/kubectl/commands/generated_object.h"
#include "engine/kubectl/commands/policy_commands.h"
#include "engine/kubectl/printer.h"
#include "engine/kubectl/rest.h"

namespace kubetab::kubectl {
namespace {

using base::Json;

base::Result<void> check_bounds(const Context& context) {
    const std::int32_t most = context.flags.number("max");
    const std::int32_t least = context.flags.number("min");
    if (most < 1) {
        return client_error("--max=MAXPODS is required and must be at least 1, max: " + std::to_string(most));
    }
    if (most >= least) return {};
    return client_error("--max=MAXPODS must be larger or equal to --min=MINPODS, max: " +
                        std::to_string(most) + ", min: " + std::to_string(least));
}

// upstream: createHorizontalPodAutoscaler
Json autoscaler_for(const Context& context, const Info& info) {
    const Flags& flags = context.flags;
    const std::string& name = flags.text("name");
    Json spec = {
        {"scaleTargetRef",
         {{"apiVersion", info.resource.api_version()}, {"kind", info.resource.kind}, {"name", info.name}}},
        {"maxReplicas", flags.number("max")}};
    if (flags.number("min") > 0) spec["minReplicas"] = flags.number("min");
    if (flags.number("cpu-percent") >= 0)
        spec["targetCPUUtilizationPercentage"] = flags.number("cpu-percent");
    return {{"apiVersion", "autoscaling/v1"},
            {"kind", "HorizontalPodAutoscaler"},
            {"metadata", {{"creationTimestamp", nullptr}, {"name", name.empty() ? info.name : name}}},
            {"spec", std::move(spec)},
            {"status", {{"currentReplicas", 0}, {"desiredReplicas", 0}}}};
}

base::Result<void> autoscale_one(Context& context, const Info& info) {
    if (!info.resource.has_subresource("scale")) {
        return client_error("cannot autoscale a " + info.resource.kind +
                            ": could not find scale subresource for " + info.resource.group + "/" +
                            info.resource.version + ", Resource=" + info.resource.plural +
                            " in discovery information");
    }
    const Info made = TRY(create_generated(context, autoscaler_for(context, info), "kubectl-autoscale"));
    return print_result(context, made, made.object, "autoscaled");
}

Outcome run_autoscale(Context& context) {
    if (const auto output = check_output(context); !output) return output.error();
    if (const auto bounds = check_bounds(context); !bounds) return bounds.error();
    ResourceQuery query = query_of(context);
    query.continue_on_error = true;
    Found found = find_resources(context, query);
    std::vector<base::Status> errors = std::move(found.errors);
    for (const Info& info : found.infos) {
        const base::Result<void> done = autoscale_one(context, info);
        if (!done) errors.push_back(done.error());
    }
    if (errors.empty() && found.infos.empty()) return client_error("no objects passed to autoscale");
    return errors;
}

}  // namespace

CommandSpec autoscale_command() {
    FlagTable flags = {
        {"cpu-percent", 0, FlagType::Int, "-1",
         "The share of the requested cpu that pods should use on average; 80 on the server when negative"},
        {"max", 0, FlagType::Int, "-1", "The most pods; required", "", true},
        {"min", 0, FlagType::Int, "-1", "The fewest pods; left to the server when negative"},
        {"name", 0, FlagType::Text, "", "The name of the autoscaler; that of the object otherwise"},
        {"save-config", 0, FlagType::Bool, "false", "Save the configuration of the object in its annotation"},
    };
    return {
        .path = "autoscale",
        .aliases = {},
        .summary = "Auto-scale a deployment, replica set, stateful set, or replication controller",
        .usage =
            "autoscale (-f FILENAME | TYPE NAME | TYPE/NAME) [--min=MINPODS] --max=MAXPODS "
            "[--cpu-percent=CPU] [options]",
        .examples =
            "  # Between 2 and 10 pods, by the server's usual target\n"
            "  kubectl autoscale deployment web --min=2 --max=10\n\n"
            "  # At most 5 pods that use 80% of the cpu they request\n"
            "  kubectl autoscale rc web --max=5 --cpu-percent=80",
        .flags = flags + dry_run_flag() + field_manager_flag("kubectl-autoscale") +
                 filename_flags("to autoscale") + output_flags(),
        .run = run_autoscale,
        .group = "Deploy Commands",
    };
}

}  // namespace kubetab::kubectl
