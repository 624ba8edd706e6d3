// Ages and dates as kubectl shows them.
//
// upstream: staging/src/k8s.io/apimachinery/pkg/util/duration/duration.go HumanDuration
#pragma once

#include <cstdint>
#include <string>

namespace kubetab::base {

// "12s", "3m20s", "5h", "2d4h", …: coarser the longer it is. A span of less than -1 s is "<invalid>";
// anything up to that before zero is "0s".
std::string human_duration(std::int64_t nanoseconds);

// "Thu, 17 Feb 2022 16:51:01 +0000": how `describe` writes a time, always in UTC.
std::string rfc1123_date(std::int64_t unix_seconds);

}  // namespace kubetab::base
