// Node lifecycle controller: notices nodes that no longer report, says so on the node and its pods, and
// taints it.
//
// Looks at all nodes every 5 s. A node that has neither renewed its Lease nor posted its status for 50 s is
// marked Unknown. NoSchedule taints follow the conditions at once; the NoExecute taint, which evicts, comes
// one look later and no faster than the state of the node's zone allows.
//
// Keys of its queue: a node's name, whose NoSchedule taints are brought up to date, or a pod that has come to
// a node.
//
// watches:  nodes; leases; pods by node
// writes:   nodes (taints, labels), nodes/status, pods/status (Ready), events
// upstream: pkg/controller/nodelifecycle/node_lifecycle_controller.go
#pragma once

#include <map>
#include <string>

#include "engine/client/controller.h"
#include "engine/client/event_recorder.h"
#include "engine/client/informer.h"
#include "engine/controllers/node_zones.h"

namespace kubetab::controllers {

class NodeLifecycleController : public client::Controller {
public:
    NodeLifecycleController(sim::Simulation& simulation, client::InformerFactory& informers);

protected:
    base::Result<client::Requeue> reconcile(const api::ObjectKey& key) override;
    void handle_own(const sim::Event& event) override;

private:
    // What is known of a node's heartbeat.
    struct Health {
        std::string uid{};
        std::string zone{};
        sim::Instant probed{};      // when a heartbeat was last seen
        bool reported = false;      // has the condition Ready
        api::Time heartbeat{};      // of the condition Ready
        api::MicroTime renewed{};   // of the Lease
        bool pods_pending = false;  // marking its pods has failed
    };

    void look_at_all();
    void notice_new_and_gone();
    void look_at(const api::Node& node, Health& health);
    bool see_heartbeat(const api::Node& node, Health& health) const;
    base::Result<api::Ref<api::Node>> mark_unknown(const api::Node& node);
    void prepare_eviction(const api::Node& node, const Health& health);
    void mark_reachable(const api::Node& node, const Health& health);
    void taint_next();
    void schedule_look();
    void schedule_taint();
    bool is_late(const Health& health) const;

    base::Result<client::Requeue> sync_node(const api::ObjectKey& key);
    base::Result<client::Requeue> sync_pod(const api::ObjectKey& key);
    base::Result<void> mark_pods_not_ready(const std::string& node);
    base::Result<void> mark_pod_not_ready(const api::ObjectKey& key);
    void node_changed(const client::Change& change);
    void pod_changed(const client::Change& change);
    void record(const std::string& node, const std::string& uid, const std::string& reason,
                const std::string& message);

    client::Informer<api::Node>& nodes_;
    client::Informer<api::Lease>& leases_;
    client::Informer<api::Pod>& pods_;
    client::EventRecorder events_;
    std::map<std::string, Health> known_{};
    NodeZones zones_{};
    sim::Instant started_{};
    sim::EventId next_taint_ = 0;
};

}  // namespace kubetab::controllers
