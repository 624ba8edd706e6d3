#include "engine/server/strategy.h"

#include "engine/api/admission_registration.h"
#include "engine/api/batch.h"
#include "engine/api/certificates.h"
#include "engine/api/codec.h"
#include "engine/api/core/persistent_volume.h"
#include "engine/api/core/persistent_volume_claim.h"
#include "engine/api/core/pod_template.h"
#include "engine/api/core/replication_controller.h"
#include "engine/api/daemon_set.h"
#include "engine/api/flow_control.h"
#include "engine/api/ingress.h"
#include "engine/api/kinds.h"
#include "engine/api/network_policy.h"
#include "engine/api/policy.h"
#include "engine/api/scheduling.h"
#include "engine/api/stateful_set.h"

namespace kubetab::server {
namespace {

using api::Field;
using api::Kind;
using api::Object;

// Kinds whose spec changes raise metadata.generation. upstream: the strategies that set Generation
bool counts_generation(const Kind& kind) {
    return &kind == &api::kind_of<api::Deployment>() || &kind == &api::kind_of<api::ReplicaSet>() ||
           &kind == &api::kind_of<api::CronJob>() || &kind == &api::kind_of<api::Job>() ||
           &kind == &api::kind_of<api::EndpointSlice>() || &kind == &api::kind_of<api::DaemonSet>() ||
           &kind == &api::kind_of<api::StatefulSet>() || &kind == &api::kind_of<api::Ingress>() ||
           &kind == &api::kind_of<api::IngressClass>() || &kind == &api::kind_of<api::NetworkPolicy>() ||
           &kind == &api::kind_of<api::ReplicationController>() ||
           &kind == &api::kind_of<api::PodDisruptionBudget>() || &kind == &api::kind_of<api::PodTemplate>() ||
           kind.group == api::kAdmissionGroup || kind.group == api::kFlowControlGroup ||
           &kind == &api::kind_of<api::CustomResourceDefinition>();
}

void copy_field(const Kind& kind, std::string_view name, Object& to, const Object& from) {
    const Field* field = api::find_field(*kind.type, name);
    if (field != nullptr) field->type().accessors.assign(field->in(&to), field->in(&from));
}

bool same_field(const Kind& kind, std::string_view name, const Object& a, const Object& b) {
    const Field* field = api::find_field(*kind.type, name);
    return field == nullptr || api::equal(field->type(), field->in(&a), field->in(&b));
}

// An EndpointSlice has no spec: everything but metadata and labels counts.
bool same_slice(const Kind& kind, const Object& a, const Object& b) {
    return same_field(kind, "endpoints", a, b) && same_field(kind, "ports", a, b) &&
           same_field(kind, "addressType", a, b) && a.metadata.labels == b.metadata.labels;
}

bool same_intent(const Kind& kind, const Object& a, const Object& b) {
    if (&kind == &api::kind_of<api::EndpointSlice>()) return same_slice(kind, a, b);
    const bool annotations_count = &kind == &api::kind_of<api::Deployment>();
    // Some have no spec, but a template or webhooks.
    return same_field(kind, "spec", a, b) && same_field(kind, "template", a, b) &&
           same_field(kind, "webhooks", a, b) &&
           (!annotations_count || a.metadata.annotations == b.metadata.annotations);
}

}  // namespace

void prepare_generic_create(const Kind& kind, Object& object) {
    if (kind.custom != nullptr) return prepare_custom_create(kind, object);
    const bool begins_at_one = counts_generation(kind) || &kind == &api::kind_of<api::PriorityClass>();
    if (begins_at_one) object.metadata.generation = 1;
    // A Node registers with its status; every other kind starts without one.
    if (!kind.has_subresource("status") || &kind == &api::kind_of<api::Node>()) return;
    const std::shared_ptr<Object> blank = kind.make();
    copy_field(kind, "status", object, *blank);
}

void prepare_generic_update(const Kind& kind, Object& object, const Object& stored, Endpoint endpoint) {
    if (kind.custom != nullptr) return prepare_custom_update(kind, object, stored, endpoint);
    if (kind.has_subresource("status")) {
        if (endpoint == Endpoint::Status) {
            copy_field(kind, "spec", object, stored);
        } else {
            copy_field(kind, "status", object, stored);
            // Who asks for which certificate stays as it was.
            if (&kind == &api::kind_of<api::CertificateSigningRequest>())
                copy_field(kind, "spec", object, stored);
        }
    }
    if (endpoint == Endpoint::Status && &kind == &api::kind_of<api::Deployment>()) {
        object.metadata.labels = stored.metadata.labels;
    }
    const bool counts = counts_generation(kind) && endpoint == Endpoint::Main;
    if (counts && !same_intent(kind, object, stored)) ++object.metadata.generation;
}

const Strategy& strategy_of(const Kind& kind) {
    static const Strategy none;
    if (&kind == &api::kind_of<api::CustomResourceDefinition>()) return kDefinitionStrategy;
    if (&kind == &api::kind_of<api::DaemonSet>()) return kDaemonSetStrategy;
    if (&kind == &api::kind_of<api::Job>()) return kJobStrategy;
    if (&kind == &api::kind_of<api::Namespace>()) return kNamespaceStrategy;
    if (&kind == &api::kind_of<api::PersistentVolume>()) return kPersistentVolumeStrategy;
    if (&kind == &api::kind_of<api::PersistentVolumeClaim>()) return kClaimStrategy;
    if (&kind == &api::kind_of<api::Pod>()) return kPodStrategy;
    if (&kind == &api::kind_of<api::Secret>()) return kSecretStrategy;
    if (&kind == &api::kind_of<api::Service>()) return kServiceStrategy;
    return none;
}

}  // namespace kubetab::server
