#include <fmt/format.h>

#include <algorithm>

#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/describe/parts.h"
#include "engine/kubectl/printer.h"
#include "engine/kubectl/rest.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using base::Json;

struct Taint {
    std::string key{};
    std::string value{};
    std::string effect{};

    bool same_place(const Taint& other) const { return key == other.key && effect == other.effect; }
    std::string text() const {
        if (effect.empty()) return value.empty() ? key : key + "=" + value + ":";
        return key + (value.empty() ? "" : "=" + value) + ":" + effect;
    }
};

struct Update {
    std::vector<Taint> added{};
    std::vector<Taint> removed{};
};

// upstream: staging/src/k8s.io/kubectl/pkg/cmd/taint/utils.go parseTaint
base::Result<Taint> parse_taint(const std::string& spec) {
    const base::Status invalid = client_error("invalid taint spec: " + spec);
    Taint taint;
    const std::vector<std::string> parts = split(spec, ':');
    if (parts.size() > 2) return invalid;
    std::string pair = parts[0];
    if (parts.size() == 2) {
        taint.effect = parts[1];
        if (taint.effect != "NoSchedule" && taint.effect != "PreferNoSchedule" &&
            taint.effect != "NoExecute") {
            return client_error("invalid taint effect: " + taint.effect + ", unsupported taint effect");
        }
        const std::vector<std::string> key_value = split(pair, '=');
        if (key_value.size() > 2) return invalid;
        if (key_value.size() == 2) taint.value = key_value[1];
        pair = key_value[0];
    }
    if (pair.empty() || pair.find('=') != std::string::npos) return invalid;
    taint.key = pair;
    return taint;
}

base::Result<Update> parse_taints(const std::vector<std::string>& specs) {
    Update update;
    for (const std::string& spec : specs) {
        if (spec.back() == '-') {
            update.removed.push_back(TRY(parse_taint(spec.substr(0, spec.size() - 1))));
            continue;
        }
        const Taint taint = TRY(parse_taint(spec));
        if (taint.effect.empty()) return client_error("invalid taint spec: " + spec);
        for (const Taint& other : update.added) {
            if (!taint.same_place(other)) continue;
            return client_error("duplicated taints with the same key and effect: " + taint.text());
        }
        update.added.push_back(taint);
    }
    return update;
}

std::vector<Taint> taints_of(const Json& node) {
    std::vector<Taint> taints;
    for (const Json& taint : describe::array_at(node, {"spec", "taints"})) {
        taints.push_back({base::text_at(taint, {"key"}), base::text_at(taint, {"value"}),
                          base::text_at(taint, {"effect"})});
    }
    return taints;
}

struct Changed {
    std::vector<Taint> taints{};
    std::string operation{};
};

// upstream: reorganizeTaints
base::Result<Changed> reorganize(const std::vector<Taint>& old, const Update& update, bool overwrite) {
    Changed result;
    result.taints = update.added;
    for (const Taint& taint : old) {
        const bool replaced = std::any_of(update.added.begin(), update.added.end(),
                                          [&](const Taint& added) { return added.same_place(taint); });
        if (!replaced) result.taints.push_back(taint);
    }
    const bool added = result.taints.size() != old.size();
    bool deleted = false;
    for (const Taint& removed : update.removed) {
        const auto gone = [&](const Taint& taint) {
            return taint.key == removed.key && (removed.effect.empty() || taint.effect == removed.effect);
        };
        const std::size_t before = result.taints.size();
        std::erase_if(result.taints, gone);
        if (result.taints.size() == before)
            return client_error(fmt::format("taint \"{}\" not found", removed.text()));
        deleted = true;
    }
    result.operation = (added && deleted) || overwrite ? "modified" : added ? "tainted" : "untainted";
    return result;
}

