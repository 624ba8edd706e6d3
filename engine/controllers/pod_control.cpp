#include "engine/controllers/pod_control.h"

#include <utility>

namespace kubetab::controllers {

api::OwnerReference controller_reference(const api::Kind& kind, const api::ObjectMeta& owner) {
    api::OwnerReference reference;
    reference.apiVersion = kind.api_version();
    reference.kind = kind.kind;
    reference.name = owner.name;
    reference.uid = owner.uid;
    reference.controller = true;
    reference.blockOwnerDeletion = true;
    return reference;
}

bool is_namespace_terminating(const base::Status& status) {
    for (const base::StatusCause& cause : status.causes) {
        if (cause.reason == "NamespaceTerminating") return true;
    }
    return false;
}

base::Result<void> PodControl::create(const api::Kind& owner_kind, const api::Object& owner,
                                      const api::PodTemplateSpec& pod_template, const std::string& prefix) {
    api::Pod pod;
    pod.metadata.namespace_ = owner.metadata.namespace_;
    pod.metadata.generateName = prefix.empty() ? owner.metadata.name + "-" : prefix;
    pod.metadata.labels = pod_template.metadata.labels;
    pod.metadata.annotations = pod_template.metadata.annotations;
    pod.metadata.finalizers = pod_template.metadata.finalizers;
    if (owners_.empty() || owners_.front().uid != owner.metadata.uid)
        owners_ = std::vector<api::OwnerReference>{controller_reference(owner_kind, owner.metadata)};
    pod.metadata.ownerReferences = owners_;
    pod.spec = pod_template.spec;

    const api::ObjectReference involved = client::EventRecorder::reference_to(owner_kind, owner);
    const base::Result<api::Ref<api::Pod>> created = client_.create(std::move(pod));
    if (!created.ok()) {
        if (!is_namespace_terminating(created.error())) {
            events_.record_for(involved, {.type = client::EventType::Warning,
                                          .reason = "FailedCreate",
                                          .message = "Error creating: " + created.error().message});
        }
        return created.error();
    }
    events_.record_for(
        involved, {.reason = "SuccessfulCreate", .message = "Created pod: " + (*created)->metadata.name});
    return {};
}

base::Result<void> PodControl::remove(const api::Kind& owner_kind, const api::Object& owner,
                                      const api::Pod& pod) {
    const api::ObjectReference involved = client::EventRecorder::reference_to(owner_kind, owner);
    const base::Result<void> removed = client_.remove<api::Pod>(api::ObjectKey::of(pod.metadata));
    if (!removed.ok()) {
        if (removed.error().reason != base::Reason::NotFound) {
            events_.record_for(involved, {.type = client::EventType::Warning,
                                          .reason = "FailedDelete",
                                          .message = "Error deleting: " + removed.error().message});
        }
        return removed;
    }
    events_.record_for(involved,
                       {.reason = "SuccessfulDelete", .message = "Deleted pod: " + pod.metadata.name});
    return {};
}

}  // namespace kubetab::controllers
