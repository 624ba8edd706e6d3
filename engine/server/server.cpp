#include "engine/server/server.h"

#include <algorithm>

#include "engine/api/codec.h"
#include "engine/server/managed_fields/history.h"
#include "engine/server/strategy.h"

namespace kubetab::server {

using api::Cause;
using api::Kind;
using api::Object;
using api::ObjectKey;
using api::Ref;
using base::Reason;
using base::Result;
using base::Status;

namespace {

constexpr sim::Duration kEventLifetime = sim::hours(1);
constexpr sim::Duration kExpiryPeriod = sim::minutes(5);
// One event of the simulation stays short; the rest follows at the same instant.
constexpr int kExpiredAtOnce = 200;

}  // namespace

// Removes Events an hour after they were last written.
class Server::Expiry : public sim::Component {
public:
    explicit Expiry(Server& server)
        : server_(server), component_(server.simulation_.add("event-expiry", *this)) {
        if (server_.store_.all(kind_).empty()) first_end_ = server_.simulation_.now() + kEventLifetime;
        schedule(kExpiryPeriod);
    }
    ~Expiry() override { server_.simulation_.remove(component_); }

    void handle(const sim::Event&) override {
        if (old_.empty() && server_.simulation_.now() > first_end_) find_old();
        int erased = 0;
        for (; !old_.empty() && erased < kExpiredAtOnce; old_.pop_back()) {
            const Ref<Object> event = server_.store_.get(kind_, old_.back());
            if (!event || !is_old(*event)) continue;
            server_.erase(kind_, kind_.copy(*event),
                          {.actor = "kube-apiserver", .reason = "events live for an hour"});
            ++erased;
        }
        schedule(erased == kExpiredAtOnce ? sim::Duration{} : kExpiryPeriod);
    }

private:
    static sim::Instant end_of(const Object& object) {
        const auto& event = static_cast<const api::Event&>(object);
        const sim::Instant last = event.lastTimestamp.is_set() ? event.lastTimestamp.instant()
                                                               : event.metadata.creationTimestamp.instant();
        return last + kEventLifetime;
    }
    bool is_old(const Object& object) const { return server_.simulation_.now() > end_of(object); }

    void find_old() {
        first_end_ = server_.simulation_.now() + kEventLifetime;
        for (const auto& [key, object] : server_.store_.all(kind_)) {
            if (is_old(*object)) {
                old_.push_back(key);
            } else {
                first_end_ = std::min(first_end_, end_of(*object));
            }
        }
        std::reverse(old_.begin(), old_.end());
    }

    void schedule(sim::Duration after) {
        server_.simulation_.schedule(
            {.component = component_, .after = after, .cadence = sim::Cadence::Heartbeat});
    }

