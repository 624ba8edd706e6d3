#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/kubectl/describe/pod_parts.h"

#include "engine/base/stable_sort.h"

namespace kubetab::kubectl::describe {

void write_spread_constraints(const Json& constraints, Writer& writer, std::string_view space) {
    if (constraints.empty()) return;
    std::vector<Json> sorted(constraints.begin(), constraints.end());
    base::stable_sort(sorted, [](const Json& a, const Json& b) {
        return base::text_at(a, {"topologyKey"}) < base::text_at(b, {"topologyKey"});
    });
    writer.add(fmt::format("{}Topology Spread Constraints:\t", space));
    for (const Json& constraint : sorted) {
        if (&constraint != &sorted.front()) writer.add(fmt::format("{}\t", space));
        writer.add(
            fmt::format("{}:{} when max skew {} is exceeded", base::text_at(constraint, {"topologyKey"}),
                        base::text_at(constraint, {"whenUnsatisfiable"}), value_at(constraint, {"maxSkew"})));
        const Json* selector = base::find(constraint, "labelSelector");
        if (selector != nullptr && selector->is_object())
            writer.add(" for selector " + format_selector(selector));
        writer.add("\n");
    }
}

void write_pod_template(const Json& pod_template, Writer& writer) {
    writer.add("Pod Template:\n");
    const Json& spec = map_at(pod_template, {"spec"});
    const Json& annotations = map_at(pod_template, {"metadata", "annotations"});
    write_labels(writer, "  Labels", map_at(pod_template, {"metadata", "labels"}));
    if (!annotations.empty()) write_annotations(writer, "  Annotations", annotations);
    const std::string account = base::text_at(spec, {"serviceAccountName"});
    if (!account.empty()) writer.field(1, "Service Account", account);
    const Json& init = array_at(spec, {"initContainers"});
    if (!init.empty())
        write_containers({.title = "Init Containers", .containers = init, .space = "  "}, writer);
    write_containers({.title = "Containers", .containers = array_at(spec, {"containers"}), .space = "  "},
                     writer);
    write_volumes(array_at(spec, {"volumes"}), writer, "  ");
    write_spread_constraints(array_at(spec, {"topologySpreadConstraints"}), writer, "  ");
    const std::string priority = base::text_at(spec, {"priorityClassName"});
    if (!priority.empty()) writer.field(1, "Priority Class Name", priority);
    write_labels(writer, "  Node-Selectors", map_at(spec, {"nodeSelector"}));
    write_tolerations(writer, "  Tolerations", array_at(spec, {"tolerations"}));
}

std::string pods_status(const Subject& subject) {
    const Json* selector = base::find(subject.object, {"spec", "selector"});
    if (selector == nullptr) return "0 Running / 0 Waiting / 0 Succeeded / 0 Failed";
    const bool plain = base::find(*selector, "matchLabels") == nullptr &&
                       base::find(*selector, "matchExpressions") == nullptr;
    const std::string query = plain ? format_labels(*selector) : selector_query(*selector);
    const base::Result<std::vector<Json>> pods = subject.lookup.list(
        "/api/v1/namespaces/" + subject.namespace_name() + "/pods", {{"labelSelector", query}});
    if (!pods.ok()) return "error in fetching pods: " + pods.error().message;
    const std::string uid = base::text_at(subject.object, {"metadata", "uid"});
    constexpr std::array<std::string_view, 4> kPhases = {"Running", "Pending", "Succeeded", "Failed"};
    std::array<int, 4> counts{};
    for (const Json& pod : *pods) {
        const Json& owners = array_at(pod, {"metadata", "ownerReferences"});
        const bool controlled = std::any_of(owners.begin(), owners.end(), [&uid](const Json& owner) {
            return truth_at(owner, {"controller"}) && base::text_at(owner, {"uid"}) == uid;
        });
        if (!controlled) continue;
        const auto phase = std::find(kPhases.begin(), kPhases.end(), base::text_at(pod, {"status", "phase"}));
        if (phase != kPhases.end()) ++counts[static_cast<std::size_t>(phase - kPhases.begin())];
    }
    return fmt::format("{} Running / {} Waiting / {} Succeeded / {} Failed", counts[0], counts[1], counts[2],
                       counts[3]);
}

}  // namespace kubetab::kubectl::describe
