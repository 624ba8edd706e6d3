#include "engine/kubectl/commands/set_common.h"

#include <fmt/format.h>

#include <algorithm>

namespace kubetab::kubectl {
namespace {

using base::Json;

Json* member(Json* value, const char* key) {
    if (value == nullptr || !value->is_object()) return nullptr;
    const auto it = value->find(key);
    return it == value->end() ? nullptr : &*it;
}

// True for a list whose elements all have a name, such as containers and env.
bool is_named_list(const Json& value) {
    return value.is_array() && !value.empty() &&
           std::all_of(value.begin(), value.end(),
                       [](const Json& element) { return element.is_object() && element.contains("name"); });
}

const Json* element_named(const Json& list, const Json& name) {
    for (const Json& element : list) {
        if (element.is_object() && element.contains("name") && element["name"] == name) return &element;
    }
    return nullptr;
}

Json list_patch(const Json& before, const Json& after) {
    Json patch = Json::array();
    for (const Json& element : after) {
        const Json* old = element_named(before, element["name"]);
        if (old == nullptr) {
            patch.push_back(element);
        } else if (*old != element) {
            Json change = named_list_patch(*old, element);
            change["name"] = element["name"];
            patch.push_back(std::move(change));
        }
    }
    for (const Json& element : before) {
        if (element_named(after, element["name"]) == nullptr) {
            patch.push_back(Json{{"name", element["name"]}, {"$patch", "delete"}});
        }
    }
    return patch;
}

base::Result<void> change_one(Context& context, const SetOperation& operation, const Info& info,
                              DryRun dry_run, std::vector<base::Status>& errors) {
    Json changed = info.object;
    const std::vector<base::Status> problems = operation.change(info, changed);
    if (!problems.empty()) {
        errors.insert(errors.end(), problems.begin(), problems.end());
        return {};
    }
    const bool local = context.flags.truth("local");
    if (local || dry_run == DryRun::Client) return print_result(context, info, changed, operation.operation);
    if (changed == info.object) return {};
    const Json difference = named_list_patch(info.object, changed);
    const base::Result<Json> patched = patch(context, info.path(), PatchType::Strategic, difference.dump(),
                                             write_parameters(context, dry_run, "kubectl-set"));
    if (!patched.ok()) {
        return client_error(fmt::format("failed to patch {} update to pod template: {}", operation.subject,
                                        patched.error().message));
    }
    return print_result(context, info, *patched, operation.operation);
}

}  // namespace

Json* pod_spec_of(Json& object) {
    Json* spec = member(&object, "spec");
    if (spec == nullptr) return nullptr;
    if (spec->contains("containers")) return spec;
    if (Json* job = member(member(spec, "jobTemplate"), "spec"); job != nullptr) spec = job;
    return member(member(spec, "template"), "spec");
}

Json named_list_patch(const Json& before, const Json& after) {
    Json patch = Json::object();
    for (const auto& [key, value] : after.items()) {
        const auto old = before.find(key);
        if (old != before.end() && *old == value) continue;
        if (old != before.end() && old->is_object() && value.is_object()) {
            patch[key] = named_list_patch(*old, value);
        } else if (old != before.end() && is_named_list(*old) && is_named_list(value)) {
            patch[key] = list_patch(*old, value);
        } else {
            patch[key] = value;
        }
    }
    for (const auto& [key, value] : before.items()) {
        if (!after.contains(key)) patch[key] = nullptr;
    }
    return patch;
}

FlagTable set_flags() {
    return FlagTable{{"all", 0, FlagType::Bool, "false",
                      "Select all resources of the given types in the namespace"},
                     {"local", 0, FlagType::Bool, "false", "Work on files only, without asking the server"}} +
           filename_flags("identifying the resource to get from a server.") + selector_flag() +
           dry_run_flag() + field_manager_flag("kubectl-set") + output_flags();
}

Outcome apply_to_all(Context& context, const SetOperation& operation) {
    const base::Result<DryRun> dry_run = dry_run_of(context);
    if (!dry_run.ok()) return dry_run.error();
    ResourceQuery query = query_of(context);
    query.arguments = operation.resources;
    query.refresh = !query.local;
    query.continue_on_error = true;
    Found found = find_resources(context, query);
    for (const Info& info : found.infos) {
        const base::Result<void> done = change_one(context, operation, info, *dry_run, found.errors);
        if (!done.ok()) found.errors.push_back(done.error());
    }
    return found.errors;
}

SplitArguments split_assignments(const std::vector<std::string>& arguments,
                                 bool (*is_assignment)(const std::string& argument)) {
    SplitArguments result;
    for (const std::string& argument : arguments) {
        (is_assignment(argument) ? result.assignments : result.resources).push_back(argument);
    }
    return result;
}

}  // namespace kubetab::kubectl
