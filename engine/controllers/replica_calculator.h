// ReplicaCalculator: how many pods it takes for a resource to be used as it should be.
//
// upstream: pkg/controller/podautoscaler/replica_calculator.go, metrics/client.go, metrics/utilization.go
// differs:  shares are kept as fractions, so that a number of pods that comes out whole is not rounded up, as
//           upstream's floating point sometimes does.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/api/autoscaling.h"
#include "engine/api/core/pod.h"
#include "engine/api/metrics_access.h"
#include "engine/api/selectors.h"

namespace kubetab::controllers {

// What is asked: the use of a resource by some pods, or by one container of each.
struct ResourceQuestion {
    api::Text resource{};
    api::Text container{};  // "" is all of them
    const api::MetricTarget* target = nullptr;
    std::int32_t current = 0;  // pods that there should be now
    api::Text in_namespace{};
    const api::Selector* selector = nullptr;
    const std::vector<api::Ref<api::Pod>>* pods = nullptr;  // those that are selected
};

struct CalculatedReplicas {
    std::int32_t replicas = 0;
    std::optional<std::int32_t> utilization{};  // in percent, where the target is one
    std::int64_t average_milli = 0;             // for each pod
};

class ReplicaCalculator {
public:
    // `metrics` outlives it.
    ReplicaCalculator(const api::ResourceMetrics& metrics, sim::Instant now) : metrics_(metrics), now_(now) {}

    // A failure says why there is no answer, e.g. "did not receive metrics for targeted pods (pods might be
    // unready)".
    base::Result<CalculatedReplicas> calculate(const ResourceQuestion& question) const;

private:
    struct Sample {
        std::int64_t milli = 0;
        api::Time at{};
    };
    using Samples = std::map<api::Text, Sample>;  // by the pod's name
    using Requests = std::map<api::Text, std::int64_t>;
    struct Groups {
        std::int32_t ready = 0;
        std::set<api::Text> unready{};
        std::set<api::Text> missing{};
        std::set<api::Text> ignored{};
    };
    // used / wanted
    struct Ratio {
        std::int64_t used = 0;
        std::int64_t wanted = 1;

        bool above() const { return used > wanted; }
        bool below() const { return used < wanted; }
        bool small() const;
        std::int32_t of(std::int64_t pods) const;
    };
    struct Measured {
        Ratio ratio{};
        std::optional<std::int32_t> utilization{};
        std::int64_t average_milli = 0;
    };

    base::Result<Samples> read(const ResourceQuestion& question) const;
    bool is_unready(const api::Pod& pod, const Sample& sample) const;
    Groups group(const ResourceQuestion& question, const Samples& samples) const;
    static base::Result<Requests> requests_of(const ResourceQuestion& question);
    static base::Result<Measured> measure(const ResourceQuestion& question, const Samples& samples,
                                          const Requests& requests);
    static void assume(const ResourceQuestion& question, const Groups& groups, const Ratio& ratio,
                       const Requests& requests, Samples& samples);

    const api::ResourceMetrics& metrics_;
    sim::Instant now_;
};

}  // namespace kubetab::controllers
