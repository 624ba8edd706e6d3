// kubectl create quota. upstream: kubectl/pkg/cmd/create/create_quota.go
#include "engine/api/quantity.h"
#include "engine/kubectl/commands/create_typed.h"
#include "engine/kubectl/commands/policy_commands.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

// "pods=10,cpu=2" as an object. upstream: populateResourceListV1
base::Result<base::Json> resource_list(const std::string& text) {
    base::Json list = base::Json::object();
    if (text.empty()) return list;
    for (const std::string& statement : split(text, ',')) {
        const std::vector<std::string> parts = split(statement, '=');
        if (parts.size() != 2) {
            return client_error("Invalid argument syntax " + statement + ", expected <resource>=<value>");
        }
        const auto amount = api::Quantity::parse(parts[1]);
        if (!amount) return client_error(amount.error().message);
        list[parts[0]] = amount->text();
    }
    return list;
}

Outcome run(Context& context) {
    const auto name = created_name(context);
    if (!name) return name.error();
    base::Json object = created_object("v1", "ResourceQuota", *name);
    object["spec"] = base::Json::object();
    object["status"] = base::Json::object();
    const auto hard = resource_list(context.flags.text("hard"));
    if (!hard) return hard.error();
    if (!hard->empty()) object["spec"]["hard"] = *hard;
    const std::string& scopes = context.flags.text("scopes");
    if (!scopes.empty()) {
        base::Json list = base::Json::array();
        for (const std::string& scope : split(scopes, ',')) {
            if (scope.empty()) return client_error("invalid resource quota scope \"\"");
            list.push_back(scope);
        }
        object["spec"]["scopes"] = list;
    }
    return create_typed(context, std::move(object), "quota:");
}

}  // namespace

CommandSpec create_quota_command() {
    FlagTable flags = {
        {"hard", 0, FlagType::Text, "", "Resources and how much of each may be used, e.g. pods=10,cpu=2"},
        {"scopes", 0, FlagType::Text, "", "Scopes that narrow what is counted, separated by commas"},
    };
    return {
        .path = "create quota",
        .aliases = {"resourcequota"},
        .summary = "Create a quota with the specified name",
        .usage =
            "create quota NAME [--hard=key1=value1,key2=value2] [--scopes=Scope1,Scope2] "
            "[--dry-run=server|client|none] [options]",
        .examples =
            "  # Create a quota that lets a namespace have ten pods\n  kubectl create quota few "
            "--hard=pods=10",
        .flags = flags + typed_create_flags(),
        .run = run,
        .group = "",
    };
}

}  // namespace kubetab::kubectl
