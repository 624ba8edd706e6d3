// Taint eviction controller: deletes pods from nodes with a NoExecute taint that they do not tolerate, or no
// longer.
//
// The time that a pod tolerates a taint runs from when the taint was noticed; it is not started again by
// later changes that would end no earlier, and forgotten when the taint goes.
//
// watches:  pods; nodes (taints)
// writes:   pods/status (DisruptionTarget), pods (delete); events
// upstream: pkg/controller/tainteviction/taint_eviction.go
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "engine/client/controller.h"
#include "engine/client/event_recorder.h"
#include "engine/client/informer.h"

namespace kubetab::controllers {

class TaintEvictionController : public client::Controller {
public:
    TaintEvictionController(sim::Simulation& simulation, client::InformerFactory& informers);

protected:
    base::Result<client::Requeue> reconcile(const api::ObjectKey& key) override;

private:
    // An eviction to come.
    struct Pending {
        std::string uid{};  // of the pod
        sim::Instant since{};
        sim::Instant due{};
    };

    std::optional<Pending> wanted(const api::Pod& pod, const std::vector<api::Taint>& taints) const;
    void cancel(const api::ObjectKey& key);
    base::Result<void> evict(const api::ObjectKey& key, const std::string& uid);
    void pod_changed(const client::Change& change);
    void node_changed(const client::Change& change);
    void record(const api::ObjectKey& pod, const std::string& message);

    client::Informer<api::Node>& nodes_;
    client::Informer<api::Pod>& pods_;
    client::EventRecorder events_;
    std::map<api::ObjectKey, Pending> pending_{};
};

}  // namespace kubetab::controllers
