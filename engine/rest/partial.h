// PartialObjectMetadata: objects, lists and watch events with nothing of each object but its metadata.
// upstream: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/response.go asPartialObjectMetadata
#pragma once

#include <string>

namespace kubetab::rest {

// Of an object or a list, as JSON text. What has no metadata, such as a Status, stays as it is.
std::string partial_object(const std::string& json);
// Of one watch event.
std::string partial_event(const std::string& json);

}  // namespace kubetab::rest
