#include "engine/kubectl/commands/terminal_session.h"

#include <utility>

namespace kubetab::kubectl {
namespace {

// What the remote process sees of kubectl's own streams.
class SessionIo final : public sim::Io {
public:
    SessionIo(sim::Io& outer, bool input, bool terminal)
        : outer_(outer), input_(input), terminal_(terminal) {}

    void out(std::string_view text) override { outer_.out(text); }
    void err(std::string_view text) override { terminal_ ? outer_.out(text) : outer_.err(text); }
    std::optional<std::string> read() override {
        if (!input_) return std::string();
        return outer_.read();
    }
    bool is_terminal() const override { return terminal_; }
    bool input_is_terminal() const override { return terminal_; }
    bool has_room() const override { return outer_.has_room(); }
    int columns() const override { return outer_.columns(); }
    int rows() const override { return outer_.rows(); }
    sim::Instant now() const override { return outer_.now(); }

private:
    sim::Io& outer_;
    bool input_;
    bool terminal_;
};

class SessionProcess final : public sim::Process {
public:
    SessionProcess(std::unique_ptr<sim::Process> remote, bool input, bool terminal)
        : remote_(std::move(remote)), input_(input), terminal_(terminal) {}

    sim::Poll poll(sim::Io& io) override {
        if (interrupted_ && !terminal_) return sim::Poll::done(kInterrupted);
        SessionIo inner(io, input_, terminal_);
        const sim::Poll poll = remote_->poll(inner);
        if (poll.state == sim::Poll::State::Waiting || poll.exit_code == 0) return poll;
        io.err("command terminated with exit code " + std::to_string(poll.exit_code) + "\n");
        return poll;
    }
    // Without a terminal, Ctrl+C ends kubectl itself.
    void interrupt() override {
        interrupted_ = true;
        if (terminal_) remote_->interrupt();
    }
    bool survives_interrupt() const override { return terminal_ && remote_->survives_interrupt(); }

private:
    std::unique_ptr<sim::Process> remote_;
    bool input_;
    bool terminal_;
    bool interrupted_ = false;
};

}  // namespace

FlagTable session_flags() {
    return {
        {"container", 'c', FlagType::Text, "", "The container; the pod's default one otherwise"},
        {"pod-running-timeout", 0, FlagType::Duration, "1m0s", "How long to wait until there is a pod"},
        {"quiet", 'q', FlagType::Bool, "false", "Only print what the remote process prints"},
        {"stdin", 'i', FlagType::Bool, "false", "Pass what is typed to the container"},
        {"tty", 't', FlagType::Bool, "false", "The remote process has a terminal; needs -i"},
    };
}

// upstream: StreamOptions.SetupTTY
bool terminal_wanted(Context& context) {
    if (!context.flags.truth("tty") || !context.flags.truth("stdin")) return false;
    if (context.io->input_is_terminal()) return true;
    if (!context.flags.truth("quiet")) {
        context.err("Unable to use a TTY - input is not a terminal or the right kind of file\n");
    }
    return false;
}

base::Result<std::unique_ptr<sim::Process>> open_session(Context& context, SessionRequest request) {
    QueryParameters query = std::move(request.query);
    query.emplace_back("container", request.container);
    query.emplace_back("stdout", "true");
    query.emplace_back(request.terminal ? "tty" : "stderr", "true");
    if (request.input) query.emplace_back("stdin", "true");
    client::Response refusal;
    std::unique_ptr<sim::Process> remote =
        context.transport.connect(make_request(context, "POST", request.path, std::move(query)), refusal);
    if (remote == nullptr) {
        base::Status status = status_of(refusal);
        // What fails after the connection was made is an error of kubectl's own.
        if (status.reason == base::Reason::InternalError) return client_error(status.message);
        return status;
    }
    return std::unique_ptr<sim::Process>(
        std::make_unique<SessionProcess>(std::move(remote), request.input, request.terminal));
}

}  // namespace kubetab::kubectl
