// CommandTable: the commands that a shell knows by name, besides its own builtins.
//
// One table serves any number of shells and outlives them; commands are stateless, so sharing is safe. A
// later command of the same name replaces the earlier one.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/sim/process.h"

namespace kubetab::shell {

class CommandTable {
public:
    void add(std::unique_ptr<sim::Command> command);
    void remove(std::string_view name);
    // Null when there is none.
    sim::Command* find(std::string_view name) const;
    // Sorted.
    std::vector<std::string> names() const;

private:
    std::map<std::string, std::unique_ptr<sim::Command>, std::less<>> commands_{};
};

// Which shell a table belongs to decides its messages: `foo: command not found` or `sh: foo: not found`.
enum class ToolSet {
    Terminal,   // the learner's machine (bash, GNU tools)
    Container,  // a busybox image
};

// Adds echo, cat, grep, sed, watch, sh and the other tools, each of which may run others of the table.
void add_tools(CommandTable& table, ToolSet set);

}  // namespace kubetab::shell
