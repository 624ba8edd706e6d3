// Validation of ObjectMeta, labels, annotations and label selectors.
// upstream: staging/src/k8s.io/apimachinery/pkg/api/validation/objectmeta.go, pkg/apis/meta/v1/validation
#pragma once

#include "engine/api/meta.h"
#include "engine/api/object.h"
#include "engine/api/validation/errors.h"

namespace kubetab::api {

// The rule of the kind's names.
NameRule name_rule_of(const Kind& kind);
void validate_metadata(const Kind& kind, const ObjectMeta& metadata, Errors& errors);
void validate_metadata_update(const Kind& kind, const ObjectMeta& now, const ObjectMeta& old, Errors& errors);

void validate_labels(const base::StringMap& labels, const Path& path, Errors& errors);
void validate_annotations(const base::StringMap& annotations, const Path& path, Errors& errors);
void validate_label_selector(const LabelSelector& selector, const Path& path, Errors& errors);
// Standard finalizers, or qualified ones.
void validate_finalizer(const std::string& finalizer, const Path& path, Errors& errors);

}  // namespace kubetab::api
