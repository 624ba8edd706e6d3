#include "engine/server/pod_security/descriptions.h"

#include "engine/api/batch.h"
#include "engine/api/core/pod_template.h"
#include "engine/api/core/replication_controller.h"
#include "engine/api/daemon_set.h"
#include "engine/api/kinds.h"
#include "engine/api/stateful_set.h"

namespace kubetab::server {

using api::Kind;
using api::kind_of;
using api::Object;

namespace {

PodDescription described(const api::PodTemplateSpec& pod) {
    return {&pod.metadata, &*pod.spec};
}

template <class T>
PodDescription of_template(const Object& object) {
    return described(*static_cast<const T&>(object).spec.template_);
}

}  // namespace

PodDescription pod_description(const Kind& kind, const Object& object) {
    if (&kind == &kind_of<api::Pod>()) return {&object.metadata, &*static_cast<const api::Pod&>(object).spec};
    if (&kind == &kind_of<api::Deployment>()) return of_template<api::Deployment>(object);
    if (&kind == &kind_of<api::ReplicaSet>()) return of_template<api::ReplicaSet>(object);
    if (&kind == &kind_of<api::DaemonSet>()) return of_template<api::DaemonSet>(object);
    if (&kind == &kind_of<api::StatefulSet>()) return of_template<api::StatefulSet>(object);
    if (&kind == &kind_of<api::ReplicationController>())
        return of_template<api::ReplicationController>(object);
    if (&kind == &kind_of<api::Job>()) return of_template<api::Job>(object);
    if (&kind == &kind_of<api::PodTemplate>())
        return described(*static_cast<const api::PodTemplate&>(object).template_);
    if (&kind == &kind_of<api::CronJob>())
        return described(*static_cast<const api::CronJob&>(object).spec.jobTemplate.spec.template_);
    return {};
}

}  // namespace kubetab::server
