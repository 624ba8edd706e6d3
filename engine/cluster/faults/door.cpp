#include "engine/cluster/faults/door.h"

#include <algorithm>
#include <utility>

#include "engine/api/kinds.h"

namespace kubetab::cluster {

using api::Cause;
using api::Change;
using api::ChangeType;
using api::Kind;
using api::Object;
using api::ObjectKey;
using api::Ref;
using base::Reason;
using base::Result;

namespace {

bool is_every(std::int64_t many, std::int64_t count) {
    return many > 0 && count % many == 0;
}

}  // namespace

// One watch through the door.
class Door::Gate : public api::Watcher {
public:
    // Of an object that the watcher does not know as it is.
    struct Missed {
        Ref<Object> known{};  // what it knows of it, or null
        Change last{};
    };
    struct Waiting {
        sim::Instant due{};
        Change change{};
    };

    Gate(Door& door, api::Watcher& watcher) : door_(door), watcher_(&watcher) {}
    void changed(const Change& change) override { door_.pass(*this, change); }

    Door& door_;
    api::Watcher* watcher_;  // null once nobody watches any more
    api::WatchId id_ = 0;
    std::int64_t told_ = 0;  // the latest revision
    std::map<ObjectKey, Missed> missed_{};
    std::deque<Waiting> waiting_{};
};

Door::Door(sim::Simulation& simulation, api::ApiServer& server, std::string name)
    : simulation_(simulation), server_(server), component_(simulation.add(std::move(name), *this)) {}

Door::~Door() {
    simulation_.remove(component_);
}

void Door::set_weather(const Weather& weather) {
    const Weather before = std::exchange(weather_, weather);
    calm_ = !weather_.shut && weather_.lost == 0 && weather_.doubled == 0 && weather_.late.ns == 0;
    const auto gates = gates_;
    if (weather_.late.ns < before.late.ns) {
        for (const auto& [id, gate] : gates) {
            const std::deque<Gate::Waiting> waiting = std::exchange(gate->waiting_, {});
            for (const Gate::Waiting& next : waiting) tell(*gate, next.change);
        }
    }
    const bool opens = before.shut && !weather_.shut;
    const bool complete_again = before.lost > 0 && weather_.lost == 0;
    if (opens || complete_again) relist();
}

void Door::relist() {
    const auto gates = gates_;
    for (const auto& [id, gate] : gates) {
        const std::map<ObjectKey, Gate::Missed> missed = std::exchange(gate->missed_, {});
        for (const auto& [key, miss] : missed) {
            const bool gone = miss.last.type == ChangeType::Deleted;
            if (gone && !miss.known) continue;  // Came and went.
            const bool another = miss.known && miss.known->metadata.uid != miss.last.object->metadata.uid;
            if (another) {
                Change removed = miss.last;
                removed.type = ChangeType::Deleted;
                removed.object = removed.previous = miss.known;
                tell(*gate, removed);
                if (gone) continue;
            }
            Change change = miss.last;
            change.previous = another ? nullptr : miss.known;
            if (!gone) change.type = change.previous ? ChangeType::Modified : ChangeType::Added;
            tell(*gate, change);
        }
        if (gate->watcher_ != nullptr) gate->watcher_->listed_again();
    }
}

void Door::tell(Gate& gate, const Change& change) {
    if (gate.watcher_ == nullptr) return;
    const auto missed = gate.missed_.find(ObjectKey::of(change.object->metadata));
    Change told = change;
    if (missed != gate.missed_.end() && change.revision < missed->second.last.revision) {
        // It was on its way when the later one was missed.
        missed->second.known = change.type == ChangeType::Deleted ? nullptr : change.object;
    } else if (missed != gate.missed_.end()) {
        const Ref<Object> known = missed->second.known;
        gate.missed_.erase(missed);
        if (!known && change.type == ChangeType::Deleted) return;  // It was never heard of.
        if (known && known->metadata.uid != change.object->metadata.uid) {
            Change removed = change;
            removed.type = ChangeType::Deleted;
            removed.object = removed.previous = known;
            gate.watcher_->changed(removed);
            if (change.type == ChangeType::Deleted || gate.watcher_ == nullptr) return;
            told.previous = nullptr;
        } else {
            told.previous = known;
        }
    }
    gate.told_ = told.revision = std::max(gate.told_, change.revision);
    gate.watcher_->changed(told);
}

void Door::pass(Gate& gate, const Change& change) {
    if (calm_ && gate.waiting_.empty() && gate.missed_.empty()) {
        gate.told_ = change.revision;
        return gate.watcher_->changed(change);
    }
    ++changes_;
    const std::shared_ptr<Gate> held = gates_.at(gate.id_);  // It may be given up while it is told.
    if (weather_.shut || is_every(weather_.lost, changes_)) {
        const auto [it, first] = gate.missed_.try_emplace(ObjectKey::of(change.object->metadata));
        if (first) it->second.known = change.type == ChangeType::Deleted ? change.object : change.previous;
        it->second.last = change;
        return;
    }
    if (weather_.late.ns > 0 || !gate.waiting_.empty()) {
        gate.waiting_.push_back({simulation_.now() + weather_.late, change});
        simulation_.schedule({.component = component_,
                              .after = weather_.late,
                              .cadence = change.kind == &api::kind_of<api::Lease>() ? sim::Cadence::Heartbeat
                                                                                    : sim::Cadence::Once,
                              .value = gate.id_});
        return;
    }
    tell(gate, change);
    if (is_every(weather_.doubled, changes_)) tell(gate, change);
}

void Door::handle(const sim::Event& event) {
    const auto found = gates_.find(event.value);
    if (found == gates_.end()) return;
    const std::shared_ptr<Gate> gate = found->second;
    while (!gate->waiting_.empty() && gate->waiting_.front().due <= simulation_.now()) {
        const Change change = std::move(gate->waiting_.front().change);
        gate->waiting_.pop_front();
        tell(*gate, change);
    }
}

// --- requests ---

Result<void> Door::may_ask() const {
    if (!weather_.shut) return {};
    return base::failure(Reason::Unknown, "dial tcp 172.18.0.2:6443: connect: connection refused");
}

Result<void> Door::may_write() {
    TRY(may_ask());
    if (!is_every(weather_.timed_out, ++writes_)) return {};
    return base::failure(Reason::InternalError, "etcdserver: request timed out");
}

// upstream: OptimisticLockErrorMsg
Result<void> Door::may_update(const Kind& kind, const Object& object) {
    TRY(may_write());
    if (!is_every(weather_.conflicting, writes_)) return {};
    base::Status status =
        base::failure(Reason::Conflict,
                      "Operation cannot be fulfilled on " + kind.resource() + " \"" + object.metadata.name +
                          "\": the object has been modified; please apply your changes to the latest "
                          "version and try again");
    status.group = kind.group;
    status.kind = kind.plural;
    status.name = object.metadata.name;
    return status;
}

Result<Ref<Object>> Door::get(const Kind& kind, const ObjectKey& key) {
    TRY(may_ask());
    return server_.get(kind, key);
}

Result<Ref<Object>> Door::create(const Kind& kind, std::shared_ptr<Object> object, const Cause& cause) {
    TRY(may_write());
    return server_.create(kind, std::move(object), cause);
}

Result<Ref<Object>> Door::update(const Kind& kind, std::shared_ptr<Object> object, const Cause& cause) {
    TRY(may_update(kind, *object));
    return server_.update(kind, std::move(object), cause);
}

Result<Ref<Object>> Door::update_status(const Kind& kind, std::shared_ptr<Object> object,
                                        const Cause& cause) {
    TRY(may_update(kind, *object));
    return server_.update_status(kind, std::move(object), cause);
}

Result<void> Door::remove(const Kind& kind, const ObjectKey& key, const api::DeleteOptions& options,
                          const Cause& cause) {
    TRY(may_write());
    return server_.remove(kind, key, options, cause);
}

Result<void> Door::bind(const ObjectKey& pod, const std::string& node, const Cause& cause) {
    TRY(may_write());
    return server_.bind(pod, node, cause);
}

// --- watches ---

api::WatchId Door::watch(const api::WatchScope& scope, std::int64_t from_revision, api::Watcher& watcher) {
    const auto gate = std::make_shared<Gate>(*this, watcher);
    gate->id_ = server_.watch(scope, from_revision, *gate);
    gate->told_ = from_revision;
    gates_.emplace(gate->id_, gate);
    return gate->id_;
}

void Door::unwatch(api::WatchId watch) {
    server_.unwatch(watch);
    const auto found = gates_.find(watch);
    if (found == gates_.end()) return;
    found->second->watcher_ = nullptr;
    gates_.erase(found);
}

}  // namespace kubetab::cluster
