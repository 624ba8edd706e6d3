#include "engine/controllers/daemon_set_nodes.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "engine/api/node_selection.h"
#include "engine/api/tolerations.h"
#include "engine/base/stable_sort.h"
#include "engine/controllers/scaled_amount.h"

namespace kubetab::controllers {
namespace {

using api::Ref;
using api::Toleration;

constexpr std::string_view kNodeNameField = "metadata.name";

struct DaemonToleration {
    std::string_view key;
    std::string_view effect;
};
constexpr DaemonToleration kTolerated[] = {
    {"node.kubernetes.io/not-ready", "NoExecute"},
    {"node.kubernetes.io/unreachable", "NoExecute"},
    {"node.kubernetes.io/disk-pressure", "NoSchedule"},
    {"node.kubernetes.io/memory-pressure", "NoSchedule"},
    {"node.kubernetes.io/pid-pressure", "NoSchedule"},
    {"node.kubernetes.io/unschedulable", "NoSchedule"},
    {"node.kubernetes.io/network-unavailable", "NoSchedule"},
};

// upstream: AddOrUpdateDaemonPodTolerations
void add_tolerations(api::PodSpec& spec) {
    for (const DaemonToleration& each : kTolerated) {
        if (each.key == kTolerated[std::size(kTolerated) - 1].key && !spec.shared->hostNetwork) continue;
        const auto same = [&](const Toleration& present) {
            return present.key == each.key && present.effect == each.effect &&
                   present.operator_ == "Exists" && present.value.empty();
        };
        std::vector<Toleration>& all = spec.tolerations.edit();
        const auto found = std::find_if(all.begin(), all.end(), same);
        Toleration& toleration = found == all.end() ? all.emplace_back() : *found;
        toleration = Toleration();
        toleration.key = each.key;
        toleration.operator_ = "Exists";
        toleration.effect = each.effect;
    }
}

bool tolerates_all(const api::PodSpec& spec, const api::Node& node, bool new_pod) {
    for (const api::Taint& taint : node.spec.taints) {
        const bool counts = taint.effect == "NoExecute" || (new_pod && taint.effect == "NoSchedule");
        if (counts && !api::tolerates(spec.tolerations, taint)) return false;
    }
    return true;
}

}  // namespace

DaemonPlacement::DaemonPlacement(const api::DaemonSet& set) : spec_(*set.spec.template_->spec) {
    add_tolerations(spec_);
}

NodeSuits DaemonPlacement::of(const api::Node& node) const {
    if (!spec_.nodeName.empty() && spec_.nodeName != node.metadata.name) return {};
    if (!api::matches_required_affinity(spec_, node.metadata.labels, node.metadata.name)) return {};
    return {tolerates_all(spec_, node, true), tolerates_all(spec_, node, false)};
}

// upstream: CreatePodTemplate
api::PodTemplateSpec daemon_template(const api::DaemonSet& set, const std::string& hash) {
    api::PodTemplateSpec result = *set.spec.template_;
    const api::Text* generation = set.metadata.annotations.get(api::kTemplateGeneration);
    if (generation != nullptr) result.metadata.labels[kPodTemplateGeneration] = *generation;
    if (!hash.empty()) result.metadata.labels[kRevisionHash] = hash;
    add_tolerations(result.spec.edit());
    return result;
}

api::PodTemplateSpec template_for_node(const api::PodTemplateSpec& pod_template,
                                       const std::string& node_name) {
    api::PodTemplateSpec result = pod_template;
    api::NodeSelectorRequirement requirement;
    requirement.key = kNodeNameField;
    requirement.operator_ = "In";
    requirement.values = {node_name};
    api::NodeAffinity& affinity = result.spec.edit().shared.edit().affinity.edit().nodeAffinity.edit();
    api::NodeSelectorTerm term;
    term.matchFields.push_back(std::move(requirement));
    affinity.requiredDuringSchedulingIgnoredDuringExecution.edit().nodeSelectorTerms = {std::move(term)};
    return result;
}

std::string target_node(const api::Pod& pod) {
    if (!pod.spec->nodeName.empty()) return pod.spec->nodeName;
    const auto& required =
        pod.spec->shared->affinity->nodeAffinity->requiredDuringSchedulingIgnoredDuringExecution;
    for (const api::NodeSelectorTerm& term : required->nodeSelectorTerms) {
        for (const api::NodeSelectorRequirement& field : term.matchFields) {
            if (field.key == kNodeNameField && field.operator_ == "In" && field.values.size() == 1)
                return field.values.front();
        }
    }
    return "";
}

bool is_updated(const api::DaemonSet& set, const api::Pod& pod, std::string_view hash) {
    const api::Text* wanted = set.metadata.annotations.get(api::kTemplateGeneration);
    const api::Text* generation = pod.metadata.labels.get(kPodTemplateGeneration);
    if (wanted != nullptr && generation != nullptr && *wanted == *generation) return true;
    const api::Text* found = pod.metadata.labels.get(kRevisionHash);
    return !hash.empty() && found != nullptr && *found == hash;
}

DaemonBounds daemon_bounds(const api::DaemonSet& set, std::int32_t desired) {
    if (set.spec.updateStrategy.type != "RollingUpdate") return {};
    const api::RollingUpdateDaemonSet& rolling = *set.spec.updateStrategy.rollingUpdate;
    DaemonBounds bounds;
    bounds.surge = scaled_amount(rolling.maxSurge, desired, Rounding::Up);
    bounds.unavailable = scaled_amount(rolling.maxUnavailable, desired, Rounding::Up);
    // Then nothing could move.
    if (bounds.surge == 0 && bounds.unavailable == 0) bounds.unavailable = 1;
    return bounds;
}

bool allows_surge(const api::DaemonSet& set) {
    return daemon_bounds(set, 1).surge > 0;
}

void sort_daemon_pods(std::vector<Ref<api::Pod>>& pods) {
    // A total order: names differ.
    base::stable_sort(pods, [](const Ref<api::Pod>& a, const Ref<api::Pod>& b) {
        const bool a_waits = a->spec->nodeName.empty();
        const bool b_waits = b->spec->nodeName.empty();
        return std::tie(a_waits, a->metadata.creationTimestamp, a->metadata.name) <
               std::tie(b_waits, b->metadata.creationTimestamp, b->metadata.name);
    });
}

}  // namespace kubetab::controllers
