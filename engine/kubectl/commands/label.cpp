// kubectl label. upstream: staging/src/k8s.io/kubectl/pkg/cmd/label/label.go
#include <map>
#include <utility>

#include "engine/api/patch/merge_patch.h"
#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/commands/mutation.h"
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

bool is_alphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// upstream: apimachinery/pkg/util/validation IsValidLabelValue
std::string value_problem(const std::string& value) {
    if (value.size() > 63) return "must be no more than 63 characters";
    bool valid = value.empty() || (is_alphanumeric(value.front()) && is_alphanumeric(value.back()));
    for (const char c : value) valid = valid && (is_alphanumeric(c) || c == '-' || c == '_' || c == '.');
    if (valid) return {};
    return "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', "
           "and must start and "
           "end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for "
           "validation is "
           "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
}

base::Result<Changes> parse_changes(const std::vector<std::string>& words) {
    Changes changes;
    for (const std::string& word : words) {
        const std::vector<std::string> parts = split(word, '=');
        if (parts.size() > 2) return client_error("invalid label spec: " + word);
        if (parts.size() == 2) {
            if (const std::string problem = value_problem(parts[1]); !problem.empty()) {
                return client_error("invalid label value: " + quote(word) + ": " + problem);
            }
            changes.set[parts[0]] = parts[1];
        } else {
            changes.removed.push_back(word.substr(0, word.size() - 1));
        }
    }
    for (const std::string& name : changes.removed) {
        if (changes.set.count(name) > 0)
            return client_error("can not both modify and remove a label in the same command");
    }
    return changes;
}

class Labeler {
public:
    Labeler(Context& context, Changes changes, DryRun dry_run)
        : context_(context), changes_(std::move(changes)), dry_run_(dry_run) {}

    base::Result<void> label(const Info& info) {
        const Json before = metadata_map(info.object, "labels");
        TRY(refuse_overwrite(before));
        Json after = before;
        for (const auto& [name, value] : changes_.set) after[name] = value;
        for (const std::string& name : changes_.removed) {
            if (!before.contains(name)) context_.out("label " + quote(name) + " not found.\n");
            after.erase(name);
        }
        Json object = info.object;
        if (!after.empty() || before != after) object["metadata"]["labels"] = after;
        const bool same_content = before == after;
        const std::string& version = context_.flags.text("resource-version");
        const bool sends = !context_.flags.truth("local") && dry_run_ != DryRun::Client && !same_content;
        if (sends) {
            Json change = {{"metadata", {{"labels", api::create_merge_patch(before, after)}}}};
            if (!version.empty()) change["metadata"]["resourceVersion"] = version;
            object = TRY(patch(context_, info.path(), PatchType::Merge,
                               change.dump(-1, ' ', false, Json::error_handler_t::replace),
                               write_parameters(context_, dry_run_, "kubectl-label")));
        }
        const std::string_view done = same_content           ? "not labeled"
                                      : changes_.set.empty() ? "unlabeled"
                                                             : "labeled";
        return print_result(context_, info, object, done);
    }

private:
    base::Result<void> refuse_overwrite(const Json& before) const {
        if (context_.flags.truth("overwrite")) return {};
        std::string problems;
        for (const auto& [name, value] : changes_.set) {
            const std::string known = base::text_at(before, {name});
            if (!before.contains(name) || known == value) continue;
            problems += (problems.empty() ? "" : ", ") +
                        ("'" + name + "' already has a value (" + known + "), and --overwrite is false");
        }
        if (problems.empty()) return {};
        return client_error(problems);
    }

    Context& context_;
    Changes changes_;
    DryRun dry_run_;
};

void list_labels(Context& context, const Info& info, bool several) {
    if (several) {
        context.err("Listing labels for " + info.resource.kind + "." + info.resource.group + "/" + info.name +
                    ":\n");
    }
    const Json labels = metadata_map(info.object, "labels");
    for (const auto& [name, value] : labels.items()) {
        context.out((several ? " " : "") + name + "=" + base::text_at(labels, {name}) + "\n");
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
    const bool has_files = !flags.list("filename").empty();
    if (flags.truth("local") && !has_files)
        return client_error(
            "can only use local files by -f pod.yaml or --filename=pod.json when --local=true is set");
    if (pairs.resources.empty() && !has_files) {
        return client_error(
            "one or more resources must be specified as <resource> <name> or <resource>/<name>");
    }
    if (pairs.changes.empty() && !flags.truth("list"))
        return client_error("at least one label update is required");
    return {};
}

Outcome run(Context& context) {
    const auto pairs = split_pairs(context.arguments, "label");
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
    Labeler labeler(context, *changes, *dry_run);
    for (const Info& info : found.infos) {
        if (context.flags.truth("list")) {
            list_labels(context, info, found.infos.size() > 1);
        } else if (const auto done = labeler.label(info); !done) {
            errors.push_back(done.error());
        }
    }
    return errors;
}

}  // namespace

CommandSpec label_command() {
    FlagTable flags = {
        {"all", 0, FlagType::Bool, "false", "Select all resources of the given types in the namespace"},
        {"all-namespaces", 'A', FlagType::Bool, "false", "Work on all namespaces"},
        {"field-selector", 0, FlagType::Text, "", "Selector (field query) to filter on"},
        {"list", 0, FlagType::Bool, "false", "Show the labels of the given resources"},
        {"local", 0, FlagType::Bool, "false", "Change a manifest without asking the server"},
        {"overwrite", 0, FlagType::Bool, "false", "Allow labels to be overwritten"},
        {"resource-version", 0, FlagType::Text, "",
         "Change only when this is the current version of the object"},
    };
    return {
        .path = "label",
        .aliases = {},
        .summary = "Update the labels on a resource",
        .usage =
            "label [--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N "
            "[--resource-version=version] [options]",
        .examples =
            "  # Add a label to a pod\n  kubectl label pods foo unhealthy=true\n\n"
            "  # Change it\n  kubectl label --overwrite pods foo status=unhealthy\n\n"
            "  # Remove it\n  kubectl label pods foo status-",
        .flags = flags + dry_run_flag() + field_manager_flag("kubectl-label") +
                 filename_flags("to update the labels") + output_flags() + selector_flag(),
        .run = run,
        .group = "Settings Commands",
    };
}

}  // namespace kubetab::kubectl
