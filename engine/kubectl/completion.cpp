// Completion of kubectl command lines: commands, flags and their values, types, names, contexts, containers,
// fields. upstream: staging/src/k8s.io/kubectl/pkg/util/completion/completion.go
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "engine/kubectl/command_flags.h"
#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/commands/explain_text.h"
#include "engine/kubectl/commands/mutation.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using base::Json;
using Candidates = std::set<std::string>;

// More names than this help nobody.
constexpr const char* kMaxNames = "500";

// What stands before the word under the cursor, and that word.
struct Line {
    const CommandSpec* command = nullptr;
    std::vector<std::string> arguments{};
    std::map<std::string, std::string> values{};  // of flags, by name
    std::string waiting_flag{};                   // whose value the word is; "" for none
    std::string prefix{};                         // "--flag=" in front of that value
    std::string word{};
    bool after_dashes = false;
};

FlagTable flags_so_far(const Line& line) {
    return line.command != nullptr ? flags_of(*line.command) : global_flags();
}

const FlagSpec* flag_of(const FlagTable& table, const std::string& word) {
    const bool is_long = starts_with(word, "--");
    const std::string name = is_long ? word.substr(2, word.find('=') - 2) : "";
    for (const FlagSpec& flag : table) {
        if (is_long ? flag.name == name : word.size() > 1 && flag.letter == word[1]) return &flag;
    }
    return nullptr;
}

// One word before the cursor's. True when the flag's value is the next word.
bool read_flag(Line& line, const std::string& word, std::string& name) {
    const FlagTable table = flags_so_far(line);
    const FlagSpec* flag = flag_of(table, word);
    if (flag == nullptr) return false;
    name = flag->name;
    const std::size_t equals = word.find('=');
    if (equals != std::string::npos) line.values[name] = word.substr(equals + 1);
    else if (flag->type == FlagType::Bool || !flag->value_if_bare.empty()) return false;
    else if (!starts_with(word, "--") && word.size() > 2) line.values[name] = word.substr(2);
    else return true;
    return false;
}

Line read_line(const std::vector<std::string>& words) {
    Line line;
    if (words.size() < 2) return line;
    line.word = words.back();
    for (std::size_t i = 1; i + 1 < words.size(); ++i) {
        const std::string& word = words[i];
        if (line.after_dashes) continue;
        line.after_dashes = word == "--";
        if (line.after_dashes) continue;
        if (starts_with(word, "-") && word.size() > 1) {
            std::string name;
            if (!read_flag(line, word, name)) continue;
            if (i + 2 < words.size()) line.values[name] = words[++i];
            else line.waiting_flag = name;
            continue;
        }
        const std::string longer = line.command == nullptr ? word : line.command->path + " " + word;
        const CommandSpec* command = line.arguments.empty() ? find_command(longer) : nullptr;
        if (command != nullptr) line.command = command;
        else line.arguments.push_back(word);
    }
    const std::size_t equals = line.word.find('=');
    if (line.waiting_flag.empty() && starts_with(line.word, "--") && equals != std::string::npos) {
        const FlagTable table = flags_so_far(line);
        if (const FlagSpec* flag = flag_of(table, line.word)) line.waiting_flag = flag->name;
        line.prefix = line.word.substr(0, equals + 1);
        line.word = line.word.substr(equals + 1);
    }
    return line;
}

// Values that are always the same. An empty path means every command.
struct FixedValues {
    std::string_view path;
    std::string_view flag;
    std::string_view values;
};
constexpr FixedValues kFixedValues[] = {
    {"get", "output", "custom-columns= go-template= json jsonpath= name wide yaml"},
    {"api-resources", "output", "name wide"},
    {"config get-contexts", "output", "name"},
    {"explain", "output", "plaintext"},
    {"version", "output", "json yaml"},
    {"", "output", "go-template= json jsonpath= name yaml"},
    {"api-resources", "sort-by", "kind name"},
    {"top node", "sort-by", "cpu memory"},
    {"top pod", "sort-by", "cpu memory"},
    {"patch", "type", "json merge strategic"},
    {"expose", "type", "ClusterIP ExternalName LoadBalancer NodePort"},
    {"wait", "for", "condition= create delete jsonpath="},
    {"", "cascade", "background foreground orphan"},
    {"", "dry-run", "client none server"},
    {"", "image-pull-policy", "Always IfNotPresent Never"},
    {"", "protocol", "SCTP TCP UDP"},
    {"", "restart", "Always Never OnFailure"},
    {"", "subresource", "scale status"},
    {"", "validate", "ignore strict warn"},
};

enum class ArgumentKind { None, Types, Pods, Nodes, Workloads, Fields, Contexts, Clusters, Users };

