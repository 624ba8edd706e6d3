#include "engine/rest/pace.h"

#include <algorithm>
#include <utility>

namespace kubetab::rest {

Pace::Pace(sim::Simulation& simulation, std::int64_t speed, RealTime real_time)
    : simulation_(simulation),
      speed_(speed),
      real_time_(std::move(real_time)),
      real_start_(real_time_()),
      start_(simulation.now()) {}

sim::Instant Pace::present() const {
    return start_ + (real_time_() - real_start_) * speed_;
}

bool Pace::catch_up() {
    const sim::Instant target = present();
    for (int events = 0; events < kEventsPerTurn; ++events) {
        if (simulation_.next_due() > target) {
            if (simulation_.now() < target) simulation_.run_until(target);
            return true;
        }
        simulation_.step();
    }
    return false;
}

sim::Duration Pace::until_next() const {
    const sim::Instant now = present();
    const sim::Instant due = simulation_.next_due();
    if (due <= now) return {};
    // The far future is too far to reckon with.
    if (due > now + kLongestWait * speed_) return kLongestWait;
    return {(due - now).ns / speed_ + 1};
}

}  // namespace kubetab::rest
