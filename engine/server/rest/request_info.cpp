#include "engine/server/rest/request_info.h"

namespace kubetab::server {
namespace {

std::vector<std::string> split(std::string_view path) {
    std::vector<std::string> parts;
    while (!path.empty()) {
        const std::size_t slash = path.find('/');
        if (slash != 0) parts.emplace_back(path.substr(0, slash));
        path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
    }
    return parts;
}

std::string part_at(const std::vector<std::string>& parts, std::size_t index) {
    return index < parts.size() ? parts[index] : std::string();
}

}  // namespace

RequestInfo parse_path(std::string_view path) {
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
    info.kind = api::find_kind_by_plural(group, part_at(parts, version_at), parts[at]);
    info.name = part_at(parts, at + 1);
    info.subresource = part_at(parts, at + 2);
    if (parts.size() > at + 3) info.kind = nullptr;
    return info;
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
