// Rules that the validators of several workloads share.
// upstream: pkg/apis/apps/validation/validation.go, pkg/apis/core/validation/validation.go
#pragma once

#include "engine/api/core/pod_spec.h"
#include "engine/api/selectors.h"
#include "engine/api/validation/errors.h"
#include "engine/api/values.h"

namespace kubetab::api {

// A count or a percentage, neither negative. upstream: ValidatePositiveIntOrPercent
void validate_amount(const IntOrString& amount, const Path& path, Errors& errors);
// A valid percentage above 100.
void validate_share(const IntOrString& amount, const Path& path, Errors& errors);
// The amount as a number, whether it counts or is a percentage.
std::int64_t number_of(const IntOrString& amount);
void not_above(const Path& path, std::int32_t value, std::int32_t limit, std::string_view text,
               Errors& errors);

// The template's labels, unless the selector asks for them.
void validate_template_labels(const PodTemplateSpec& pod_template, bool selects, Errors& errors);
// What a workload that keeps its pods running does not let a template say; `kind` as in the text.
void validate_always_running(const PodTemplateSpec& pod_template, std::string_view kind, Errors& errors);

}  // namespace kubetab::api