ArgumentKind arguments_of(const CommandSpec& command) {
    struct Row {
        std::string_view paths;
        ArgumentKind kind;
    };
    constexpr Row kRows[] = {
        {" logs exec attach port-forward debug cp top pod ", ArgumentKind::Pods},
        {" cordon uncordon drain top node ", ArgumentKind::Nodes},
        {" explain ", ArgumentKind::Fields},
        {" get describe delete edit label annotate patch wait taint ", ArgumentKind::Types},
        {" scale autoscale expose ", ArgumentKind::Workloads},
    };
    const std::string& path = command.path;
    if (command.run == nullptr) return ArgumentKind::None;
    if (starts_with(path, "rollout ") || starts_with(path, "set ")) return ArgumentKind::Workloads;
    if (path == "config delete-cluster") return ArgumentKind::Clusters;
    if (path == "config delete-user") return ArgumentKind::Users;
    if (starts_with(path, "config ") && ends_with(path, "-context") && path != "config current-context") {
        return ArgumentKind::Contexts;
    }
    if (path == "config get-contexts") return ArgumentKind::Contexts;
    if (path == "apply view-last-applied" || path == "apply edit-last-applied") return ArgumentKind::Types;
    for (const Row& row : kRows) {
        if (path.find(' ') == std::string::npos && row.paths.find(" " + path + " ") != std::string_view::npos)
            return row.kind;
    }
    return ArgumentKind::None;
}

class Completer {
public:
    Completer(client::Transport& transport, DiscoveryCache& cache, const Configuration& configuration,
              const std::vector<std::string>& words)
        : transport_(transport), cache_(cache), configuration_(configuration), line_(read_line(words)) {
        const auto context = line_.values.find("context");
        const ConfigurationContext* chosen = configuration.find(
            context == line_.values.end() ? configuration.current_context : context->second);
        const auto space = line_.values.find("namespace");
        if (space != line_.values.end()) space_ = space->second;
        else if (chosen != nullptr) space_ = chosen->namespace_;
        if (space_.empty()) space_ = "default";
    }

    std::vector<std::string> complete() {
        if (line_.after_dashes) return {};
        if (!line_.waiting_flag.empty()) add_values();
        else if (starts_with(line_.word, "-")) add_flags();
        else add_words();
        std::vector<std::string> result;
        for (const std::string& candidate : all_) {
            if (starts_with(candidate, line_.word)) result.push_back(line_.prefix + candidate);
        }
        if (result.empty() && !takes_files_) return {""};
        return result;
    }

private:
    void add_flags() {
        const FlagTable table = flags_so_far(line_);
        for (const FlagSpec& flag : table) {
            if (!starts_with(flag.help, "Not supported")) all_.insert("--" + flag.name);
        }
    }

    void add_values() {
        const std::string& flag = line_.waiting_flag;
        const std::string path = line_.command == nullptr ? "" : line_.command->path;
        if (flag == "namespace") return add_names_of("namespaces", "");
        if (flag == "container") return add_containers();
        if (flag == "context") return add_from_contexts(&ConfigurationContext::name);
        if (flag == "cluster") return add_from_contexts(&ConfigurationContext::cluster);
        if (flag == "user") return add_from_contexts(&ConfigurationContext::user);
        for (const FixedValues& fixed : kFixedValues) {
            if (fixed.flag != flag || (!fixed.path.empty() && fixed.path != path)) continue;
            for (const std::string& value : split(fixed.values, ' ')) all_.insert(value);
            return;
        }
        takes_files_ = true;
    }

    void add_words() {
        if (line_.arguments.empty()) add_subcommands();
        if (line_.command == nullptr) return;
        switch (arguments_of(*line_.command)) {
            case ArgumentKind::None: takes_files_ = true; return;
            case ArgumentKind::Contexts: return add_from_contexts(&ConfigurationContext::name);
            case ArgumentKind::Clusters: return add_from_contexts(&ConfigurationContext::cluster);
            case ArgumentKind::Users: return add_from_contexts(&ConfigurationContext::user);
            case ArgumentKind::Fields: return add_fields();
            case ArgumentKind::Nodes: return add_names_of("nodes", "");
            case ArgumentKind::Pods:
                if (line_.word.find('/') != std::string::npos) return add_qualified_names();
                if (line_.arguments.empty()) add_names_of("pods", "");
                return;
            case ArgumentKind::Types:
            case ArgumentKind::Workloads: return add_objects();
        }
    }

    void add_subcommands() {
        const std::string prefix = line_.command == nullptr ? "" : line_.command->path + " ";
        for (const CommandSpec& command : commands()) {
            if (!starts_with(command.path, prefix)) continue;
            const std::string rest = command.path.substr(prefix.size());
            if (!rest.empty() && rest.find(' ') == std::string::npos) all_.insert(rest);
        }
    }

    // The names of contexts, or the clusters or users that contexts name.
    void add_from_contexts(std::string ConfigurationContext::*member) {
        for (const ConfigurationContext& context : configuration_.contexts) {
            if (!(context.*member).empty()) all_.insert(context.*member);
        }
    }

    // A type first, then names of that type; or TYPE/NAME.
    void add_objects() {
        if (line_.word.find('/') != std::string::npos) return add_qualified_names();
        if (line_.arguments.empty()) return add_types();
        for (const std::string& type : split(line_.arguments.front(), ',')) add_names_of(type, "");
        for (std::size_t i = 1; i < line_.arguments.size(); ++i) all_.erase(line_.arguments[i]);
    }

