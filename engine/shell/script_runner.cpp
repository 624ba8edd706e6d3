#include "engine/shell/script_runner.h"

#include <utility>

#include "engine/shell/interpreter.h"
#include "engine/shell/make_interpreter.h"

namespace kubetab::shell {

class ScriptRunner::RunnerIo : public sim::Io {
public:
    void out(std::string_view text) override { add(output, text); }
    void err(std::string_view text) override { add(merged ? output : errors, text); }
    std::optional<std::string> read() override { return std::exchange(input, {}); }
    bool is_terminal() const override { return false; }
    int columns() const override { return 80; }
    sim::Instant now() const override { return time; }

    std::string output{};
    std::string errors{};
    std::string input{};
    bool merged = false;
    sim::Instant time{};

private:
    static void add(std::string& to, std::string_view text) {
        if (to.size() + text.size() <= kMaxOutput) to.append(text);
    }
};

ScriptRunner::ScriptRunner(ShellOptions options)
    : io_(std::make_unique<RunnerIo>()),
      outer_(std::make_shared<OuterIo>()),
      interpreter_(make_interpreter(options, outer_, Interaction::Script)) {}

ScriptRunner::~ScriptRunner() = default;

void ScriptRunner::run(std::string_view text, std::string_view input) {
    ENSURE(!running_);
    if (exited_) return;
    io_->input = input;
    interpreter_->start(std::string(text));
    running_ = true;
}

void ScriptRunner::poll(sim::Instant now) {
    io_->time = now;
    io_->merged = merged_;
    outer_->begin_poll(*io_);
    last_ = running_ ? interpreter_->poll(now) : interpreter_->poll_jobs(now);
    while (running_ && last_.state == sim::Poll::State::Done && interpreter_->exited() &&
           interpreter_->start_exit_trap()) {
        last_ = interpreter_->poll(now);
    }
    outer_->end_poll();
    if (!running_ || last_.state != sim::Poll::State::Done) return;
    running_ = false;
    exit_code_ = interpreter_->state().last_status;
    exited_ = interpreter_->exited();
}

void ScriptRunner::interrupt() {
    if (running_) interpreter_->interrupt();
}

std::string ScriptRunner::take_output() {
    return std::exchange(io_->output, {});
}

std::string ScriptRunner::take_errors() {
    return std::exchange(io_->errors, {});
}

}  // namespace kubetab::shell