base::Result<void> taint_node(Context& context, const Info& node, const Update& update, DryRun dry_run) {
    const bool overwrite = context.flags.truth("overwrite");
    const std::vector<Taint> old = taints_of(node.object);
    std::vector<std::string> clashes;
    for (const Taint& taint : old) {
        for (const Taint& added : update.added) {
            if (taint.same_place(added)) clashes.push_back(taint.key);
        }
    }
    if (!overwrite && !clashes.empty()) {
        return client_error(
            fmt::format("node {} already has {} taint(s) with same effect(s) and --overwrite is false",
                        node.name, join(clashes, ",")));
    }
    const Changed changed = TRY(reorganize(old, update, overwrite));
    Json list = Json::array();
    for (const Taint& taint : changed.taints) {
        Json entry{{"key", taint.key}, {"effect", taint.effect}};
        if (!taint.value.empty()) entry["value"] = taint.value;
        list.push_back(std::move(entry));
    }
    Json object = node.object;
    if (dry_run == DryRun::Client) {
        object["spec"]["taints"] = list;
        return print_result(context, node, object, changed.operation);
    }
    Json change;
    change["spec"]["taints"] = list.empty() ? Json(nullptr) : list;
    object = TRY(patch(context, node.path(), PatchType::Strategic, change.dump(),
                       write_parameters(context, dry_run, "kubectl-taint")));
    return print_result(context, node, object, changed.operation);
}

bool is_taint(const std::string& argument) {
    return argument.find('=') != std::string::npos || argument.find(':') != std::string::npos ||
           (argument.size() > 1 && argument.back() == '-');
}

// Splits the arguments into resources and taints, and checks both.
base::Result<Update> read_arguments(const Context& context, std::vector<std::string>& resources) {
    std::vector<std::string> specs;
    for (const std::string& argument : context.arguments) {
        if (is_taint(argument)) {
            specs.push_back(argument);
        } else if (!specs.empty()) {
            return client_error("all resources must be specified before taint changes: " + argument);
        } else {
            resources.push_back(argument);
        }
    }
    if (resources.empty())
        return client_error("one or more resources must be specified as <resource> <name>");
    if (specs.empty()) return client_error("at least one taint update is required");
    const base::Result<Update> update = parse_taints(specs);
    if (!update.ok()) return usage_error(context.path(), update.error().message);
    for (const Taint& added : update->added) {
        for (const Taint& removed : update->removed) {
            if (added.key == removed.key && (removed.effect.empty() || removed.effect == added.effect)) {
                return client_error(fmt::format(
                    "can not both modify and remove the following taint(s) in the same command: {}",
                    removed.text()));
            }
        }
    }
    const std::string type = resources.front().substr(0, resources.front().find('/'));
    if (type != "node" && type != "nodes" && type != "no") {
        return client_error(
            fmt::format("invalid resource type {}, only [\"node\" \"nodes\"] are supported", type));
    }
    return *update;
}

Outcome run(Context& context) {
    std::vector<std::string> resources;
    const base::Result<Update> update = read_arguments(context, resources);
    if (!update.ok()) return update.error();
    const base::Result<DryRun> dry_run = dry_run_of(context);
    if (!dry_run.ok()) return dry_run.error();
    const bool all = context.flags.truth("all");
    const bool selected = !context.flags.text("selector").empty();
    if (all && selected)
        return client_error("setting 'all' parameter with a non empty selector is prohibited");
    const bool named = resources.size() > 1 || resources.front().find('/') != std::string::npos;
    if (!all && !selected && !named) {
        return client_error("at least one resource name must be specified since 'all' parameter is not set");
    }
    ResourceQuery query = query_of(context);
    query.arguments = resources;
    query.continue_on_error = true;
    Found found = find_resources(context, query);
    for (const Info& node : found.infos) {
        const base::Result<void> done = taint_node(context, node, *update, *dry_run);
        if (!done.ok()) found.errors.push_back(done.error());
    }
    return found.errors;
}

}  // namespace

CommandSpec taint_command() {
    CommandSpec command;
    command.path = "taint";
    command.summary = "Update the taints on one or more nodes";
    command.usage = "taint NODE NAME KEY_1=VAL_1:TAINT_EFFECT_1 ... KEY_N=VAL_N:TAINT_EFFECT_N [options]";
    command.examples =
        "  # Only pods that tolerate it may come to the node\n"
        "  kubectl taint nodes foo dedicated=special-user:NoSchedule\n\n"
        "  # Take that taint away again\n"
        "  kubectl taint nodes foo dedicated:NoSchedule-\n\n"
        "  # Take every taint with that key away\n"
        "  kubectl taint nodes foo dedicated-\n";
    command.flags =
        FlagTable{{"all", 0, FlagType::Bool, "false", "All nodes of the cluster"},
                  {"overwrite", 0, FlagType::Bool, "false", "Allow taints to be given a new value"}} +
        dry_run_flag() + field_manager_flag("kubectl-taint") + selector_flag() + validate_flag() +
        output_flags();
    command.run = run;
    command.group = "Cluster Management Commands";
    return command;
}

}  // namespace kubetab::kubectl
