// Merging what is applied into what is stored, and taking fields out again; both on documents.
// upstream: sigs.k8s.io/structured-merge-diff typed/merge.go, typed/remove.go
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "engine/api/object.h"
#include "engine/server/managed_fields/field_set.h"

namespace kubetab::server {

// The stored document with the applied one laid over it: what is one thing is replaced, elements of lists are
// found by their keys and stand in the applied order. Both fit the field tables.
nlohmann::json merged_document(const api::Kind& kind, const nlohmann::json& stored,
                               const nlohmann::json& applied);

// Without the set's members and what is below them. A struct or list that lost everything becomes null.
nlohmann::json without_fields(const api::Kind& kind, const nlohmann::json& document, const FieldSet& fields);

// With every struct's field that leads to a member made a member, too.
FieldSet with_named_parents(const api::Kind& kind, const FieldSet& fields);

}  // namespace kubetab::server
