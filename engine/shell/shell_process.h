// ShellProcess: a shell as a process: `sh -c TEXT`, a script, or an interactive shell inside a container.
//
// It runs the commands of a table and its own builtins, connected by pipes, and never blocks. Messages follow
// the dialect. What it cannot do it refuses in one sentence on standard error, with exit code 2 for a syntax
// error, 126 and 127 as every shell. One poll runs a bounded number of steps; a loop that never waits goes on
// one virtual millisecond later.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/shell/command_table.h"
#include "engine/shell/parser.h"
#include "engine/sim/process.h"

namespace kubetab::shell {

class Interpreter;
class OuterIo;

struct ShellOptions {
    const CommandTable* commands = nullptr;  // never null; outlives the shell
    sim::FileSystem* files = nullptr;        // never null; outlives the shell
    Dialect dialect = Dialect::Ash;
    std::map<std::string, std::string> environment{};
    std::string directory = "/";
    std::string name = "sh";               // $0 and the beginning of messages
    std::vector<std::string> arguments{};  // $1, $2, ...
    bool errexit = false;                  // sh -e
    bool xtrace = false;                   // sh -x
    bool nounset = false;                  // sh -u
    // The first process of a container ignores SIGTERM unless it has a trap for it.
    bool first_process = false;
    int depth = 0;  // how many shells are around this one
};

class ShellProcess : public sim::Process {
public:
    enum class Source {
        Text,   // runs `text` and ends
        Input,  // reads commands from standard input; with prompts when that is a terminal
    };
    ShellProcess(ShellOptions options, Source source, std::string text = {});
    ~ShellProcess() override;

    sim::Poll poll(sim::Io& io) override;
    void interrupt() override;
    bool survives_interrupt() const override;
    void terminate() override;
    bool handles_terminate() const override { return true; }  // which may be to ignore it

    static constexpr int kMaxDepth = 40;

private:
    enum class Prompt { None, First, Continuation };

    sim::Poll poll_inside(sim::Io& io);
    bool read_input(sim::Io& io, sim::Poll& waiting);
    bool start_from_input(sim::Io& io);

    ShellOptions options_;
    Source source_;
    std::string text_;  // what is to be run, or read and not run yet
    bool started_ = false;
    bool running_ = false;
    bool input_ended_ = false;
    bool interactive_ = false;
    bool interrupted_ = false;
    bool terminated_ = false;
    Prompt prompt_ = Prompt::None;  // what is shown and not answered yet
    std::shared_ptr<OuterIo> outer_;
    std::unique_ptr<Interpreter> interpreter_;
};

// What `words` asks for: sh, sh -c TEXT [NAME ARGUMENTS...], sh FILE [ARGUMENTS...], with -e -x -u. Options
// other than the words, and the invocation's environment, directory and files, come from `options`.
std::unique_ptr<sim::Process> start_shell(const sim::Invocation& invocation, ShellOptions options);

// The `sh` command.
std::unique_ptr<sim::Command> make_shell_command(std::string name, const CommandTable& table,
                                                 Dialect dialect);

}  // namespace kubetab::shell
