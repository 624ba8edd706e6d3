// Validation of the kinds that configure the control plane and what it asks.
// upstream: pkg/apis/{admissionregistration,certificates,flowcontrol,node,storage}/validation/validation.go
#pragma once

#include "engine/api/admission_registration.h"
#include "engine/api/certificates.h"
#include "engine/api/flow_control.h"
#include "engine/api/runtime_class.h"
#include "engine/api/storage_capacity.h"
#include "engine/api/validation/errors.h"

namespace kubetab::api {

void validate_mutating_webhooks(const MutatingWebhookConfiguration& object, Errors& errors);
void validate_validating_webhooks(const ValidatingWebhookConfiguration& object, Errors& errors);
void validate_admission_policy(const ValidatingAdmissionPolicy& object, Errors& errors);
void validate_admission_policy_binding(const ValidatingAdmissionPolicyBinding& object, Errors& errors);
void validate_signing_request(const CertificateSigningRequest& object, Errors& errors);
void validate_signing_request_update(const CertificateSigningRequest& now,
                                     const CertificateSigningRequest& old, Errors& errors);
void validate_flow_schema(const FlowSchema& object, Errors& errors);
void validate_priority_level(const PriorityLevelConfiguration& object, Errors& errors);
void validate_runtime_class(const RuntimeClass& object, Errors& errors);
void validate_runtime_class_update(const RuntimeClass& now, const RuntimeClass& old, Errors& errors);
void validate_storage_capacity(const CSIStorageCapacity& object, Errors& errors);

}  // namespace kubetab::api
