// What a schema does to an object's content before it is looked at: unknown fields go, defaults come.
//
// upstream: staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/schema/{pruning,defaulting}/algorithm.go
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace kubetab::api {

// `content` is an object without apiVersion, kind and metadata. Dropped fields are added to `issues` in the
// words of strict decoding, unless that is null.
void shape(const nlohmann::json& schema, nlohmann::json& content, std::vector<std::string>* issues);

}  // namespace kubetab::api
