// StatefulSet controller: keeps pods with lasting names and claims, one after the other unless told
// otherwise.
//
// watches:  statefulsets; pods, controllerrevisions, through their controlling owner reference; claims
// writes:   pods (create, update, delete, adopt, release); persistentvolumeclaims (create, owners);
//           controllerrevisions; statefulsets/status; events
// upstream: pkg/controller/statefulset/{stateful_set,stateful_set_control}.go
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/api/stateful_set.h"
#include "engine/client/controller.h"
#include "engine/client/event_recorder.h"
#include "engine/client/informer.h"
#include "engine/controllers/last_write.h"
#include "engine/controllers/revision_history.h"
#include "engine/controllers/stateful_pod_control.h"

namespace kubetab::controllers {

class StatefulSetController : public client::Controller {
public:
    StatefulSetController(sim::Simulation& simulation, client::InformerFactory& informers);

protected:
    base::Result<client::Requeue> reconcile(const api::ObjectKey& key) override;

private:
    using PodList = std::vector<api::Ref<api::Pod>>;

    // A StatefulSet with what is known of it in one sync.
    struct Sync {
        const api::StatefulSet& set;
        PodList pods{};                               // claimed
        Revisions revisions{};                        // oldest first
        api::Ref<api::ControllerRevision> current{};  // that an update comes from
        api::Ref<api::ControllerRevision> update{};   // that it leads to
        api::Box<api::PodTemplateSpec> current_template{};
        api::StatefulSetStatus status{};
        // Pods by ordinal; null where none is.
        PodList replicas{};
        // Pods beyond the wanted ordinals, the highest first.
        PodList condemned{};
        api::Ref<api::Pod> first_unhealthy{};
        // The cache shows all pods that were made.
        bool cache_is_current = false;
    };

    base::Result<PodList> claimed_pods(const api::StatefulSet& set);
    base::Result<void> sync_pods(Sync& sync);
    base::Result<void> write_status(const Sync& sync);

    // What a pass over some pods ended with: go on with the next pass, or leave it for now.
    using Step = base::Result<bool>;
    void sort_pods(Sync& sync) const;
    void count_pods(Sync& sync) const;
    Step keep_replicas(Sync& sync);
    Step keep_replica(const Sync& sync, std::int32_t index);
    Step create_replica(const Sync& sync, std::int32_t index);
    Step remove_condemned(Sync& sync);
    base::Result<void> roll(Sync& sync);
    base::Result<void> remove_pod(const Sync& sync, const api::Pod& pod, std::string why);
    bool takes_current_revision(const Sync& sync, std::int32_t index) const;

    // The history.
    base::Result<void> find_revisions(Sync& sync);
    base::Result<api::Ref<api::ControllerRevision>> update_revision(Sync& sync);
    base::Result<void> clean_history(const Sync& sync);

    void stateful_set_changed(const client::Change& change);
    void pod_changed(const client::Change& change);
    void enqueue_those_matching(const api::Object& orphan, std::int64_t revision);

    client::Informer<api::StatefulSet>& sets_;
    client::Informer<api::ControllerRevision>& revisions_;
    client::Informer<api::PersistentVolumeClaim>& claims_;
    client::Informer<api::Pod>& pods_;
    client::EventRecorder events_;
    StatefulPodControl pod_control_;
    // So that a pod is not made twice while the cache does not show it yet.
    LastWrite made_{};
};

}  // namespace kubetab::controllers
