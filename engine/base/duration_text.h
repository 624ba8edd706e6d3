// Durations as Go writes them: "1h2m3.5s", "300ms", "0".
//
// upstream: Go's time.ParseDuration
#pragma once

#include <cstdint>
#include <string_view>

#include "engine/base/status.h"

namespace kubetab::base {

// In nanoseconds. A failure's message is Go's, e.g. `time: invalid duration "x"`.
Result<std::int64_t> parse_duration(std::string_view text);

}  // namespace kubetab::base
