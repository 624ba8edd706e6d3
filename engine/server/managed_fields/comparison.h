// What differs between two objects of a kind, as sets of fields.
//
// A field that begins to exist is added, with everything below it; likewise for one that is gone. A field
// exists when it would be encoded. What is one thing (see merge_shape.h) is compared as one.
// upstream: sigs.k8s.io/structured-merge-diff typed/compare.go
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "engine/api/object.h"
#include "engine/server/managed_fields/field_set.h"

namespace kubetab::server {

struct Comparison {
    FieldSet added{};
    FieldSet modified{};
    FieldSet removed{};

    bool empty() const { return added.empty() && modified.empty() && removed.empty(); }
    FieldSet changed() const { return united(added, modified); }
};

Comparison compared(const api::Kind& kind, const api::Object& before, const api::Object& after);
// The same of two documents, whose types need not describe structs.
Comparison compared_documents(const api::Kind& kind, const nlohmann::json& before,
                              const nlohmann::json& after);

}  // namespace kubetab::server
