// Inspector: holds a cluster against all invariants.
//
// Must be made while the store still keeps its first write, and asked often enough that no write falls out of
// the log in between. Reads only: a cluster that is inspected runs as one that is not.
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

class Inspector {
public:
    // The cluster must outlive it.
    explicit Inspector(Cluster& cluster);

    // The writes since the last call, and the present moment.
    std::optional<Finding> inspect();
    // The same and what holds at rest: all faults must be healed.
    std::optional<Finding> inspect_settled();
    // Makes every controller look at every object once more. In a cluster at rest nobody may write.
    std::optional<Finding> inspect_idempotence();

private:
    std::optional<Finding> see(const store::Write& write);

    Cluster& cluster_;
    std::vector<std::unique_ptr<Checker>> checkers_;
    store::Revision seen_ = 0;
};

}  // namespace kubetab::cluster
