#include "engine/kubectl/commands/commands.h"

#include "engine/kubectl/command.h"

namespace kubetab::kubectl {
namespace {

std::string expand_alias(const std::vector<CommandSpec>& all, const std::string& parent, std::string_view word) {
    const std::string prefix = parent.empty() ? std::string() : parent + " ";
    for (const CommandSpec& command : all) {
        const std::size_t cut = command.path.rfind(' ');
        const std::string above = cut == std::string::npos ? std::string() : command.path.substr(0, cut);
        if (above != parent) continue;
        if (command.path == prefix + std::string(word)) return command.path;
        for (const std::string& alias : command.aliases) {
            if (alias == word) return command.path;
        }
    }
    return {};
}

}  // namespace

const std::vector<CommandSpec>& commands() {
    // A constant of the program, built at first use.
    static const std::vector<CommandSpec> list = {
        get_command(),
    };
    return list;
}

const CommandSpec* find_command(std::string_view path) {
    std::string found;
    std::size_t start = 0;
    while (start <= path.size()) {
        const std::size_t end = std::min(path.find(' ', start), path.size());
        found = expand_alias(commands(), found, path.substr(start, end - start));
        if (found.empty()) return nullptr;
        start = end + 1;
    }
    for (const CommandSpec& command : commands()) {
        if (command.path == found) return &command;
    }
    return nullptr;
}

}  // namespace kubetab::kubectl
