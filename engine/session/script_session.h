// ScriptSession: shell lines on a workstation over virtual time, without a terminal: for the native tool and
// tests.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "engine/session/workstation.h"
#include "engine/shell/script_runner.h"

namespace kubetab::session {

class ScriptSession {
public:
    explicit ScriptSession(const cluster::ClusterSpec& spec);

    Workstation& workstation() { return workstation_; }
    cluster::Cluster& cluster() { return workstation_.cluster(); }

    // Runs a script to its end, letting as much virtual time pass as it asks for, at most `limit`. Its exit
    // code; 124 when the limit ended it.
    int run(std::string_view text, sim::Duration limit = sim::hours(48), std::string_view input = {});
    // Called before the clock moves on, with the instant that comes next: to show what was printed, or to
    // wait.
    void before_each_instant(std::function<void(sim::Instant)> call) { before_ = std::move(call); }
    // True when the last script was ended by its limit.
    bool cut_off() const { return cut_off_; }
    // What was printed since the last call.
    std::string take_output() { return runner_.take_output(); }
    std::string take_errors() { return runner_.take_errors(); }
    void merge_errors_into_output(bool merge) { runner_.merge_errors_into_output(merge); }

    // Lets time pass.
    void advance(sim::Duration duration);
    // Until nothing is pending but heartbeats. False when it did not settle within `limit`.
    bool settle(sim::Duration limit);

private:
    void run_instant(sim::Instant instant);

    Workstation workstation_;
    shell::ScriptRunner runner_;
    std::int64_t polled_revision_ = 0;
    bool cut_off_ = false;
    std::function<void(sim::Instant)> before_{};
};

}  // namespace kubetab::session
