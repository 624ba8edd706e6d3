#include "engine/rest/local_only.h"

#include <string>

namespace kubetab::rest {

bool names_this_machine(std::string_view host, std::string_view scheme, std::uint16_t port) {
    const std::uint16_t own = scheme == "https" ? 443 : 80;
    for (const std::string_view name : {"127.0.0.1", "localhost", "[::1]"}) {
        if (host.size() < name.size() || !equal_ignoring_case(host.substr(0, name.size()), name)) continue;
        const std::string_view rest = host.substr(name.size());
        if (rest == ":" + std::to_string(port)) return true;
        if (rest.empty() && port == own) return true;
    }
    return false;
}

bool is_local(const Headers& headers, std::string_view scheme, std::uint16_t port) {
    const std::vector<std::string> hosts = all_headers(headers, "Host");
    if (hosts.size() != 1 || !names_this_machine(hosts.front(), scheme, port)) return false;
    const std::string prefix = std::string(scheme) + "://";
    for (const std::string& origin : all_headers(headers, "Origin")) {
        if (!origin.starts_with(prefix)) return false;
        if (!names_this_machine(std::string_view(origin).substr(prefix.size()), scheme, port)) return false;
    }
    return true;
}

}  // namespace kubetab::rest
