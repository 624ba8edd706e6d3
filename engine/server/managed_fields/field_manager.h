// FieldManager: what a write does to the ownership of an object's fields.
//
// An update takes what it changes from everybody. An apply owns what it names, shares what it names as others
// have it, is refused where others have it otherwise (unless forced), and removes what it named last time and
// nobody else owns. Objects are compared as they are before admission and strategies have had their say.
//
// upstream: staging/src/k8s.io/apimachinery/pkg/util/managedfields/internal,
// sigs.k8s.io/structured-merge-diff merge/update.go
#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>

#include "engine/api/object.h"
#include "engine/base/status.h"
#include "engine/server/managed_fields/owners.h"
#include "engine/server/server.h"

namespace kubetab::server {

// One update: who wrote what over what.
struct UpdatedFields {
    const api::Kind& kind;
    const api::Object& before;  // blank for a create
    const api::Object& after;
    Endpoint endpoint = Endpoint::Main;
    Writer writer{};
};

// The managers after it. `entries` are those of `before`; when they cannot be read, they come back unchanged.
ManagedFields after_update(const UpdatedFields& update, const ManagedFields& entries);

struct ApplyOptions {
    Endpoint endpoint = Endpoint::Main;
    Writer writer{};
    bool force = false;
};

struct AppliedDocument {
    std::shared_ptr<api::Object> object{};
    ManagedFields managers{};
};

// Lays the document over the live object, which is blank when there is none. Fails with Conflict, BadRequest
// for another kind, or without a reason when the document does not fit the schema.
base::Result<AppliedDocument> apply_document(const api::Kind& kind, const api::Object& live,
                                             const ManagedFields& entries, const nlohmann::json& document,
                                             const ApplyOptions& options);

}  // namespace kubetab::server
