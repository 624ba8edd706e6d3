// Slow start: work is done in batches of 1, 2, 4, …; a batch with a failure is the last one.
//
// A create that must fail for all pods (a quota, say) is then tried once and not a thousand times.
// upstream: pkg/controller/replicaset/replica_set.go [slowStartBatch]
#pragma once

#include <algorithm>
#include <optional>

#include "engine/base/status.h"

namespace kubetab::controllers {

struct SlowStartResult {
    std::int32_t succeeded = 0;
    std::optional<base::Status> first_failure{};
};

// `work` returns Result<void>; it is called at most `count` times.
template <class Work>
SlowStartResult slow_start(std::int32_t count, Work work) {
    SlowStartResult result;
    std::int32_t remaining = count;
    for (std::int32_t batch = std::min(remaining, 1); batch > 0; batch = std::min(2 * batch, remaining)) {
        for (std::int32_t i = 0; i < batch; ++i) {
            const base::Result<void> done = work();
            if (done.ok()) ++result.succeeded;
            else if (!result.first_failure) result.first_failure = done.error();
        }
        if (result.first_failure) return result;
        remaining -= batch;
    }
    return result;
}

}  // namespace kubetab::controllers
