// kubectl annotate. upstream: staging/src/k8s.io/kubectl/pkg/cmd/annotate/annotate.go
#include <map>
#include <utility>

#include "engine/api/patch/merge_patch.h"
#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/commands/pairs.h"
#include "engine/kubectl/printer.h"
#include "engine/kubectl/rest.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using base::Json;

struct Changes {
    std::map<std::string, std::string> set{};
    std::vector<std::string> removed{};
};

base::Result<Changes> parse_changes(const std::vector<std::string>& words) {
    Changes changes;
    std::string wrong;
    for (const std::string& word : words) {
        const std::size_t equals = word.find('=');
        if (equals == 0) wrong += (wrong.empty() ? "" : ", ") + word;
        else if (equals != std::string::npos) changes.set[word.substr(0, equals)] = word.substr(equals + 1);
        else changes.removed.push_back(word.substr(0, word.size() - 1));
    }
    if (!wrong.empty()) return client_error("invalid annotation format: " + wrong);
    for (const std::string& name : changes.removed) {
        if (changes.set.count(name) > 0) {
            return client_error(
                "can not both modify and remove the following annotation(s) in the same command: " + name);
        }
    }
    return changes;
}

base::Result<void> refuse_overwrite(const Json& before, const Changes& changes) {
    std::string problems;
    for (const auto& [name, value] : changes.set) {
        if (!before.contains(name)) continue;
        const std::string known = base::text_at(before, {name});
        if (known == value) continue;
        problems += (problems.empty() ? "" : "; ") + ("'" + name + "' already has a value (" + known + ")");
    }
    if (problems.empty()) return {};
    return client_error("--overwrite is false but found the following declared annotation(s): " + problems);
}

base::Result<void> annotate_one(Context& context, const Info& info, const Changes& changes, DryRun dry_run) {
    const Json before = metadata_map(info.object, "annotations");
    if (!context.flags.truth("overwrite")) TRY(refuse_overwrite(before, changes));
    Json after = before;
    for (const auto& [name, value] : changes.set) after[name] = value;
    for (const std::string& name : changes.removed) after.erase(name);
    Json object = info.object;
    if (!after.empty() || before != after) object["metadata"]["annotations"] = after;
    if (!context.flags.truth("local") && dry_run != DryRun::Client && before != after) {
        Json change = {{"metadata", {{"annotations", api::create_merge_patch(before, after)}}}};
        const std::string& version = context.flags.text("resource-version");
        if (!version.empty()) change["metadata"]["resourceVersion"] = version;
        object = TRY(patch(context, info.path(), PatchType::Merge,
                           change.dump(-1, ' ', false, Json::error_handler_t::replace),
                           write_parameters(context, dry_run, "kubectl-annotate")));
    }
    return print_result(context, info, object, "annotated");
}

void list_annotations(Context& context, const Info& info, bool several) {
    if (several) {
        context.err("Listing annotations for " + info.resource.kind + "." + info.resource.group + "/" +
                    info.name + ":\n");
    }
    const Json annotations = metadata_map(info.object, "annotations");
    for (const auto& [name, value] : annotations.items()) {
        context.out((several ? " " : "") + name + "=" + base::text_at(annotations, {name}) + "\n");
    }
}

base::Result<void> check(const Context& context, const Pairs& pairs) {
    const Flags& flags = context.flags;
    if (flags.truth("all") && !flags.text("selector").empty()) {
        return client_error("cannot set --all and --selector at the same time");
    }
    if (flags.truth("all") && !flags.text("field-selector").empty()) {
        return client_error("cannot set --all and --field-selector at the same time");
    }
    if (pairs.resources.empty() && flags.list("filename").empty()) {
        return client_error(
            "one or more resources must be specified as <resource> <name> or <resource>/<name>");
    }
    if (pairs.changes.empty() && !flags.truth("list"))
        return client_error("at least one annotation update is required");
    return {};
}

Outcome run(Context& context) {
    const auto pairs = split_pairs(context.arguments, "annotation");
    if (!pairs) return pairs.error();
    const auto changes = parse_changes(pairs->changes);
    if (!changes) return changes.error();
    if (const auto checked = check(context, *pairs); !checked) return checked.error();
    if (const auto output = check_output(context); !output) return output.error();
    const auto dry_run = dry_run_of(context);
    if (!dry_run) return dry_run.error();
    ResourceQuery query = query_of(context);
    query.arguments = pairs->resources;
    query.continue_on_error = true;
    query.refresh = true;
    query.allow_bare_types = query.all;
    Found found = find_resources(context, query);
    std::vector<base::Status> errors = std::move(found.errors);
    if (!context.flags.text("resource-version").empty() && found.infos.size() > 1) {
        return client_error("--resource-version may only be used with a single resource");
    }
    for (const Info& info : found.infos) {
        if (context.flags.truth("list")) {
            list_annotations(context, info, found.infos.size() > 1);
        } else if (const auto done = annotate_one(context, info, *changes, *dry_run); !done) {
            errors.push_back(done.error());
        }
    }
    return errors;
}

}  // namespace

CommandSpec annotate_command() {
    FlagTable flags = {
        {"all", 0, FlagType::Bool, "false", "Select all resources of the given types in the namespace"},
        {"all-namespaces", 'A', FlagType::Bool, "false", "Work on all namespaces"},
        {"field-selector", 0, FlagType::Text, "", "Selector (field query) to filter on"},
        {"list", 0, FlagType::Bool, "false", "Show the annotations of the given resources"},
        {"local", 0, FlagType::Bool, "false", "Change a manifest without asking the server"},
        {"overwrite", 0, FlagType::Bool, "false", "Allow annotations to be overwritten"},
        {"resource-version", 0, FlagType::Text, "",
         "Change only when this is the current version of the object"},
    };
    return {
        .path = "annotate",
        .aliases = {},
        .summary = "Update the annotations on a resource",
        .usage =
            "annotate [--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N "
            "[--resource-version=version] [options]",
        .examples =
            "  # Add an annotation to a pod\n  kubectl annotate pods foo description='my frontend'\n\n"
            "  # Remove it\n  kubectl annotate pods foo description-",
        .flags = flags + dry_run_flag() + field_manager_flag("kubectl-annotate") +
                 filename_flags("to update the annotation") + output_flags() + selector_flag(),
        .run = run,
        .group = "Settings Commands",
    };
}

}  // namespace kubetab::kubectl
