// FakeApiServer: an in-memory API server for tests of controllers, scheduler and kubelet.
//
// Keeps what those rely on: optimistic concurrency, generated names, generation, the status subresource,
// graceful deletion of pods, finalizers, terminating namespaces, and watches that are delivered in order, a
// little later, from the simulation's queue. It neither defaults nor validates nor admits. Every write is
// kept in writes(), and refuse_next() makes the coming ones fail.
#pragma once

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/api/codec.h"
#include "engine/api/kinds.h"
#include "engine/client/api_server.h"
#include "engine/client/client.h"
#include "engine/sim/simulation.h"

namespace kubetab::testing {

class FakeApiServer : public client::ApiServer, public sim::Component {
public:
    struct Write {
        std::string verb{};  // create, update, update_status, remove, bind
        const api::Kind* kind = nullptr;
        api::ObjectKey key{};
        client::Cause cause{};
        sim::Instant at{};

        // "create pods default/web", for comparing sequences.
        std::string text() const { return verb + " " + kind->resource() + " " + key.text(); }
    };

    explicit FakeApiServer(sim::Simulation& simulation) : simulation_(simulation) {
        component_ = simulation_.add("fake-apiserver", *this);
    }
    ~FakeApiServer() override { simulation_.remove(component_); }
    FakeApiServer(const FakeApiServer&) = delete;
    FakeApiServer& operator=(const FakeApiServer&) = delete;

    // --- what tests use ---

    // Creates the object, or replaces spec, status and metadata of the one that exists, whatever its
    // resourceVersion.
    template <class T>
    api::Ref<T> put(T object) {
        const api::Kind& kind = api::kind_of<T>();
        const api::ObjectKey key = api::ObjectKey::of(object.metadata);
        const api::Ref<api::Object> old = stored(kind, key);
        if (!old) complete(object.metadata);
        else keep_identity(object.metadata, old->metadata);
        return api::cast<T>(commit(kind, std::make_shared<T>(std::move(object)), old));
    }
    // Null when there is none.
    template <class T>
    api::Ref<T> find(const std::string& namespace_, const std::string& name) const {
        return api::cast<T>(stored(api::kind_of<T>(), {namespace_, name}));
    }
    template <class T>
    std::vector<api::Ref<T>> all() const {
        std::vector<api::Ref<T>> result;
        const auto objects = objects_.find(&api::kind_of<T>());
        if (objects == objects_.end()) return result;
        for (const auto& [key, object] : objects->second) result.push_back(api::cast<T>(object));
        return result;
    }
    // Changes a stored object in place of whoever owns it, e.g. a pod's status in place of the kubelet.
    template <class T, class Change>
    api::Ref<T> change(const std::string& namespace_, const std::string& name, Change change) {
        const api::Ref<T> old = find<T>(namespace_, name);
        ENSURE(old != nullptr);
        T object = *old;
        change(object);
        return put(std::move(object));
    }
    // Removes at once, without grace and finalizers.
    template <class T>
    void erase(const std::string& namespace_, const std::string& name) {
        const api::Kind& kind = api::kind_of<T>();
        drop(kind, {namespace_, name});
    }

    const std::vector<Write>& writes() const { return writes_; }
    std::vector<std::string> written() const {
        std::vector<std::string> texts;
        for (const Write& write : writes_) {
            if (write.kind != &api::kind_of<api::Event>()) texts.push_back(write.text());
        }
        return texts;
    }
    void forget_writes() { writes_.clear(); }
    // Makes the next `count` writes of that verb and kind fail.
    template <class T>
    void refuse_next(const std::string& verb, base::Status status, int count = 1) {
        refusals_.push_back({verb, &api::kind_of<T>(), std::move(status), count});
    }
    // The texts of all events, oldest first: "Normal SuccessfulCreate Created pod: web-x".
    std::vector<std::string> events() const {
        std::vector<std::string> texts;
        for (const std::string& text : event_texts_) texts.push_back(text);
        return texts;
    }
    // Lets virtual time pass.
    void run(sim::Duration duration) { simulation_.run_until(simulation_.now() + duration); }
    void set_latency(sim::Duration latency) { latency_ = latency; }

    // --- client::ApiServer ---

