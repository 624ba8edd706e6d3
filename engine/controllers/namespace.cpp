#include "engine/controllers/namespace.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "engine/api/kinds.h"
#include "engine/api/pod_status.h"
#include "engine/controllers/kind_watches.h"

namespace kubetab::controllers {
namespace {

using api::Namespace;
using api::Object;
using api::ObjectKey;
using api::Ref;
using base::Result;
using client::Requeue;

constexpr sim::Duration kDelay = sim::seconds(5);
constexpr std::int64_t kFinalizerSeconds = 15;
constexpr std::string_view kFinalizer = "kubernetes";

bool held_by_us(const Namespace& space) {
    const auto& finalizers = space.spec.finalizers;
    return std::find(finalizers.begin(), finalizers.end(), kFinalizer) != finalizers.end();
}

// The objects of a kind in a namespace; the list is ordered by namespace.
std::vector<Ref<Object>> list_in(client::ApiServer& server, const api::Kind& kind, const std::string& space) {
    const client::ObjectList all = server.list({&kind, {}});
    const auto before = [](const Ref<Object>& object, const std::string& name) {
        return object->metadata.namespace_ < name;
    };
    const auto first = std::lower_bound(all.items.begin(), all.items.end(), space, before);
    const auto last = std::find_if(first, all.items.end(), [&space](const Ref<Object>& object) {
        return object->metadata.namespace_ != space;
    });
    return {first, last};
}

// "/v1, Resource=pods"
std::string resource_text(const api::Kind& kind) {
    return std::string(kind.group) + "/" + std::string(kind.version) +
           ", Resource=" + std::string(kind.plural);
}

}  // namespace

NamespaceController::NamespaceController(sim::Simulation& simulation, client::InformerFactory& informers)
    : Controller(simulation, informers.server(), "namespace-controller"),
      namespaces_(informers.of<Namespace>()) {
    const auto consider = [this](const Object& object) {
        if (object.metadata.deletionTimestamp.is_set()) enqueue_after(ObjectKey::of(object.metadata), kDelay);
    };
    namespaces_.on_change([consider](const client::Change& change) {
        if (change.type != client::ChangeType::Deleted) consider(*change.object);
    });
    for (const auto& [key, object] : namespaces_.objects()) consider(*object);
}

// upstream: namespacedResourcesDeleter.Delete
Result<Requeue> NamespaceController::reconcile(const ObjectKey& key) {
    const Result<Ref<Namespace>> live = client_.get<Namespace>(key);
    if (!live.ok() && live.error().reason == base::Reason::NotFound) return Requeue::none();
    if (!live.ok()) return live.error();
    const Namespace& space = **live;
    if (!space.metadata.deletionTimestamp.is_set() || !held_by_us(space)) return Requeue::none();

    const NamespaceContent content = delete_content(space);
    Namespace next = space;
    if (set_deletion_conditions(next.status, content, api::Time(simulation_.now()))) {
        client_.because(content.remaining.empty() ? "nothing is left in it" : "something is left in it");
        TRY(client_.update_status(std::move(next)));
    }
    if (!content.failures.empty())
        return base::failure(base::Reason::InternalError, content.failures.front());
    if (content.wait_seconds > 0) return Requeue::in(sim::seconds(content.wait_seconds / 2 + 1));
    TRY(let_go(key));
    return Requeue::none();
}

// upstream: deleteAllContent
NamespaceContent NamespaceController::delete_content(const Namespace& space) {
    client_.because("namespace " + space.metadata.name + " is being deleted");
    NamespaceContent content;
    for (const api::Kind* kind : every_kind(client_.server())) {
        if (kind->namespaced) delete_all(*kind, space, content);
    }
    return content;
}

// What is being deleted already is deleted again: in the background, whatever was asked before.
// upstream: deleteAllContentForGroupVersionResource
void NamespaceController::delete_all(const api::Kind& kind, const Namespace& space,
                                     NamespaceContent& content) {
    client::ApiServer& server = client_.server();
    const std::vector<Ref<Object>> items = list_in(server, kind, space.metadata.name);
    if (items.empty()) return;
    std::int64_t estimate = 0;
    if (&kind == &api::kind_of<api::Pod>()) {
        estimate = longest_grace(items, space.metadata.deletionTimestamp, api::Time(simulation_.now()));
    }
    for (const Ref<Object>& item : items) {
        const Result<void> removed = server.remove(
            kind, ObjectKey::of(item->metadata),
            {.propagation = client::Propagation::Background, .uid = item->metadata.uid}, client_.cause());
        if (removed.ok() || removed.error().reason == base::Reason::NotFound) continue;
        content.failures.push_back(removed.error().message);
        return;
    }
    note_rest(kind, space, list_in(server, kind, space.metadata.name), estimate, content);
}

void NamespaceController::note_rest(const api::Kind& kind, const Namespace& space,
                                    const std::vector<Ref<Object>>& rest, std::int64_t estimate,
                                    NamespaceContent& content) {
    if (rest.empty()) return;
    const std::string type = std::string(kind.plural) + "." + std::string(kind.group);
    content.remaining[type] = static_cast<std::int64_t>(rest.size());
    bool finalized = false;
    for (const Ref<Object>& item : rest) {
        for (const std::string& finalizer : item->metadata.finalizers) {
            ++content.finalizers[finalizer];
            finalized = true;
        }
    }
    if (estimate == 0 && finalized) estimate = kFinalizerSeconds;
    content.wait_seconds = std::max(content.wait_seconds, estimate);
    if (estimate > 0) return;
    content.failures.push_back("unexpected items still remain in namespace: " + space.metadata.name +
                               " for gvr: " + resource_text(kind));
}

// upstream: finalizeNamespace
Result<void> NamespaceController::let_go(const ObjectKey& key) {
    const Result<Ref<Namespace>> live = client_.get<Namespace>(key);
    if (!live.ok()) return {};
    Namespace next = **live;
    std::erase(next.spec.finalizers, kFinalizer);
    client_.because("nothing is left in it");
    const Result<Ref<Namespace>> written = client_.update(std::move(next));
    if (!written.ok() && written.error().reason != base::Reason::NotFound) return written.error();
    return {};
}

}  // namespace kubetab::controllers
