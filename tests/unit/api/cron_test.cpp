#include "engine/api/cron.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "engine/api/values.h"

namespace kubetab::api {
namespace {

std::int64_t seconds(std::string_view time) {
    return parse_time_microseconds(time).value() / 1'000'000;
}

// The first time after `from`, in UTC.
std::string next(std::string_view line, std::string_view from, std::string_view zone = "") {
    const base::Result<CronSchedule> parsed = CronSchedule::parse(line);
    if (!parsed) return parsed.error().message;
    CronSchedule schedule = *parsed;
    schedule.set_zone(TimeZone::find(zone).value());
    const std::optional<std::int64_t> time = schedule.next(seconds(from));
    return time ? format_time(*time) : "never";
}

TEST_CASE("A schedule goes to the next minute, hour, day or month that matches") {
    constexpr std::string_view kFrom = "2026-01-05T08:00:00Z";  // a Monday
    CHECK(next("* * * * *", kFrom) == "2026-01-05T08:01:00Z");
    CHECK(next("* * * * *", "2026-01-05T08:00:59Z") == "2026-01-05T08:01:00Z");
    CHECK(next("*/15 * * * *", kFrom) == "2026-01-05T08:15:00Z");
    CHECK(next("5/20 * * * *", kFrom) == "2026-01-05T08:05:00Z");
    CHECK(next("0 8 * * *", kFrom) == "2026-01-06T08:00:00Z");
    CHECK(next("30 9-17/4 * * *", kFrom) == "2026-01-05T09:30:00Z");
    CHECK(next("0 0 1 * *", kFrom) == "2026-02-01T00:00:00Z");
    CHECK(next("0 0 29 2 *", kFrom) == "2028-02-29T00:00:00Z");
    CHECK(next("0 0 31 2 *", kFrom) == "never");
    CHECK(next("15 10 * MAR,jun *", kFrom) == "2026-03-01T10:15:00Z");
}

TEST_CASE("Either day is enough when both are given") {
    CHECK(next("0 0 13 * fri", "2026-01-05T08:00:00Z") == "2026-01-09T00:00:00Z");
    CHECK(next("0 0 13 * fri", "2026-01-09T00:00:00Z") == "2026-01-13T00:00:00Z");
    CHECK(next("0 0 * * sun", "2026-01-05T08:00:00Z") == "2026-01-11T00:00:00Z");
    CHECK(next("0 0 */2 * sun", "2026-01-05T08:00:00Z") == "2026-01-07T00:00:00Z");
}

TEST_CASE("Descriptors stand for schedules") {
    constexpr std::string_view kFrom = "2026-01-05T08:10:20Z";
    CHECK(next("@hourly", kFrom) == "2026-01-05T09:00:00Z");
    CHECK(next("@midnight", kFrom) == "2026-01-06T00:00:00Z");
    CHECK(next("@weekly", kFrom) == "2026-01-11T00:00:00Z");
    CHECK(next("@monthly", kFrom) == "2026-02-01T00:00:00Z");
    CHECK(next("@annually", kFrom) == "2027-01-01T00:00:00Z");
    CHECK(next("@every 1h30m", kFrom) == "2026-01-05T09:40:20Z");
    CHECK(next("@every 1ms", kFrom) == "2026-01-05T08:10:21Z");
}

TEST_CASE("A schedule is meant in its zone") {
    CHECK(next("30 9 * * *", "2026-01-05T08:00:00Z", "Europe/Berlin") == "2026-01-05T08:30:00Z");
    CHECK(next("30 9 * * *", "2026-07-05T00:00:00Z", "Europe/Berlin") == "2026-07-05T07:30:00Z");
    CHECK(next("0 0 * * *", "2026-01-05T08:00:00Z", "Asia/Kolkata") == "2026-01-05T18:30:00Z");
    CHECK(next("TZ=America/New_York 0 12 * * *", "2026-01-05T08:00:00Z", "Europe/Berlin") ==
          "2026-01-05T17:00:00Z");
}

TEST_CASE("Local times that clocks skip do not come, and those that they repeat come twice") {
    // 02:00 to 03:00 on 29 March 2026 is skipped in Berlin.
    CHECK(next("30 2 * * *", "2026-03-28T12:00:00Z", "Europe/Berlin") == "2026-03-30T00:30:00Z");
    // 02:00 to 03:00 on 25 October 2026 is repeated.
    CHECK(next("30 2 * * *", "2026-10-24T12:00:00Z", "Europe/Berlin") == "2026-10-25T00:30:00Z");
    CHECK(next("30 2 * * *", "2026-10-25T00:30:00Z", "Europe/Berlin") == "2026-10-25T01:30:00Z");
    // Midnight is skipped in Santiago on 6 September 2026: the day begins at one o'clock.
    CHECK(next("0 1 * * sun", "2026-09-05T12:00:00Z", "America/Santiago") == "2026-09-06T04:00:00Z");
}

TEST_CASE("What is no schedule is refused in the parser's words") {
    const auto refusal = [](std::string_view line) { return next(line, "2026-01-05T08:00:00Z"); };
    CHECK(refusal("") == "empty spec string");
    CHECK(refusal("every 5 minutes") == "expected exactly 5 fields, found 3: [every 5 minutes]");
    CHECK(refusal("61 * * * *") == "end of range (61) above maximum (59): 61");
    CHECK(refusal("* * 0 * *") == "beginning of range (0) below minimum (1): 0");
    CHECK(refusal("9-3 * * * *") == "beginning of range (9) beyond end of range (3): 9-3");
    CHECK(refusal("x * * * *") == R"(failed to parse int from x: strconv.Atoi: parsing "x": invalid syntax)");
    CHECK(refusal("* * * * 99999999999999999999") ==
          R"(failed to parse int from 99999999999999999999: strconv.Atoi: parsing "99999999999999999999": )"
          "value out of range");
    CHECK(refusal("1-2-3 * * * *") == "too many hyphens: 1-2-3");
    CHECK(refusal("*/1/2 * * * *") == "too many slashes: */1/2");
    CHECK(refusal("*/0 * * * *") == "step of range should be a positive number: */0");
    CHECK(refusal("@foo") == "unrecognized descriptor: @foo");
    CHECK(refusal("@every x") == R"(failed to parse duration @every x: time: invalid duration "x")");
    CHECK(refusal("TZ=X * * * * *") == "provided bad location X: unknown time zone X");
}

TEST_CASE("Every zone of the database can be read") {
    std::string_view rest = time_zones_text();
    int count = 0;
    while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(line.size() + 1);
        if (line.starts_with('#')) continue;
        const std::string name(line.substr(0, line.find(' ')));
        INFO(name);
        REQUIRE(TimeZone::find(name).has_value());
        ++count;
    }
    CHECK(count > 500);
    CHECK_FALSE(TimeZone::find("Mars/Base").has_value());
    CHECK_FALSE(TimeZone::find("europe/berlin").has_value());
    CHECK_FALSE(TimeZone::find("Europe").has_value());
}

TEST_CASE("A rule says how far clocks are from UTC") {
    const auto offset = [](std::string_view zone, std::string_view time) {
        return TimeZone::find(zone).value().offset_at(seconds(time));
    };
    CHECK(offset("UTC", "2026-07-01T00:00:00Z") == 0);
    CHECK(offset("Europe/Berlin", "2026-03-29T00:59:59Z") == 3600);
    CHECK(offset("Europe/Berlin", "2026-03-29T01:00:00Z") == 7200);
    CHECK(offset("Europe/Dublin", "2026-01-05T00:00:00Z") == 0);
    CHECK(offset("Europe/Dublin", "2026-07-05T00:00:00Z") == 3600);
    CHECK(offset("Australia/Sydney", "2026-01-05T00:00:00Z") == 39600);
    CHECK(offset("Australia/Lord_Howe", "2026-07-05T00:00:00Z") == 37800);
    CHECK(offset("Asia/Kathmandu", "2026-07-05T00:00:00Z") == 20700);
    CHECK(offset("Etc/GMT+5", "2026-07-05T00:00:00Z") == -18000);
    CHECK_FALSE(TimeZone::of_rule("CET").has_value());
    CHECK_FALSE(TimeZone::of_rule("CET-1CEST,M3.5.0").has_value());
}

}  // namespace
}  // namespace kubetab::api
