// A document as an applier sends it, held against the field tables: which fields it names, and where it does
// not fit. upstream: sigs.k8s.io/structured-merge-diff typed/validate.go, typed/tofieldset.go
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "engine/api/object.h"
#include "engine/server/managed_fields/field_set.h"

namespace kubetab::server {

struct TypedDocument {
    FieldSet fields{};
    std::vector<std::string> errors{};  // each with its path: .spec.foo: field not declared in schema
};

// Whether two elements of a list may have the same keys: what an applier sends may not, what is stored may.
enum class Duplicates { Refused, Allowed };

TypedDocument describe_document(const api::Kind& kind, const nlohmann::json& document, Duplicates duplicates);

// One sentence of all errors.
std::string joined_errors(const std::vector<std::string>& errors);

}  // namespace kubetab::server
