// kubectl delete. upstream: staging/src/k8s.io/kubectl/pkg/cmd/delete/delete.go
#include <utility>

#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/commands/deletion.h"
#include "engine/kubectl/commands/mutation.h"
#include "engine/kubectl/commands/raw_request.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

base::Result<DeletionOptions> options_of(Context& context) {
    const Flags& flags = context.flags;
    DeletionOptions options;
    options.grace_period_seconds = flags.number("grace-period");
    options.propagation = TRY(propagation_of(context));
    options.dry_run = TRY(dry_run_of(context));
    if (flags.truth("now")) {
        if (options.grace_period_seconds != -1) {
            return client_error("--now and --grace-period cannot be specified together");
        }
        options.grace_period_seconds = 1;
    }
    const bool force = flags.truth("force");
    if (options.grace_period_seconds == 0 && !force) options.grace_period_seconds = 1;
    if (force && options.grace_period_seconds < 0) options.grace_period_seconds = 0;
    return options;
}

base::Result<void> check_flags(Context& context, const DeletionOptions& options) {
    const Flags& flags = context.flags;
    TRY(refuse_flags(context, {{"interactive", "nothing is asked back here"}}));
    const std::string& output = flags.text("output");
    if (!output.empty() && output != "name") {
        return client_error("unexpected -o output mode: " + output + ". We only support '-o name'");
    }
    const bool all = flags.truth("all");
    if (all && !flags.text("selector").empty())
        return client_error("cannot set --all and --selector at the same time");
    if (all && !flags.text("field-selector").empty()) {
        return client_error("cannot set --all and --field-selector at the same time");
    }
    const bool force = flags.truth("force");
    if (options.grace_period_seconds > 0 && force) {
        return client_error("--force and --grace-period greater than 0 cannot be specified together");
    }
    if (options.grace_period_seconds == 0 && force) {
        context.warn(
            "Immediate deletion does not wait for confirmation that the running resource has been "
            "terminated. The resource "
            "may continue to run on the cluster indefinitely.");
    }
    return {};
}

// Deletes one after the other; what fails is noted and the rest goes on.
class Deleter {
public:
    Deleter(Context& context, const DeletionOptions& options, bool ignore_not_found)
        : context_(context), options_(options), ignore_not_found_(ignore_not_found) {}

    void remove(const Info& info) {
        if (!info.resource.namespaced && context_.namespace_given && !warned_) {
            warned_ = true;
            context_.warn("deleting cluster-scoped resources, not scoped to the provided namespace");
        }
        if (options_.dry_run != DryRun::Client) {
            auto doomed = delete_info(context_, info, options_);
            if (!doomed) {
                if (ignore_not_found_ && doomed.error().reason == base::Reason::NotFound) return;
                errors.push_back(doomed.error());
                return;
            }
            doomed_.push_back(std::move(doomed).value());
        }
        print_deleted(context_, info, options_);
    }

    std::vector<Doomed> take() { return std::move(doomed_); }

    std::vector<base::Status> errors{};

private:
    Context& context_;
    DeletionOptions options_;
    bool ignore_not_found_;
    bool warned_ = false;
    std::vector<Doomed> doomed_{};
};

Outcome run(Context& context) {
    const auto options = options_of(context);
    if (!options) return options.error();
    if (const auto checked = check_flags(context, *options); !checked) return checked.error();
    const Flags& flags = context.flags;
    if (!flags.text("raw").empty()) return raw_write(context, "DELETE");
    ResourceQuery query = query_of(context);
    const bool selects = query.all || !query.label_selector.empty() || !query.field_selector.empty();
    const bool ignore_not_found =
        flags.changed("ignore-not-found") ? flags.truth("ignore-not-found") : selects;
    query.read_objects = false;
    query.continue_on_error = true;
    Found found = find_resources(context, query);
    if (!query.filenames.empty()) {
        if (const auto kept = keep_selected(found.infos, query.label_selector); !kept) return kept.error();
    }
    Deleter deleter(context, *options, ignore_not_found);
    for (const Info& info : found.infos) deleter.remove(info);
    deleter.errors.insert(deleter.errors.end(), found.errors.begin(), found.errors.end());
    if (!deleter.errors.empty()) return std::move(deleter.errors);
    if (found.infos.empty()) {
        context.out("No resources found\n");
        return 0;
    }
    if (!flags.truth("wait") || options->dry_run != DryRun::None) return 0;
    const sim::Duration timeout = flags.duration("timeout");
    return wait_until_gone(context, deleter.take(), timeout.ns > 0 ? std::optional(timeout) : std::nullopt,
                           [] { return 0; });
}

FlagTable delete_flags() {
    return {
        {"all", 0, FlagType::Bool, "false", "Delete all resources of the given types in the namespace"},
        {"all-namespaces", 'A', FlagType::Bool, "false",
         "Delete the requested objects across all namespaces"},
        {"cascade", 0, FlagType::Text, "background",
         "background, orphan or foreground: what happens to dependents", "background"},
        {"field-selector", 0, FlagType::Text, "", "Selector (field query) to filter on"},
        {"force", 0, FlagType::Bool, "false", "Remove from the API at once, without a graceful end"},
        {"grace-period", 0, FlagType::Int, "-1", "Seconds that the resource has to end; negative is ignored"},
        {"ignore-not-found", 0, FlagType::Bool, "false", "Treat \"resource not found\" as a success"},
        {"interactive", 'i', FlagType::Bool, "false", "Not supported"},
        {"now", 0, FlagType::Bool, "false", "End the resource at once (same as --grace-period=1)"},
        {"output", 'o', FlagType::Text, "", "Output mode: name"},
        {"raw", 0, FlagType::Text, "", "Raw URI to DELETE"},
        {"timeout", 0, FlagType::Duration, "0s", "How long to wait until it is gone; zero means a week"},
        {"wait", 0, FlagType::Bool, "true", "Wait until the resources are gone"},
    };
}

}  // namespace

CommandSpec delete_command() {
    return {
        .path = "delete",
        .aliases = {},
        .summary =
            "Delete resources by file names, stdin, resources and names, or by resources and label selector",
        .usage = "delete ([-f FILENAME] | [-k DIRECTORY] | TYPE [(NAME | -l label | --all)]) [options]",
        .examples =
            "  # Delete a pod by what a manifest names\n  kubectl delete -f ./pod.json\n\n"
            "  # Delete pods and services by name\n  kubectl delete pod,service baz foo\n\n"
            "  # Delete all pods\n  kubectl delete pods --all",
        .flags = delete_flags() + dry_run_flag() + filename_flags("to delete") + selector_flag(),
        .run = run,
        .group = "Basic Commands (Intermediate)",
    };
}

}  // namespace kubetab::kubectl
