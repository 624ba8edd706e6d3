// ApiServer: the API server as actors see it: typed objects, optimistic concurrency, watches.
//
// Calls answer at once, at the present virtual instant. Every write names its cause. Objects that come back
// are shared and immutable; copy to change. A write with a resourceVersion that is not the stored one fails
// with Conflict. Watches are delivered later, in order, from the simulation's queue.
//
// upstream: staging/src/k8s.io/client-go/kubernetes (typed client)
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/api/object.h"
#include "engine/base/status.h"
#include "engine/sim/time.h"

namespace kubetab::api {

// Why a write happens: who writes, and the revision of the change that woke it (0: nothing did, e.g. a
// timer).
struct Cause {
    Text actor{};               // "replicaset-controller", "kubelet/node-1", "kubectl"
    std::int64_t revision = 0;  // of the change that woke the actor
    Text reason{};              // one clause, e.g. "no heartbeat for 50 s"; may be empty
};

enum class Propagation { Default, Background, Foreground, Orphan };

struct DeleteOptions {
    std::optional<std::int64_t> grace_period_seconds{};
    Propagation propagation = Propagation::Default;
    Text uid{};               // precondition; "" is none
    Text resource_version{};  // precondition; "" is none
};

enum class ChangeType { Added, Modified, Deleted };

struct Change {
    ChangeType type = ChangeType::Added;
    const Kind* kind = nullptr;
    Ref<Object> object{};    // for Deleted: the last state
    Ref<Object> previous{};  // null for Added
    std::int64_t revision = 0;
};

// Receives the changes of one watch.
class Watcher {
public:
    virtual ~Watcher() = default;
    virtual void changed(const Change& change) = 0;
    // Something may have come and gone unseen, as when history was lost and all was listed again. What is
    // different now has been told.
    virtual void listed_again() {}
};

// What a watch is about: all objects of a kind, or the pods of one node.
struct WatchScope {
    const Kind* kind = nullptr;
    Text node_name{};  // only for pods; "" is all
};

using WatchId = std::int64_t;

struct ObjectList {
    std::vector<Ref<Object>> items{};  // ordered by key
    std::int64_t revision = 0;
};

class ApiServer {
public:
    virtual ~ApiServer() = default;

    // The kinds that CustomResourceDefinitions bring, one for each: the one under which its objects are
    // stored. They live as long as the server, even when nobody defines them any more.
    virtual std::vector<const Kind*> custom_kinds() const { return {}; }
    // The kind of that name, built in or custom, or null.
    virtual const Kind* find_kind(std::string_view group, std::string_view version,
                                  std::string_view kind) const {
        return api::find_kind(group, version, kind);
    }

    virtual base::Result<Ref<Object>> get(const Kind& kind, const ObjectKey& key) = 0;
    virtual ObjectList list(const WatchScope& scope) = 0;
    virtual base::Result<Ref<Object>> create(const Kind& kind, std::shared_ptr<Object> object,
                                             const Cause& cause) = 0;
    virtual base::Result<Ref<Object>> update(const Kind& kind, std::shared_ptr<Object> object,
                                             const Cause& cause) = 0;
    virtual base::Result<Ref<Object>> update_status(const Kind& kind, std::shared_ptr<Object> object,
                                                    const Cause& cause) = 0;
    virtual base::Result<void> remove(const Kind& kind, const ObjectKey& key, const DeleteOptions& options,
                                      const Cause& cause) = 0;
    // Binds a pod to a node (the scheduler's write). upstream: pods/binding
    virtual base::Result<void> bind(const ObjectKey& pod, const std::string& node, const Cause& cause) = 0;

    // Changes after `from_revision` reach the watcher until unwatch(). The watcher must outlive the watch.
    virtual WatchId watch(const WatchScope& scope, std::int64_t from_revision, Watcher& watcher) = 0;
    virtual void unwatch(WatchId watch) = 0;
    // Holds back a watch's changes (a partitioned node), or delivers what was held back.
    virtual void set_connected(WatchId watch, bool connected) = 0;
};

}  // namespace kubetab::api
