// How `apply` and `diff` find out what to change: the three-way patch between the last applied configuration,
// the manifest and the live object.
//
// upstream: staging/src/k8s.io/kubectl/pkg/cmd/apply/patcher.go
#pragma once

#include <string>

#include "engine/kubectl/command.h"
#include "engine/kubectl/resources.h"
#include "engine/kubectl/rest.h"

namespace kubetab::kubectl {

struct ApplyPatch {
    PatchType type = PatchType::Strategic;
    std::string body{};  // "{}" when there is nothing to change
};

// `modified` is the manifest with its last-applied annotation, `live` what the server holds.
base::Result<ApplyPatch> make_apply_patch(const ApiResource& resource, const base::Json& modified,
                                          const base::Json& live);

// The manifest without the members that are null, as it is created. upstream: pruneNullsFromMap
base::Json without_nulls(const base::Json& value);

}  // namespace kubetab::kubectl
