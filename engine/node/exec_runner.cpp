#include "engine/node/exec_runner.h"

#include <algorithm>

namespace kubetab::node {
namespace {

constexpr std::size_t kMaxOutput = 10 * 1024;  // upstream: maxReadLength of the exec probe
constexpr sim::Duration kShortestWait = sim::milliseconds(1);

}  // namespace

class ExecRunner::Capture final : public sim::Io {
public:
    explicit Capture(const NodeContext& context) : context_(context) {}
    void out(std::string_view text) override { keep(text, output_); }
    void err(std::string_view text) override {
        keep(text, output_);
        keep(text, errors_);
    }
    std::optional<std::string> read() override { return std::string(); }
    bool is_terminal() const override { return false; }
    int columns() const override { return 80; }
    sim::Instant now() const override { return context_.now(); }
    const std::string& output() const { return output_; }
    const std::string& errors() const { return errors_; }

private:
    static void keep(std::string_view text, std::string& kept) {
        kept += text.substr(0, kMaxOutput - std::min(kMaxOutput, kept.size()));
    }

    const NodeContext& context_;
    std::string output_{};
    std::string errors_{};
};

struct ExecRunner::Run {
    Request request{};
    std::unique_ptr<sim::Process> process{};
    std::unique_ptr<Capture> io{};
    sim::Instant deadline{};
    sim::EventId event = 0;
};

ExecRunner::ExecRunner(NodeContext& context) : context_(context) {}
ExecRunner::~ExecRunner() = default;

std::optional<ExecOutcome> ExecRunner::run(runtime::Container& container, const Request& request) {
    if (context_.platform->hollow) return ExecOutcome{request.purpose, request.target};
    base::Result<std::unique_ptr<sim::Process>> process = context_.runtime->exec(container, request.command);
    if (!process.ok()) {
        ExecOutcome outcome{request.purpose, request.target, 126, false, {}, {}, process.error().message};
        const std::size_t detail = outcome.start_error.find("failed to exec in container");
        outcome.start_error = "rpc error: code = Unknown desc = " +
                              outcome.start_error.substr(detail == std::string::npos ? 0 : detail);
        return outcome;
    }
    auto run = std::make_unique<Run>();
    run->request = request;
    run->process = std::move(process).value();
    run->io = std::make_unique<Capture>(context_);
    run->deadline = context_.now() + request.timeout;
    const std::int64_t number = ++last_run_;
    std::optional<ExecOutcome> outcome = poll(number, *run);
    if (!outcome) runs_.emplace(number, std::move(run));
    return outcome;
}

std::optional<ExecOutcome> ExecRunner::poll(std::int64_t number, Run& run) {
    const sim::Poll poll = run.process->poll(*run.io);
    if (poll.state == sim::Poll::State::Done) {
        return ExecOutcome{run.request.purpose,
                           run.request.target,
                           poll.exit_code,
                           false,
                           run.io->output(),
                           run.io->errors(),
                           {}};
    }
    if (context_.now() >= run.deadline) {
        return ExecOutcome{run.request.purpose, run.request.target, 137, true,
                           run.io->output(),    run.io->errors(),   {}};
    }
    sim::Instant next = poll.wake.value_or(run.deadline);
    if (!poll.wake && poll.on_input) next = context_.now();  // Its input is at its end.
    next = std::min(next, run.deadline);
    run.event = context_.schedule(Timer::Exec, std::max(next - context_.now(), kShortestWait), number,
                                  sim::Cadence::Heartbeat);
    return std::nullopt;
}

std::optional<ExecOutcome> ExecRunner::proceed(std::int64_t number) {
    const auto it = runs_.find(number);
    if (it == runs_.end()) return std::nullopt;
    std::optional<ExecOutcome> outcome = poll(number, *it->second);
    if (outcome) runs_.erase(it);
    return outcome;
}

void ExecRunner::clear() {
    for (auto& [number, run] : runs_) context_.simulation.cancel(run->event);
    runs_.clear();
}

}  // namespace kubetab::node
