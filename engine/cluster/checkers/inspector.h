// Inspector: holds a cluster against all invariants.
//
// Must be made while the store still keeps its first write, and is then told of each write as the cluster's
// only observer. Reads only: a cluster that is inspected runs as one that is not.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/cluster/checkers/checkers.h"
#include "engine/cluster/cluster.h"

namespace kubetab::cluster {

struct Finding {
    std::string invariant{};
    std::string violation{};
};

class Inspector : private store::Observer {
public:
    // The cluster must outlive it.
    explicit Inspector(Cluster& cluster);
    ~Inspector() override { cluster_.observe(nullptr); }
    Inspector(const Inspector&) = delete;
    Inspector& operator=(const Inspector&) = delete;

    // All writes until now, and the present moment.
    std::optional<Finding> inspect();
    // The same and what holds at rest: all faults must be healed.
    std::optional<Finding> inspect_settled();
    // How long controllers may take then.
    static constexpr sim::Duration kTimeToAct = sim::milliseconds(500);
    // Makes every controller look at every object once more. In a cluster at rest nobody may write.
    std::optional<Finding> inspect_idempotence();

private:
    void wrote(const store::Write& write) override;

    Cluster& cluster_;
    std::vector<std::unique_ptr<Checker>> checkers_;
    std::optional<Finding> finding_{};  // the first of a single write
};

}  // namespace kubetab::cluster
