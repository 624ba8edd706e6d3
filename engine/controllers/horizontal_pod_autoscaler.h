// HorizontalPodAutoscaler controller: sets the number of pods of a workload by what they use.
//
// watches:  horizontalpodautoscalers, each looked at every 15 s; pods; metrics.k8s.io
// writes:   the scale of deployments, replicasets, statefulsets, replicationcontrollers;
//           horizontalpodautoscalers/status; events
// upstream: pkg/controller/podautoscaler/horizontal.go
// differs:  metrics of type Pods, Object and External fail as in a cluster without their APIs, because
// nothing
//           here has such metrics.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "engine/api/autoscaling.h"
#include "engine/api/metrics_access.h"
#include "engine/api/scale.h"
#include "engine/api/selectors.h"
#include "engine/client/controller.h"
#include "engine/client/event_recorder.h"
#include "engine/client/informer.h"
#include "engine/controllers/autoscaler_scaling.h"
#include "engine/controllers/replica_calculator.h"

namespace kubetab::controllers {

class HorizontalPodAutoscalerController : public client::Controller {
public:
    // `metrics` outlives the controller.
    HorizontalPodAutoscalerController(sim::Simulation& simulation, client::InformerFactory& informers,
                                      const api::ResourceMetrics& metrics);

protected:
    base::Result<client::Requeue> reconcile(const api::ObjectKey& key) override;
    void handle_own(const sim::Event& event) override;

private:
    using Autoscaler = api::HorizontalPodAutoscaler;
    struct Target {
        const api::Kind* kind = nullptr;
        api::Ref<api::Object> object{};
        api::Scale scale{};
    };
    // What the metrics ask for.
    struct Recommendation {
        std::int32_t replicas = 0;
        std::string metric{};  // the one that asks for most
    };
    // What one metric asks for, or why it does not: `failure` is empty when it does.
    struct Proposal {
        std::int32_t replicas = 0;
        std::string metric{};
        std::string failure{};
        std::string reason{};   // of the condition, when it fails
        std::string message{};  // of the condition, when it fails
    };
    struct Decision {
        std::int32_t replicas = 0;
        std::string reason{};
        bool rescale = true;
    };

    void wait_for_sync(const api::ObjectKey& key);
    void forget(const api::ObjectKey& key);
    void set_condition(Autoscaler& autoscaler, std::string_view type, std::string_view status,
                       std::string_view reason, std::string message);
    void warn(const Autoscaler& autoscaler, std::string_view reason, const std::string& message);
    base::Result<void> sync(const Autoscaler& stored);
    base::Result<Target> find_target(const Autoscaler& autoscaler);
    // Nothing when there is no recommendation; then conditions and events say why.
    std::optional<Decision> decide(Autoscaler& autoscaler, const Target& target, ScalingHistory& history);
    std::optional<Recommendation> recommend(Autoscaler& autoscaler, const Target& target);
    base::Result<api::Selector> selector_of(Autoscaler& autoscaler, const Target& target);
    Proposal propose(const Autoscaler& autoscaler, const api::MetricSpec& metric, const Target& target,
                     const api::Selector& selector, api::MetricStatus& status);
    Proposal by_resource(const Autoscaler& autoscaler, const api::MetricSpec& metric, const Target& target,
                         const api::Selector& selector, api::MetricStatus& status);
    Proposal refused(const Autoscaler& autoscaler, std::string_view reason, const std::string& why,
                     const std::string& about);
    base::Result<void> rescale(Autoscaler& autoscaler, const Target& target, const Decision& decision);
    base::Result<void> write(const Autoscaler& stored, Autoscaler next);

    const api::ResourceMetrics& metrics_;
    client::Informer<Autoscaler>& autoscalers_;
    client::Informer<api::Pod>& pods_;
    client::EventRecorder events_;
    std::set<api::ObjectKey> waiting_{};  // for their next sync
    std::map<api::ObjectKey, ScalingHistory> histories_{};
    std::map<api::ObjectKey, api::Selector> selectors_{};  // of the pods that each one scales
};

}  // namespace kubetab::controllers
