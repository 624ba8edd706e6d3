#include "engine/runtime/connections.h"

#include <utility>

namespace kubetab::runtime {
namespace {

constexpr int kKilled = 137;
// What the first process prints changes nothing in the cluster, so it is looked at again after this time;
// sooner after something was typed.
constexpr sim::Duration kInterval = sim::milliseconds(50);
constexpr sim::Duration kAfterInput = sim::milliseconds(1);

}  // namespace

ExecProcess::ExecProcess(Container& container, std::unique_ptr<sim::Process> inner)
    : container_(&container), inner_(std::move(inner)) {
    container_->connect(*this);
}

ExecProcess::~ExecProcess() {
    if (container_ != nullptr) container_->disconnect(*this);
}

sim::Poll ExecProcess::poll(sim::Io& io) {
    if (inner_ == nullptr) return sim::Poll::done(kKilled);
    sim::Poll poll = inner_->poll(io);
    if (poll.state == sim::Poll::State::Waiting) poll.on_change = true;  // The container may end.
    return poll;
}

void ExecProcess::interrupt() {
    if (inner_ != nullptr) inner_->interrupt();
}

void ExecProcess::terminate() {
    if (inner_ != nullptr) inner_->terminate();
}

void ExecProcess::ended() {
    container_ = nullptr;
    inner_.reset();
}

AttachProcess::AttachProcess(Container& container, AttachOptions options)
    : container_(&container), options_(options) {
    container_->connect(*this);
    if (options_.terminal) out_ = container_->log()->unfinished_line();  // The prompt that is shown already.
}

AttachProcess::~AttachProcess() {
    let_go_of_input();
    if (container_ != nullptr) container_->disconnect(*this);
}

sim::Poll AttachProcess::poll(sim::Io& io) {
    const bool typed = pass_on_input(io);
    if (!out_.empty()) io.out(std::exchange(out_, {}));
    if (!err_.empty()) io.err(std::exchange(err_, {}));
    if (container_ == nullptr) return sim::Poll::done(0);
    sim::Poll poll = sim::Poll::change(io.now() + (typed ? kAfterInput : kInterval));
    poll.on_input = options_.input && container_->takes_input();
    return poll;
}

void AttachProcess::interrupt() {
    if (options_.terminal && container_ != nullptr) container_->interrupt();
}

bool AttachProcess::pass_on_input(sim::Io& io) {
    bool typed = false;
    while (options_.input && container_ != nullptr && container_->takes_input()) {
        const std::optional<std::string> text = io.read();
        if (!text) break;
        typed = true;
        if (text->empty()) {
            let_go_of_input();
        } else {
            container_->type(*text);
        }
    }
    return typed;
}

void AttachProcess::let_go_of_input() {
    if (options_.input && container_ != nullptr && container_->config().input_once) container_->type({});
    options_.input = false;
}

void AttachProcess::printed(Stream stream, std::string_view text) {
    (stream == Stream::Output || options_.terminal ? out_ : err_) += text;
}

void AttachProcess::ended() {
    container_ = nullptr;
}

}  // namespace kubetab::runtime
