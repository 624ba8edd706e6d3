// How long a Job waits before it makes another pod after one has failed.
//
// 10 s after the first failure since the last success, doubling up to 10 minutes, counted from when the
// failed pod ended. upstream: pkg/controller/job/backoff_utils.go
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/api/core/pod.h"
#include "engine/api/object.h"
#include "engine/sim/time.h"

namespace kubetab::controllers {

// When the pod's last container ended; without that, when it stopped being ready or began to be deleted.
api::Time finished_at(const api::Pod& pod);

// 0 when there is nothing to wait for.
sim::Duration back_off_left(std::int32_t failures, api::Time last_failure, sim::Instant now);

// The failures of a Job since its last success.
struct BackOffRecord {
    std::int32_t failures = 0;
    api::Time last_failure{};

    // With pods that have ended since.
    BackOffRecord with(std::vector<api::Ref<api::Pod>> succeeded,
                       std::vector<api::Ref<api::Pod>> failed) const;
};

}  // namespace kubetab::controllers
