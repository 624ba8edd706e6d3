// The managers of objects that only components have written, worked out from the store's log when asked for.
//
// Controllers and kubelets write far more often than anybody looks at managedFields, so their writes record
// nothing in an object until a user has written it; from then on the object carries its managers like any
// other. The log knows who wrote what over what. What it no longer holds is judged by what the object is: its
// maker has set everything but its status.
// differs: times and sharing before the log's oldest write are guessed, because the log is bounded.
#pragma once

#include "engine/api/transport.h"
#include "engine/server/managed_fields/owners.h"
#include "engine/server/server.h"
#include "engine/store/store.h"

namespace kubetab::server {

// Those that the object carries, or those of its history. Of what is not to be managed there are none.
ManagedFields managers_of(const store::Store& store, const api::Kind& kind, const api::Object& object);
// The object as clients see it, with them.
api::Ref<api::Object> with_managers(const store::Store& store, const api::Kind& kind,
                                    const api::Ref<api::Object>& object);

// True when a client wants the managers of what it reads.
bool wants_managers(const api::Request& request);

// The program that an actor of the cluster is part of: the kube-controller-manager of its controllers.
api::Text program_of(std::string_view actor);

}  // namespace kubetab::server
