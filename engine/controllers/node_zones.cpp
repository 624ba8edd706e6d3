#include "engine/controllers/node_zones.h"

#include <algorithm>
#include <utility>

namespace kubetab::controllers {
namespace {

constexpr sim::Duration kPeriod = sim::seconds(10);       // 0.1 nodes per second
constexpr sim::Duration kSlowPeriod = sim::seconds(100);  // 0.01 nodes per second
constexpr std::int64_t kLargeZone = 50;
constexpr std::int64_t kUnhealthyPercent = 55;

}  // namespace

std::string zone_of(const api::Node& node) {
    const api::Text* region = node.metadata.labels.get("topology.kubernetes.io/region");
    const api::Text* zone = node.metadata.labels.get("topology.kubernetes.io/zone");
    return (region == nullptr ? "" : *region) + ":" + (zone == nullptr ? "" : *zone);
}

bool TaintQueue::add(const std::string& node) {
    const auto [place, added] = places_.try_emplace(node, last_ + 1);
    if (!added) return false;
    order_.emplace(++last_, node);
    return true;
}

void TaintQueue::remove(const std::string& node) {
    const auto place = places_.find(node);
    if (place == places_.end()) return;
    order_.erase(place->second);
    places_.erase(place);
}

std::optional<sim::Instant> TaintQueue::next() const {
    if (order_.empty() || !period_) return std::nullopt;
    return last_taken_ ? *last_taken_ + *period_ : sim::Instant{};
}

std::optional<std::string> TaintQueue::take(sim::Instant now) {
    const std::optional<sim::Instant> due = next();
    if (!due || *due > now) return std::nullopt;
    last_taken_ = now;
    std::string node = std::move(order_.begin()->second);
    remove(node);
    return node;
}

void TaintQueue::set_period(std::optional<sim::Duration> period) {
    period_ = period;
}

ZoneState state_of(const ZoneCount& count) {
    if (count.ready == 0 && count.lost > 0) return ZoneState::FullyLost;
    const bool most = count.lost * 100 >= (count.ready + count.lost) * kUnhealthyPercent;
    return count.lost > 2 && most ? ZoneState::PartlyLost : ZoneState::Normal;
}

// upstream: setLimiterInZone
void NodeZones::set_speed(const std::string& zone, const ZoneCount& count, ZoneState state) {
    const bool large = count.ready + count.lost > kLargeZone;
    std::optional<sim::Duration> period = kPeriod;
    if (state == ZoneState::PartlyLost) period = large ? std::optional(kSlowPeriod) : std::nullopt;
    queues_[zone].set_period(period);
}

// upstream: handleDisruption
NodeZones::Turn NodeZones::update(const std::map<std::string, ZoneCount>& counts) {
    std::erase_if(states_, [&](const auto& entry) { return !counts.contains(entry.first); });
    const auto fully_lost = [](const auto& entry) { return entry.second == ZoneState::FullyLost; };
    const bool new_zone = std::any_of(counts.begin(), counts.end(),
                                      [&](const auto& entry) { return !states_.contains(entry.first); });
    const bool was_lost = !new_zone && std::all_of(states_.begin(), states_.end(), fully_lost);
    const bool is_lost = std::all_of(counts.begin(), counts.end(), [](const auto& entry) {
        return state_of(entry.second) == ZoneState::FullyLost;
    });
    if (is_lost && was_lost) return Turn::None;
    for (const auto& [zone, count] : counts) {
        const ZoneState now = state_of(count);
        ZoneState& state = states_[zone];
        if (is_lost) queues_[zone].set_period(std::nullopt);
        else if (was_lost || state != now) set_speed(zone, count, now);
        state = now;
    }
    if (counts.empty()) return Turn::None;
    if (is_lost) return Turn::EverythingLost;
    return was_lost ? Turn::SomethingFound : Turn::None;
}

}  // namespace kubetab::controllers