    base::Result<api::Ref<api::Object>> get(const api::Kind& kind, const api::ObjectKey& key) override {
        api::Ref<api::Object> object = stored(kind, key);
        if (!object) return not_found(kind, key.name);
        return object;
    }

    client::ObjectList list(const client::WatchScope& scope) override {
        client::ObjectList result;
        result.revision = revision_;
        const auto objects = objects_.find(scope.kind);
        if (objects == objects_.end()) return result;
        for (const auto& [key, object] : objects->second) {
            if (in_scope(scope, *object)) result.items.push_back(object);
        }
        return result;
    }

    base::Result<api::Ref<api::Object>> create(const api::Kind& kind, std::shared_ptr<api::Object> object,
                                               const client::Cause& cause) override {
        api::ObjectMeta& metadata = object->metadata;
        if (metadata.name.empty())
            metadata.name = metadata.generateName + simulation_.random().name_suffix(5);
        const api::ObjectKey key = api::ObjectKey::of(metadata);
        writes_.push_back({"create", &kind, key, cause, simulation_.now()});
        if (const base::Status* refused = refusal("create", kind)) return *refused;
        if (stored(kind, key)) {
            base::Status status = base::failure(
                base::Reason::AlreadyExists, kind.resource() + " \"" + metadata.name + "\" already exists");
            describe(status, kind, metadata.name);
            return status;
        }
        if (is_terminating_namespace(metadata.namespace_)) return terminating(kind, metadata);
        complete(metadata);
        if (counts_generations(kind)) metadata.generation = 1;
        set_status(kind, *object, *kind.make());
        if (&kind == &api::kind_of<api::Pod>()) static_cast<api::Pod&>(*object).status.phase = "Pending";
        if (&kind == &api::kind_of<api::Namespace>()) open(static_cast<api::Namespace&>(*object));
        return commit(kind, std::move(object), nullptr);
    }

    base::Result<api::Ref<api::Object>> update(const api::Kind& kind, std::shared_ptr<api::Object> object,
                                               const client::Cause& cause) override {
        const api::Ref<api::Object> old = TRY(writable("update", kind, *object, cause));
        keep_identity(object->metadata, old->metadata);
        set_status(kind, *object, *old);
        if (counts_generations(kind) && spec_differs(kind, *object, *old)) ++object->metadata.generation;
        return replace(kind, std::move(object), old);
    }

    base::Result<api::Ref<api::Object>> update_status(const api::Kind& kind,
                                                      std::shared_ptr<api::Object> object,
                                                      const client::Cause& cause) override {
        const api::Ref<api::Object> old = TRY(writable("update_status", kind, *object, cause));
        std::shared_ptr<api::Object> next = kind.copy(*old);
        set_status(kind, *next, *object);
        if (kind.kind == "Deployment")
            next->metadata.annotations = object->metadata.annotations;  // As upstream.
        return replace(kind, std::move(next), old);
    }

    base::Result<void> remove(const api::Kind& kind, const api::ObjectKey& key,
                              const client::DeleteOptions& options, const client::Cause& cause) override {
        writes_.push_back({"remove", &kind, key, cause, simulation_.now()});
        if (const base::Status* refused = refusal("remove", kind)) return *refused;
        const api::Ref<api::Object> old = stored(kind, key);
        if (!old) return not_found(kind, key.name);
        if (!options.uid.empty() && options.uid != old->metadata.uid) {
            return base::failure(base::Reason::Conflict,
                                 "Precondition failed: UID in precondition: " + options.uid +
                                     ", UID in object meta: " + old->metadata.uid);
        }
        if (!options.resource_version.empty() && options.resource_version != old->metadata.resourceVersion) {
            return conflict(kind, key.name);
        }
        std::shared_ptr<api::Object> next = kind.copy(*old);
        apply_propagation(next->metadata, options.propagation);
        const std::int64_t grace = grace_of(kind, *old, options);
        if (grace == 0 && next->metadata.finalizers.empty() && !holds_content(kind, *old)) {
            drop(kind, key);
            return {};
        }
        mark_deleted(kind, *next, grace);
        (void)replace(kind, std::move(next), old);
        return {};
    }

