#include <fmt/format.h>

#include <algorithm>

#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/commands/set_common.h"
#include "engine/kubectl/describe/parts.h"

namespace kubetab::kubectl {
namespace {

using base::Json;

// FOO=bar sets, FOO- removes.
bool is_assignment(const std::string& argument) {
    if (argument.find('=') != std::string::npos) return true;
    return argument.size() > 1 && argument.back() == '-' && argument.find('/') == std::string::npos;
}

// '*' stands for any number of characters.
bool matches_pattern(std::string_view pattern, std::string_view text) {
    if (pattern.empty()) return text.empty();
    if (pattern.front() != '*') {
        return !text.empty() && text.front() == pattern.front() &&
               matches_pattern(pattern.substr(1), text.substr(1));
    }
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (matches_pattern(pattern.substr(1), text.substr(i))) return true;
    }
    return false;
}

struct Variables {
    std::vector<Json> set{};  // {"name":…, "value":…} or valueFrom
    std::vector<std::string> removed{};
};

base::Result<Variables> read_variables(const Context& context, const std::vector<std::string>& assignments) {
    Variables variables;
    std::vector<std::string> all = assignments;
    all.insert(all.end(), context.flags.list("env").begin(), context.flags.list("env").end());
    for (const std::string& text : all) {
        const std::size_t equals = text.find('=');
        if (equals == std::string::npos) {
            if (text.empty() || text.back() != '-')
                return client_error("environment variables must be of the form key=value, but is " + text);
            variables.removed.push_back(text.substr(0, text.size() - 1));
        } else {
            variables.set.push_back(
                Json{{"name", text.substr(0, equals)}, {"value", text.substr(equals + 1)}});
        }
    }
    for (const std::string& name : variables.removed) {
        for (const Json& set : variables.set) {
            if (set["name"] == name) {
                return client_error(
                    fmt::format("can not both modify and remove the following variables in the same "
                                "command: {}",
                                name));
            }
        }
    }
    return variables;
}

// "MY-KEY" → "MY_KEY", in capitals. upstream: keyToEnvName
std::string variable_name(std::string key) {
    for (char& c : key) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!plain) c = '_';
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return key;
}

// Adds a variable for each key of the ConfigMap or Secret that --from names.
base::Result<void> add_from(Context& context, Variables& variables) {
    ResourceQuery query;
    query.arguments = {context.flags.text("from")};
    Found found = find_resources(context, query);
    if (!found.errors.empty()) return found.errors.front();
    const std::vector<std::string>& keys = context.flags.list("keys");
    for (const Info& info : found.infos) {
        const bool is_secret = info.resource.kind == "Secret";
        if (!is_secret && info.resource.kind != "ConfigMap") {
            return client_error("unsupported resource specified in --from");
        }
        for (const auto& [key, value] : describe::map_at(info.object, {"data"}).items()) {
            if (!keys.empty() && std::find(keys.begin(), keys.end(), key) == keys.end()) continue;
            Json variable{{"name", variable_name(context.flags.text("prefix") + key)}};
            variable["valueFrom"][is_secret ? "secretKeyRef" : "configMapKeyRef"] =
                Json{{"name", info.name}, {"key", key}};
            variables.set.push_back(std::move(variable));
        }
    }
    return {};
}

void change_container(Json& container, const Variables& variables, bool overwrite,
                      std::vector<base::Status>& errors) {
    Json list = describe::array_at(container, {"env"});
    for (const Json& variable : variables.set) {
        const auto old = std::find_if(list.begin(), list.end(),
                                      [&](const Json& other) { return other["name"] == variable["name"]; });
        if (old == list.end()) {
            list.push_back(variable);
        } else if (overwrite) {
            *old = variable;
        } else {
            errors.push_back(
                client_error(fmt::format("'{}' already has a value ({}), and --overwrite is false",
                                         base::text_at(variable, {"name"}), base::text_at(*old, {"value"}))));
        }
    }
    Json kept = Json::array();
    for (const Json& variable : list) {
        const std::string name = base::text_at(variable, {"name"});
        const auto& removed = variables.removed;
        if (std::find(removed.begin(), removed.end(), name) == removed.end()) kept.push_back(variable);
    }
    if (kept.empty()) {
        container.erase("env");
    } else {
        container["env"] = std::move(kept);
    }
}

