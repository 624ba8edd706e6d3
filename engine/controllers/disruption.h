// Disruption controller: counts, for each PodDisruptionBudget, how many of its pods are healthy, how many
// must be, and so how many may be evicted now.
//
// watches:  poddisruptionbudgets; pods
// writes:   poddisruptionbudgets/status; pods/status (a DisruptionTarget that came to nothing); events
// upstream: pkg/controller/disruption/disruption.go
#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "engine/api/policy.h"
#include "engine/client/controller.h"
#include "engine/client/event_recorder.h"
#include "engine/client/informer.h"

namespace kubetab::controllers {

class DisruptionController : public client::Controller {
public:
    DisruptionController(sim::Simulation& simulation, client::InformerFactory& informers);

protected:
    base::Result<client::Requeue> reconcile(const api::ObjectKey& key) override;
    void handle_own(const sim::Event& event) override;

private:
    using Budget = api::PodDisruptionBudget;
    using Pods = std::vector<api::Ref<api::Pod>>;
    struct Expectation {
        std::int32_t pods = 0;
        std::int32_t healthy = 0;
    };

    void pod_changed(const client::Change& change);
    void watch_disruption(const api::Pod& pod);
    void clear_disruption(const api::ObjectKey& key);
    Pods pods_of(const Budget& budget) const;
    base::Result<client::Requeue> try_sync(const Budget& budget);
    base::Result<Expectation> expect(const Budget& budget, const Pods& pods);
    base::Result<std::int32_t> scale_of(const Budget& budget, const Pods& pods);
    base::Result<std::int32_t> scale_of(const api::OwnerReference& owner, const api::Pod& pod,
                                        api::Text& scaled_uid);
    base::FlatMap<api::Time> still_disrupted(const Budget& budget, const Pods& pods);
    base::Result<void> write(const Budget& budget, api::PodDisruptionBudgetStatus status);
    base::Result<void> fail(const Budget& budget, const base::Status& why);

    client::Informer<Budget>& budgets_;
    client::Informer<api::Pod>& pods_;
    client::EventRecorder events_;
    // Pods that say they are about to go. Checked when the first of them has had its time.
    std::set<api::ObjectKey> announced_{};
};

}  // namespace kubetab::controllers
