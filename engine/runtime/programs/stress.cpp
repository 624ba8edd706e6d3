// stress: uses as much memory and CPU as it is told, in order to meet a limit.
#include "engine/runtime/container.h"
#include "engine/runtime/programs/programs.h"

namespace kubetab::runtime {
namespace {

// "250M" → bytes, with 1024 as stress counts.
std::int64_t bytes_of(const std::string& text) {
    std::int64_t value = 0;
    for (const char c : text) {
        if (c >= '0' && c <= '9') value = value * 10 + (c - '0');
        if (c == 'K' || c == 'k') return value * 1024;
        if (c == 'M' || c == 'm') return value * 1024 * 1024;
        if (c == 'G' || c == 'g') return value * 1024 * 1024 * 1024;
    }
    return value;
}

class Stress final : public Program {
public:
    Stress(const sim::Invocation& invocation, Usage usage, std::int64_t seconds)
        : Program(invocation), usage_(usage), seconds_(seconds) {}
    Usage usage(sim::Instant) const override { return started_ ? usage_ : Usage{}; }

protected:
    sim::Poll step(sim::Io& io) override {
        if (!started_) {
            started_ = true;
            started_at_ = now();
            io.out("stress: info: [1] dispatching hogs: " + std::to_string(usage_.cpu_milli / 1000) +
                   " cpu, 0 io, " + (usage_.memory_bytes > 0 ? "1" : "0") + " vm, 0 hdd\n");
            check_memory();
        }
        if (seconds_ == 0) return sim::Poll{sim::Poll::State::Waiting, 0, {}, false, false, false};
        const sim::Instant end = started_at_ + sim::seconds(seconds_);
        return now() < end ? sim::Poll::until(end) : sim::Poll::done(0);
    }
    std::optional<int> on_signal(sim::Io&, Signal) override { return 143; }

private:
    Usage usage_;
    std::int64_t seconds_;
    bool started_ = false;
    sim::Instant started_at_{};
};

std::string any_flag(const sim::Invocation& invocation, std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) {
        std::string value = flag_value(invocation, name);
        if (!value.empty()) return value;
    }
    return {};
}

}  // namespace

std::unique_ptr<sim::Process> start_stress(const sim::Invocation& invocation) {
    Usage usage;
    usage.cpu_milli = std::atoi(any_flag(invocation, {"cpus", "cpu", "c"}).c_str()) * 1000;
    const std::string memory = any_flag(invocation, {"vm-bytes", "mem-total"});
    usage.memory_bytes = bytes_of(memory);
    if (memory.empty() && !any_flag(invocation, {"vm", "m"}).empty()) usage.memory_bytes = 256 * 1024 * 1024;
    return std::make_unique<Stress>(invocation, usage,
                                    std::atoi(any_flag(invocation, {"timeout", "t"}).c_str()));
}

}  // namespace kubetab::runtime
