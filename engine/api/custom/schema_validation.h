// What a schema finds wrong with a value, in upstream's words.
//
// Fields of a map are looked at in order. CEL rules (x-kubernetes-validations) are not evaluated: who defines
// them is warned.
// upstream: kube-openapi pkg/validation/validate, staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/
// {validation,schema/listtype,schema/objectmeta}
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "engine/api/validation.h"

namespace kubetab::api {

struct ValueCheck {
    // What the value replaces, or null: what has not changed is not looked at again.
    // upstream: apiserver/validation/ratcheting.go
    const nlohmann::json* old = nullptr;
    // Of the field that holds the value; empty for an object of the resource.
    std::string path{};
};

std::vector<FieldError> validate_value(const nlohmann::json& schema, const nlohmann::json& value,
                                       const ValueCheck& check);

// What JSON Schema cannot say: elements of sets and maps that repeat, and embedded objects without a kind.
void check_structure(const nlohmann::json& schema, const nlohmann::json& object,
                     std::vector<FieldError>& errors);

}  // namespace kubetab::api