    base::Result<void> bind(const api::ObjectKey& key, const std::string& node,
                            const client::Cause& cause) override {
        const api::Kind& kind = api::kind_of<api::Pod>();
        writes_.push_back({"bind", &kind, key, cause, simulation_.now()});
        if (const base::Status* refused = refusal("bind", kind)) return *refused;
        const api::Ref<api::Object> old = stored(kind, key);
        if (!old) return not_found(kind, key.name);
        auto pod = std::make_shared<api::Pod>(static_cast<const api::Pod&>(*old));
        if (!pod->spec->nodeName.empty()) {
            return base::failure(
                base::Reason::Conflict,
                "pod " + key.name + " is already assigned to node \"" + pod->spec->nodeName + "\"");
        }
        pod->spec.edit().nodeName = node;
        set_condition(
            pod->status,
            {.lastTransitionTime = api::Time(simulation_.now()), .status = "True", .type = "PodScheduled"});
        commit(kind, std::move(pod), old);
        return {};
    }

    client::WatchId watch(const client::WatchScope& scope, std::int64_t from_revision,
                          client::Watcher& watcher) override {
        ENSURE(from_revision == revision_);  // Informers list and watch in one go.
        watches_.emplace(++last_watch_, Watch{scope, &watcher});
        return last_watch_;
    }
    void unwatch(client::WatchId watch) override { watches_.erase(watch); }
    void set_connected(client::WatchId id, bool connected) override {
        Watch& watch = watches_.at(id);
        watch.connected = connected;
        if (connected) schedule_delivery(id, watch.waiting.size());
    }

    // --- sim::Component ---

    void handle(const sim::Event& event) override {
        const auto it = watches_.find(event.value);
        if (it == watches_.end() || !it->second.connected || it->second.waiting.empty()) return;
        const client::Change change = std::move(it->second.waiting.front());
        it->second.waiting.pop_front();
        it->second.watcher->changed(change);
    }

private:
    struct Watch {
        client::WatchScope scope{};
        client::Watcher* watcher = nullptr;
        bool connected = true;
        std::deque<client::Change> waiting{};
    };
    struct Refusal {
        std::string verb{};
        const api::Kind* kind = nullptr;
        base::Status status{};
        int left = 0;
    };

    api::Ref<api::Object> stored(const api::Kind& kind, const api::ObjectKey& key) const {
        const auto objects = objects_.find(&kind);
        if (objects == objects_.end()) return nullptr;
        const auto it = objects->second.find(key);
        return it == objects->second.end() ? nullptr : it->second;
    }

    const base::Status* refusal(std::string_view verb, const api::Kind& kind) {
        for (Refusal& refusal : refusals_) {
            if (refusal.left == 0 || refusal.verb != verb || refusal.kind != &kind) continue;
            --refusal.left;
            return &refusal.status;
        }
        return nullptr;
    }

    static void describe(base::Status& status, const api::Kind& kind, const std::string& name) {
        status.group = kind.group;
        status.kind = kind.plural;
        status.name = name;
    }
    static base::Status not_found(const api::Kind& kind, const std::string& name) {
        base::Status status =
            base::failure(base::Reason::NotFound, kind.resource() + " \"" + name + "\" not found");
        describe(status, kind, name);
        return status;
    }
    static base::Status conflict(const api::Kind& kind, const std::string& name) {
        base::Status status =
            base::failure(base::Reason::Conflict,
                          "Operation cannot be fulfilled on " + kind.resource() + " \"" + name +
                              "\": the object has been modified; please apply your changes to the latest "
                              "version and try again");
        describe(status, kind, name);
        return status;
    }
    static base::Status terminating(const api::Kind& kind, const api::ObjectMeta& metadata) {
        base::Status status = base::failure(
            base::Reason::Forbidden, kind.resource() + " \"" + metadata.name +
                                         "\" is forbidden: unable to create new content in namespace " +
                                         metadata.namespace_ + " because it is being terminated");
        describe(status, kind, metadata.name);
        status.causes.push_back({"NamespaceTerminating",
                                 "namespace " + metadata.namespace_ + " is being terminated",
                                 "metadata.namespace"});
        return status;
    }

