// RequestInfo: what a path and its query ask for.
// upstream: staging/src/k8s.io/apiserver/pkg/endpoints/request/requestinfo.go
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/object.h"
#include "engine/api/transport.h"

namespace kubetab::server {

struct RequestInfo {
    const api::Kind* kind = nullptr;  // null: no resource path, or an unknown resource
    std::string namespace_{};
    std::string name{};
    std::string subresource{};
    bool resource_path = false;  // false for /version, /healthz, …
};

RequestInfo parse_path(std::string_view path);

// A query parameter, or "".
std::string parameter(const api::Request& request, std::string_view name);
bool flag_parameter(const api::Request& request, std::string_view name);

}  // namespace kubetab::server
