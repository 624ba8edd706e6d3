#include "engine/node/back_off.h"

#include <fmt/format.h>

#include <string>

namespace kubetab::node {

std::string go_seconds(sim::Duration duration) {
    const std::int64_t total = duration.whole_seconds();
    if (total < 60) return fmt::format("{}s", total);
    if (total < 3600) return fmt::format("{}m{}s", total / 60, total % 60);
    return fmt::format("{}h{}m{}s", total / 3600, total / 60 % 60, total % 60);
}

std::string go_milliseconds(sim::Duration duration) {
    const std::int64_t total = (duration.ns + 500'000) / 1'000'000;
    if (total == 0) return "0s";
    if (total < 1000) return fmt::format("{}ms", total);
    std::string seconds = std::to_string(total / 1000 % 60);
    if (total % 1000 != 0) {
        seconds += fmt::format(".{:03}", total % 1000);
        while (seconds.back() == '0') seconds.pop_back();
    }
    return total < 60'000 ? seconds + "s" : fmt::format("{}m{}s", total / 60'000, seconds);
}

}  // namespace kubetab::node
