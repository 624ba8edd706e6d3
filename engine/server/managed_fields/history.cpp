#include "engine/server/managed_fields/history.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "engine/api/codec.h"
#include "engine/api/events_conversion.h"
#include "engine/api/managed_fields_hint.h"
#include "engine/server/managed_fields/field_manager.h"
#include "engine/server/rest/request_info.h"

namespace kubetab::server {

using api::Kind;
using api::Object;
using api::Ref;

namespace {

constexpr std::string_view kKubelet = "kubelet";
constexpr std::string_view kHollowKubelet = "hollow-kubelet";
constexpr std::string_view kTokenVolume = "kube-api-access-";

store::Revision revision_of(const Object& object) {
    const std::string& text = object.metadata.resourceVersion;
    store::Revision revision = 0;
    std::from_chars(text.data(), text.data() + text.size(), revision);
    return revision;
}

void drop_token_mounts(std::vector<api::Container>& containers) {
    for (api::Container& container : containers) {
        std::erase_if(container.volumeMounts,
                      [](const api::VolumeMount& mount) { return mount.name.starts_with(kTokenVolume); });
    }
}

// What admission has given the pod is nobody's.
std::shared_ptr<Object> as_submitted(const api::Pod& stored) {
    auto pod = std::make_shared<api::Pod>(stored);
    api::PodSpec& spec = pod->spec.edit();
    spec.priority.reset();
    spec.preemptionPolicy = {};
    if (spec.serviceAccountName == "default") {
        spec.serviceAccountName.clear();
        spec.serviceAccount.clear();
    }
    std::erase_if(spec.tolerations.edit(), [](const api::Toleration& toleration) {
        return (toleration.key == "node.kubernetes.io/not-ready" ||
                toleration.key == "node.kubernetes.io/unreachable") &&
               toleration.tolerationSeconds == 300;
    });
    std::erase_if(spec.volumes,
                  [](const api::Volume& volume) { return volume.name.starts_with(kTokenVolume); });
    drop_token_mounts(spec.initContainers);
    drop_token_mounts(spec.containers);
    return pod;
}

// As the object was when its maker sent it.
Ref<Object> submitted(const Kind& kind, const Ref<Object>& stored) {
    if (&kind == &api::kind_of<api::Pod>()) return as_submitted(static_cast<const api::Pod&>(*stored));
    if (&kind == &api::kind_of<api::Service>()) {
        auto service = std::make_shared<api::Service>(static_cast<const api::Service&>(*stored));
        service->spec.clusterIPs.clear();
        service->spec.ipFamilies.clear();
        return service;
    }
    if (&kind != &api::kind_of<api::Namespace>()) return stored;
    auto space = std::make_shared<api::Namespace>(static_cast<const api::Namespace&>(*stored));
    space->spec.finalizers.clear();
    return space;
}

// Deletions and bindings are not updates: nobody comes to own what they set.
bool is_update(const store::Write& write) {
    const bool begins_deletion = write.object->metadata.deletionTimestamp.is_set() &&
                                 !write.previous->metadata.deletionTimestamp.is_set();
    if (write.type == api::ChangeType::Deleted || begins_deletion) return false;
    if (write.kind != &api::kind_of<api::Pod>()) return true;
    const auto& before = static_cast<const api::Pod&>(*write.previous);
    const auto& after = static_cast<const api::Pod&>(*write.object);
    return !before.spec->nodeName.empty() || after.spec->nodeName.empty();
}

// A write through the main endpoint cannot change the status.
bool changes_status(const Kind& kind, const Object& before, const Object& after) {
    const api::Field* status =
        kind.has_subresource("status") ? api::find_field(*kind.type, "status") : nullptr;
    return status != nullptr && !api::equal(status->type(), status->in(&before), status->in(&after));
}

ManagedFields after_write(const store::Write& write, const ManagedFields& entries) {
    Writer writer{program_of(write.cause.actor), {}, api::Time(write.when)};
    if (write.type == api::ChangeType::Added) {
        const Ref<Object> blank = write.kind->make();
        const Ref<Object> made = submitted(*write.kind, write.object);
        return after_update({*write.kind, *blank, *made, Endpoint::Main, writer}, entries);
    }
    if (!is_update(write)) return entries;
    const bool status = changes_status(*write.kind, *write.previous, *write.object);
    if (status) writer.subresource = "status";
    return after_update(
        {*write.kind, *write.previous, *write.object, status ? Endpoint::Status : Endpoint::Main, writer},
        entries);
}

// Who makes objects of a kind, and who writes their status, when the log has forgotten.
std::pair<std::string_view, std::string_view> usual_writers(const Kind& kind, const Object& object) {
    const bool is_node = &kind == &api::kind_of<api::Node>();
    const bool node_lease =
        &kind == &api::kind_of<api::Lease>() && object.metadata.namespace_ == "kube-node-lease";
    if (&kind == &api::kind_of<api::Pod>()) return {"replicaset-controller", kKubelet};
    if (is_node || node_lease) return {kKubelet, kKubelet};
    if (&kind == &api::kind_of<api::Event>())
        return {static_cast<const api::Event&>(object).source.component.str(), {}};
    return {"controller", "controller"};
}

ManagedFields judged(const Kind& kind, const Ref<Object>& object) {
    const auto [maker, status_writer] = usual_writers(kind, *object);
    const api::Time made = object->metadata.creationTimestamp;
    const Ref<Object> blank = kind.make();
    const Ref<Object> first = submitted(kind, object);
    const ManagedFields entries =
        after_update({kind, *blank, *first, Endpoint::Main, {program_of(maker), {}, made}}, {});
    if (!kind.has_subresource("status")) return entries;
    const std::shared_ptr<Object> without_status = kind.copy(*object);
    const api::Field* status = api::find_field(*kind.type, "status");
    if (status == nullptr) return entries;
    status->type().accessors.assign(status->in(without_status.get()), status->in(blank.get()));
    return after_update(
        {kind, *without_status, *object, Endpoint::Status, {program_of(status_writer), "status", made}},
        entries);
}

// The names of fields in another group, and that group, for an entry's.
void reword(api::ManagedFieldsEntry& entry, base::Json (*convert)(base::Json)) {
    static constexpr std::string_view kField = "f:";
    const base::Result<base::Json> fields =
        base::parse_json(entry.fieldsV1 ? entry.fieldsV1->json.str() : "");
    if (!fields.ok()) return;
    base::Json named = base::Json::object();
    for (const auto& [key, below] : fields->items()) named[key.substr(kField.size())] = below;
    named = convert(std::move(named));
    entry.apiVersion = base::text_at(named, {"apiVersion"});
    named.erase("apiVersion");
    base::Json reworded = base::Json::object();
    for (const auto& [key, below] : named.items()) reworded[std::string(kField) + key] = below;
    entry.fieldsV1->json = reworded.dump();
}

// Who sets eventTime, as the scheduler does, writes through events.k8s.io, and its fields are those of that
// group. upstream: staging/src/k8s.io/client-go/tools/events/event_recorder.go
// differs: when somebody labels such an event its entry speaks of core/v1, because what an object carries is
// in its stored version.
ManagedFields in_words_of_writer(const Object& object, const Kind& kind, ManagedFields entries) {
    const bool event = &kind == &api::kind_of<api::Event>();
    if (!event || !static_cast<const api::Event&>(object).eventTime.is_set()) return entries;
    for (api::ManagedFieldsEntry& entry : entries) reword(entry, &api::event_to_events);
    return entries;
}

ManagedFields in_stored_words(ManagedFields entries) {
    for (api::ManagedFieldsEntry& entry : entries) {
        if (entry.apiVersion == "events.k8s.io/v1") reword(entry, &api::event_from_events);
    }
    return entries;
}

}  // namespace

bool wants_managers(const api::Request& request) {
    return parameter(request, api::kManagedFieldsParameter) != api::kManagedFieldsUnwanted;
}

api::Text program_of(std::string_view actor) {
    const std::string_view program = actor.substr(0, actor.find('/'));  // of "kubelet/node-1"
    if (program == kKubelet || program == kHollowKubelet) return program;
    if (actor.starts_with("crd-")) return "kube-apiserver";
    if (actor == "default-scheduler") return "kube-scheduler";
    if (actor == "service-controller" || actor.starts_with("cloud-")) return "cloud-controller-manager";
    const bool component = actor.ends_with("controller");
    return component ? "kube-controller-manager" : actor;
}

ManagedFields ManagedFieldsHistory::managers_of(const Kind& kind, const Object& object) {
    const ManagedFields& carried = object.metadata.managedFields;
    if (is_unmanaged(carried)) return {};
    if (!carried.empty()) return carried;
    const Known* known = find(object.metadata.uid);
    if (known != nullptr && known->revision == revision_of(object))
        return in_stored_words(known->object->metadata.managedFields);
    std::vector<const store::Write*> writes;
    ManagedFields entries;
    bool begun = false;
    for (const store::Write* write = store_.find_write(revision_of(object)); write != nullptr && !begun;) {
        writes.push_back(write);
        const Ref<Object>& previous = write->previous;
        if (previous && known != nullptr && known->revision == revision_of(*previous)) {
            entries = in_stored_words(known->object->metadata.managedFields);
            begun = true;
        } else if (!previous || !previous->metadata.managedFields.empty()) {
            if (previous) entries = managers_of(kind, *previous);
            begun = true;
        } else {
            write = store_.find_write(revision_of(*previous));
        }
    }
    if (writes.empty()) return judged(kind, Ref<Object>(kind.copy(object)));
    if (!begun) entries = judged(kind, writes.back()->previous);
    for (auto next = writes.rbegin(); next != writes.rend(); ++next) entries = after_write(**next, entries);
    return entries;
}

Ref<Object> ManagedFieldsHistory::with_managers(const Kind& kind, const Ref<Object>& object) {
    const ManagedFields& carried = object->metadata.managedFields;
    if (!carried.empty() && !is_unmanaged(carried)) return object;
    const store::Revision revision = revision_of(*object);
    const Known* known = find(object->metadata.uid);
    if (known != nullptr && known->shown_for == object) return known->object;
    const bool is_known = known != nullptr && known->revision == revision;
    ManagedFields entries = managers_of(kind, *object);
    const std::shared_ptr<Object> copy = kind.copy(*object);
    copy->metadata.managedFields = in_words_of_writer(*object, kind, std::move(entries));
    if (carried.empty() && !is_known) remember(*object, {revision, object, copy});
    return copy;
}

const ManagedFieldsHistory::Known* ManagedFieldsHistory::find(const api::Text& uid) {
    if (const Known* known = recent_.find(uid)) return known;
    const Known* known = older_.find(uid);
    if (known == nullptr) return nullptr;
    recent_[uid] = *known;
    return recent_.find(uid);
}

// What nobody has asked for while as many others were asked for is forgotten.
void ManagedFieldsHistory::remember(const Object& object, Known known) {
    if (recent_.size() >= kRemembered) older_ = std::exchange(recent_, {});
    recent_[object.metadata.uid] = std::move(known);
}

}  // namespace kubetab::server
