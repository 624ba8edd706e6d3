// ScriptRunner: runs lines of script without a terminal, over virtual time, and collects what they print.
// Variables, functions, directory and background jobs live on from one run to the next, as in one shell.
//
// run() begins; then poll() whenever something may have changed until running() is false.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/shell/shell_process.h"
#include "engine/sim/process.h"

namespace kubetab::shell {

class ScriptRunner {
public:
    explicit ScriptRunner(ShellOptions options);
    ~ScriptRunner();

    // Begins a script whose standard input is `input`. Only when nothing is running.
    void run(std::string_view text, std::string_view input = {});
    void poll(sim::Instant now);
    // When to poll at the latest, while running.
    std::optional<sim::Instant> wake() const { return last_.wake; }
    // True when a change of the cluster's state should lead to a poll.
    bool waits_for_change() const { return last_.on_change; }
    bool running() const { return running_; }
    // Ctrl+C.
    void interrupt();
    int exit_code() const { return exit_code_; }
    // True once `exit` was run, or an error ended the shell; then nothing more runs.
    bool exited() const { return exited_; }
    // Takes what was printed since the last call.
    std::string take_output();
    std::string take_errors();
    // With both streams in the order of printing: on in terminals and transcripts.
    void merge_errors_into_output(bool merge) { merged_ = merge; }

    static constexpr std::size_t kMaxOutput = 64U * 1024 * 1024;

private:
    class RunnerIo;

    bool running_ = false;
    bool exited_ = false;
    bool merged_ = false;
    int exit_code_ = 0;
    sim::Poll last_{};
    std::unique_ptr<RunnerIo> io_;
    std::shared_ptr<OuterIo> outer_;
    std::unique_ptr<Interpreter> interpreter_;
};

}  // namespace kubetab::shell
