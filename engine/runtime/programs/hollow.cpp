// What stands in for an image's own program on a hollow node: it prints nothing, listens nowhere and stays
// until it is told to end.
#include "engine/runtime/programs/programs.h"

namespace kubetab::runtime {
namespace {

class Hollow final : public Program {
public:
    using Program::Program;
    Usage usage(sim::Instant) const override { return {}; }

protected:
    sim::Poll step(sim::Io&) override {
        return {sim::Poll::State::Waiting, 0, {}, false, false, false};  // Waits for a signal.
    }
};

}  // namespace

std::unique_ptr<sim::Process> start_hollow(const sim::Invocation& invocation) {
    return std::make_unique<Hollow>(invocation);
}

}  // namespace kubetab::runtime
