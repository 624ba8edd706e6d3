// kubectl create role and clusterrole. upstream: kubectl/pkg/cmd/create/create_role.go, create_clusterrole.go
#include <algorithm>
#include <map>
#include <span>
#include <utility>

#include "engine/kubectl/commands/auth.h"
#include "engine/kubectl/commands/create_typed.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using base::Json;
using Texts = std::vector<std::string>;

constexpr std::string_view kResourceVerbs[] = {
    "*",     "get",   "delete",           "list", "create", "update",   "patch",
    "watch", "proxy", "deletecollection", "use",  "bind",   "escalate", "impersonate"};
constexpr std::string_view kPathVerbs[] = {"*", "get", "post", "put", "delete", "patch", "head", "options"};

// A verb that only some resources know.
struct SpecialVerb {
    std::string_view verb;
    std::string_view group;
    std::string_view resource;
};

constexpr SpecialVerb kSpecialVerbs[] = {
    {"use", "policy", "podsecuritypolicies"},
    {"use", "extensions", "podsecuritypolicies"},
    {"bind", "rbac.authorization.k8s.io", "roles"},
    {"bind", "rbac.authorization.k8s.io", "clusterroles"},
    {"escalate", "rbac.authorization.k8s.io", "roles"},
    {"escalate", "rbac.authorization.k8s.io", "clusterroles"},
    {"impersonate", "", "users"},
    {"impersonate", "", "serviceaccounts"},
    {"impersonate", "", "groups"},
    {"impersonate", "authentication.k8s.io", "userextras"},
};

// One word of --resource: "deployments.apps/scale".
struct Wanted {
    std::string resource{};
    std::string group{};
    std::string subresource{};
};

template <class Range>
bool contains(const Range& range, std::string_view value) {
    return std::find(std::begin(range), std::end(range), value) != std::end(range);
}

Texts without_repeats(const Texts& values) {
    Texts result;
    for (const std::string& value : values) {
        if (!contains(result, value)) result.push_back(value);
    }
    return result;
}

Texts verbs_of(const Context& context) {
    const Texts& given = context.flags.list("verb");
    return contains(given, "*") ? Texts{"*"} : without_repeats(given);
}

std::vector<Wanted> resources_of(const Context& context) {
    std::vector<Wanted> result;
    for (const std::string& word : context.flags.list("resource")) {
        const std::size_t slash = word.find('/');
        const std::string name = word.substr(0, slash);
        const std::size_t dot = name.find('.');
        Wanted& wanted = result.emplace_back();
        wanted.resource = name.substr(0, dot);
        if (dot != std::string::npos) wanted.group = name.substr(dot + 1);
        if (slash != std::string::npos) wanted.subresource = word.substr(slash + 1);
        if (word == "*") return {wanted};
    }
    return result;
}

// With the name and the group that the server knows it by; as it is when the server does not.
base::Result<void> look_up(Context& context, Wanted& wanted) {
    const Discovery& discovery = *TRY(context.discovery());
    const std::string typed = wanted.resource + (wanted.group.empty() ? "" : "." + wanted.group);
    const auto found = discovery.find(typed);
    if (!found.ok()) {
        return client_error("the server doesn't have a resource type " + quote(wanted.resource) +
                            (wanted.group.empty() ? "" : " in group " + quote(wanted.group)));
    }
    wanted.resource = found->plural;
    wanted.group = found->group;
    return {};
}

// upstream: validateResource
base::Result<void> check_resources(Context& context, std::vector<Wanted>& resources, const Texts& verbs) {
    for (Wanted& wanted : resources) {
        if (wanted.resource.empty())
            return client_error("resource must be specified if apiGroup/subresource specified");
        if (wanted.resource == "*") continue;
        base::Result<void> known = look_up(context, wanted);
        for (const std::string& verb : verbs) {
            bool special = false;
            bool fits = false;
            for (const SpecialVerb& each : kSpecialVerbs) {
                if (each.verb != verb) continue;
                special = true;
                fits = fits || (each.resource == wanted.resource && each.group == wanted.group);
            }
            if (fits) known = {};
            if (special && !fits) {
                return client_error("can not perform '" + verb + "' on '" + wanted.resource + "' in group '" +
                                    wanted.group + "'");
            }
        }
        TRY(known);
    }
    return {};
}

void warn_of_verbs(Context& context, const Texts& verbs) {
    for (const std::string& verb : verbs) {
        if (!contains(kResourceVerbs, verb)) context.warn("'" + verb + "' is not a standard resource verb");
    }
}

base::Result<void> check_paths(const Texts& paths, const Texts& verbs) {
    for (const std::string& verb : verbs) {
        if (!paths.empty() && !contains(kPathVerbs, verb))
            return client_error("invalid verb: '" + verb + "' for nonResourceURL");
    }
    for (const std::string& path : paths) {
        if (path == "*") return {};
        if (!starts_with(path, "/")) return client_error("nonResourceURL should start with /");
        const std::size_t star = path.find('*');
        if (star != std::string::npos && star + 1 != path.size())
            return client_error("nonResourceURL only supports wildcard matches when '*' is at the end");
    }
    return {};
}

