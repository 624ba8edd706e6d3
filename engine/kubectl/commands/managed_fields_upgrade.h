// What metadata.managedFields says of client-side apply, and how it is handed over to server-side apply.
// upstream: staging/src/k8s.io/client-go/util/csaupgrade/upgrade.go
#pragma once

#include <set>
#include <string>

#include "engine/base/json.h"

namespace kubetab::kubectl {

// Who owns the last-applied annotation by that operation (Apply or Update).
std::set<std::string> last_applied_owners(const base::Json& object, std::string_view operation);

// The JSON patch that hands what those managers own by updates to the applier; null when nothing is theirs.
base::Json upgrade_patch(const base::Json& object, const std::set<std::string>& managers,
                         const std::string& applier);

}  // namespace kubetab::kubectl
