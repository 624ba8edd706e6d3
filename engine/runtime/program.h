// Program: a process inside a container that knows where it is: it can listen on ports, use memory and print.
//
// A program lives in the container whose file system its invocation carries. It is registered there from
// construction to destruction, so that requests find it. Programs are state machines: nothing here blocks.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/runtime/container_log.h"
#include "engine/runtime/http.h"
#include "engine/sim/process.h"

namespace kubetab::runtime {

class Container;

struct Usage {
    std::int64_t cpu_milli = 0;
    std::int64_t memory_bytes = 0;
};

class Program : public sim::Process {
public:
    explicit Program(const sim::Invocation& invocation);
    ~Program() override;
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    // True when a TCP connection to that port is accepted now.
    virtual bool listens_on(std::int32_t port) const {
        (void)port;
        return false;
    }
    // Answers one HTTP request to a port it listens on. nullopt: it does not speak HTTP, or hangs up.
    virtual std::optional<HttpResponse> serve(const HttpRequest& request) {
        (void)request;
        return std::nullopt;
    }
    virtual Usage usage(sim::Instant now) const {
        (void)now;
        return {1, 8 * 1024 * 1024};
    }

    sim::Poll poll(sim::Io& io) final;
    void interrupt() override { signal_ = Signal::Interrupt; }
    void terminate() override { signal_ = Signal::Terminate; }
    // True when SIGTERM to the first process of a container leads to its end.
    bool handles_terminate() const override { return true; }

protected:
    enum class Signal { None, Interrupt, Terminate };

    // One step; called at the start, at the instant asked for, and after a signal.
    virtual sim::Poll step(sim::Io& io) = 0;
    // The exit code after a signal; nullopt goes on, for a program that ends later by itself.
    virtual std::optional<int> on_signal(sim::Io& io, Signal signal);

    // The container, which outlives the program.
    Container& container() const { return *container_; }
    // Prints outside of a step, e.g. an access log.
    void print(Stream stream, std::string_view text) const;
    sim::Instant now() const;
    // Ends the container as the kernel does when memory runs out, if usage() is above the limit.
    void check_memory() const;
    // Has step() called once more, now.
    void wake() const;

private:
    friend class Container;

    Container* container_ = nullptr;
    Program* next_ = nullptr;  // of its container
    Signal signal_ = Signal::None;
};

}  // namespace kubetab::runtime
