// Values as Go prints them in field errors.
// upstream: staging/src/k8s.io/apimachinery/pkg/util/validation/field/errors.go [ErrorBody]
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/api/meta.h"
#include "engine/api/quantity.h"
#include "engine/api/values.h"
#include "engine/base/flat_map.h"

namespace kubetab::api {

// A string with Go's quoting and escapes.
std::string go_quoted(std::string_view text);
// []string{"a", "b"}, or []string(nil).
std::string go_text(const Texts& values);
// map[string]string{"a":"b"}, or map[string]string(nil).
std::string go_text(const base::StringMap& values);
// intstr.IntOrString{Type:1, IntVal:0, StrVal:"25%"}
std::string go_text(const IntOrString& value);
// v1.LabelSelector{MatchLabels:…, MatchExpressions:…}
std::string go_text(const LabelSelector& value);
// resource.Quantity{…}; `printed` is its text when it has been printed before.
std::string go_text(const Quantity& value, std::string_view printed = {});
std::string go_text(const OwnerReference& value);

}  // namespace kubetab::api
