// Strategy: what the server does to an object of a kind before it is validated and stored.
//
// upstream: pkg/registry/*/*/strategy.go
#pragma once

#include "engine/api/object.h"
#include "engine/base/status.h"
#include "engine/server/server.h"

namespace kubetab::server {

struct Strategy {
    // May refuse (e.g. a cluster IP that is taken). Runs after admission, before validation.
    base::Result<void> (*prepare_for_create)(Server& server, api::Object& object) = nullptr;
    base::Result<void> (*prepare_for_update)(Server& server, api::Object& object, const api::Object& stored,
                                             Endpoint endpoint) = nullptr;
    // After an update is stored, e.g. to give back what the object no longer uses.
    void (*after_update)(Server& server, const api::Object& object, const api::Object& before) = nullptr;
    // After the object has left the store, e.g. to give back an address.
    void (*after_delete)(Server& server, const api::Object& object) = nullptr;
};

// The kind's own strategy; empty when it has none.
const Strategy& strategy_of(const api::Kind& kind);

// What holds for every kind by the fields it has: status is wiped on create, kept on update, and the reverse
// for spec; generation counts the changes of spec.
void prepare_generic_create(const api::Kind& kind, api::Object& object);
void prepare_generic_update(const api::Kind& kind, api::Object& object, const api::Object& stored,
                            Endpoint endpoint);

// The same for custom resources, whose status and spec are parts of one document.
void prepare_custom_create(const api::Kind& kind, api::Object& object);
void prepare_custom_update(const api::Kind& kind, api::Object& object, const api::Object& stored,
                           Endpoint endpoint);

// The kinds' strategies.
extern const Strategy kDefinitionStrategy;
extern const Strategy kDaemonSetStrategy;
extern const Strategy kJobStrategy;
extern const Strategy kClaimStrategy;
extern const Strategy kNamespaceStrategy;
extern const Strategy kPersistentVolumeStrategy;
extern const Strategy kPodStrategy;
extern const Strategy kSecretStrategy;
extern const Strategy kServiceStrategy;

}  // namespace kubetab::server
