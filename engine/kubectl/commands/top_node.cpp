// kubectl top node. upstream: staging/src/k8s.io/kubectl/pkg/cmd/top/top_node.go

#include <algorithm>
#include <map>

#include "engine/base/stable_sort.h"
#include "engine/kubectl/commands/policy_commands.h"
#include "engine/kubectl/commands/top.h"

namespace kubetab::kubectl {
namespace {

using base::Json;

struct NodeUsage {
    std::string name{};
    UsageAmount used{};
};

// What nodes have, by name.
base::Result<std::map<std::string, UsageAmount>> read_nodes(Context& context) {
    const char* const field = context.flags.truth("show-capacity") ? "capacity" : "allocatable";
    std::vector<Json> nodes;
    if (!context.arguments.empty()) {
        nodes.push_back(TRY(get_json(context, "/api/v1/nodes/" + context.arguments.front())));
    } else {
        const Json list = TRY(list_json(context, "/api/v1/nodes", top_query(context)));
        const Json* items = base::find(list, "items");
        if (items != nullptr) nodes.assign(items->begin(), items->end());
    }
    std::map<std::string, UsageAmount> available;
    for (const Json& node : nodes) {
        const Json* resources = base::find(node, {"status", field});
        available[base::text_at(node, {"metadata", "name"})] =
            resources == nullptr ? UsageAmount() : amount_of(*resources);
    }
    return available;
}

std::string share(std::int64_t used, std::int64_t available) {
    return available == 0 ? "0%" : std::to_string(used * 100 / available) + "%";
}

Outcome run_top_node(Context& context) {
    const auto good = check_top(context, "only one of NAME or --selector can be provided");
    if (!good) return good.error();
    const auto metrics = read_metrics(context, "nodes", "");
    if (!metrics) return metrics.error();
    if (metrics->empty()) return client_error("metrics not available yet");
    auto available = read_nodes(context);
    if (!available) return available.error();

    std::vector<NodeUsage> nodes;
    for (const Json& each : *metrics) {
        const Json* usage = base::find(each, "usage");
        nodes.push_back({base::text_at(each, {"metadata", "name"}),
                         usage == nullptr ? UsageAmount() : amount_of(*usage)});
    }
    base::stable_sort(
        nodes, [&](const NodeUsage& a, const NodeUsage& b) { return sorts_before(context, a.used, b.used); });
    TableRows rows;
    if (!context.flags.truth("no-headers"))
        rows.push_back({"NAME", "CPU(cores)", "CPU(%)", "MEMORY(bytes)", "MEMORY(%)"});
    for (const NodeUsage& node : nodes) {
        const UsageAmount& all = (*available)[node.name];
        rows.push_back({node.name, cpu_cell(node.used), share(node.used.cpu_milli, all.cpu_milli),
                        memory_cell(node.used), share(node.used.memory_bytes, all.memory_bytes)});
        (*available).erase(node.name);
    }
    for (const auto& [name, all] : *available)
        rows.push_back({name, "<unknown>", "<unknown>", "<unknown>", "<unknown>"});
    print_usage(context, std::move(rows));
    return 0;
}

}  // namespace

CommandSpec top_node_command() {
    return {
        .path = "top node",
        .aliases = {"nodes", "no"},
        .summary = "Display resource (CPU/memory) usage of nodes",
        .usage = "top node [NAME | -l label] [options]",
        .examples =
            "  # What all nodes use\n  kubectl top node\n\n"
            "  # What one node uses\n  kubectl top node NODE_NAME",
        .flags = FlagTable{{"show-capacity", 0, FlagType::Bool, "false",
                            "Shares of what the node has, not of what pods may have"}} +
                 top_flags(),
        .run = run_top_node,
        .group = "",
    };
}

}  // namespace kubetab::kubectl
