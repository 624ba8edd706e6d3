// What a write leaves in metadata.managedFields of the object that is stored.
//
// A client's write is recorded at once. A component's is recorded when the object carries its managers
// already, because a client has written it before; otherwise nothing is kept, and history.h works it out from
// the log. Comes before admission and strategies: what they change belongs to nobody.
// upstream: staging/src/k8s.io/apimachinery/pkg/util/managedfields/internal/fieldmanager.go
#pragma once

#include "engine/server/server.h"

namespace kubetab::server {

void record_create(const api::Kind& kind, api::Object& object, const WriteOptions& options);

struct RecordedUpdate {
    const api::Kind& kind;
    const api::Object& stored;
    const api::Cause& cause;
    const WriteOptions& options;
};
void record_update(const RecordedUpdate& update, api::Object& object, Server& server);

// True when storing the object would change nothing but the times of its managers.
bool is_same_object(Server& server, const api::Kind& kind, api::Object& object, const api::Object& stored);

}  // namespace kubetab::server
