// kubectl get. upstream: staging/src/k8s.io/kubectl/pkg/cmd/get/get.go
#include "engine/kubectl/commands/get.h"

#include <optional>
#include <utility>

#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/commands/former_get.h"
#include "engine/kubectl/commands/raw_request.h"
#include "engine/kubectl/printer.h"
#include "engine/kubectl/printers/sorting.h"
#include "engine/kubectl/printers/table_printer.h"
#include "engine/kubectl/rest.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using base::Json;

Outcome refuse_nothing(Context& context) {
    context.err(
        "You must specify the type of resource to get. Use \"kubectl api-resources\" for a complete list of "
        "supported "
        "resources.\n\n");
    return usage_error(
        context.path(),
        "Required resource not specified.\nUse \"kubectl explain <resource>\" for a detailed description "
        "of that resource (e.g. kubectl explain pods).");
}

bool is_mixed(const std::vector<Info>& infos) {
    for (const Info& info : infos) {
        if (info.resource.kind != infos.front().resource.kind ||
            info.resource.group != infos.front().resource.group) {
            return true;
        }
    }
    return false;
}

// The rows of all tables in the order of --sort-by, as tables of one row.
base::Result<std::vector<Info>> sorted_tables(const std::vector<Info>& infos, const std::string& path) {
    std::vector<Info> rows;
    for (const Info& info : infos) {
        const Json* items = base::find(info.object, "rows");
        if (items == nullptr) continue;
        for (const Json& row : *items) {
            Info single = info;
            single.object["rows"] = Json::array({row});
            rows.push_back(std::move(single));
        }
    }
    std::vector<const Json*> objects;
    for (const Info& row : rows) objects.push_back(&row.object["rows"][0]["object"]);
    std::vector<Info> sorted;
    for (const std::size_t index : TRY(sorted_order(objects, path))) sorted.push_back(rows[index]);
    return sorted;
}

// Prints the tables, resource by resource. Returns false when there was not one row.
bool print_tables(Context& context, const std::vector<Info>& infos) {
    TableOptions options = table_options(context);
    const bool with_kind = context.flags.truth("show-kind") || is_mixed(infos);
    bool printed = false;
    for (std::size_t i = 0; i < infos.size();) {
        const ApiResource& resource = infos[i].resource;
        options.with_namespace = context.flags.truth("all-namespaces") && resource.namespaced;
        options.kind_prefix = with_kind ? resource.qualified_singular() : "";
        options.headers = !context.flags.truth("no-headers");
        TableRows rows;
        Json columns;
        for (; i < infos.size() && infos[i].resource.qualified_plural() == resource.qualified_plural(); ++i) {
            for (auto& row : table_rows(infos[i].object, options, columns)) rows.push_back(std::move(row));
            if (!rows.empty()) options.headers = false;
        }
        if (rows.empty()) continue;
        if (printed && !context.flags.truth("no-headers")) context.out("\n");
        context.out(format_table(rows));
        printed = true;
    }
    return printed;
}

void say_nothing_found(Context& context, const std::vector<Info>& infos) {
    bool namespaced = !context.flags.truth("all-namespaces");
    for (const Info& info : infos) namespaced = namespaced && info.resource.namespaced;
    context.err(namespaced ? "No resources found in " + context.current_namespace + " namespace.\n"
                           : "No resources found\n");
}

Outcome run_tables(Context& context, ResourceQuery query) {
    const std::string& sort_by = context.flags.text("sort-by");
    query.as_tables = true;
    query.full_rows = !sort_by.empty();
    Found found = find_resources(context, query);
    if (!sort_by.empty()) {
        base::Result<std::vector<Info>> sorted = sorted_tables(found.infos, sort_by);
        if (!sorted) return sorted.error();
        // Without rows the kinds are still wanted, for what is said about them.
        if (!sorted->empty()) found.infos = std::move(*sorted);
    }
    const bool printed = print_tables(context, found.infos);
    if (!printed && !query.allow_missing && found.errors.empty()) say_nothing_found(context, found.infos);
    return std::move(found.errors);
}

base::Result<void> sort_infos(std::vector<Info>& infos, const std::string& path) {
    std::vector<const Json*> objects;
    for (const Info& info : infos) objects.push_back(&info.object);
    std::vector<Info> sorted;
    for (const std::size_t index : TRY(sorted_order(objects, path))) sorted.push_back(infos[index]);
    infos = std::move(sorted);
    return {};
}

// upstream: printGeneric
Outcome run_generic(Context& context, const ResourceQuery& query) {
    Found found = find_resources(context, query);
    if (found.single_item && !found.errors.empty()) return std::move(found.errors);
    const bool named_only = query.label_selector.empty() && query.field_selector.empty();
    if (found.infos.empty() &&
        (query.allow_missing || (!found.errors.empty() && named_only && found.single_item))) {
        return std::move(found.errors);
    }
    if (found.infos.empty() && !found.errors.empty() && query.arguments.size() == 1)
        return std::move(found.errors);
    if (const std::string& sort_by = context.flags.text("sort-by"); !sort_by.empty()) {
        if (const auto sorted = sort_infos(found.infos, sort_by); !sorted) return sorted.error();
    }
    Json object;
    if (found.single_item && found.infos.size() == 1) {
        object = std::move(found.infos.front().object);
    } else {
        object = {{"apiVersion", "v1"},
                  {"kind", "List"},
                  {"metadata", {{"resourceVersion", ""}}},
                  {"items", Json::array()}};
        for (Info& info : found.infos) object["items"].push_back(std::move(info.object));
    }
    const auto text = context.printer->print(object, nullptr);
    if (!text) return text.error();
    context.out(*text);
    return std::move(found.errors);
}