    // The stored object that may be replaced by `object`.
    base::Result<api::Ref<api::Object>> writable(const std::string& verb, const api::Kind& kind,
                                                 const api::Object& object, const client::Cause& cause) {
        const api::ObjectKey key = api::ObjectKey::of(object.metadata);
        writes_.push_back({verb, &kind, key, cause, simulation_.now()});
        if (const base::Status* refused = refusal(verb, kind)) return *refused;
        api::Ref<api::Object> old = stored(kind, key);
        if (!old) return not_found(kind, key.name);
        const std::string& version = object.metadata.resourceVersion;
        if (!version.empty() && version != old->metadata.resourceVersion) return conflict(kind, key.name);
        return old;
    }

    void complete(api::ObjectMeta& metadata) {
        if (metadata.uid.empty()) metadata.uid = simulation_.random().uuid();
        if (!metadata.creationTimestamp.is_set()) metadata.creationTimestamp = api::Time(simulation_.now());
    }
    static void keep_identity(api::ObjectMeta& metadata, const api::ObjectMeta& old) {
        metadata.uid = old.uid;
        metadata.creationTimestamp = old.creationTimestamp;
        if (old.deletionTimestamp.is_set()) {
            metadata.deletionTimestamp = old.deletionTimestamp;
            metadata.deletionGracePeriodSeconds = old.deletionGracePeriodSeconds;
        }
        metadata.resourceVersion = old.resourceVersion;
        metadata.generation = std::max(metadata.generation, old.generation);
    }
    static void open(api::Namespace& namespace_) {
        namespace_.spec.finalizers = {"kubernetes"};
        namespace_.status.phase = "Active";
        namespace_.metadata.labels["kubernetes.io/metadata.name"] = namespace_.metadata.name;
    }

    static bool counts_generations(const api::Kind& kind) {
        return !kind.group.empty() && api::find_field(*kind.type, "spec") != nullptr && kind.kind != "Lease";
    }
    static void set_status(const api::Kind& kind, api::Object& object, const api::Object& from) {
        if (!kind.has_subresource("status")) return;
        const api::Field* status = api::find_field(*kind.type, "status");
        if (status == nullptr) return;
        const void* source = &from;
        status->type().accessors.assign(status->in(static_cast<void*>(&object)), status->in(source));
    }
    static bool spec_differs(const api::Kind& kind, const api::Object& a, const api::Object& b) {
        const api::Field* spec = api::find_field(*kind.type, "spec");
        const void* left = &a;
        const void* right = &b;
        return !api::equal(spec->type(), spec->in(left), spec->in(right));
    }

    bool is_terminating_namespace(const std::string& name) const {
        const api::Ref<api::Object> found = stored(api::kind_of<api::Namespace>(), {"", name});
        return !name.empty() && found && found->metadata.deletionTimestamp.is_set();
    }
    // A namespace goes through its finalizer.
    static bool holds_content(const api::Kind& kind, const api::Object& object) {
        return &kind == &api::kind_of<api::Namespace>() &&
               !static_cast<const api::Namespace&>(object).spec.finalizers.empty();
    }
    static void apply_propagation(api::ObjectMeta& metadata, client::Propagation propagation) {
        if (propagation == client::Propagation::Default) return;
        std::erase(metadata.finalizers.edit(), "orphan");
        std::erase(metadata.finalizers.edit(), "foregroundDeletion");
        if (propagation == client::Propagation::Orphan) metadata.finalizers.push_back("orphan");
        if (propagation == client::Propagation::Foreground)
            metadata.finalizers.push_back("foregroundDeletion");
    }
    static std::int64_t grace_of(const api::Kind& kind, const api::Object& object,
                                 const client::DeleteOptions& options) {
        if (&kind != &api::kind_of<api::Pod>()) return 0;
        const auto& pod = static_cast<const api::Pod&>(object);
        const bool ended = pod.status.phase == "Succeeded" || pod.status.phase == "Failed";
        if (pod.spec->nodeName.empty() || ended) return 0;
        return options.grace_period_seconds.value_or(
            pod.spec->shared->terminationGracePeriodSeconds.value_or(30));
    }
    void mark_deleted(const api::Kind& kind, api::Object& object, std::int64_t grace) {
        api::ObjectMeta& metadata = object.metadata;
        const bool shorter = metadata.deletionGracePeriodSeconds.value_or(0) > grace;
        if (!metadata.deletionTimestamp.is_set() || shorter) {
            if (!metadata.deletionTimestamp.is_set() && metadata.generation > 0) ++metadata.generation;
            metadata.deletionTimestamp = api::Time(simulation_.now() + sim::seconds(grace));
            metadata.deletionGracePeriodSeconds = grace;
        }
        if (&kind == &api::kind_of<api::Namespace>()) {
            static_cast<api::Namespace&>(object).status.phase = "Terminating";
        }
    }
    static bool may_go(const api::Kind& kind, const api::Object& object) {
        const api::ObjectMeta& metadata = object.metadata;
        return metadata.deletionTimestamp.is_set() && metadata.finalizers.empty() &&
               metadata.deletionGracePeriodSeconds.value_or(0) == 0 && !holds_content(kind, object);
    }
    static void set_condition(api::PodStatus& status, const api::PodCondition& condition) {
        for (api::PodCondition& known : status.conditions.edit()) {
            if (known.type == condition.type) {
                known = condition;
                return;
            }
        }
        status.conditions.push_back(condition);
    }

