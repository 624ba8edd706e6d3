// Container: one run of an image: its process, its files, its log, and how it ended.
//
// created → running → exited, never back: a restart is a new container. Made, started and ended by
// ContainerRuntime.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/text.h"
#include "engine/runtime/container_files.h"
#include "engine/runtime/container_log.h"
#include "engine/runtime/environments.h"
#include "engine/runtime/http.h"
#include "engine/runtime/image.h"
#include "engine/runtime/program.h"
#include "engine/sim/process.h"
#include "engine/sim/simulation.h"

namespace kubetab::runtime {

class ContainerRuntime;
class Network;

// Somebody outside who holds on to a running container: a command beside its first process, or a terminal.
class Connection {
public:
    virtual ~Connection() = default;
    // The first process has printed this.
    virtual void printed(Stream stream, std::string_view text) = 0;
    // The container has ended or is gone: nothing of it may be used any more.
    virtual void ended() = 0;
};

struct ContainerConfig {
    base::Text name{};
    base::Text hostname{};  // the pod's name
    base::Text address{};   // the pod's IP
    ImageRef image{};
    std::vector<std::string> command{};                // entrypoint and arguments, complete, until it starts
    std::shared_ptr<const Environment> environment{};  // without HOSTNAME; may be null
    base::Text working_directory = "/";
    MountSource* mounts = nullptr;        // may be null; outlives the container
    std::int64_t memory_limit_bytes = 0;  // 0: none
    std::int64_t owner = 0;               // meaning private to whoever made it
    bool read_only_root = false;
    bool input = false;       // its standard input is open, for whoever attaches
    bool input_once = false;  // until the first who attached leaves
    bool terminal = false;    // its streams are a terminal
    // Of the timers of its processes: Heartbeat for what is expected to run for ever.
    sim::Cadence cadence = sim::Cadence::Heartbeat;
};

enum class ContainerState : std::uint8_t { Created, Running, Exited };

class Container : private sim::Io {
public:
    Container(ContainerRuntime& runtime, std::int64_t number, base::Text url, ContainerConfig config);
    ~Container() override;
    Container(const Container&) = delete;
    Container& operator=(const Container&) = delete;

    std::int64_t number() const { return number_; }
    // containerd:// and its id, as statuses name it.
    const base::Text& url() const { return url_; }
    std::string_view id() const { return url_.view().substr(kScheme.size()); }  // 64 hexadecimal digits
    const ContainerConfig& config() const { return config_; }
    // All variables that its processes get.
    Environment environment() const;
    ContainerState state() const { return state_; }
    bool running() const { return state_ == ContainerState::Running; }
    std::int32_t exit_code() const { return exit_code_; }
    const base::Text& reason() const { return reason_; }    // Completed, Error, OOMKilled, StartError
    const base::Text& message() const { return message_; }  // of a StartError
    sim::Instant started_at() const { return started_at_; }
    sim::Instant finished_at() const { return finished_at_; }
    const std::shared_ptr<ContainerLog>& log() const { return log_; }
    sim::FileSystem& files();
    // What its processes reach; may be null.
    Network* network() const;

    // Whether a TCP connection to a port is accepted.
    bool listens_on(std::int32_t port) const;
    // The answer of whoever listens there; nullopt when nobody does or it speaks no HTTP.
    std::optional<HttpResponse> serve(const HttpRequest& request);
    Usage usage() const;

    // For programs.
    void add_program(Program& program);
    void remove_program(Program& program);
    void print(Stream stream, std::string_view text);
    void set_prelude(Prelude prelude) { log_->set_prelude(prelude, config_.image, now()); }
    sim::Instant now() const override;
    // Ends the container once the present step is over.
    void exit(std::int32_t code, std::string reason);
    // Polls its process once more, now.
    void wake();

    // For connections. Each disconnects before it goes, unless ended() has come.
    void connect(Connection& connection) { connections_.push_back(&connection); }
    void disconnect(Connection& connection) { std::erase(connections_, &connection); }
    // What is typed into its standard input; nothing when that is not open. An empty text ends it. Ask first
    // whether it takes more: a process that does not read must not make it grow.
    void type(std::string_view text);
    bool takes_input() const { return typed_.size() < kMaxTyped; }
    // Ctrl+C at its terminal.
    void interrupt();

private:
    friend class ContainerRuntime;
    static constexpr std::size_t kMaxTyped = 64 * 1024;  // bytes that wait to be read
    static constexpr std::string_view kScheme = "containerd://";

    void out(std::string_view text) override { print(Stream::Output, text); }
    void err(std::string_view text) override { print(Stream::Error, text); }
    std::optional<std::string> read() override;
    bool is_terminal() const override { return config_.terminal; }
    bool input_is_terminal() const override { return config_.terminal && config_.input; }
    bool input_open() const { return config_.input && !input_ended_; }
    void end_connections();
    int columns() const override { return 80; }

    ContainerRuntime& runtime_;
    std::int64_t number_;
    base::Text url_;
    ContainerConfig config_;
    std::int32_t exit_code_ = 0;
    ContainerState state_ = ContainerState::Created;
    bool input_ended_ = false;
    bool busy_ = false;  // its first process goes on at once, again and again
    base::Text reason_{};
    base::Text message_{};
    sim::Instant started_at_{};
    sim::Instant finished_at_{};
    std::shared_ptr<ContainerLog> log_ = std::make_shared<ContainerLog>();
    std::unique_ptr<ContainerFiles> files_{};
    Program* programs_ = nullptr;  // the first that was added; each knows the next
    std::unique_ptr<sim::Process> process_{};
    std::vector<Connection*> connections_{};
    base::Text typed_{};
    std::optional<std::int32_t> exit_request_{};
    sim::EventId timer_ = 0;
};

}  // namespace kubetab::runtime
