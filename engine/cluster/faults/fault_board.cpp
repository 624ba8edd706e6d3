#include "engine/cluster/faults/fault_board.h"

#include <algorithm>

#include "engine/api/core/persistent_volume_claim.h"
#include "engine/api/quantity.h"
#include "engine/base/duration_text.h"
#include "engine/cluster/cluster.h"

namespace kubetab::cluster {

using base::Reason;
using base::Result;

namespace {

constexpr sim::Duration kStep = sim::seconds(1);
constexpr std::string_view kFor = "for";
constexpr sim::Duration kLongest = sim::hours(24 * 3650);

enum class ValueKind { Number, Duration, Quantity, Text };

// A value is of the kind that the usual one is of.
ValueKind kind_of_value(std::string_view usual) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (usual.empty()) return ValueKind::Text;
    if (std::all_of(usual.begin(), usual.end(), is_digit)) return ValueKind::Number;
    if (base::parse_duration(usual).ok()) return ValueKind::Duration;
    return api::Quantity::parse(usual).ok() ? ValueKind::Quantity : ValueKind::Text;
}

// Nothing that makes an instant overflow.
bool is_duration(const std::string& value, bool may_be_negative) {
    const Result<std::int64_t> parsed = base::parse_duration(value);
    if (!parsed.ok() || *parsed > kLongest.ns) return false;
    return may_be_negative ? *parsed >= -kLongest.ns : *parsed > 0;
}

bool fits(ValueKind kind, const FaultParameter& parameter, const std::string& value) {
    constexpr std::size_t kMostDigits = 6;
    switch (kind) {
        case ValueKind::Number:
            return !value.empty() && value.size() <= kMostDigits &&
                   value.find_first_not_of("0123456789") == std::string::npos;
        case ValueKind::Duration: return is_duration(value, parameter.may_be_negative);
        case ValueKind::Quantity: {
            const Result<api::Quantity> quantity = api::Quantity::parse(value);
            return quantity.ok() && quantity->units() >= 0;
        }
        case ValueKind::Text: break;
    }
    return true;
}

std::string_view example_of(ValueKind kind) {
    if (kind == ValueKind::Number) return "a number like 3";
    return kind == ValueKind::Duration ? "a duration like 90s" : "a quantity like 50Mi";
}

std::string words_of(const Fault& fault, const std::string& target) {
    return std::string(fault.name) + (target.empty() ? "" : " " + target);
}

}  // namespace

FaultBoard::FaultBoard(Cluster& cluster)
    : cluster_(cluster), component_(cluster.simulation().add("faults", *this)) {}

FaultBoard::~FaultBoard() {
    cluster_.simulation().remove(component_);
}

void FaultBoard::say(std::string words) const {
    if (listener_) listener_(std::move(words));
}

Result<FaultBoard::Values> FaultBoard::complete(const Fault& fault, const Values& values,
                                                std::optional<sim::Duration>& lasts) const {
    Values complete;
    for (const FaultParameter& parameter : fault.parameters)
        complete.emplace(parameter.name, parameter.usual);
    std::string duration(fault.lasts);
    for (const auto& [name, value] : values) {
        if (name == kFor && fault.end != nullptr) {
            duration = value;
            continue;
        }
        const auto known = complete.find(name);
        if (known == complete.end()) {
            return base::failure(Reason::BadRequest,
                                 std::string(fault.name) + " has no parameter \"" + name + "\"");
        }
        const auto parameter = std::find_if(fault.parameters.begin(), fault.parameters.end(),
                                            [&](const FaultParameter& one) { return one.name == name; });
        const ValueKind kind = kind_of_value(parameter->usual);
        if (!fits(kind, *parameter, value)) {
            return base::failure(Reason::BadRequest, name + " must be " + std::string(example_of(kind)) +
                                                         ", and is \"" + value + "\"");
        }
        known->second = value;
    }
    if (duration.empty()) return complete;
    if (!is_duration(duration, false)) {
        return base::failure(Reason::BadRequest,
                             "for must be a duration like 90s, and is \"" + duration + "\"");
    }
    lasts = sim::Duration{*base::parse_duration(duration)};
    return complete;
}

