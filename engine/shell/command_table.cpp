#include "engine/shell/command_table.h"

#include <utility>

namespace kubetab::shell {

void CommandTable::add(std::unique_ptr<sim::Command> command) {
    const std::string name(command->name());
    commands_[name] = std::move(command);
}

void CommandTable::remove(std::string_view name) {
    const auto found = commands_.find(name);
    if (found != commands_.end()) commands_.erase(found);
}

sim::Command* CommandTable::find(std::string_view name) const {
    const auto found = commands_.find(name);
    return found == commands_.end() ? nullptr : found->second.get();
}

std::vector<std::string> CommandTable::names() const {
    std::vector<std::string> names;
    for (const auto& [name, command] : commands_) names.push_back(name);
    return names;
}

}  // namespace kubetab::shell
