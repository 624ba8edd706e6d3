// Pace: lets virtual time pass along with real time.
//
// What happens at which virtual instant is the simulation's; here is only decided how far its clock may go
// now. Real time is handed in, as the time since any fixed moment; it never goes back.
#pragma once

#include <cstdint>
#include <functional>

#include "engine/sim/simulation.h"

namespace kubetab::rest {

class Pace {
public:
    using RealTime = std::function<sim::Duration()>;

    // The simulation outlives it. `speed` virtual seconds pass in a real one; at least 1.
    Pace(sim::Simulation& simulation, std::int64_t speed, RealTime real_time);

    // Runs what is due by now, but no more than a short turn's worth. True when the clock has arrived at now.
    bool catch_up();
    // How long, in real time, nothing is due; at most kLongestWait.
    sim::Duration until_next() const;

    static constexpr sim::Duration kLongestWait = sim::milliseconds(100);
    static constexpr int kEventsPerTurn = 2'000;

private:
    sim::Instant present() const;

    sim::Simulation& simulation_;
    std::int64_t speed_;
    RealTime real_time_;
    sim::Duration real_start_;
    sim::Instant start_;
};

}  // namespace kubetab::rest