    void add_qualified_names() {
        const std::size_t slash = line_.word.find('/');
        add_names_of(line_.word.substr(0, slash), line_.word.substr(0, slash + 1));
    }

    // Types may be joined by commas: the part after the last one is completed.
    void add_types() {
        const Discovery* discovery = known();
        if (discovery == nullptr) return;
        const std::size_t comma = line_.word.rfind(',');
        const std::string before = comma == std::string::npos ? "" : line_.word.substr(0, comma + 1);
        const bool workloads = arguments_of(*line_.command) == ArgumentKind::Workloads;
        if (!workloads && before.empty() && line_.command->path != "edit") all_.insert("all");
        for (const ApiResource& resource : discovery->all()) {
            const bool wanted = workloads ? has_pod_template(resource) : resource.has_verb("get");
            if (wanted) all_.insert(before + resource.plural);
        }
    }

    bool has_pod_template(const ApiResource& resource) const {
        const std::string& path = line_.command->path;
        if (path == "expose")
            return resource.plural == "pods" || resource.plural == "services" ||
                   resource.has_subresource("scale");
        if (path == "scale" || path == "autoscale") return resource.has_subresource("scale");
        if (starts_with(path, "set ")) {
            return resource.todays_group() == "apps" || resource.group == "batch" ||
                   resource.plural == "pods" || (path == "set selector" && resource.plural == "services");
        }
        return resource.plural == "deployments" || resource.plural == "daemonsets" ||
               resource.plural == "statefulsets";
    }

    void add_names_of(const std::string& type, const std::string& prefix) {
        const Discovery* discovery = known();
        if (discovery == nullptr) return;
        const auto resource = discovery->find(type);
        if (!resource || !resource->has_verb("list")) return;
        client::Request request;
        request.path = resource->collection_path(space_);
        request.query = {{"limit", kMaxNames}};
        request.as_table = true;
        const auto table = base::parse_json(transport_.send(request).body);
        const Json* rows = table.ok() ? base::find(*table, "rows") : nullptr;
        if (rows == nullptr || !rows->is_array()) return;
        for (const Json& row : *rows) {
            const std::string name = base::text_at(row, {"object", "metadata", "name"});
            if (!name.empty()) all_.insert(prefix + name);
        }
    }

    // The containers of the pod, or of the pod template, that the first argument names.
    void add_containers() {
        const Discovery* discovery = known();
        if (discovery == nullptr || line_.arguments.empty()) return;
        const std::string& target = line_.arguments.front();
        const std::size_t slash = target.find('/');
        const auto resource = discovery->find(slash == std::string::npos ? "pods" : target.substr(0, slash));
        if (!resource) return;
        client::Request request;
        request.path =
            resource->item_path(space_, slash == std::string::npos ? target : target.substr(slash + 1));
        const auto object = base::parse_json(transport_.send(request).body);
        if (!object) return;
        const Json* spec = base::find(*object, {"spec", "template", "spec"});
        if (spec == nullptr) spec = base::find(*object, "spec");
        if (spec == nullptr) return;
        for (const char* list : {"containers", "initContainers", "ephemeralContainers"}) {
            const Json* containers = base::find(*spec, list);
            if (containers == nullptr || !containers->is_array()) continue;
            for (const Json& container : *containers) all_.insert(base::text_at(container, {"name"}));
        }
    }

    // "pods.spec.con": the fields of what stands before the last dot.
    void add_fields() {
        const std::size_t dot = line_.word.rfind('.');
        if (!line_.arguments.empty()) return;
        if (dot == std::string::npos) {
            add_types();
            all_.erase("all");
            return;
        }
        const Discovery* discovery = known();
        if (discovery == nullptr) return;
        const std::vector<std::string> parts = split(line_.word.substr(0, dot), '.');
        const auto resource = discovery->find(parts.front());
        const api::Type* type = resource.ok() ? type_of_resource(*resource) : nullptr;
        if (type == nullptr) return;
        for (const std::string& name : field_names(*type, {parts.begin() + 1, parts.end()})) {
            all_.insert(line_.word.substr(0, dot + 1) + name);
        }
    }

    // Null when the server cannot be asked.
    const Discovery* known() {
        if (configuration_.server.empty()) return nullptr;
        if (!discovery_) {
            auto loaded = Discovery::load(transport_, cache_);
            if (!loaded) return nullptr;
            discovery_ = std::move(loaded).value();
        }
        return discovery_.get();
    }

    client::Transport& transport_;
    DiscoveryCache& cache_;
    const Configuration& configuration_;
    Line line_;
    bool takes_files_ = false;  // the word may be a file's name
    std::string space_{};
    std::shared_ptr<const Discovery> discovery_{};
    Candidates all_{};
};

}  // namespace

std::vector<std::string> complete_words(client::Transport& transport, DiscoveryCache& cache,
                                        const Configuration& configuration,
                                        const sim::Invocation& invocation) {
    return Completer(transport, cache, configuration, invocation.words).complete();
}

}  // namespace kubetab::kubectl
