// Motion: which tiles have just appeared or just become ready, so that they slide in or pulse once.
#pragma once

#include <map>
#include <string>

#include "web/panels/cluster_model.h"

namespace kubetab::web {

class Motion {
public:
    // Called once for each frame, before the tiles are drawn.
    void begin(double now_ms, bool reduced) {
        now_ms_ = now_ms;
        reduced_ = reduced;
        moving_ = false;
        ++frame_;
    }
    // 0 at the moment a tile appears, 1 once it has arrived.
    float arrival(const PodTile& tile);
    // 1 at the moment a tile becomes ready, fading to 0.
    float pulse(const PodTile& tile) const;
    // Forgets tiles that were not drawn in this frame.
    void end();
    // True while something moves.
    bool moving() const { return moving_; }

private:
    struct Known {
        double since_ms = 0;
        double ready_ms = -1e9;
        PodState state = PodState::Pending;
        long long seen = 0;
    };

    double now_ms_ = 0;
    bool reduced_ = false;
    bool moving_ = false;
    bool first_ = true;
    long long frame_ = 0;
    std::map<api::ObjectKey, Known> known_{};
};

}  // namespace kubetab::web
