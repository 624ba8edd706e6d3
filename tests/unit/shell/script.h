// Runs scripts over virtual time with files in memory, for the tests of this folder.
#pragma once

#include <string>

#include "engine/shell/command_table.h"
#include "engine/shell/memory_files.h"
#include "engine/shell/script_runner.h"

namespace kubetab::shell {

struct ScriptWorld {
    explicit ScriptWorld(Dialect dialect = Dialect::Bash)
        : files([this] { return now; }), runner(options(dialect)) {}

    struct Outcome {
        std::string output{};
        std::string errors{};
        int code = 0;
    };

    // Runs to the end, jumping over the time in which nothing happens.
    Outcome run(std::string_view text, std::string_view input = {}) {
        runner.run(text, input);
        for (int polls = 0; polls < 100'000 && runner.running(); ++polls) {
            runner.poll(now);
            if (runner.running() && runner.wake() && *runner.wake() > now) now = *runner.wake();
        }
        return {runner.take_output(), runner.take_errors(), runner.exit_code()};
    }

    sim::Instant now{1'735'689'600'000'000'000};  // 2025-01-01
    MemoryFiles files;
    CommandTable table{};
    ScriptRunner runner;

private:
    ShellOptions options(Dialect dialect) {
        add_tools(table, dialect == Dialect::Bash ? ToolSet::Terminal : ToolSet::Container);
        (void)files.make_directories("/home/learner");
        ShellOptions options;
        options.commands = &table;
        options.files = &files;
        options.dialect = dialect;
        options.name = dialect == Dialect::Bash ? "bash" : "sh";
        options.directory = "/home/learner";
        options.environment = {{"HOME", "/home/learner"}, {"USER", "learner"}};
        return options;
    }
};

}  // namespace kubetab::shell
