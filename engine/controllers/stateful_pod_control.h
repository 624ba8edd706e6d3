// StatefulPodControl: creates, puts right and deletes the pods of StatefulSets, with their claims, and
// records the events that say so.
//
// upstream: pkg/controller/statefulset/stateful_pod_control.go
#pragma once

#include <string_view>

#include "engine/api/core/persistent_volume_claim.h"
#include "engine/api/core/pod.h"
#include "engine/api/stateful_set.h"
#include "engine/client/client.h"
#include "engine/client/event_recorder.h"
#include "engine/client/informer.h"

namespace kubetab::controllers {

class StatefulPodControl {
public:
    // All of them outlive this.
    StatefulPodControl(client::Client& client, client::EventRecorder& events,
                       const client::Informer<api::PersistentVolumeClaim>& claims)
        : client_(client), events_(events), claims_(claims) {}

    // With the claims first. A claim that is being deleted stands in the way.
    base::Result<void> create(const api::StatefulSet& set, const api::Pod& pod);
    // Claims that are missing, for a pod that is there.
    base::Result<void> create_claims(const api::StatefulSet& set, const api::Pod& pod);
    // Gives the pod the labels and claims that it should have, and its claims the right owners; writes
    // nothing when they are so.
    base::Result<void> put_right(const api::StatefulSet& set, const api::Pod& pod);
    // Makes the owners of the pod's claims what the retention policy says.
    base::Result<void> retain_claims(const api::StatefulSet& set, const api::Pod& pod);
    base::Result<void> remove(const api::StatefulSet& set, const api::Pod& pod);

private:
    base::Result<void> create_claim(const api::StatefulSet& set, const api::Pod& pod,
                                    const api::PersistentVolumeClaim& claim);
    void record(const api::StatefulSet& set, const api::Pod& pod, std::string_view verb,
                const base::Result<void>& result);

    client::Client& client_;
    client::EventRecorder& events_;
    const client::Informer<api::PersistentVolumeClaim>& claims_;
};

}  // namespace kubetab::controllers
