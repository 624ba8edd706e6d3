// Validation of Ingress and IngressClass. upstream: pkg/apis/networking/validation/validation.go
#pragma once

#include "engine/api/ingress.h"
#include "engine/api/validation/errors.h"

namespace kubetab::api {

void validate_ingress(const Ingress& object, Errors& errors);
void validate_ingress_update(const Ingress& now, const Ingress& old, Errors& errors);
void validate_ingress_class(const IngressClass& object, Errors& errors);
void validate_ingress_class_update(const IngressClass& now, const IngressClass& old, Errors& errors);

}  // namespace kubetab::api
