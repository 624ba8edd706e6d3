// Warnings: what is allowed but most likely a mistake, in the words that the API server sends along with its
// answer.
//
// Of a pod's spec: spread constraints without a selector, fractions of bytes, variables and ports given
// twice. Of jobs: names that are no names of hosts. Works on defaulted, valid objects. upstream:
// pkg/api/pod/warnings.go, pkg/registry/batch/*/strategy.go
#pragma once

#include <string>
#include <vector>

#include "engine/api/object.h"

namespace kubetab::api {

// What to warn of when the object is created, or (with `old`) replaces another; a pod template is looked at
// like a pod.
std::vector<std::string> warnings_for(const Kind& kind, const Object& object, const Object* old);

}  // namespace kubetab::api
