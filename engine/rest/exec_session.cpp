#include "engine/rest/exec_session.h"

#include <algorithm>
#include <utility>

#include "engine/base/json.h"

namespace kubetab::rest {

using base::Json;

namespace {

constexpr char kInput = 0;
constexpr char kOutput = 1;
constexpr char kError = 2;
constexpr char kStatus = 3;
constexpr char kResize = 4;
constexpr char kClose = static_cast<char>(255);

constexpr int kInterrupted = 130;
constexpr std::size_t kFrameLimit = 64 * 1024;

// upstream: k8s.io/kubelet/pkg/cri/streaming/remotecommand/exec.go
Json outcome(int exit_code) {
    if (exit_code == 0) return {{"metadata", Json::object()}, {"status", "Success"}};
    const std::string code = std::to_string(exit_code);
    const Json cause = {{"reason", "ExitCode"}, {"message", code}};
    return {{"metadata", Json::object()},
            {"status", "Failure"},
            {"reason", "NonZeroExitCode"},
            {"message", "command terminated with non-zero exit code: exit status " + code},
            {"details", {{"causes", Json::array({cause})}}}};
}

int size_at(const Json& document, const char* name, int otherwise) {
    const std::int64_t value = base::int_at(document, {name});
    return value > 0 && value <= 10'000 ? static_cast<int>(value) : otherwise;
}

}  // namespace

ExecSession::ExecSession(std::unique_ptr<sim::Process> process, Options options)
    : process_(std::move(process)), options_(std::move(options)), input_ended_(!options_.input) {}

bool ExecSession::receive(std::string_view frame) {
    if (frame.empty() || ended()) return true;
    const std::string_view payload = frame.substr(1);
    switch (frame.front()) {
        case kInput:
            if (options_.terminal) type(payload);
            else if (!input_ended_) input_.append(payload);
            break;
        case kResize: resize(payload); break;
        case kClose: input_ended_ = input_ended_ || (payload.size() == 1 && payload.front() == kInput); break;
        default: break;
    }
    return input_.size() <= kInputLimit;
}

void ExecSession::type(std::string_view keys) {
    if (!options_.input) return;
    LineDiscipline::Typed typed = line_.type(keys);
    send(kOutput, typed.echo);
    if (typed.interrupt) {
        input_.clear();
        interrupted_ = true;
        process_->interrupt();
    }
    input_ += typed.input;
    input_ended_ = input_ended_ || typed.end;
}

void ExecSession::resize(std::string_view document) {
    const base::Result<Json> size = base::parse_json(document);
    if (!size.ok()) return;
    columns_ = size_at(*size, "Width", columns_);
    rows_ = size_at(*size, "Height", rows_);
}

void ExecSession::poll() {
    if (ended()) return;
    const sim::Poll poll = process_->poll(*this);
    if (poll.state == sim::Poll::State::Done) return end(poll.exit_code);
    if (std::exchange(interrupted_, false) && !process_->survives_interrupt()) end(kInterrupted);
}

void ExecSession::end(int exit_code) {
    process_.reset();
    send(kStatus, outcome(exit_code).dump());
}

void ExecSession::out(std::string_view text) {
    options_.terminal ? send(kOutput, with_returns(text)) : send(kOutput, text);
}

void ExecSession::err(std::string_view text) {
    options_.terminal ? send(kOutput, with_returns(text)) : send(kError, text);
}

std::optional<std::string> ExecSession::read() {
    if (!input_.empty()) return std::exchange(input_, {});
    if (input_ended_) return std::string();
    return std::nullopt;
}

void ExecSession::send(char channel, std::string_view text) {
    if (text.empty()) return;
    waiting_ += text.size();
    const bool joins = !frames_.empty() && frames_.back().front() == channel &&
                       frames_.back().size() + text.size() <= kFrameLimit;
    if (!joins) frames_.emplace_back(1, channel);
    frames_.back().append(text);
}

std::optional<std::string> ExecSession::take() {
    if (frames_.empty()) return std::nullopt;
    std::string frame = std::move(frames_.front());
    frames_.pop_front();
    waiting_ -= frame.size() - 1;
    return frame;
}

}  // namespace kubetab::rest
