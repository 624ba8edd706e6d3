#include "engine/rest/local_only.h"

#include <string>

namespace kubetab::rest {

bool names_this_machine(std::string_view host, std::uint16_t port) {
    for (const std::string_view name : {"127.0.0.1", "localhost", "[::1]"}) {
        if (host.size() < name.size() || !equal_ignoring_case(host.substr(0, name.size()), name)) continue;
        const std::string_view rest = host.substr(name.size());
        if (rest == ":" + std::to_string(port)) return true;
        if (rest.empty() && port == 80) return true;
    }
    return false;
}

bool is_local(const Headers& headers, std::uint16_t port) {
    const std::vector<std::string> hosts = all_headers(headers, "Host");
    if (hosts.size() != 1 || !names_this_machine(hosts.front(), port)) return false;
    static constexpr std::string_view kScheme = "http://";
    for (const std::string& origin : all_headers(headers, "Origin")) {
        if (!origin.starts_with(kScheme)) return false;
        if (!names_this_machine(std::string_view(origin).substr(kScheme.size()), port)) return false;
    }
    return true;
}

}  // namespace kubetab::rest