base::Result<void> check_flags(Context& context) {
    const Flags& flags = context.flags;
    if (!flags.truth("server-print")) {
        return client_error(
            "--server-print=false is not supported here: tables are always made by the server");
    }
    if (flags.truth("show-labels")) {
        const std::string& output = flags.text("output");
        if (!output.empty() && output != "wide") {
            return client_error("--show-labels option cannot be used with " + output + " printer");
        }
    }
    const bool watches = flags.truth("watch") || flags.truth("watch-only");
    if (flags.truth("output-watch-events") && !watches) {
        return client_error("--output-watch-events option can only be used with --watch or --watch-only");
    }
    const std::string& subresource = flags.text("subresource");
    if (!subresource.empty() && subresource != "status" && subresource != "scale" &&
        subresource != "resize") {
        return client_error("invalid subresource value: " + quote(subresource) +
                            ". Must be one of [resize scale status]");
    }
    if (flags.number("chunk-size") < 0) return client_error("--chunk-size must be 0 or more");
    return {};
}

Outcome run(Context& context) {
    if (!context.flags.text("raw").empty()) return raw_get(context);
    if (const auto checked = check_flags(context); !checked) return checked.error();
    ResourceQuery query = query_of(context);
    query.allow_bare_types = true;
    query.allow_missing = context.flags.truth("ignore-not-found");
    query.continue_on_error = true;
    query.refresh = true;
    query.chunk_size = context.flags.number("chunk-size");
    if (query.arguments.empty() && query.filenames.empty()) return refuse_nothing(context);
    get_as_in_2017(context, query);
    const std::string& output = context.flags.text("output");
    const bool human = (output.empty() && context.flags.text("template").empty()) || output == "wide";
    if (!human) {
        if (const auto made = check_output(context); !made) return made.error();
    }
    if (context.flags.truth("watch") || context.flags.truth("watch-only"))
        return start_watch(context, query, human);
    return human ? run_tables(context, std::move(query)) : run_generic(context, query);
}

FlagTable get_flags() {
    FlagTable table = {
        {"all-namespaces", 'A', FlagType::Bool, "false",
         "If present, list the requested objects across all namespaces"},
        {"chunk-size", 0, FlagType::Int, "500",
         "Return large lists in chunks rather than all at once; 0 to disable"},
        {"field-selector", 0, FlagType::Text, "",
         "Selector (field query) to filter on, supports '=', '==', and '!='"},
        {"ignore-not-found", 0, FlagType::Bool, "false",
         "Exit with 0 when the requested object does not exist"},
        {"label-columns", 'L', FlagType::TextSlice, "", "Labels that are presented as columns"},
        {"no-headers", 0, FlagType::Bool, "false", "Print no headers"},
        {"output-watch-events", 0, FlagType::Bool, "false", "Output watch event types when --watch is used"},
        {"raw", 0, FlagType::Text, "", "Raw URI to request from the server"},
        {"server-print", 0, FlagType::Bool, "true",
         "Have the server return the output; cannot be turned off here"},
        {"show-kind", 0, FlagType::Bool, "false", "List the resource type for the requested objects"},
        {"show-labels", 0, FlagType::Bool, "false", "Show all labels as the last column"},
        {"sort-by", 0, FlagType::Text, "", "Sort by this jsonpath expression, e.g. '{.metadata.name}'"},
        {"subresource", 0, FlagType::Text, "", "Fetch this subresource: status, scale or resize"},
        {"watch", 'w', FlagType::Bool, "false", "After listing, watch for changes"},
        {"watch-only", 0, FlagType::Bool, "false", "Watch for changes without listing first"},
    };
    return table + filename_flags("to get from a server") + selector_flag() + output_flags();
}

}  // namespace

TableOptions table_options(const Context& context) {
    TableOptions options;
    options.wide = context.flags.text("output") == "wide";
    options.headers = !context.flags.truth("no-headers");
    options.show_labels = context.flags.truth("show-labels");
    options.label_columns = context.flags.list("label-columns");
    return options;
}

CommandSpec get_command() {
    return {
        .path = "get",
        .aliases = {},
        .summary = "Display one or many resources",
        .usage =
            "get [(-o|--output=)json|yaml|name|jsonpath|custom-columns|wide] (TYPE[.VERSION][.GROUP] [NAME | "
            "-l "
            "label] | TYPE[.VERSION][.GROUP]/NAME ...) [flags] [options]",
        .examples =
            "  # List all pods\n  kubectl get pods\n\n"
            "  # List all pods with more information, such as the node name\n  kubectl get pods -o wide\n\n"
            "  # List one deployment as YAML\n  kubectl get deployment web -o yaml\n\n"
            "  # Return only the phase of the pod\n  kubectl get pod web-0 -o jsonpath='{.status.phase}'\n\n"
            "  # List pods and services together, and go on watching pods\n  kubectl get pods,services\n"
            "  kubectl get pods --watch",
        .flags = get_flags(),
        .run = run,
        .group = "Basic Commands (Intermediate)",
    };
}

}  // namespace kubetab::kubectl
