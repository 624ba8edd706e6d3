// FaultBoard: begins and ends the faults of a cluster and knows which are active.
//
// A fault is active once for each target: beginning it again begins it anew with the new choices. Whoever
// listens hears of every beginning and end in words, including the ends that come by themselves.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/cluster/faults/fault.h"
#include "engine/sim/simulation.h"

namespace kubetab::cluster {

class FaultBoard final : public sim::Component {
public:
    struct Active {
        const Fault* fault = nullptr;
        FaultUse use;
        std::optional<sim::Instant> until{};
    };
    using Key = std::pair<std::string, std::string>;  // fault and target

    explicit FaultBoard(Cluster& cluster);
    ~FaultBoard() override;
    FaultBoard(const FaultBoard&) = delete;
    FaultBoard& operator=(const FaultBoard&) = delete;

    using Values = std::map<std::string, std::string>;
    // `values` may also say how long it lasts ("for"). A failure says in one sentence what is wrong; then
    // nothing has happened.
    base::Result<void> begin(const Fault& fault, const std::string& target, const Values& values);
    // NotFound when it is not active there.
    base::Result<void> end(const Fault& fault, const std::string& target);
    // How many have ended.
    int end_all();
    // Those of a node that is about to go.
    void end_all_of(const std::string& node);
    bool is_active(std::string_view fault, const std::string& target = {}) const;
    // The use, or null.
    const FaultUse* find(std::string_view fault, const std::string& target = {}) const;
    const std::map<Key, Active>& active() const { return active_; }
    void on_change(std::function<void(std::string)> listener) { listener_ = std::move(listener); }

    void handle(const sim::Event& event) override;

private:
    base::Result<Values> complete(const Fault& fault, const Values& values,
                                  std::optional<sim::Duration>& lasts) const;
    base::Result<void> check_target(const Fault& fault, const std::string& target) const;
    void finish(const Key& key, std::string_view how);
    void arm();
    void say(std::string words) const;

    Cluster& cluster_;
    sim::ComponentId component_;
    std::map<Key, Active> active_{};
    sim::EventId timer_ = 0;
    std::function<void(std::string)> listener_{};
};

}  // namespace kubetab::cluster
