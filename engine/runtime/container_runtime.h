// ContainerRuntime: containerd of one node: makes, runs, signals and removes containers.
//
// Processes are polled from the simulation's queue. An exit reaches the listener at the instant it happens;
// the container and its log stay until remove(). A halted runtime (no power) has lost all processes.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/status.h"
#include "engine/runtime/container.h"
#include "engine/runtime/executables.h"
#include "engine/sim/simulation.h"

namespace kubetab::runtime {

struct AttachOptions {
    bool input = false;     // what is typed goes to the first process
    bool terminal = false;  // both streams are shown as one, and Ctrl+C is for the first process
};

class ContainerRuntime : public sim::Component {
public:
    class Listener {
    public:
        virtual ~Listener() = default;
        virtual void container_exited(Container& container) = 0;
    };

    ContainerRuntime(sim::Simulation& simulation, Platform& platform, const std::string& name,
                     Listener& listener);
    ~ContainerRuntime() override;
    ContainerRuntime(const ContainerRuntime&) = delete;
    ContainerRuntime& operator=(const ContainerRuntime&) = delete;

    Container& create(ContainerConfig config);
    // A failure leaves the container exited with code 128 and reason StartError; its message is the
    // runtime's.
    base::Result<void> start(Container& container);
    // Sends the image's stop signal. What does not handle it goes on.
    void terminate(Container& container);
    // SIGKILL, or any end that comes from outside.
    void kill(Container& container, std::int32_t exit_code = 137, std::string reason = "Error");
    void remove(std::int64_t number);
    Container* find(std::int64_t number);
    // Every process is gone, as after a power cut; nobody is told.
    void lose_all(std::int32_t exit_code, const std::string& reason);

    // A process beside the first one, as `exec` starts it. The caller polls it; it ends when the container
    // does, with 137.
    base::Result<std::unique_ptr<sim::Process>> exec(Container& container,
                                                     const std::vector<std::string>& command);
    // Shows what the first process prints from now on, and gives it what is typed. The caller polls it; it
    // ends when the container does.
    std::unique_ptr<sim::Process> attach(Container& container, const AttachOptions& options);

    void wake(Container& container);
    // All processes stand still, or go on where they were.
    void set_paused(bool paused);
    void handle(const sim::Event& event) override;
    sim::Simulation& simulation() { return simulation_; }
    Platform& platform() { return platform_; }

private:
    base::Result<std::unique_ptr<sim::Process>> make_process(Container& container,
                                                             const std::vector<std::string>& command,
                                                             bool first);
    void poll(Container& container);
    void finish(Container& container, std::int32_t code, std::string reason);

    sim::Simulation& simulation_;
    Platform& platform_;
    Listener& listener_;
    sim::ComponentId component_ = 0;
    std::int64_t last_number_ = 0;
    bool paused_ = false;
    std::vector<std::int64_t> held_{};  // containers whose turn came while it was paused
    // Where the container of that number is, or would be.
    std::vector<std::unique_ptr<Container>>::iterator place_of(std::int64_t number);

    std::vector<std::unique_ptr<Container>> containers_{};  // by number
};

}  // namespace kubetab::runtime
