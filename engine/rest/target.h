// Target: the path and the query of a request line, decoded.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kubetab::rest {

struct Target {
    std::string path{};
    std::vector<std::pair<std::string, std::string>> query{};  // in order; a name may occur several times
};

// Nothing when it is no path, or when an escape (%41) is malformed or means a NUL or a control character in
// the path.
std::optional<Target> read_target(std::string_view target);

}  // namespace kubetab::rest
