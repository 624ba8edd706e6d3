// The OpenAPI documents of the groups that CustomResourceDefinitions bring: their schemas as they were
// written, with the metadata that every object has. upstream:
// staging/src/k8s.io/apiextensions-apiserver/pkg/controller/openapi/builder
#pragma once

#include <memory>
#include <string>

#include "engine/api/custom/custom_kinds.h"
#include "engine/api/transport.h"

namespace kubetab::server {

// Null when the path is not that of such a document (/openapi/v3/apis/example.com/v1).
std::unique_ptr<api::Response> custom_open_api(const std::string& path, const api::CustomKinds& custom);

}  // namespace kubetab::server
