#include "engine/kubectl/describe/subject.h"

#include <utility>

#include "engine/api/former_conversion.h"
#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/resources.h"
#include "engine/kubectl/rest.h"

namespace kubetab::kubectl {
namespace {

// Related objects, read through the API server.
class ServerLookup : public describe::Lookup {
public:
    explicit ServerLookup(Context& context) : context_(context) {}

    base::Result<base::Json> get(const std::string& path) override { return get_json(context_, path); }
    base::Result<std::vector<base::Json>> list(
        const std::string& path, const std::vector<std::pair<std::string, std::string>>& query) override {
        const base::Json list = TRY(list_json(context_, path, query));
        const base::Json* items = base::find(list, "items");
        if (items == nullptr || !items->is_array()) return std::vector<base::Json>{};
        return std::vector<base::Json>(items->begin(), items->end());
    }

private:
    Context& context_;
};

std::string description(Context& context, const Info& info) {
    base::Json object = info.object;
    if (base::find(object, "kind") == nullptr) object["kind"] = info.resource.kind;
    if (base::find(object, "apiVersion") == nullptr) object["apiVersion"] = info.resource.api_version();
    if (info.resource.kind == "Ingress" && info.resource.version == "v1beta1")
        object = api::ingress_from_former(std::move(object));
    ServerLookup lookup(context);
    const describe::Subject subject{object, lookup, context.now(), context.flags.truth("show-events")};
    return describe::describe(subject, info.resource.todays_group(), info.resource.kind);
}

// "describe pod web" with no pod of that name describes every pod whose name begins so. False when there is
// none.
bool describe_by_prefix(Context& context) {
    ResourceQuery query = query_of(context);
    const std::string prefix = query.arguments[1];
    query.arguments.resize(1);
    query.allow_bare_types = true;
    bool any = false;
    for (const Info& info : find_resources(context, query).infos) {
        if (info.name.compare(0, prefix.size(), prefix) != 0) continue;
        any = true;
        context.out(description(context, info) + "\n");
    }
    return any;
}

Outcome run(Context& context) {
    if (context.arguments.empty() && context.flags.list("filename").empty()) {
        context.err(
            "You must specify the type of resource to describe. Use \"kubectl api-resources\" for a complete "
            "list of "
            "supported resources.\n\n");
        return usage_error(context.path(), "Required resource not specified.");
    }
    ResourceQuery query = query_of(context);
    query.allow_bare_types = true;
    query.continue_on_error = true;
    query.refresh = true;
    const Found found = find_resources(context, query);
    if (found.infos.empty() && found.errors.size() == 1 &&
        found.errors.front().reason == base::Reason::NotFound && context.arguments.size() == 2 &&
        describe_by_prefix(context)) {
        return 0;
    }
    bool first = true;
    for (const Info& info : found.infos) {
        context.out((first ? "" : "\n\n") + description(context, info));
        first = false;
    }
    if (first && found.errors.empty()) {
        context.err(context.flags.truth("all-namespaces")
                        ? "No resources found\n"
                        : "No resources found in " + context.current_namespace + " namespace.\n");
    }
    return found.errors;
}

}  // namespace

CommandSpec describe_command() {
    CommandSpec command;
    command.path = "describe";
    command.summary = "Show details of a specific resource or group of resources";
    command.usage = "describe (-f FILENAME | TYPE [NAME_PREFIX | -l label] | TYPE/NAME) [options]";
    command.examples =
        "  # One node\n"
        "  kubectl describe nodes node-1\n\n"
        "  # One pod\n"
        "  kubectl describe pods/nginx\n\n"
        "  # The object that a file names\n"
        "  kubectl describe -f pod.yaml\n\n"
        "  # Every pod whose name begins with frontend\n"
        "  kubectl describe pods frontend\n\n"
        "  # Pods by label\n"
        "  kubectl describe pods -l name=myLabel\n";
    command.flags =
        FlagTable{
            {"all-namespaces", 'A', FlagType::Bool, "false", "Search the objects of all namespaces"},
            {"chunk-size", 0, FlagType::Int, "500", "How many objects are read from the server at a time"},
            {"show-events", 0, FlagType::Bool, "true", "Show the events of each object"}} +
        filename_flags("containing the resource to describe") + selector_flag();
    command.run = run;
    command.group = "Troubleshooting and Debugging Commands";
    return command;
}

}  // namespace kubetab::kubectl
