// Whether a schema is one that objects can be pruned, completed and checked by.
//
// upstream: staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go
// [ValidateCustomResourceDefinitionOpenAPISchema], pkg/apiserver/schema/validation.go [ValidateStructural],
// pkg/apiserver/schema/defaulting/validation.go
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "engine/api/validation.h"

namespace kubetab::api {

std::vector<FieldError> check_schema(const nlohmann::json& schema, const std::string& path);
// The places of CEL rules in a schema.
void find_rules(const nlohmann::json& schema, const std::string& path, std::vector<std::string>& places);

}  // namespace kubetab::api
