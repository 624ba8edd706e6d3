// Store: every object of the cluster, with one revision counter and the history of changes.
//
// Like etcd: each write raises the revision by one, sets the object's resourceVersion to it, and is kept in a
// log from which watches resume and the past is read. The log is bounded; what falls out of it is compacted.
// Objects are shared and immutable. Events are many and seldom read: those that only the store still has a
// while after they were written are kept packed. Versions of a custom resource share their objects
// (Kind::stored). Not for use by anything but the server (and by the cluster, which builds it).
//
// upstream: staging/src/k8s.io/apiserver/pkg/storage/etcd3/store.go
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/api/access.h"
#include "engine/api/object.h"
#include "engine/api/object_map.h"
#include "engine/api/packing.h"
#include "engine/base/status.h"
#include "engine/sim/time.h"

namespace kubetab::store {

using Revision = std::int64_t;

// The object of a write, as the log keeps it. A packed one is unpacked when somebody looks at it. Reads like
// a reference to the object.
class LoggedObject {
public:
    LoggedObject() = default;
    LoggedObject(api::Ref<api::Object> object) : object_(std::move(object)) {}
    // `packing` must outlive this.
    LoggedObject(const api::Packing& packing, api::Text packed)
        : packed_(std::move(packed)), packing_(&packing) {}

    const api::Ref<api::Object>& get() const {
        if (object_ == nullptr && packing_ != nullptr) object_ = packing_->unpack(packed_);
        return object_;
    }
    operator const api::Ref<api::Object>&() const { return get(); }
    const api::Object& operator*() const { return *get(); }
    const api::Object* operator->() const { return get().get(); }

private:
    mutable api::Ref<api::Object> object_{};
    api::Text packed_{};
    const api::Packing* packing_ = nullptr;
};

// One write, as the log keeps it.
struct Write {
    Revision revision = 0;
    api::ChangeType type = api::ChangeType::Added;
    const api::Kind* kind = nullptr;
    LoggedObject object{};             // for Deleted: the last state, with the deletion's resourceVersion
    api::Ref<api::Object> previous{};  // null for Added
    api::Cause cause{};
    sim::Instant when{};
};

// Is told of every write, right after it was made.
class Observer {
public:
    virtual ~Observer() = default;
    virtual void wrote(const Write& write) = 0;
};

class Store {
public:
    // `log_limit`: how many writes the log keeps.
    explicit Store(std::size_t log_limit = kDefaultLogLimit) : log_limit_(log_limit) {}

    Revision revision() const { return revision_; }
    // The oldest revision from which a watch can resume.
    Revision compacted() const { return compacted_; }

    api::Ref<api::Object> get(const api::Kind& kind, const api::ObjectKey& key) const;
    // All objects of a kind, ordered by key.
    const api::ObjectMap& all(const api::Kind& kind) const;

    // The object must not exist.
    const Write& create(const api::Kind& kind, std::shared_ptr<api::Object> object, api::Cause cause,
                        sim::Instant now);
    // The object must exist; the caller has checked its resourceVersion.
    const Write& update(const api::Kind& kind, std::shared_ptr<api::Object> object, api::Cause cause,
                        sim::Instant now);
    // The object must exist. `object` is its last state.
    const Write& remove(const api::Kind& kind, std::shared_ptr<api::Object> object, api::Cause cause,
                        sim::Instant now);

    // A store that goes on where another one ended: first the revision, then the objects as they are, with
    // their resourceVersions. Only before the first write.
    void begin_at(Revision revision);
    void load(const api::Kind& kind, std::shared_ptr<api::Object> object);

    // Null is nobody. The observer outlives the store, or takes itself off.
    void observe(Observer* observer) { observer_ = observer; }

    // The kept writes, oldest first; revisions are consecutive.
    const std::deque<Write>& log() const { return log_; }
    // The write of that revision, or null when compacted or not yet written.
    const Write* find_write(Revision revision) const;
    // What all objects of a kind were right after that revision; fails with Expired when it is compacted.
    base::Result<api::ObjectMap> all_at(const api::Kind& kind, Revision revision) const;
    // The last kept revision written at or before that instant.
    Revision revision_at(sim::Instant when) const;

    static constexpr std::size_t kDefaultLogLimit = 20'000;
    // So many of the last writes are kept as they are.
    static constexpr std::size_t kUnpacked = 8'192;

private:
    const Write& append(Write write);
    void pack_event(Write& write);

    std::size_t log_limit_;
    Revision revision_ = 0;
    Revision compacted_ = 0;
    std::map<const api::Kind*, api::ObjectMap> objects_{};  // looked up only, never iterated
    std::deque<Write> log_{};
    Observer* observer_ = nullptr;
};

}  // namespace kubetab::store
