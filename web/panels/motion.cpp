#include "web/panels/motion.h"

#include <algorithm>

namespace kubetab::web {
namespace {

constexpr double kArriveMs = 200;
constexpr double kPulseMs = 600;

}  // namespace

float Motion::arrival(const PodTile& tile) {
    const auto [it, added] = known_.try_emplace(tile.key);
    Known& known = it->second;
    if (added) {
        known.since_ms = first_ || reduced_ ? -1e9 : now_ms_;
        known.state = tile.state;
    }
    if (known.state != tile.state) {
        if (tile.state == PodState::Ready && !reduced_) known.ready_ms = now_ms_;
        known.state = tile.state;
    }
    known.seen = frame_;
    const double progress = std::clamp((now_ms_ - known.since_ms) / kArriveMs, 0.0, 1.0);
    if (progress < 1 || now_ms_ - known.ready_ms < kPulseMs) moving_ = true;
    return static_cast<float>(1 - (1 - progress) * (1 - progress));
}

float Motion::pulse(const PodTile& tile) const {
    const auto it = known_.find(tile.key);
    if (it == known_.end()) return 0;
    return static_cast<float>(std::clamp(1 - (now_ms_ - it->second.ready_ms) / kPulseMs, 0.0, 1.0));
}

void Motion::end() {
    for (auto it = known_.begin(); it != known_.end();) {
        it = it->second.seen == frame_ ? std::next(it) : known_.erase(it);
    }
    first_ = false;
}

}  // namespace kubetab::web
