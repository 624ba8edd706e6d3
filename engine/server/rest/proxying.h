// Proxying: requests that the API server passes on to a pod, to a service's pods, or to a node.
//
// upstream: pkg/registry/core/{pod,node}/rest/subresources.go, service/storage/storage.go, service/proxy.go;
// staging/src/k8s.io/apimachinery/pkg/util/{net,proxy}
// differs: of headers only the type and the agent are passed on, and links in pages stay as they are, because
// everybody in the cluster reaches the pods by the same way.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/api/core/endpoints.h"
#include "engine/api/core/pod.h"
#include "engine/api/transport.h"
#include "engine/base/status.h"

namespace kubetab::server {

// What is passed on.
struct ForwardedRequest {
    std::string method{};
    std::string target{};  // path and query
    std::string content_type{};
    std::string body{};
    std::string agent{};
    std::string asked_path{};  // of the API server
    std::int32_t port = 80;
};

struct ForwardedAnswer {
    int code = 200;
    std::string content_type{};
    std::string body{};
};

// "web", "web:http", "https:web:443".
struct ProxyName {
    std::string scheme{};  // "", "http" or "https"
    std::string name{};
    std::string port{};
};
// upstream: SplitSchemeNamePort
std::optional<ProxyName> read_proxy_name(std::string_view text);

// Whether the path of a request is one that is passed on.
bool is_proxied(std::string_view path);

}  // namespace kubetab::server
