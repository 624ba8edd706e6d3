// The key generator of kuard: makes RSA keys, one every few seconds, prints them, and may end the process.
//
// upstream: github.com/kubernetes-up-and-running/kuard pkg/keygen
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "engine/sim/time.h"

namespace kubetab::runtime {

struct KeygenSettings {
    bool enable = false;
    std::int64_t num_to_gen = 0;   // 0: endless
    std::int64_t time_to_run = 0;  // seconds; 0: endless
    bool exit_on_complete = false;
    std::int32_t exit_code = 0;
    std::string memq_server{};
    std::string memq_queue{};
};

class Keygen {
public:
    // Begins, or begins again with other settings.
    void start(KeygenSettings settings, sim::Instant now);
    const KeygenSettings& settings() const { return settings_; }
    bool working() const { return settings_.enable && !done_; }

    // Does what is due; returns the lines to print.
    std::string step(sim::Instant now);
    // When to call step() next; nullopt when idle.
    std::optional<sim::Instant> next() const;
    // Set once the work is complete and the process is to end.
    std::optional<std::int32_t> exit_code() const;

    struct Line {
        std::int64_t id = 0;
        std::string text{};
    };
    const std::deque<Line>& history() const { return history_; }

private:
    std::string say(const std::string& text);
    std::string key();

    KeygenSettings settings_{};
    std::int64_t workload_ = -1;
    std::int64_t made_ = 0;
    std::int64_t lines_ = 0;
    bool announced_ = false;
    bool done_ = false;
    sim::Instant started_{};
    sim::Instant next_{};
    std::uint64_t state_ = 0;
    std::deque<Line> history_{};
};

}  // namespace kubetab::runtime
