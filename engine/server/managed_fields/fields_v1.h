// FieldSets in the JSON of metadata.managedFields[].fieldsV1: a member without anything below it is {}, one
// with something below it has "." there.
// upstream: sigs.k8s.io/structured-merge-diff fieldpath/serialize.go
#pragma once

#include <optional>
#include <string>

#include "engine/server/managed_fields/field_set.h"

namespace kubetab::server {

std::string fields_v1_text(const FieldSet& set);
// Nothing when the text is no such tree.
std::optional<FieldSet> read_fields_v1(std::string_view text);

}  // namespace kubetab::server
