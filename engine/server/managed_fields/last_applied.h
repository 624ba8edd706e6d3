// How server-side apply by kubectl and the annotation of client-side apply get along.
//
// The server lets kubectl take what the annotation says kubectl has set, and keeps the annotation up to date,
// so that a client-side apply can follow. Other managers are not concerned.
// upstream: staging/src/k8s.io/apimachinery/pkg/util/managedfields/internal/lastapplied*.go
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "engine/api/object.h"
#include "engine/server/managed_fields/owners.h"

namespace kubetab::server {

bool is_kubectl(const Writer& writer);

// The fields that the live object's annotation names and that are still as it says; nothing without one.
std::optional<FieldSet> last_applied_fields(const api::Kind& kind, const api::Object& live);

// Writes the applied document into the object's annotation, if the object has that.
void renew_last_applied(api::Object& object, const nlohmann::json& document);

}  // namespace kubetab::server
