// BackOff: 10 s, doubled up to 5 min, forgotten after 10 min without trouble.
// upstream: staging/src/k8s.io/client-go/util/flowcontrol/backoff.go
#pragma once

#include <algorithm>
#include <string>

#include "engine/sim/time.h"

namespace kubetab::node {

class BackOff {
public:
    static constexpr sim::Duration kFirst = sim::seconds(10);
    static constexpr sim::Duration kLongest = sim::minutes(5);

    // True while the delay since `trouble` has not passed. upstream: IsInBackOffSince
    bool waiting(sim::Instant trouble, sim::Instant now) const {
        return delay_.ns > 0 && !expired(trouble) && now - trouble < delay_;
    }
    // Another attempt is made now. upstream: Next
    void next(sim::Instant trouble, sim::Instant now) {
        delay_ = delay_.ns == 0 || expired(trouble) ? kFirst : std::min(delay_ * 2, kLongest);
        updated_ = now;
    }
    void reset() { delay_ = {}; }
    sim::Duration delay() const { return delay_; }

private:
    bool expired(sim::Instant trouble) const { return trouble - updated_ > kLongest * 2; }

    sim::Duration delay_{};  // 0: none
    sim::Instant updated_{};
};

// "10s", "1m20s", as Go prints whole seconds.
std::string go_seconds(sim::Duration duration);
// "1.237s", "812ms", "1m2.5s", as Go prints a duration rounded to milliseconds.
std::string go_milliseconds(sim::Duration duration);

}  // namespace kubetab::node