Result<void> FaultBoard::check_target(const Fault& fault, const std::string& target) const {
    const std::string what(name_of(fault.acts_on));
    if (fault.acts_on == ActsOn::Cluster) {
        if (target.empty()) return {};
        return base::failure(
            Reason::BadRequest,
            std::string(fault.name) + " is about the whole cluster, not about \"" + target + "\"");
    }
    if (target.empty()) return base::failure(Reason::BadRequest, "which " + what + "?");
    if (fault.acts_on == ActsOn::Node && cluster_.kubelet(target) == nullptr)
        return server::not_found(api::kind_of<api::Node>(), target);
    const api::ObjectKey key = api::ObjectKey::parse(target);
    if (fault.acts_on == ActsOn::Pod && !cluster_.store().get(api::kind_of<api::Pod>(), key))
        return server::not_found(api::kind_of<api::Pod>(), key.name);
    const api::Kind& claim = api::kind_of<api::PersistentVolumeClaim>();
    const api::Kind& service = api::kind_of<api::Service>();
    if (fault.acts_on == ActsOn::Service && !cluster_.store().get(service, key))
        return server::not_found(service, key.name);
    if (fault.acts_on == ActsOn::Claim && !cluster_.store().get(claim, key))
        return server::not_found(claim, key.name);
    return {};
}

Result<void> FaultBoard::begin(const Fault& fault, const std::string& target, const Values& values) {
    TRY(check_target(fault, target));
    std::optional<sim::Duration> lasts;
    Values complete_values = TRY(complete(fault, values, lasts));
    const Key key{std::string(fault.name), target};
    if (active_.contains(key)) finish(key, "");
    const sim::Instant now = cluster_.now();
    const auto it =
        active_
            .emplace(key, Active{&fault, FaultUse{cluster_, *this, target, std::move(complete_values), now},
                                 lasts ? std::optional(now + *lasts) : std::nullopt})
            .first;
    const Result<void> begun = fault.begin(it->second.use);
    if (!begun.ok() || fault.end == nullptr) active_.erase(key);
    if (!begun.ok()) return begun;
    say(words_of(fault, target));
    arm();
    return {};
}

void FaultBoard::finish(const Key& key, std::string_view how) {
    const auto found = active_.find(key);
    Active ended = std::move(found->second);
    active_.erase(found);
    ended.fault->end(ended.use);
    if (!how.empty()) say(std::string(how) + " " + words_of(*ended.fault, ended.use.target));
}

Result<void> FaultBoard::end(const Fault& fault, const std::string& target) {
    const Key key{std::string(fault.name), target};
    if (!active_.contains(key)) {
        return base::failure(Reason::NotFound, words_of(fault, target) + " is not active");
    }
    finish(key, "end");
    return {};
}

int FaultBoard::end_all() {
    int ended = 0;
    for (; !active_.empty(); ++ended) finish(active_.begin()->first, "end");
    return ended;
}

void FaultBoard::end_all_of(const std::string& node) {
    std::vector<Key> keys;
    for (const auto& [key, active] : active_) {
        if (active.fault->acts_on == ActsOn::Node && key.second == node) keys.push_back(key);
    }
    for (const Key& key : keys) finish(key, "end");
}

const FaultUse* FaultBoard::find(std::string_view fault, const std::string& target) const {
    const auto found = active_.find({std::string(fault), target});
    return found == active_.end() ? nullptr : &found->second.use;
}

bool FaultBoard::is_active(std::string_view fault, const std::string& target) const {
    return find(fault, target) != nullptr;
}

void FaultBoard::arm() {
    const bool wanted = std::any_of(active_.begin(), active_.end(), [](const auto& entry) {
        return entry.second.until || entry.second.fault->step != nullptr;
    });
    if (!wanted || timer_ != 0) return;
    timer_ = cluster_.simulation().schedule(
        {.component = component_, .after = kStep, .cadence = sim::Cadence::Heartbeat});
}

void FaultBoard::handle(const sim::Event&) {
    timer_ = 0;
    std::vector<Key> keys;
    for (const auto& [key, active] : active_) keys.push_back(key);
    for (const Key& key : keys) {
        const auto found = active_.find(key);
        if (found == active_.end()) continue;
        Active& active = found->second;
        const bool goes_on = active.fault->step == nullptr || active.fault->step(active.use);
        const bool over = active.until && *active.until <= cluster_.now();
        if (!goes_on || over) finish(key, "end");
    }
    arm();
}

}  // namespace kubetab::cluster
