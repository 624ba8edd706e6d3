#include "engine/kubectl/commands/drain_filters.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/kubectl/describe/parts.h"
#include "engine/kubectl/rest.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using base::Json;

struct Verdict {
    bool remove = true;
    std::string warning{};
    std::string error{};
};

bool is_finished(const Json& pod) {
    const std::string phase = base::text_at(pod, {"status", "phase"});
    return phase == "Succeeded" || phase == "Failed";
}

const Json* controller(const Json& pod) {
    for (const Json& owner : describe::array_at(pod, {"metadata", "ownerReferences"})) {
        if (describe::truth_at(owner, {"controller"})) return &owner;
    }
    return nullptr;
}

Verdict daemon_set_filter(Context& context, const Json& pod) {
    const Json* owner = controller(pod);
    if (owner == nullptr || base::text_at(*owner, {"kind"}) != "DaemonSet" || is_finished(pod)) return {};
    const base::Result<Json> set =
        get_json(context, "/apis/apps/v1/namespaces/" + base::text_at(pod, {"metadata", "namespace"}) +
                              "/daemonsets/" + base::text_at(*owner, {"name"}));
    if (!set.ok()) {
        const bool orphaned = set.error().reason == base::Reason::NotFound && context.flags.truth("force");
        if (orphaned) return {true, set.error().message, ""};
        return {false, "", set.error().message};
    }
    if (!context.flags.truth("ignore-daemonsets")) {
        return {false, "", "DaemonSet-managed Pods (use --ignore-daemonsets to ignore)"};
    }
    return {false, "ignoring DaemonSet-managed Pods", ""};
}

Verdict mirror_filter(Context&, const Json& pod) {
    return {base::find(pod, {"metadata", "annotations", "kubernetes.io/config.mirror"}) == nullptr, "", ""};
}

Verdict local_storage_filter(Context& context, const Json& pod) {
    const Json& volumes = describe::array_at(pod, {"spec", "volumes"});
    const bool local = std::any_of(volumes.begin(), volumes.end(), [](const Json& volume) {
        return base::find(volume, "emptyDir") != nullptr;
    });
    if (!local || is_finished(pod)) return {};
    if (!context.flags.truth("delete-emptydir-data")) {
        return {false, "", "Pods with local storage (use --delete-emptydir-data to override)"};
    }
    return {true, "deleting Pods with local storage", ""};
}

Verdict unmanaged_filter(Context& context, const Json& pod) {
    if (is_finished(pod) || controller(pod) != nullptr) return {};
    if (context.flags.truth("force")) return {true, "deleting Pods that declare no controller", ""};
    return {false, "", "cannot delete Pods that declare no controller (use --force to override)"};
}

// The verdict of the first filter that keeps the pod, or else of the last one; upstream loses the warnings of
// those in between.
Verdict judge(Context& context, const Json& pod) {
    Verdict verdict;
    for (const auto filter : {daemon_set_filter, mirror_filter, local_storage_filter, unmanaged_filter}) {
        verdict = filter(context, pod);
        if (!verdict.remove) break;
    }
    return verdict;
}

// Pods by message, in order of first appearance.
class Grouped {
public:
    void add(const std::string& message, const std::string& pod) {
        for (auto& [known, pods] : groups_) {
            if (known == message) return pods.push_back(pod);
        }
        groups_.emplace_back(message, std::vector<std::string>{pod});
    }
    std::vector<std::string> lines() const {
        std::vector<std::string> result;
        for (const auto& [message, pods] : groups_) result.push_back(message + ": " + join(pods, ", "));
        return result;
    }

private:
    std::vector<std::pair<std::string, std::vector<std::string>>> groups_{};
};

}  // namespace

base::Result<DrainPlan> plan_drain(Context& context, const std::string& node) {
    QueryParameters query;
    if (!context.flags.text("pod-selector").empty()) {
        query.emplace_back("labelSelector", context.flags.text("pod-selector"));
    }
    query.emplace_back("fieldSelector", "spec.nodeName=" + node);
    const Json list = TRY(list_json(context, "/api/v1/pods", query));
    DrainPlan plan;
    Grouped warnings;
    Grouped errors;
    for (const Json& pod : describe::array_at(list, {"items"})) {
        const PodReference reference{base::text_at(pod, {"metadata", "namespace"}),
                                     base::text_at(pod, {"metadata", "name"}),
                                     base::text_at(pod, {"metadata", "uid"})};
        const Verdict verdict = judge(context, pod);
        if (verdict.remove) plan.pods.push_back(reference);
        if (!verdict.warning.empty()) warnings.add(verdict.warning, reference.text());
        if (!verdict.error.empty()) errors.add("cannot delete " + verdict.error, reference.text());
    }
    plan.errors = errors.lines();
    plan.warnings = join(warnings.lines(), "; ");
    return plan;
}

}  // namespace kubetab::kubectl