    // Stores unless nothing changed; takes the object away when its last finalizer went.
    api::Ref<api::Object> replace(const api::Kind& kind, std::shared_ptr<api::Object> object,
                                  const api::Ref<api::Object>& old) {
        if (may_go(kind, *object)) {
            drop(kind, api::ObjectKey::of(object->metadata));
            return object;
        }
        const void* left = object.get();
        const void* right = old.get();
        if (api::equal(*kind.type, left, right)) return old;
        return commit(kind, std::move(object), old);
    }

    api::Ref<api::Object> commit(const api::Kind& kind, std::shared_ptr<api::Object> object,
                                 const api::Ref<api::Object>& old) {
        object->metadata.resourceVersion = std::to_string(++revision_);
        api::Ref<api::Object> now = std::move(object);
        objects_[&kind].insert_or_assign(api::ObjectKey::of(now->metadata), now);
        note_event(kind, *now);
        publish({old ? client::ChangeType::Modified : client::ChangeType::Added, &kind, now, old, revision_});
        return now;
    }
    void drop(const api::Kind& kind, const api::ObjectKey& key) {
        const api::Ref<api::Object> old = stored(kind, key);
        if (!old) return;
        objects_[&kind].erase(key);
        std::shared_ptr<api::Object> last = kind.copy(*old);
        last->metadata.resourceVersion = std::to_string(++revision_);
        publish({client::ChangeType::Deleted, &kind, last, old, revision_});
    }
    void note_event(const api::Kind& kind, const api::Object& object) {
        if (&kind != &api::kind_of<api::Event>()) return;
        const auto& event = static_cast<const api::Event&>(object);
        event_texts_.push_back(event.type + " " + event.reason + " " + event.message);
    }

    static bool in_scope(const client::WatchScope& scope, const api::Object& object) {
        return scope.node_name.empty() ||
               static_cast<const api::Pod&>(object).spec->nodeName == scope.node_name;
    }
    void publish(const client::Change& change) {
        for (auto& [id, watch] : watches_) {
            if (watch.scope.kind != change.kind || !in_scope(watch.scope, *change.object)) continue;
            client::Change seen = change;
            const bool entered =
                change.type == client::ChangeType::Modified && !in_scope(watch.scope, *change.previous);
            if (entered) {
                seen.type = client::ChangeType::Added;
                seen.previous = nullptr;
            }
            watch.waiting.push_back(std::move(seen));
            if (watch.connected) schedule_delivery(id, 1);
        }
    }
    void schedule_delivery(client::WatchId id, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            simulation_.schedule(
                {.component = component_, .after = latency_, .kind = 1, .key = {}, .value = id});
        }
    }

    sim::Simulation& simulation_;
    sim::ComponentId component_ = 0;
    sim::Duration latency_ = sim::milliseconds(1);
    std::int64_t revision_ = 0;
    client::WatchId last_watch_ = 0;
    std::map<client::WatchId, Watch> watches_{};
    std::map<const api::Kind*, std::map<api::ObjectKey, api::Ref<api::Object>>>
        objects_{};  // by kind: looked up only
    std::vector<Write> writes_{};
    std::vector<Refusal> refusals_{};
    std::vector<std::string> event_texts_{};
};

}  // namespace kubetab::testing
