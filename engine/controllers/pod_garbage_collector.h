// Pod garbage collector: every 20 s deletes pods that nobody else will: those of nodes that no longer exist,
// those that end on a node declared out of service, those that are being deleted and never got a node, and
// finished ones when there are too many.
//
// watches:  pods by node; nodes
// writes:   pods/status (phase Failed, DisruptionTarget), pods (delete)
// upstream: pkg/controller/podgc/gc_controller.go
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>

#include "engine/client/controller.h"
#include "engine/client/informer.h"

namespace kubetab::controllers {

class PodGarbageCollector : public client::Controller {
public:
    PodGarbageCollector(sim::Simulation& simulation, client::InformerFactory& informers);

    // So many finished pods are kept. upstream: --terminated-pod-gc-threshold
    static constexpr std::size_t kFinishedKept = 12'500;

protected:
    // Not used: it works on all pods at its own pace.
    base::Result<client::Requeue> reconcile(const api::ObjectKey& key) override;
    void handle_own(const sim::Event& event) override;

private:
    void collect();
    void collect_finished();
    void collect_out_of_service();
    void collect_orphaned();
    void collect_unassigned();
    void remove(const api::Pod& pod, const std::string& why, const api::PodCondition* condition = nullptr);
    void pod_changed(const client::Change& change);

    client::Informer<api::Node>& nodes_;
    client::Informer<api::Pod>& pods_;
    // Names of nodes that pods name and that do not exist, and since when a pass has known; unset before the
    // first.
    std::map<std::string, std::optional<sim::Instant>> missing_{};
};

}  // namespace kubetab::controllers
