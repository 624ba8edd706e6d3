#include "engine/server/rest/request_info.h"

#include <algorithm>

#include "engine/api/former_kinds.h"
#include "engine/api/served_kinds.h"
#include "engine/base/words.h"

namespace kubetab::server {
namespace {

std::vector<std::string> split(std::string_view path) {
    std::vector<std::string> parts = base::words::split(path, '/');
    std::erase(parts, "");
    return parts;
}

std::string part_at(const std::vector<std::string>& parts, std::size_t index) {
    return index < parts.size() ? parts[index] : std::string();
}

// What follows so many parts of a path and the slash behind them.
std::string rest_of(std::string_view path, std::size_t parts) {
    for (std::size_t passed = 0; passed < parts; ++passed) {
        path.remove_prefix(std::min(path.find_first_not_of('/'), path.size()));
        path.remove_prefix(std::min(path.find('/'), path.size()));
    }
    return std::string(path.empty() ? path : path.substr(1));
}

}  // namespace

RequestInfo parse_path(std::string_view path, const Server& server) {
    RequestInfo info;
    const std::vector<std::string> parts = split(path);
    const bool core = part_at(parts, 0) == "api";
    if (!core && part_at(parts, 0) != "apis") return info;
    const std::size_t version_at = core ? 1 : 2;
    const std::string group = core ? std::string() : part_at(parts, 1);
    std::size_t at = version_at + 1;
    if (at >= parts.size()) return info;
    info.resource_path = true;

    // namespaces/<name> is a resource of its own unless another resource follows.
    const bool in_namespace = parts[at] == "namespaces" && at + 2 < parts.size() &&
                              parts[at + 2] != "status" && parts[at + 2] != "finalize";
    if (in_namespace) {
        info.namespace_ = parts[at + 1];
        at += 2;
    }
    info.group = group;
    info.resource = parts[at];
    const std::string version = part_at(parts, version_at);
    info.served = api::find_kind_by_plural(group, version, parts[at]);
    if (info.served == nullptr && server.apis() == api::ServedApis::Of2017)
        info.served = api::find_former_kind_by_plural(group, version, parts[at]);
    if (info.served == nullptr)
        info.served = server.custom_resources().find_by_plural(group, version, parts[at]);
    info.kind = info.served == nullptr ? nullptr : &api::stored_kind(*info.served);
    info.name = part_at(parts, at + 1);
    info.subresource = part_at(parts, at + 2);
    if (info.subresource == "proxy" && info.kind != nullptr && info.kind->has_subresource("proxy")) {
        info.proxied_path = rest_of(path, at + 3);
    } else if (parts.size() > at + 3) {
        info.kind = nullptr;
    }
    return info;
}

namespace {

// The one object that a list or a watch is narrowed to by its name.
std::string selected_name(const api::Request& request) {
    static constexpr std::string_view kByName = "metadata.name=";
    std::string selector = parameter(request, "fieldSelector");
    if (!selector.starts_with(kByName) || selector.find(',') != std::string::npos) return {};
    selector.erase(0, kByName.size());
    return selector.starts_with("=") ? selector.substr(1) : selector;
}

std::string verb_of(const api::Request& request, const RequestInfo& info) {
    if (request.method == "POST") return "create";
    if (request.method == "PUT") return "update";
    if (request.method == "PATCH") return "patch";
    if (request.method == "DELETE") return info.name.empty() ? "deletecollection" : "delete";
    if (info.subresource == "proxy") return "get";
    if (flag_parameter(request, "watch")) return "watch";
    return info.name.empty() ? "list" : "get";
}

}  // namespace

Attributes attributes_of(const api::Request& request, const RequestInfo& info) {
    Attributes attributes;
    attributes.on_resource = info.resource_path;
    if (!info.resource_path) {
        attributes.path = request.path;
        for (const char c : request.method)
            attributes.verb += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
        return attributes;
    }
    attributes.verb = verb_of(request, info);
    attributes.group = info.group;
    attributes.resource = info.resource;
    attributes.subresource = info.subresource;
    attributes.name = info.name;
    const bool several =
        attributes.verb == "list" || attributes.verb == "watch" || attributes.verb == "deletecollection";
    if (several && info.name.empty()) attributes.name = selected_name(request);
    // A namespace is an object in itself.
    const bool space = info.group.empty() && info.resource == "namespaces";
    attributes.namespace_ = space ? info.name : info.namespace_;
    return attributes;
}

std::string parameter(const api::Request& request, std::string_view name) {
    for (const auto& [key, value] : request.query) {
        if (key == name) return value;
    }
    return {};
}

bool flag_parameter(const api::Request& request, std::string_view name) {
    const std::string value = parameter(request, name);
    return value == "true" || value == "1";
}

}  // namespace kubetab::server
