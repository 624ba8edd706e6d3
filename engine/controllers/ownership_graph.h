// OwnershipGraph: who owns whom, by uid, of all objects of all kinds.
//
// An owner that does not exist (any more) still has dependents here: that is how they are found.
// upstream: pkg/controller/garbagecollector/graph.go
#pragma once

#include <set>
#include <vector>

#include "engine/api/object.h"
#include "engine/base/lookup_map.h"

namespace kubetab::controllers {

inline constexpr std::string_view kForegroundFinalizer = "foregroundDeletion";
inline constexpr std::string_view kOrphanFinalizer = "orphan";

bool has_finalizer(const api::ObjectMeta& metadata, std::string_view finalizer);

// One object of the graph, as last seen. Shares the object with the store, so that a large graph stays small.
struct OwnedNode {
    const api::Kind* kind = nullptr;
    api::Ref<api::Object> object{};

    api::ObjectKey key() const { return api::ObjectKey::of(object->metadata); }
    const std::vector<api::OwnerReference>& owners() const { return object->metadata.ownerReferences; }
    // Waits in the foreground for what it owns.
    bool deleting_dependents() const { return ends_with(kForegroundFinalizer); }
    // Lets go what it owns before it goes.
    bool orphaning() const { return ends_with(kOrphanFinalizer); }
    // Lets no owner of this uid go before itself.
    bool blocks(const api::Text& owner_uid) const;

private:
    bool ends_with(std::string_view finalizer) const {
        return object->metadata.deletionTimestamp.is_set() && has_finalizer(object->metadata, finalizer);
    }
};

class OwnershipGraph {
public:
    // Null when there is no such object.
    const OwnedNode* find(const api::Text& uid) const;
    // Uids of the objects that name this owner, in order.
    const std::set<api::Text>& dependents_of(const api::Text& uid) const;
    void put(const api::Kind& kind, const api::Ref<api::Object>& object);
    void remove(const api::Text& uid);

private:
    void link(const OwnedNode& node);
    void unlink(const OwnedNode& node);

    base::LookupMap<OwnedNode> nodes_{};
    base::LookupMap<std::set<api::Text>> dependents_{};
};

}  // namespace kubetab::controllers
