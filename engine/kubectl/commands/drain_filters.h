// Which pods of a node `drain` removes, which it leaves, and which forbid draining.
//
// upstream: staging/src/k8s.io/kubectl/pkg/drain/filters.go
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/kubectl/command.h"

namespace kubetab::kubectl {

struct PodReference {
    std::string namespace_{};
    std::string name{};
    std::string uid{};

    std::string text() const { return namespace_ + "/" + name; }
};

struct DrainPlan {
    std::vector<PodReference> pods{};   // to be removed
    std::vector<std::string> errors{};  // why the node cannot be drained
    std::string warnings{};             // "" for none
};

base::Result<DrainPlan> plan_drain(Context& context, const std::string& node);

}  // namespace kubetab::kubectl