void list_container(Context& context, const Info& info, const Json& container) {
    context.out(fmt::format("# {} {}, container {}\n", info.resource.plural, info.name,
                            base::text_at(container, {"name"})));
    for (const Json& variable : describe::array_at(container, {"env"})) {
        const std::string name = base::text_at(variable, {"name"});
        const Json& from = describe::map_at(variable, {"valueFrom"});
        if (from.empty()) {
            context.out(name + "=" + base::text_at(variable, {"value"}) + "\n");
        } else if (const Json* map = base::find(from, "configMapKeyRef"); map != nullptr) {
            context.out(fmt::format("# {} from configmap {}, key {}\n", name, base::text_at(*map, {"name"}),
                                    base::text_at(*map, {"key"})));
        } else if (const Json* secret = base::find(from, "secretKeyRef"); secret != nullptr) {
            context.out(fmt::format("# {} from secret {}, key {}\n", name, base::text_at(*secret, {"name"}),
                                    base::text_at(*secret, {"key"})));
        } else if (const Json* field = base::find(from, "fieldRef"); field != nullptr) {
            context.out(fmt::format("# {} from field path {}\n", name, base::text_at(*field, {"fieldPath"})));
        } else {
            context.out(fmt::format("# {} from resource {}\n", name,
                                    base::text_at(from, {"resourceFieldRef", "resource"})));
        }
    }
}

std::vector<base::Status> change_object(Context& context, const Info& info, Json& object,
                                        const Variables& variables) {
    std::vector<base::Status> errors;
    Json* spec = pod_spec_of(object);
    if (spec == nullptr) {
        return {
            client_error("the object is not a pod or does not have a pod template: " + info.resource.kind)};
    }
    bool any = false;
    for (const char* list : {"initContainers", "containers"}) {
        const auto containers = spec->find(list);
        if (containers == spec->end() || !containers->is_array()) continue;
        for (Json& container : *containers) {
            if (!matches_pattern(context.flags.text("containers"), base::text_at(container, {"name"})))
                continue;
            any = true;
            if (context.flags.truth("list")) {
                list_container(context, info, container);
            } else {
                change_container(container, variables, context.flags.truth("overwrite"), errors);
            }
        }
    }
    if (!any) {
        context.err(fmt::format("warning: {}/{} does not have any containers matching \"{}\"\n",
                                info.resource.plural, info.name, context.flags.text("containers")));
    }
    return errors;
}

Outcome run(Context& context) {
    const SplitArguments split = split_assignments(context.arguments, is_assignment);
    if (split.resources.empty() && context.flags.list("filename").empty()) {
        return client_error(
            "one or more resources must be specified as <resource> <name> or <resource>/<name>");
    }
    base::Result<Variables> variables = read_variables(context, split.assignments);
    if (!variables.ok()) return variables.error();
    if (context.flags.truth("list") && !context.flags.text("output").empty()) {
        return client_error("--list and --output may not be specified together");
    }
    if (context.flags.truth("resolve"))
        return client_error("--resolve is not supported here: read the ConfigMap or Secret with kubectl get");
    if (!context.flags.text("from").empty()) {
        const base::Result<void> added = add_from(context, *variables);
        if (!added.ok()) return added.error();
    }
    const Change change = [&](const Info& info, Json& object) {
        return change_object(context, info, object, *variables);
    };
    return apply_to_all(context, {split.resources, "env updated", "env", change});
}

}  // namespace

CommandSpec set_env_command() {
    CommandSpec command;
    command.path = "set env";
    command.summary = "Update environment variables on a pod template";
    command.usage = "set env RESOURCE/NAME KEY_1=VAL_1 ... KEY_N=VAL_N [options]";
    command.examples =
        "  # Set a variable\n"
        "  kubectl set env deployment/registry STORAGE_DIR=/local\n\n"
        "  # Show what is set\n"
        "  kubectl set env deployment/registry --list\n\n"
        "  # Take values from a secret\n"
        "  kubectl set env --from=secret/mysecret deployment/myapp\n\n"
        "  # Remove a variable\n"
        "  kubectl set env deployment/registry ENV-\n";
    command.flags =
        FlagTable{{"containers", 'c', FlagType::Text, "*", "Names of the containers to change; may use '*'"},
                  {"env", 'e', FlagType::TextArray, "", "A variable, as KEY=VALUE"},
                  {"from", 0, FlagType::Text, "", "A ConfigMap or Secret whose keys become variables"},
                  {"keys", 0, FlagType::TextSlice, "", "Only these keys of --from"},
                  {"list", 0, FlagType::Bool, "false", "Show the variables and change nothing"},
                  {"overwrite", 0, FlagType::Bool, "true", "Allow variables to be given a new value"},
                  {"prefix", 0, FlagType::Text, "", "Put before the names of variables from --from"},
                  {"resolve", 0, FlagType::Bool, "false", "Not supported"}} +
        set_flags();
    command.run = run;
    return command;
}

}  // namespace kubetab::kubectl
