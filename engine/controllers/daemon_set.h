// DaemonSet controller: keeps one pod of a DaemonSet on every node that suits it.
//
// The pods go through the scheduler like all others, each with an affinity for its node.
//
// watches:  daemonsets; nodes; pods and controllerrevisions, through their controlling owner reference
// writes:   pods (create, delete, adopt, release); controllerrevisions; daemonsets/status; events
// upstream: pkg/controller/daemon/{daemon_controller,update}.go
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/api/daemon_set.h"
#include "engine/client/controller.h"
#include "engine/client/event_recorder.h"
#include "engine/client/expectations.h"
#include "engine/client/informer.h"
#include "engine/controllers/daemon_set_nodes.h"
#include "engine/controllers/pod_control.h"
#include "engine/controllers/revision_history.h"

namespace kubetab::controllers {

class DaemonSetController : public client::Controller {
public:
    DaemonSetController(sim::Simulation& simulation, client::InformerFactory& informers);

protected:
    base::Result<client::Requeue> reconcile(const api::ObjectKey& key) override;

private:
    using PodList = std::vector<api::Ref<api::Pod>>;
    using PodsByNode = std::map<std::string, PodList>;  // by the node that they are on or meant for
    // What is to be done with a DaemonSet's pods.
    struct Plan {
        std::vector<std::string> create_on{};  // names of nodes
        PodList remove{};
    };
    // A DaemonSet with what is known of it in one sync.
    struct Sync {
        const api::DaemonSet& set;
        DaemonPlacement placement;
        std::string hash{};  // of the present template
        Revisions old{};
        PodsByNode pods{};
        std::optional<sim::Duration> again{};  // when to look again

        void look_again(sim::Duration after) { again = again ? std::min(*again, after) : after; }
    };

    base::Result<void> sync(Sync& sync, const api::ObjectKey& key);
    base::Result<PodsByNode> pods_by_node(const api::DaemonSet& set);
    base::Result<void> manage(Sync& sync);
    void plan_node(Sync& sync, const api::Node& node, Plan& plan);
    // Of the pods of a node that should run one, those that are there to stay; the others are noted in
    // `plan`.
    PodList living(Sync& sync, const api::Node& node, const PodList& pods, Plan& plan);
    void drop_surplus(const Sync& sync, PodList& running, Plan& plan) const;
    base::Result<void> carry_out(const Sync& sync, const Plan& plan);
    std::optional<base::Status> create_pods(const Sync& sync, const std::vector<std::string>& nodes);
    std::optional<base::Status> delete_pods(const Sync& sync, const PodList& pods);
    base::Result<void> write_status(Sync& sync, bool observed);

    // The rolling update.
    base::Result<void> roll(const Sync& sync);
    Plan plan_replacing(const Sync& sync, std::int32_t max_unavailable) const;
    Plan plan_surging(const Sync& sync, std::int32_t max_surge) const;

    // The history. Finds or makes the revision of the present template.
    base::Result<void> find_revisions(Sync& sync);
    base::Result<Revisions> claimed_revisions(const api::DaemonSet& set);
    base::Result<api::Ref<api::ControllerRevision>> snapshot(const api::DaemonSet& set, std::int64_t number);
    base::Result<api::Ref<api::ControllerRevision>> keep_one(const Sync& sync, Revisions& same);
    base::Result<void> clean_history(const Sync& sync);

    void daemon_set_changed(const client::Change& change);
    void node_changed(const client::Change& change);
    void pod_changed(const client::Change& change);
    // After pods may have come and gone unseen; upstream would wait five minutes.
    void expect_nothing();
    api::Ref<api::DaemonSet> owner_of(const api::Pod& pod) const;
    void enqueue_all(std::int64_t revision);
    bool is_available(const api::DaemonSet& set, const api::Pod& pod) const;

    client::Informer<api::DaemonSet>& sets_;
    client::Informer<api::ControllerRevision>& revisions_;
    client::Informer<api::Node>& nodes_;
    client::Informer<api::Pod>& pods_;
    client::EventRecorder events_;
    PodControl pod_control_;
    client::Expectations expectations_{};

    // How long to wait before a pod that failed on a node is replaced, by DaemonSet, generation and node.
    struct BackOff {
        sim::Duration wait{};
        sim::Instant since{};
    };
    std::map<std::string, BackOff> back_off_{};
};

}  // namespace kubetab::controllers
