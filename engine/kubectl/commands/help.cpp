// The texts of `kubectl --help`, of groups and of commands. upstream: kubectl/pkg/util/templates
#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "engine/base/stable_sort.h"
#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

// upstream: cobra minNamePadding
constexpr std::size_t kMinNameWidth = 11;

constexpr std::string_view kOptionsLine =
    "Use \"kubectl options\" for a list of global command-line options (applies to all commands).\n";

std::string last_word(const std::string& path) {
    return path.substr(path.rfind(' ') + 1);
}

using Entries = std::vector<std::pair<std::string, std::string>>;

std::string entry_lines(const Entries& entries, std::size_t width) {
    std::string text;
    for (const auto& [name, summary] : entries) {
        text += "  " + name + std::string(width + 3 - name.size(), ' ') + summary + "\n";
    }
    return text;
}

std::size_t width_of(const Entries& entries) {
    std::size_t width = kMinNameWidth;
    for (const auto& [name, summary] : entries) width = std::max(width, name.size());
    return width;
}

Entries children_of(const std::string& parent) {
    Entries entries;
    for (const CommandSpec& command : commands()) {
        const bool below = starts_with(command.path, parent + " ");
        if (below && command.path.find(' ', parent.size() + 1) == std::string::npos) {
            entries.emplace_back(last_word(command.path), command.summary);
        }
    }
    base::stable_sort(entries, std::less<>());
    return entries;
}

std::string flag_line(const FlagSpec& flag) {
    std::string value = flag.default_value;
    if (flag.type == FlagType::Text) value = "'" + value + "'";
    if (flag.type == FlagType::TextArray || flag.type == FlagType::TextSlice) value = "[" + value + "]";
    const std::string letter = flag.letter != 0 ? std::string("-") + flag.letter + ", " : "";
    return "    " + letter + "--" + flag.name + "=" + value + ":\n\t" + flag.help + "\n\n";
}

std::string options_text(FlagTable flags) {
    // A total order: no two flags have the same name.
    base::stable_sort(flags, [](const FlagSpec& a, const FlagSpec& b) { return a.name < b.name; });
    std::string text;
    for (const FlagSpec& flag : flags) {
        if (!starts_with(flag.help, "Not supported")) text += flag_line(flag);
    }
    return text;
}

std::string root_help() {
    std::vector<std::string> groups;
    Entries all;
    for (const CommandSpec& command : commands()) {
        if (command.path.find(' ') != std::string::npos || command.group.empty()) continue;
        all.emplace_back(command.path, command.summary);
        if (std::find(groups.begin(), groups.end(), command.group) == groups.end())
            groups.push_back(command.group);
    }
    std::string text =
        "kubectl controls the Kubernetes cluster manager.\n\n"
        " Find more information at: https://kubernetes.io/docs/reference/kubectl/\n\n";
    for (const std::string& group : groups) {
        Entries members;
        for (const CommandSpec& command : commands()) {
            const bool member = command.group == group && command.path.find(' ') == std::string::npos;
            if (member) members.emplace_back(command.path, command.summary);
        }
        text += group + (ends_with(group, ":") ? "\n" : ":\n") + entry_lines(members, width_of(all)) + "\n";
    }
    text += "Usage:\n  kubectl [flags] [options]\n\n";
    text += "Use \"kubectl <command> --help\" for more information about a given command.\n";
    return text + std::string(kOptionsLine);
}

}  // namespace

std::string options_help() {
    return "The following options can be passed to any command:\n\n" + options_text(global_flags());
}

std::string help_text(const CommandSpec* command) {
    if (command == nullptr) return root_help();
    std::string text = command->summary + ".\n\n";
    if (!command->aliases.empty())
        text += "Aliases:\n" + last_word(command->path) + ", " + join(command->aliases, ", ") + "\n\n";
    if (!command->examples.empty()) text += "Examples:\n" + command->examples + "\n\n";
    const Entries children = children_of(command->path);
    if (!children.empty()) text += "Available Commands:\n" + entry_lines(children, width_of(children)) + "\n";
    if (!command->flags.empty()) text += "Options:\n" + options_text(command->flags);
    text += "Usage:\n  kubectl " + command->usage + "\n\n";
    if (!children.empty()) {
        text += "Use \"kubectl " + command->path +
                " <command> --help\" for more information about a given command.\n";
    }
    return text + std::string(kOptionsLine);
}

}  // namespace kubetab::kubectl
