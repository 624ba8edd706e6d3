// Which pods go first when there are too many.
//
// upstream: pkg/controller/controller_utils.go [ActivePodsWithRanks]
#pragma once

#include <cstdint>
#include <vector>

#include "engine/api/core/pod.h"
#include "engine/api/object.h"
#include "engine/sim/time.h"

namespace kubetab::controllers {

struct RankedPod {
    api::Ref<api::Pod> pod{};
    std::int64_t related_on_node = 0;  // pods of the same application on its node
};

// True when `a` goes before `b`: not assigned, pending, not ready, cheaper to delete, more crowded, ready for
// less long (by powers of two), restarted more often, younger.
bool goes_before(const RankedPod& a, const RankedPod& b, sim::Instant now);

// The `count` pods of `pods` that go first; all of them, in their order, when there are no more. `related`
// are the active pods of the same application, to spread what remains over the nodes.
std::vector<api::Ref<api::Pod>> pods_to_delete(const std::vector<api::Ref<api::Pod>>& pods,
                                               const std::vector<api::Ref<api::Pod>>& related,
                                               std::size_t count, sim::Instant now);

}  // namespace kubetab::controllers
