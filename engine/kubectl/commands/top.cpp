#include "engine/kubectl/commands/top.h"

#include <algorithm>

#include "engine/api/quantity.h"
#include "engine/kubectl/commands/policy_commands.h"
#include "engine/kubectl/resources.h"

namespace kubetab::kubectl {

using base::Json;

namespace {

api::Quantity quantity_at(const Json& resources, std::string_view name) {
    const base::Result<api::Quantity> parsed = api::Quantity::parse(base::text_at(resources, {name}));
    return parsed.ok() ? *parsed : api::Quantity();
}

}  // namespace

UsageAmount amount_of(const Json& resources) {
    return {quantity_at(resources, "cpu").milli(), quantity_at(resources, "memory").units()};
}

std::string cpu_cell(const UsageAmount& amount) {
    return std::to_string(amount.cpu_milli) + "m";
}

std::string memory_cell(const UsageAmount& amount) {
    return std::to_string(amount.memory_bytes / (1024 * 1024)) + "Mi";
}

// upstream: Complete, Validate, SupportedMetricsAPIVersionAvailable
base::Result<void> check_top(Context& context, std::string_view both_given) {
    if (context.arguments.size() > 1) {
        const std::string& path = context.command->path;
        return usage_error(context.path(), path.substr(path.find(' ') + 1) + " [NAME | -l label]");
    }
    const Flags& flags = context.flags;
    const std::string& order = flags.text("sort-by");
    if (!order.empty() && order != "cpu" && order != "memory")
        return client_error("--sort-by accepts only cpu or memory");
    const bool selects = !flags.text("selector").empty() ||
                         (flags.has("field-selector") && !flags.text("field-selector").empty());
    if (!context.arguments.empty() && selects) return client_error(std::string(both_given));
    client::Request request = make_request(context, "GET", "/apis");
    const Json groups = TRY(send(context, request));
    for (const Json& group : groups.value("groups", Json::array())) {
        if (base::text_at(group, {"name"}) == "metrics.k8s.io") return {};
    }
    return client_error("Metrics API not available");
}

bool sorts_before(const Context& context, const UsageAmount& a, const UsageAmount& b) {
    const std::string& order = context.flags.text("sort-by");
    if (order == "cpu") return a.cpu_milli > b.cpu_milli;
    return order == "memory" && a.memory_bytes > b.memory_bytes;
}

QueryParameters top_query(const Context& context) {
    QueryParameters query;
    for (const auto& [flag, name] :
         {std::pair{"field-selector", "fieldSelector"}, std::pair{"selector", "labelSelector"}}) {
        if (context.flags.has(flag) && !context.flags.text(flag).empty())
            query.emplace_back(name, context.flags.text(flag));
    }
    return query;
}

base::Result<std::vector<Json>> read_metrics(Context& context, const std::string& resource,
                                             const std::string& in_namespace) {
    std::string path(kMetricsPath);
    if (!in_namespace.empty()) path += "/namespaces/" + in_namespace;
    path += "/" + resource;
    if (!context.arguments.empty())
        return std::vector<Json>{TRY(get_json(context, path + "/" + context.arguments.front()))};
    const Json list = TRY(get_json(context, path, top_query(context)));
    const Json* items = base::find(list, "items");
    if (items == nullptr || !items->is_array()) return std::vector<Json>();
    return std::vector<Json>(items->begin(), items->end());
}

void print_usage(Context& context, TableRows rows) {
    for (auto& row : rows) row.emplace_back();
    context.out(TabWriter().format(rows));
}

FlagTable top_flags() {
    return FlagTable{
               {"no-headers", 0, FlagType::Bool, "false", "Print no headers"},
               {"sort-by", 0, FlagType::Text, "", "What is used most comes first: cpu or memory"},
               {"use-protocol-buffers", 0, FlagType::Bool, "true", "Has no effect here"},
           } +
           selector_flag();
}

CommandSpec top_command() {
    return {
        .path = "top",
        .aliases = {},
        .summary = "Display resource (CPU/memory) usage",
        .usage = "top [flags] [options]",
        .examples = "",
        .flags = {},
        .run = nullptr,
        .group = "Cluster Management Commands",
    };
}

}  // namespace kubetab::kubectl
