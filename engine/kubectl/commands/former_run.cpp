#include "engine/kubectl/commands/former_run.h"

#include <utility>

#include "engine/kubectl/text.h"

namespace kubetab::kubectl {

using base::Json;

namespace {

constexpr std::string_view kDeployment = "deployment/v1beta1";
constexpr std::string_view kJob = "job/v1";
constexpr std::string_view kPod = "run-pod/v1";

base::Result<std::string> generator_of(const Context& context, const std::string& restart_policy) {
    std::string given = context.flags.has("generator") ? context.flags.text("generator") : "";
    if (given == kDeployment || given == kJob || given == kPod) return given;
    if (!given.empty()) return usage_error(context.path(), "generator " + quote(given) + " not found");
    if (restart_policy == "Always") return std::string(kDeployment);
    return std::string(restart_policy == "OnFailure" ? kJob : kPod);
}

}  // namespace

bool runs_as_in_2017(Context& context) {
    const base::Result<const Discovery*> discovery = context.discovery();
    return discovery.ok() && (*discovery)->find_kind("extensions/v1beta1", "Deployment") != nullptr;
}

FlagTable former_run_flags() {
    return {
        {"generator", 0, FlagType::Text, "", "What to make: deployment/v1beta1, job/v1 or run-pod/v1"},
        {"replicas", 'r', FlagType::Int, "1", "How many pods to keep running"},
    };
}

base::Result<Json> former_workload(const Context& context, Json pod) {
    const std::string restart_policy = base::text_at(pod, {"spec", "restartPolicy"});
    const std::int64_t replicas = context.flags.has("replicas") ? context.flags.number("replicas") : 1;
    if (restart_policy != "Always" && replicas != 1) {
        return usage_error(
            context.path(),
            "--restart=" + restart_policy + " requires that --replicas=1, found " + std::to_string(replicas));
    }
    const std::string generator = TRY(generator_of(context, restart_policy));
    if (generator == kPod) return pod;
    const Json labels = pod["metadata"]["labels"];
    Json pod_template = {{"metadata", {{"creationTimestamp", nullptr}, {"labels", labels}}},
                         {"spec", std::move(pod["spec"])}};
    Json workload = {{"metadata", std::move(pod["metadata"])}};
    if (generator == kJob) {
        workload["apiVersion"] = "batch/v1";
        workload["kind"] = "Job";
        workload["spec"]["template"] = std::move(pod_template);
        return workload;
    }
    workload["apiVersion"] = "extensions/v1beta1";
    workload["kind"] = "Deployment";
    workload["spec"] = {{"replicas", replicas},
                        {"selector", {{"matchLabels", labels}}},
                        {"template", std::move(pod_template)}};
    return workload;
}

}  // namespace kubetab::kubectl
