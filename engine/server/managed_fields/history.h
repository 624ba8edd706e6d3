// The managers of objects that only components have written, worked out from the store's log when asked for.
//
// Controllers and kubelets write far more often than anybody looks at managedFields, so their writes record
// nothing in an object until a user has written it; from then on the object carries its managers like any
// other. The log knows who wrote what over what. What it no longer holds is judged by what the object is: its
// maker has set everything but its status. What was worked out is remembered for the objects that were asked
// for last, so that asking again costs little, and only newer writes are looked at.
// differs: times and sharing before the log's oldest write are guessed, because the log is bounded.
#pragma once

#include "engine/api/transport.h"
#include "engine/base/lookup_map.h"
#include "engine/server/managed_fields/owners.h"
#include "engine/server/server.h"
#include "engine/store/store.h"

namespace kubetab::server {

class ManagedFieldsHistory {
public:
    // The store outlives it.
    explicit ManagedFieldsHistory(const store::Store& store) : store_(store) {}

    // Those that the object carries, or those of its history. Of what is not to be managed there are none.
    ManagedFields managers_of(const api::Kind& kind, const api::Object& object);
    // The object as clients see it, with them.
    api::Ref<api::Object> with_managers(const api::Kind& kind, const api::Ref<api::Object>& object);

    // So many objects are remembered, and as many of those that were asked for before them.
    static constexpr std::size_t kRemembered = 10'000;

private:
    // An object with its managers, as it was at a revision.
    struct Known {
        store::Revision revision = 0;
        api::Ref<api::Object> shown_for{};  // as it is without them
        api::Ref<api::Object> object{};
    };
    const Known* find(const api::Text& uid);
    void remember(const api::Object& object, Known known);

    const store::Store& store_;
    base::LookupMap<Known> recent_{};
    base::LookupMap<Known> older_{};
};

// True when a client wants the managers of what it reads.
bool wants_managers(const api::Request& request);

// The program that an actor of the cluster is part of: the kube-controller-manager of its controllers.
api::Text program_of(std::string_view actor);

}  // namespace kubetab::server
