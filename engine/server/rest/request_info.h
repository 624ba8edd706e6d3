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
#include "engine/server/authorization/rbac.h"
#include "engine/server/server.h"

namespace kubetab::server {

struct RequestInfo {
    const api::Kind* kind = nullptr;    // null: no resource path, or an unknown resource
    const api::Kind* served = nullptr;  // the same in the version that the path names
    std::string group{};                // these two as the path has them, known or not
    std::string resource{};
    std::string namespace_{};
    std::string name{};
    std::string subresource{};
    std::string proxied_path{};  // what follows /proxy/, as it stands
    bool resource_path = false;  // false for /version, /healthz, …
    User user{};                 // who asks; known once the request has been let in
};

RequestInfo parse_path(std::string_view path, const Server& server);

// What the request does, as roles name it.
Attributes attributes_of(const api::Request& request, const RequestInfo& info);

// A query parameter, or "".
std::string parameter(const api::Request& request, std::string_view name);
bool flag_parameter(const api::Request& request, std::string_view name);

}  // namespace kubetab::server
