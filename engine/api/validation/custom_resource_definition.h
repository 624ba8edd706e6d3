// upstream: staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go
#pragma once

#include "engine/api/custom_resource_definition.h"
#include "engine/api/validation/errors.h"

namespace kubetab::api {

void validate_definition(const CustomResourceDefinition& definition, Errors& errors);
void validate_definition_update(const CustomResourceDefinition& now, const CustomResourceDefinition& old,
                                Errors& errors);
void validate_definition_status(const CustomResourceDefinition& now, const CustomResourceDefinition& old,
                                Errors& errors);

}  // namespace kubetab::api
