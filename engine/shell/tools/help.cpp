#include <algorithm>
#include <utility>

#include "engine/shell/tools/tool.h"
#include "engine/shell/tools/tools.h"

namespace kubetab::shell {

namespace {

int help(const CommandTable& table, const sim::Invocation& invocation, sim::Io& io) {
    if (invocation.words.size() > 1) {
        const std::string& name = invocation.words[1];
        const sim::Command* command = table.find(name);
        if (!command) {
            io.err("help: no help topics match `" + name + "'\n");
            return 1;
        }
        io.out(name + ": " + std::string(command->summary()) + "\n");
        return 0;
    }
    io.out("Commands of this terminal, besides the shell's own (cd, export, for, if, alias, jobs, ...):\n\n");
    std::size_t width = 0;
    const std::vector<std::string> names = table.names();
    const auto shown = [&](const std::string& name) {
        const std::string_view summary = table.find(name)->summary();
        return name != "[" && summary != "not available here";
    };
    for (const std::string& name : names) width = std::max(width, name.size());
    for (const std::string& name : names) {
        if (!shown(name)) continue;
        io.out("  " + name + std::string(width - name.size() + 2, ' ') +
               std::string(table.find(name)->summary()) + "\n");
    }
    return 0;
}

int which(const CommandTable& table, const sim::Invocation& invocation, sim::Io& io) {
    int code = 0;
    for (std::size_t i = 1; i < invocation.words.size(); ++i) {
        if (table.find(invocation.words[i])) {
            io.out("/usr/bin/" + invocation.words[i] + "\n");
        } else {
            code = 1;
        }
    }
    return code;
}

}  // namespace

void add_help_tools(CommandTable& table, ToolSet set) {
    table.add(make_tool("which", "print where a command is", [&table](const auto& invocation) {
        return run_at_once(invocation, [&table](const sim::Invocation& words, sim::Io& io) {
            return which(table, words, io);
        });
    }));
    if (set == ToolSet::Container) return;
    table.add(make_tool("help", "list the commands", [&table](const auto& invocation) {
        return run_at_once(invocation, [&table](const sim::Invocation& words, sim::Io& io) {
            return help(table, words, io);
        });
    }));
}

}  // namespace kubetab::shell
