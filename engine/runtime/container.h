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

struct ContainerConfig {
    std::string name{};
    std::string hostname{};  // the pod's name
    std::string address{};   // the pod's IP
    ImageRef image{};
    std::vector<std::string> command{};  // entrypoint and arguments, complete
    std::shared_ptr<const Environment> environment{};  // without HOSTNAME; may be null
    std::string working_directory = "/";
    MountSource* mounts = nullptr;  // may be null; outlives the container
    bool read_only_root = false;
    std::int64_t memory_limit_bytes = 0;  // 0: none
    // Of the timers of its processes: Heartbeat for what is expected to run for ever.
    sim::Cadence cadence = sim::Cadence::Heartbeat;
    std::int64_t owner = 0;  // meaning private to whoever made it
};

enum class ContainerState : std::uint8_t { Created, Running, Exited };

class Container : private sim::Io {
public:
    Container(ContainerRuntime& runtime, std::int64_t number, std::string id, ContainerConfig config);
    ~Container() override;
    Container(const Container&) = delete;
    Container& operator=(const Container&) = delete;

    std::int64_t number() const { return number_; }
    const std::string& id() const { return id_; }  // 64 hexadecimal digits
    const ContainerConfig& config() const { return config_; }
    // All variables that its processes get.
    Environment environment() const;
    ContainerState state() const { return state_; }
    bool running() const { return state_ == ContainerState::Running; }
    std::int32_t exit_code() const { return exit_code_; }
    const std::string& reason() const { return reason_; }    // Completed, Error, OOMKilled, StartError
    const std::string& message() const { return message_; }  // of a StartError
    sim::Instant started_at() const { return started_at_; }
    sim::Instant finished_at() const { return finished_at_; }
    const std::shared_ptr<ContainerLog>& log() const { return log_; }
    sim::FileSystem& files();

    // Whether a TCP connection to a port is accepted.
    bool listens_on(std::int32_t port) const;
    // The answer of whoever listens there; nullopt when nobody does or it speaks no HTTP.
    std::optional<HttpResponse> serve(const HttpRequest& request);
    Usage usage() const;

    // For programs.
    void add_program(Program& program) { programs_.push_back(&program); }
    void remove_program(Program& program) { std::erase(programs_, &program); }
    void print(Stream stream, std::string_view text) { log_->write(stream, text, now()); }
    void set_prelude(Prelude prelude) { log_->set_prelude(prelude, config_.image, now()); }
    sim::Instant now() const override;
    // Ends the container once the present step is over.
    void exit(std::int32_t code, std::string reason);
    // Polls its process once more, now.
    void wake();

private:
    friend class ContainerRuntime;

    void out(std::string_view text) override { print(Stream::Output, text); }
    void err(std::string_view text) override { print(Stream::Error, text); }
    std::optional<std::string> read() override { return std::string(); }
    bool is_terminal() const override { return false; }
    int columns() const override { return 80; }

    ContainerRuntime& runtime_;
    std::int64_t number_;
    std::string id_;
    ContainerConfig config_;
    ContainerState state_ = ContainerState::Created;
    std::int32_t exit_code_ = 0;
    std::string reason_{};
    std::string message_{};
    sim::Instant started_at_{};
    sim::Instant finished_at_{};
    std::shared_ptr<ContainerLog> log_ = std::make_shared<ContainerLog>();
    std::unique_ptr<ContainerFiles> files_{};
    std::vector<Program*> programs_{};
    std::unique_ptr<sim::Process> process_{};
    bool signalled_ = false;
    std::optional<std::int32_t> exit_request_{};
    sim::EventId timer_ = 0;
};

}  // namespace kubetab::runtime
