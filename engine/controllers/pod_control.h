// PodControl: creates and deletes pods for a controller, and records the events that say so.
//
// upstream: pkg/controller/controller_utils.go [RealPodControl]
#pragma once

#include "engine/api/kinds.h"
#include "engine/base/list.h"
#include "engine/client/client.h"
#include "engine/client/event_recorder.h"

namespace kubetab::controllers {

// The reference that makes `owner` the controller of what carries it.
api::OwnerReference controller_reference(const api::Kind& kind, const api::ObjectMeta& owner);
// The failure says that the namespace is going away: nothing can be done and nothing need be said.
bool is_namespace_terminating(const base::Status& status);

class PodControl {
public:
    PodControl(client::Client& client, client::EventRecorder& events) : client_(client), events_(events) {}

    // A pod of the template, named after the owner unless another beginning of its name is given. Records
    // SuccessfulCreate or FailedCreate on the owner.
    base::Result<void> create(const api::Kind& owner_kind, const api::Object& owner,
                              const api::PodTemplateSpec& pod_template, const std::string& prefix = {});
    // Records SuccessfulDelete or FailedDelete on the owner. A pod that is gone already is NotFound, without
    // an event.
    base::Result<void> remove(const api::Kind& owner_kind, const api::Object& owner, const api::Pod& pod);

private:
    client::Client& client_;
    client::EventRecorder& events_;
    // Of the pod that was made last; all pods of an owner share it.
    base::List<api::OwnerReference> owners_{};
};

}  // namespace kubetab::controllers
