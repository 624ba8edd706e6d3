// DefaultSpread: which pods a pod is to be spread from when it says nothing itself: those of its services and
// owner.
//
// Answers are remembered by owner and labels until a service or the owner changes. Bounded: forgets all at
// kKnownMax.
//
// upstream: pkg/scheduler/framework/plugins/helper/spread.go DefaultSelector
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "engine/api/kinds.h"
#include "engine/scheduler/label_selector.h"
#include "engine/scheduler/plugin.h"
#include "engine/scheduler/pod_info.h"

namespace kubetab::scheduler {

class DefaultSpread {
public:
    explicit DefaultSpread(Surroundings& surroundings) : surroundings_(surroundings) {}

    // Null when the pod belongs to nothing. Valid until the next call.
    const CompiledSelector* selector_for(const PodInfo& pod);

private:
    struct Known {
        base::StringMap labels{};
        std::int64_t services_version = 0;
        const api::ReplicaSet* replica_set = nullptr;  // compared only
        api::Ref<api::ReplicaSet> keep{};              // so that the address is not used again
        CompiledSelector selector{};
    };

    CompiledSelector work_out(const PodInfo& pod, const api::ReplicaSet* replica_set) const;

    static constexpr std::size_t kKnownMax = 4096;

    Surroundings& surroundings_;
    std::map<std::string, Known> known_{};  // by uid of the controlling owner, or namespace
};

}  // namespace kubetab::scheduler