// A rule for each API group, and one for the paths. upstream: generateResourcePolicyRules
Json make_rules(const std::vector<Wanted>& resources, const Texts& names, const Texts& paths,
                const Texts& verbs) {
    std::map<std::string, Texts> by_group;
    for (const Wanted& wanted : resources) {
        const std::string name =
            wanted.subresource.empty() ? wanted.resource : wanted.resource + "/" + wanted.subresource;
        Texts& group = by_group[wanted.group];
        if (!contains(group, name)) group.push_back(name);
    }
    Json rules = Json::array();
    for (const auto& [group, list] : by_group) {
        Json rule = {{"apiGroups", Json::array({group})}, {"resources", list}, {"verbs", verbs}};
        if (!names.empty()) rule["resourceNames"] = names;
        rules.push_back(std::move(rule));
    }
    if (!paths.empty()) rules.push_back({{"nonResourceURLs", paths}, {"verbs", verbs}});
    return rules;
}

// A resource that the server does not have is said without "error: ". upstream: checkErr,
// NoResourceMatchError
Outcome failed(Context& context, const base::Status& status) {
    if (!starts_with(status.message, "the server doesn't have")) return status;
    context.err(status.message + "\n");
    return 1;
}

Outcome run_role(Context& context) {
    const auto name = created_name(context);
    if (!name) return name.error();
    const Texts verbs = verbs_of(context);
    std::vector<Wanted> resources = resources_of(context);
    if (verbs.empty()) return client_error("at least one verb must be specified");
    warn_of_verbs(context, verbs);
    if (resources.empty()) return client_error("at least one resource must be specified");
    if (const auto good = check_resources(context, resources, verbs); !good)
        return failed(context, good.error());
    Json object = created_object("rbac.authorization.k8s.io/v1", "Role", *name);
    object["rules"] = make_rules(resources, without_repeats(context.flags.list("resource-name")), {}, verbs);
    return create_typed(context, std::move(object), "");
}

base::Result<Json> aggregation_of(const Context& context) {
    Json labels = Json::object();
    for (const std::string& pair : context.flags.list("aggregation-rule")) {
        const std::size_t equals = pair.find('=');
        if (equals == std::string::npos) {
            return client_error("invalid argument " + quote(pair) +
                                " for \"--aggregation-rule\" flag: malformed pair, expect string=string\n"
                                "See '" +
                                context.path() + " --help' for usage.");
        }
        labels[pair.substr(0, equals)] = pair.substr(equals + 1);
    }
    return Json{{"clusterRoleSelectors", Json::array({{{"matchLabels", labels}}})}};
}

Outcome run_cluster_role(Context& context) {
    const auto name = created_name(context);
    if (!name) return name.error();
    const Texts verbs = verbs_of(context);
    const Texts& paths = context.flags.list("non-resource-url");
    const Texts names = without_repeats(context.flags.list("resource-name"));
    std::vector<Wanted> resources = resources_of(context);
    Json object = created_object("rbac.authorization.k8s.io/v1", "ClusterRole", *name);
    if (context.flags.changed("aggregation-rule")) {
        if (!paths.empty() || !verbs.empty() || !resources.empty() || !names.empty()) {
            return client_error(
                "aggregation rule must be specified without nonResourceURLs, verbs, resources or "
                "resourceNames");
        }
        base::Result<Json> aggregation = aggregation_of(context);
        if (!aggregation) return aggregation.error();
        object["aggregationRule"] = std::move(*aggregation);
        object["rules"] = nullptr;
        return create_typed(context, std::move(object), "");
    }
    if (verbs.empty()) return client_error("at least one verb must be specified");
    if (resources.empty() && paths.empty())
        return client_error("one of resource or nonResourceURL must be specified");
    if (!resources.empty()) warn_of_verbs(context, verbs);
    if (const auto good = check_resources(context, resources, verbs); !good)
        return failed(context, good.error());
    if (const auto good = check_paths(paths, verbs); !good) return good.error();
    object["rules"] = make_rules(resources, names, paths, verbs);
    return create_typed(context, std::move(object), "");
}

FlagTable rule_flags() {
    return {
        {"resource", 0, FlagType::TextSlice, "", "Resource that the rule applies to"},
        {"resource-name", 0, FlagType::TextArray, "", "Name that the rule applies to, may be repeated"},
        {"verb", 0, FlagType::TextSlice, "", "Verb that applies to the resources of the rule"},
    };
}

}  // namespace

CommandSpec create_role_command() {
    return {
        .path = "create role",
        .aliases = {},
        .summary = "Create a role with single rule",
        .usage =
            "create role NAME --verb=verb --resource=resource.group/subresource "
            "[--resource-name=resourcename] [--dry-run=server|client|none] [options]",
        .examples =
            "  # Create a role that may read pods and their logs\n  kubectl create role reader "
            "--verb=get,list,watch --resource=pods,pods/log",
        .flags = rule_flags() + typed_create_flags(),
        .run = run_role,
        .group = "",
    };
}

CommandSpec create_cluster_role_command() {
    const FlagTable flags = {
        {"aggregation-rule", 0, FlagType::TextSlice, "",
         "Labels of the cluster roles whose rules this one gathers, as key=value"},
        {"non-resource-url", 0, FlagType::TextSlice, "", "Path that the rule applies to"},
    };
    return {
        .path = "create clusterrole",
        .aliases = {},
        .summary = "Create a cluster role",
        .usage =
            "create clusterrole NAME --verb=verb --resource=resource.group "
            "[--resource-name=resourcename] [--dry-run=server|client|none] [options]",
        .examples =
            "  # Create a cluster role that may read nodes\n  kubectl create clusterrole node-reader "
            "--verb=get,list,watch --resource=nodes\n\n"
            "  # Create one that gathers the rules of others\n  kubectl create clusterrole monitoring "
            "--aggregation-rule=team=monitoring",
        .flags = flags + rule_flags() + typed_create_flags(),
        .run = run_cluster_role,
        .group = "",
    };
}

}  // namespace kubetab::kubectl
