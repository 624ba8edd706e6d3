#include <fmt/format.h>

#include <algorithm>

#include "engine/api/quantity.h"
#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/commands/set_common.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using base::Json;

// "cpu=100m,memory=64Mi" → an object. An amount of 0 removes the limit later.
base::Result<Json> read_list(const std::string& text) {
    Json list = Json::object();
    if (text.empty()) return list;
    for (const std::string& part : split(text, ',')) {
        const std::size_t equals = part.find('=');
        if (equals == std::string::npos || part.find('=', equals + 1) != std::string::npos) {
            return client_error(
                fmt::format("invalid argument syntax {}, expected <resource>=<quantity>", part));
        }
        const base::Result<api::Quantity> amount = api::Quantity::parse(part.substr(equals + 1));
        if (!amount.ok()) return client_error(amount.error().message);
        list[part.substr(0, equals)] = amount->text();
    }
    return list;
}

void merge_list(Json& container, const char* name, const Json& list) {
    for (const auto& [resource, amount] : list.items()) {
        if (amount == "0") {
            if (base::find(container, {"resources", name}) != nullptr)
                container["resources"][name].erase(resource);
        } else {
            container["resources"][name][resource] = amount;
        }
    }
}

Outcome run(Context& context) {
    if (context.arguments.empty() && context.flags.list("filename").empty()) {
        return client_error(
            "one or more resources must be specified as <resource> <name> or <resource>/<name>");
    }
    if (context.flags.text("limits").empty() && context.flags.text("requests").empty()) {
        return client_error(
            "you must specify an update to requests or limits (in the form of --requests/--limits)");
    }
    const base::Result<Json> limits = read_list(context.flags.text("limits"));
    if (!limits.ok()) return limits.error();
    const base::Result<Json> requests = read_list(context.flags.text("requests"));
    if (!requests.ok()) return requests.error();
    const std::string& pattern = context.flags.text("containers");
    const Change change = [&](const Info& info, Json& object) -> std::vector<base::Status> {
        Json* spec = pod_spec_of(object);
        if (spec == nullptr) {
            return {client_error("the object is not a pod or does not have a pod template: " +
                                 info.resource.kind)};
        }
        bool any = false;
        for (Json& container : (*spec)["containers"]) {
            if (pattern != "*" && pattern != base::text_at(container, {"name"})) continue;
            any = true;
            merge_list(container, "limits", *limits);
            merge_list(container, "requests", *requests);
        }
        if (!any) return {client_error("unable to find container named " + pattern)};
        return {};
    };
    return apply_to_all(context, {context.arguments, "resource requirements updated", "resources", change});
}

Outcome run_service_account(Context& context) {
    if (context.arguments.empty()) return client_error("serviceaccount is required");
    std::vector<std::string> resources = context.arguments;
    const std::string account = resources.back();
    resources.pop_back();
    if (resources.empty() && context.flags.list("filename").empty()) {
        return client_error(
            "one or more resources must be specified as <resource> <name> or <resource>/<name>");
    }
    const Change change = [&account](const Info& info, Json& object) -> std::vector<base::Status> {
        Json* spec = pod_spec_of(object);
        if (spec == nullptr) {
            return {client_error("the object is not a pod or does not have a pod template: " +
                                 info.resource.kind)};
        }
        (*spec)["serviceAccountName"] = account;
        (*spec)["serviceAccount"] = account;
        return {};
    };
    return apply_to_all(context, {resources, "serviceaccount updated", "ServiceAccountName", change});
}

Outcome run_selector(Context& context) {
    if (context.arguments.size() < 2)
        return client_error(
            "one or more resources must be specified as <resource> <name> or <resource>/<name>");
    std::vector<std::string> resources = context.arguments;
    const std::string expression = resources.back();
    resources.pop_back();
    Json selector = Json::object();
    for (const std::string& part : split(expression, ',')) {
        const std::size_t equals = part.find('=');
        if (equals == std::string::npos) return client_error("invalid selector: " + expression);
        selector[part.substr(0, equals)] = part.substr(
            part.find_first_not_of('=', equals) == std::string::npos ? part.size()
                                                                     : part.find_first_not_of('=', equals));
    }
    const Change change = [&selector](const Info& info, Json& object) -> std::vector<base::Status> {
        if (info.resource.kind != "Service") {
            return {client_error("setting a selector is only supported for Services")};
        }
        object["spec"]["selector"] = selector;
        return {};
    };
    return apply_to_all(context, {resources, "selector updated", "selector", change});
}

}  // namespace

CommandSpec set_resources_command() {
    CommandSpec command;
    command.path = "set resources";
    command.summary = "Update resource requests/limits on objects with pod templates";
    command.usage =
        "set resources (-f FILENAME | TYPE NAME) ([--limits=LIMITS & --requests=REQUESTS]) [options]";
    command.examples =
        "  # Limits for one container\n"
        "  kubectl set resources deployment nginx -c=nginx --limits=cpu=200m,memory=512Mi\n";
    command.flags = FlagTable{{"containers", 'c', FlagType::Text, "*",
                               "The name of the container to change; '*' means all"},
                              {"limits", 0, FlagType::Text, "", "Limits, e.g. cpu=100m,memory=256Mi"},
                              {"requests", 0, FlagType::Text, "", "Requests, e.g. cpu=100m,memory=256Mi"}} +
                    set_flags();
    command.run = run;
    return command;
}

CommandSpec set_service_account_command() {
    CommandSpec command;
    command.path = "set serviceaccount";
    command.aliases = {"sa"};
    command.summary = "Update the service account of a resource";
    command.usage = "set serviceaccount (-f FILENAME | TYPE NAME) SERVICE_ACCOUNT [options]";
    command.examples =
        "  # The pods of a deployment run as another account\n"
        "  kubectl set serviceaccount deployment nginx-deployment serviceaccount1\n";
    command.flags = set_flags();
    command.run = run_service_account;
    return command;
}

CommandSpec set_selector_command() {
    CommandSpec command;
    command.path = "set selector";
    command.summary = "Set the selector on a resource";
    command.usage = "set selector (-f FILENAME | TYPE NAME) EXPRESSIONS [options]";
    command.examples = "  # A service for other pods\n  kubectl set selector service my-svc 'app=other'\n";
    command.flags = set_flags();
    command.run = run_selector;
    return command;
}

}  // namespace kubetab::kubectl
