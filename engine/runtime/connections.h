// Processes of somebody outside that are connected to a container. Each ends when the container does, and
// lets go of everything of it then.
#pragma once

#include <memory>
#include <string>

#include "engine/runtime/container.h"
#include "engine/runtime/container_runtime.h"

namespace kubetab::runtime {

// A command that runs in the container beside its first process.
class ExecProcess final : public sim::Process, private Connection {
public:
    ExecProcess(Container& container, std::unique_ptr<sim::Process> inner);
    ~ExecProcess() override;

    sim::Poll poll(sim::Io& io) override;
    void interrupt() override;
    void terminate() override;
    bool survives_interrupt() const override { return inner_ != nullptr && inner_->survives_interrupt(); }

private:
    void printed(Stream, std::string_view) override {}
    void ended() override;

    Container* container_;  // null once it has ended
    std::unique_ptr<sim::Process> inner_;
};

// A terminal at the container's first process.
class AttachProcess final : public sim::Process, private Connection {
public:
    AttachProcess(Container& container, AttachOptions options);
    ~AttachProcess() override;

    sim::Poll poll(sim::Io& io) override;
    void interrupt() override;
    bool survives_interrupt() const override { return options_.terminal && container_ != nullptr; }

private:
    void printed(Stream stream, std::string_view text) override;
    void ended() override;
    // True when something was typed.
    bool pass_on_input(sim::Io& io);
    void let_go_of_input();

    Container* container_;  // null once it has ended
    AttachOptions options_;
    std::string out_{};  // printed and not shown yet
    std::string err_{};
};

}  // namespace kubetab::runtime
