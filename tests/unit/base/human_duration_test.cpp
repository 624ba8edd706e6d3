#include "engine/base/human_duration.h"

#include <catch2/catch_test_macros.hpp>

namespace kubetab::base {
namespace {

std::string of_seconds(std::int64_t seconds) {
    return human_duration(seconds * 1'000'000'000);
}

TEST_CASE("An age gets coarser the longer it is") {
    CHECK(of_seconds(0) == "0s");
    CHECK(of_seconds(119) == "119s");
    CHECK(of_seconds(120) == "2m");
    CHECK(of_seconds(200) == "3m20s");
    CHECK(of_seconds(599) == "9m59s");
    CHECK(of_seconds(600) == "10m");
    CHECK(of_seconds(3 * 3600 - 1) == "179m");
    CHECK(of_seconds(3 * 3600) == "3h");
    CHECK(of_seconds(5 * 3600 + 120) == "5h2m");
    CHECK(of_seconds(8 * 3600 + 120) == "8h");
    CHECK(of_seconds(48 * 3600) == "2d");
    CHECK(of_seconds(52 * 3600) == "2d4h");
    CHECK(of_seconds(8 * 86400 + 3600) == "8d");
    CHECK(of_seconds(729 * 86400LL) == "729d");
    CHECK(of_seconds(731 * 86400LL) == "2y1d");
    CHECK(of_seconds(8 * 365 * 86400LL) == "8y");
}

TEST_CASE("A time in the future is invalid, but two seconds are forgiven") {
    CHECK(human_duration(-500'000'000) == "0s");
    CHECK(human_duration(-1'500'000'000) == "0s");
    CHECK(human_duration(-2'000'000'000) == "<invalid>");
}

TEST_CASE("A date is written with its weekday") {
    CHECK(rfc1123_date(0) == "Thu, 01 Jan 1970 00:00:00 +0000");
    CHECK(rfc1123_date(1'645'116'661) == "Thu, 17 Feb 2022 16:51:01 +0000");
    CHECK(rfc1123_date(951'782'400) == "Tue, 29 Feb 2000 00:00:00 +0000");
}

}  // namespace
}  // namespace kubetab::base
