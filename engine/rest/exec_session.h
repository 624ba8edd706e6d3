// ExecSession: a process in a container and a client far away, in frames of v5.channel.k8s.io.
//
// The first byte of a frame names its channel: 0 standard input, 1 standard output, 2 standard error, 3 how
// it ended, 4 the terminal's size, 255 the end of a channel. Whoever carries the frames hands in what
// arrives, polls, and sends what take() gives. Letting go of the session ends the process. upstream:
// staging/src/k8s.io/apimachinery/pkg/util/remotecommand/constants.go, kubelet's streaming server
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/rest/line_discipline.h"
#include "engine/rest/socket_session.h"
#include "engine/sim/process.h"

namespace kubetab::rest {

inline constexpr std::string_view kExecProtocol = "v5.channel.k8s.io";

class ExecSession final : public SocketSession, private sim::Io {
public:
    struct Options {
        bool input = false;     // the client sends standard input
        bool terminal = false;  // the process has a terminal
        std::function<sim::Instant()> now{};
    };
    ExecSession(std::unique_ptr<sim::Process> process, Options options);

    // False when too much waits to be read by the process: the client is to be cut off.
    bool receive(std::string_view frame) override;
    // Runs the process as far as it goes now.
    void poll() override;
    std::optional<std::string> take() override;
    // True when the process has ended; take() may still hold frames, the last of which says how.
    bool ended() const override { return process_ == nullptr; }
    std::string_view protocol() const override { return kExecProtocol; }

    static constexpr std::size_t kInputLimit = std::size_t{16} * 1024 * 1024;
    static constexpr std::size_t kRoom = std::size_t{256} * 1024;

private:
    void out(std::string_view text) override;
    void err(std::string_view text) override;
    std::optional<std::string> read() override;
    bool is_terminal() const override { return options_.terminal; }
    bool input_is_terminal() const override { return options_.terminal && options_.input; }
    bool has_room() const override { return waiting_ < kRoom; }
    int columns() const override { return columns_; }
    int rows() const override { return rows_; }
    sim::Instant now() const override { return options_.now(); }

    void send(char channel, std::string_view text);
    void type(std::string_view keys);
    void resize(std::string_view document);
    void end(int exit_code);

    std::unique_ptr<sim::Process> process_;
    Options options_;
    LineDiscipline line_{};
    std::string input_{};
    bool input_ended_ = false;
    bool interrupted_ = false;
    std::deque<std::string> frames_{};  // for the client
    std::size_t waiting_ = 0;           // bytes of them
    int columns_ = 80;
    int rows_ = 24;
};

}  // namespace kubetab::rest
