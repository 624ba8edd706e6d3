// Protobuf: bodies of requests in the Kubernetes API's protobuf form, as JSON.
//
// kubectl sends them for what it makes from flags, and does not fall back to JSON. A body is the four bytes
// "k8s\0" and a runtime.Unknown, which names the kind and holds the object. Which field has which number
// stands in assets/protobuf_fields.txt; unknown numbers and kinds that are not listed there are left out.
// upstream: apimachinery/pkg/runtime/serializer/protobuf/protobuf.go
#pragma once

#include <string>
#include <string_view>

#include "engine/base/status.h"

namespace kubetab::rest {

// BadRequest when it is no such body, or broken off.
base::Result<std::string> protobuf_to_json(std::string_view body);

// The text of assets/protobuf_fields.txt.
std::string_view protobuf_fields_text();

}  // namespace kubetab::rest
