// MetricsApi: answers for metrics.k8s.io in place of the metrics server's process.
//
// The API is there when an APIService named v1beta1.metrics.k8s.io is, and answers while that one is
// available and a pod of a metrics server stands behind its Service. What is told is what containers use when
// somebody asks, at the time of the last sample: samples are taken each 15 s from the start of the server's
// container on. A container is told of once it has run for 10 s at a sample, anything at all from the second
// sample on.
//
// upstream: github.com/kubernetes-sigs/metrics-server pkg/{api,scraper,storage}
// differs:  usage is looked at when somebody asks and not kept from the sample, because programs change
// theirs
//           less often than that; nodes add a fixed share for what runs outside of pods.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/metrics_access.h"
#include "engine/server/server.h"

namespace kubetab::server {

struct ContainerUsage {
    std::int64_t cpu_milli = 0;
    std::int64_t memory_bytes = 0;
};

// Asks the kubelets.
class UsageSource {
public:
    virtual ~UsageSource() = default;
    // Nothing when the kubelet of the pod's node cannot be asked.
    virtual std::optional<ContainerUsage> usage(const api::Pod& pod, const std::string& container) const {
        (void)pod;
        (void)container;
        return std::nullopt;
    }
};

class MetricsApi : public api::ResourceMetrics {
public:
    enum class State { Absent, Unavailable, Available };

    // Both outlive it. `kubelets` may be null: then nothing is measured.
    MetricsApi(Server& server, const UsageSource* kubelets) : server_(server), kubelets_(kubelets) {}

    State state() const;
    // Why there is no answer, in a client's words about `what`, such as "get pods.metrics.k8s.io".
    base::Status refusal(std::string_view what) const;
    // NodeMetrics or PodMetrics, ordered by key. An empty namespace means all.
    std::vector<api::Ref<api::Object>> list(const api::Kind& kind, const api::Text& in_namespace) const;
    base::Result<api::Ref<api::Object>> get(const api::Kind& kind, const api::ObjectKey& key) const;

    base::Result<std::vector<api::Ref<api::PodMetrics>>> pods_in(
        const api::Text& in_namespace) const override;

private:
    std::optional<sim::Instant> last_sample() const;
    const api::Pod* answering_pod() const;
    api::Ref<api::PodMetrics> measure(const api::Pod& pod, sim::Instant sample) const;
    api::Ref<api::NodeMetrics> measure(const api::Node& node, sim::Instant sample) const;
    std::optional<ContainerUsage> usage(const api::Pod& pod, const api::ContainerStatus& container) const;

    Server& server_;
    const UsageSource* kubelets_;
};

}  // namespace kubetab::server
