// kubectl api-resources and api-versions. upstream: staging/src/k8s.io/kubectl/pkg/cmd/apiresources
#include <algorithm>
#include <set>
#include <utility>

#include "engine/base/stable_sort.h"
#include "engine/kubectl/commands/client_commands.h"
#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/printers/tab_writer.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using Texts = std::vector<std::string>;

base::Status unexpected_arguments(const Context& context) {
    return usage_error(context.path(), "unexpected arguments: [" + join(context.arguments, " ") + "]");
}

base::Result<void> check(const Context& context) {
    if (!context.arguments.empty()) return unexpected_arguments(context);
    const std::string& output = context.flags.text("output");
    if (!output.empty() && output != "wide" && output != "name") {
        return client_error("--output " + output + " is not available");
    }
    const std::string& order = context.flags.text("sort-by");
    if (!order.empty() && order != "name" && order != "kind") {
        return client_error("--sort-by accepts only name or kind");
    }
    return {};
}

bool contains_all(const Texts& all, const Texts& wanted) {
    return std::all_of(wanted.begin(), wanted.end(), [&](const std::string& one) {
        return std::find(all.begin(), all.end(), one) != all.end();
    });
}

bool is_wanted(const ApiResource& resource, const Flags& flags) {
    if (!resource.preferred || resource.verbs.empty()) return false;
    if (flags.changed("api-group") && resource.group != flags.text("api-group")) return false;
    if (flags.changed("namespaced") && resource.namespaced != flags.truth("namespaced")) return false;
    return contains_all(resource.verbs, flags.list("verbs")) &&
           contains_all(resource.categories, flags.list("categories"));
}

Texts row_of(const ApiResource& resource, bool wide) {
    Texts row = {resource.plural, join(resource.short_names, ","), resource.api_version(),
                 resource.namespaced ? "true" : "false", resource.kind};
    if (wide) {
        row.push_back(join(resource.verbs, ","));
        row.push_back(join(resource.categories, ","));
    }
    return row;
}

Outcome run_resources(Context& context) {
    if (const auto checked = check(context); !checked) return checked.error();
    const auto discovery = context.discovery();
    if (!discovery) return discovery.error();
    std::vector<ApiResource> resources;
    for (const ApiResource& resource : (*discovery)->all()) {
        if (is_wanted(resource, context.flags)) resources.push_back(resource);
    }
    const std::string& order = context.flags.text("sort-by");
    const auto key = [&](const ApiResource& resource) -> std::pair<std::string, std::string> {
        return {order == "name"   ? resource.plural
                : order == "kind" ? resource.kind
                                  : resource.group,
                resource.plural};
    };
    base::stable_sort(resources, [&](const ApiResource& a, const ApiResource& b) { return key(a) < key(b); });
    const std::string& output = context.flags.text("output");
    TableRows rows;
    if (output != "name" && !context.flags.truth("no-headers")) {
        rows.push_back({"NAME", "SHORTNAMES", "APIVERSION", "NAMESPACED", "KIND"});
        if (output == "wide") rows.back().insert(rows.back().end(), {"VERBS", "CATEGORIES"});
    }
    for (const ApiResource& resource : resources) {
        rows.push_back(output == "name" ? Texts{resource.qualified_plural()}
                                        : row_of(resource, output == "wide"));
    }
    context.out(TabWriter().format(rows));
    return 0;
}

Outcome run_versions(Context& context) {
    if (!context.arguments.empty()) return unexpected_arguments(context);
    const auto discovery = context.discovery();
    if (!discovery) return discovery.error();
    std::set<std::string> versions;
    for (const ApiResource& resource : (*discovery)->all()) versions.insert(resource.api_version());
    for (const std::string& version : versions) context.out(version + "\n");
    return 0;
}

}  // namespace

CommandSpec api_resources_command() {
    return {
        .path = "api-resources",
        .aliases = {},
        .summary = "Print the supported API resources on the server",
        .usage = "api-resources [flags] [options]",
        .examples =
            "  # Print every kind of object that the server knows\n  kubectl api-resources\n\n"
            "  # With the verbs that each allows\n  kubectl api-resources -o wide\n\n"
            "  # Only what stands outside of namespaces\n  kubectl api-resources --namespaced=false\n\n"
            "  # Only one API group\n  kubectl api-resources --api-group=apps",
        .flags = {{"api-group", 0, FlagType::Text, "", "Limit to resources in the specified API group"},
                  {"cached", 0, FlagType::Bool, "false", "Use the cached list of resources if available"},
                  {"categories", 0, FlagType::TextSlice, "",
                   "Limit to resources that belong to the specified categories"},
                  {"namespaced", 0, FlagType::Bool, "true",
                   "If false, non-namespaced resources will be returned, otherwise namespaced ones"},
                  {"no-headers", 0, FlagType::Bool, "false",
                   "When using the default output format, don't print headers"},
                  {"output", 'o', FlagType::Text, "", "Output format. One of: (wide, name)"},
                  {"sort-by", 0, FlagType::Text, "", "Sort by this field, 'name' or 'kind'"},
                  {"verbs", 0, FlagType::TextSlice, "",
                   "Limit to resources that support the specified verbs"}},
        .run = run_resources,
        .group = "Other Commands",
    };
}

CommandSpec api_versions_command() {
    return {
        .path = "api-versions",
        .aliases = {},
        .summary = "Print the supported API versions on the server, in the form of \"group/version\"",
        .usage = "api-versions",
        .examples = "  # Print every API version\n  kubectl api-versions",
        .flags = {},
        .run = run_versions,
        .group = "Other Commands",
    };
}

}  // namespace kubetab::kubectl
