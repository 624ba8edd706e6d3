#include "engine/sim/file_system.h"

namespace kubetab::sim {

base::Result<void> FileSystem::set_mode(std::string_view, std::uint32_t) {
    return base::failure(base::Reason::Unknown, "Operation not permitted");
}

base::Result<void> FileSystem::set_modified(std::string_view, Instant) {
    return base::failure(base::Reason::Unknown, "Operation not permitted");
}

std::string resolve(std::string_view directory, std::string_view path) {
    std::string joined;
    if (!path.starts_with('/')) joined.append(directory).append("/");
    joined.append(path);

    std::vector<std::string_view> parts;
    std::string_view rest = joined;
    while (!rest.empty()) {
        const std::size_t slash = rest.find('/');
        const std::string_view part = rest.substr(0, slash);
        rest = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
        if (part.empty() || part == ".") continue;
        if (part != "..") {
            parts.push_back(part);
        } else if (!parts.empty()) {
            parts.pop_back();
        }
    }
    std::string result;
    for (const std::string_view part : parts) result.append("/").append(part);
    return result.empty() ? "/" : result;
}

}  // namespace kubetab::sim
