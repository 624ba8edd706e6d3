// Completion of kubectl command lines: commands, flags, resource types, names and namespaces.
#include <algorithm>
#include <set>

#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using Candidates = std::set<std::string>;

// More names than this help nobody.
constexpr std::size_t kMaxNames = 500;

void add_subcommands(const std::string& parent, Candidates& into) {
    const std::string prefix = parent.empty() ? "" : parent + " ";
    for (const CommandSpec& command : commands()) {
        if (!starts_with(command.path, prefix)) continue;
        const std::string rest = command.path.substr(prefix.size());
        if (!rest.empty() && rest.find(' ') == std::string::npos) into.insert(rest);
    }
}

void add_flags(const CommandSpec* command, Candidates& into) {
    for (const FlagSpec& flag : global_flags()) {
        if (flag.help.compare(0, 3, "Not") != 0) into.insert("--" + flag.name);
    }
    if (command == nullptr) return;
    for (const FlagSpec& flag : command->flags) into.insert("--" + flag.name);
}

void add_names(client::Transport& transport, const ApiResource& resource, const std::string& space, const std::string& prefix,
               Candidates& into) {
    client::Request request;
    request.path = resource.collection_path(space);
    const auto list = base::parse_json(transport.send(request).body);
    if (!list) return;
    const base::Json* items = base::find(*list, "items");
    if (items == nullptr || !items->is_array()) return;
    for (const base::Json& item : *items) {
        if (into.size() >= kMaxNames) return;
        into.insert(prefix + base::text_at(item, {"metadata", "name"}));
    }
}

void add_types(const Discovery& discovery, Candidates& into) {
    into.insert("all");
    for (const ApiResource& resource : discovery.all()) {
        if (resource.has_verb("get")) into.insert(resource.plural);
    }
}

// What stands before the last word.
struct Line {
    std::string path{};                 // of the command
    std::vector<std::string> plain{};   // its arguments
    std::string space{};                // -n
    std::string flag{};                 // the flag that waits for a value, or ""
};

Line read_line(const sim::Invocation& invocation, const Configuration& configuration) {
    Line line;
    if (const auto* chosen = configuration.find(configuration.current_context)) line.space = chosen->namespace_;
    if (line.space.empty()) line.space = "default";
    for (std::size_t i = 1; i + 1 < invocation.words.size(); ++i) {
        const std::string& word = invocation.words[i];
        line.flag.clear();
        if (starts_with(word, "-")) {
            if (starts_with(word, "--namespace=")) line.space = word.substr(12);
            else if (word == "-n" || word == "--namespace" || word == "-f" || word == "-o" || word == "-l") line.flag = word;
            const bool is_value_next = !line.flag.empty() && i + 2 < invocation.words.size();
            if (is_value_next) {
                ++i;
                if (word == "-n" || word == "--namespace") line.space = invocation.words[i];
                line.flag.clear();
            }
            continue;
        }
        const std::string longer = line.path.empty() ? word : line.path + " " + word;
        const CommandSpec* command = line.plain.empty() ? find_command(longer) : nullptr;
        if (command != nullptr) line.path = command->path;
        else line.plain.push_back(word);
    }
    return line;
}

bool takes_types(const std::string& path) {
    return path != "create" && path != "config" && path != "logs" && path != "exec" && path != "run" && path != "apply";
}

void add_arguments(client::Transport& transport, const Line& line, const std::string& last, Candidates& into) {
    const auto discovery = Discovery::load(transport);
    if (!discovery) return;
    const bool pods_only = line.path == "logs" || line.path == "exec";
    const bool nodes_only = line.path == "cordon" || line.path == "uncordon" || line.path == "drain";
    if (pods_only || nodes_only) {
        const auto resource = discovery->find(pods_only ? "pods" : "nodes");
        if (resource.ok() && line.plain.empty()) add_names(transport, *resource, line.space, "", into);
    } else if (const std::size_t slash = last.find('/'); slash != std::string::npos) {
        const auto resource = discovery->find(last.substr(0, slash));
        if (resource.ok()) add_names(transport, *resource, line.space, last.substr(0, slash + 1), into);
    } else if (line.plain.empty() && takes_types(line.path)) {
        add_types(*discovery, into);
    } else if (!line.plain.empty()) {
        const auto resource = discovery->find(line.plain.front());
        if (resource.ok()) add_names(transport, *resource, line.space, "", into);
    }
}

}  // namespace

std::vector<std::string> complete_words(client::Transport& transport, Configuration& configuration,
                                        const sim::Invocation& invocation) {
    const std::string last = invocation.words.size() > 1 ? invocation.words.back() : "";
    const Line line = read_line(invocation, configuration);
    const CommandSpec* command = line.path.empty() ? nullptr : find_command(line.path);
    Candidates all;
    if (starts_with(last, "-")) {
        add_flags(command, all);
    } else if (line.flag == "-n" || line.flag == "--namespace") {
        const auto discovery = Discovery::load(transport);
        if (discovery.ok()) {
            if (const auto resource = discovery->find("namespaces"); resource.ok()) add_names(transport, *resource, "", "", all);
        }
    } else if (line.flag == "-o") {
        all = {"json", "yaml", "wide", "name", "jsonpath=", "custom-columns="};
    } else if (line.flag.empty()) {
        if (line.plain.empty()) add_subcommands(line.path, all);
        if (command != nullptr && command->run != nullptr) add_arguments(transport, line, last, all);
    }
    std::vector<std::string> result;
    for (const std::string& candidate : all) {
        if (starts_with(candidate, last) && candidate != last) result.push_back(candidate);
    }
    return result;
}

}  // namespace kubetab::kubectl