    Server& server_;
    sim::ComponentId component_;
    const Kind& kind_ = api::kind_of<api::Event>();
    std::vector<ObjectKey> old_{};  // to be removed now, the first one last
    sim::Instant first_end_{};      // nothing is old before, so that there is no need to look
};

Status not_found(const Kind& kind, const std::string& name) {
    Status status = base::failure(Reason::NotFound, kind.resource() + " \"" + name + "\" not found");
    status.group = kind.group;
    status.kind = kind.plural;
    status.name = name;
    return status;
}

Server::Server(sim::Simulation& simulation, AdmissionChoice admission, store::Store kept,
               std::unique_ptr<api::CustomKinds> custom_kinds)
    : simulation_(simulation),
      admission_(admission),
      store_(std::move(kept)),
      hub_(simulation),
      custom_kinds_(std::move(custom_kinds)),
      history_(std::make_unique<ManagedFieldsHistory>(store_)),
      expiry_(std::make_unique<Expiry>(*this)) {
    reserve_what_services_have();
}

Server::~Server() = default;

const Kind* Server::find_kind(std::string_view group, std::string_view version, std::string_view kind) const {
    const Kind* built_in = api::find_kind(group, version, kind);
    if (built_in == nullptr && apis_ == api::ServedApis::Of2017)
        built_in = api::find_former_kind(group, version, kind);
    return built_in != nullptr ? built_in : custom_kinds_->find(group, version, kind);
}

Result<Ref<Object>> Server::get(const Kind& kind, const ObjectKey& key) {
    Ref<Object> object = api::as_version(kind, store_.get(kind, key));
    if (!object) return not_found(kind, key.name);
    return object;
}

api::ObjectList Server::list(const api::WatchScope& scope) {
    api::ObjectList result;
    result.revision = store_.revision();
    for (const auto& [key, object] : store_.all(*scope.kind)) {
        const bool elsewhere = !scope.node_name.empty() &&
                               static_cast<const api::Pod&>(*object).spec->nodeName != scope.node_name;
        if (!elsewhere) result.items.push_back(object);
    }
    return result;
}

Result<Ref<Object>> Server::create(const Kind& kind, std::shared_ptr<Object> object, const Cause& cause) {
    return create_with(kind, std::move(object), cause, {});
}

// The namespace controller empties spec.finalizers, which upstream lets it do through the finalize
// subresource.
Result<Ref<Object>> Server::update(const Kind& kind, std::shared_ptr<Object> object, const Cause& cause) {
    const bool finalizes =
        &kind == &api::kind_of<api::Namespace>() && object->metadata.deletionTimestamp.is_set();
    return update_with(kind, std::move(object), cause,
                       {finalizes ? Endpoint::Finalize : Endpoint::Main, DryRun::No});
}

Result<Ref<Object>> Server::update_status(const Kind& kind, std::shared_ptr<Object> object,
                                          const Cause& cause) {
    return update_with(kind, std::move(object), cause, {Endpoint::Status, DryRun::No});
}

Result<void> Server::remove(const Kind& kind, const ObjectKey& key, const api::DeleteOptions& options,
                            const Cause& cause) {
    TRY(remove_with(kind, key, options, cause, {}));
    return {};
}

// upstream: pkg/registry/core/pod/storage/storage.go BindingREST.Create
Result<void> Server::bind(const ObjectKey& key, const std::string& node, const Cause& cause) {
    const Kind& kind = api::kind_of<api::Pod>();
    const Ref<Object> stored = TRY(get(kind, key));
    const auto& pod = static_cast<const api::Pod&>(*stored);
    Status conflict = base::failure(
        Reason::Conflict, "Operation cannot be fulfilled on pods/binding \"" + key.name + "\": pod " +
                              key.name + " is already assigned to node \"" + pod.spec->nodeName + "\"");
    conflict.kind = "pods/binding";
    conflict.name = key.name;
    if (!pod.spec->nodeName.empty()) return conflict;
    if (pod.metadata.deletionTimestamp.is_set()) {
        conflict.message = "Operation cannot be fulfilled on pods/binding \"" + key.name + "\": pod " +
                           key.name + " is being deleted, cannot be assigned to a host";
        return conflict;
    }
    auto bound = std::make_shared<api::Pod>(pod);
    bound->spec.edit().nodeName = node;
    api::PodCondition scheduled;
    scheduled.type = "PodScheduled";
    scheduled.status = "True";
    scheduled.lastTransitionTime = now();
    std::vector<api::PodCondition>& conditions = bound->status.conditions.edit();
    const auto same_type = [](const api::PodCondition& condition) {
        return condition.type == "PodScheduled";
    };
    const auto existing = std::find_if(conditions.begin(), conditions.end(), same_type);
    if (existing != conditions.end()) {
        *existing = scheduled;
    } else {
        conditions.push_back(scheduled);
    }
    put(kind, bound, cause);
    return {};
}

api::WatchId Server::watch(const api::WatchScope& scope, std::int64_t from_revision, api::Watcher& watcher) {
    return hub_.subscribe({&scope.kind->stored(), scope.node_name, {}}, from_revision, watcher);
}

api::WatchId Server::watch_in(const Kind& kind, const std::string& namespace_, std::int64_t from_revision,
                              api::Watcher& watcher) {
    return hub_.subscribe({&kind.stored(), {}, namespace_}, from_revision, watcher);
}

void Server::unwatch(api::WatchId watch) {
    hub_.unsubscribe(watch);
}

void Server::set_connected(api::WatchId watch, bool connected) {
    hub_.set_connected(watch, connected);
}

Ref<Object> Server::put(const Kind& kind, std::shared_ptr<Object> object, const Cause& cause) {
    if (&kind == &api::kind_of<api::Pod>()) {
        auto& pod = static_cast<api::Pod&>(*object);
        pod.status.conditions = pod_conditions_.share(pod.status.conditions);
    }
    const bool exists = store_.get(kind, ObjectKey::of(object->metadata)) != nullptr;
    const store::Write& write = exists ? store_.update(kind, std::move(object), cause, simulation_.now())
                                       : store_.create(kind, std::move(object), cause, simulation_.now());
    hub_.publish(write);
    if (&kind == &api::kind_of<api::CustomResourceDefinition>()) {
        custom_kinds_->follow(static_cast<const api::CustomResourceDefinition&>(*write.object));
    }
    return write.object;
}

void Server::place(const Kind& kind, std::shared_ptr<Object> object, const Cause& cause) {
    object->metadata.creationTimestamp = now();
    put(kind, std::move(object), cause);
}

Removal Server::erase(const Kind& kind, const std::shared_ptr<Object>& object, const Cause& cause) {
    const store::Write& write = store_.remove(kind, object, cause, simulation_.now());
    hub_.publish(write);
    if (&kind == &api::kind_of<api::CustomResourceDefinition>()) {
        custom_kinds_->forget(static_cast<const api::CustomResourceDefinition&>(*write.object));
    }
    const Strategy& strategy = strategy_of(kind);
    if (strategy.after_delete != nullptr) strategy.after_delete(*this, *write.object);
    return {write.object, true};
}

void Server::reserve_what_services_have() {
    for (const auto& [key, object] : store_.all(api::kind_of<api::Service>())) {
        const api::ServiceSpec& spec = static_cast<const api::Service&>(*object).spec;
        for (const api::Text& address : spec.clusterIPs) allocators_.reserve_ip(address);
        for (const api::ServicePort& port : spec.ports) {
            if (port.nodePort != 0) allocators_.reserve_port(port.nodePort);
        }
        if (spec.healthCheckNodePort != 0) allocators_.reserve_port(spec.healthCheckNodePort);
    }
}

}  // namespace kubetab::server
