#include "engine/api/cron.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <span>
#include <string>
#include <vector>

#include "engine/api/validation/value_text.h"
#include "engine/base/duration_text.h"

namespace kubetab::api {
namespace {

namespace chrono = std::chrono;

using base::Result;

constexpr std::int64_t kMinute = 60;
constexpr std::int64_t kHour = 3600;
constexpr std::int64_t kDay = 86'400;
constexpr std::int32_t kYearsAhead = 5;

constexpr std::string_view kMonthNames[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                            "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::string_view kWeekdayNames[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

// What the values of a field may be. Names count from `low`.
struct Bounds {
    std::uint64_t low;
    std::uint64_t high;
    std::span<const std::string_view> names;
};
constexpr Bounds kMinutes{0, 59, {}};
constexpr Bounds kHours{0, 23, {}};
constexpr Bounds kDays{1, 31, {}};
constexpr Bounds kMonths{1, 12, kMonthNames};
constexpr Bounds kWeekdays{0, 6, kWeekdayNames};
constexpr std::uint64_t kStarBit = std::uint64_t{1} << 63;

base::Status invalid(std::string message) {
    return base::failure(base::Reason::BadRequest, std::move(message));
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

std::vector<std::string_view> words_of(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\n\v\f\r";
    std::vector<std::string_view> words;
    while (true) {
        const std::size_t begin = text.find_first_not_of(kBlanks);
        if (begin == std::string_view::npos) return words;
        text.remove_prefix(begin);
        words.push_back(text.substr(0, text.find_first_of(kBlanks)));
        text.remove_prefix(words.back().size());
    }
}

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

// upstream: mustParseInt, with the errors of Go's strconv.Atoi
Result<std::uint64_t> parse_number(std::string_view text) {
    const std::string_view digits = text.starts_with('+') ? text.substr(1) : text;
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    const bool whole = end == digits.data() + digits.size();
    const bool signed_twice = text.starts_with("+-");
    if (error == std::errc::invalid_argument || !whole || signed_twice) {
        return invalid("failed to parse int from " + std::string(text) + ": strconv.Atoi: parsing " +
                       go_quoted(text) + ": invalid syntax");
    }
    if (error != std::errc{}) {
        return invalid("failed to parse int from " + std::string(text) + ": strconv.Atoi: parsing " +
                       go_quoted(text) + ": value out of range");
    }
    if (number < 0) {
        return invalid("negative number (" + std::to_string(number) + ") not allowed: " + std::string(text));
    }
    return static_cast<std::uint64_t>(number);
}

// upstream: parseIntOrName
Result<std::uint64_t> parse_value(std::string_view text, const Bounds& bounds) {
    const std::string name = lower(text);
    for (std::size_t i = 0; i < bounds.names.size(); ++i) {
        if (bounds.names[i] == name) return bounds.low + i;
    }
    return parse_number(text);
}

std::string in_brackets(std::uint64_t number) {
    return "(" + std::to_string(number) + ")";
}

std::uint64_t bits(std::uint64_t low, std::uint64_t high, std::uint64_t step) {
    std::uint64_t result = 0;
    for (std::uint64_t value = low; value <= high; value += step) result |= std::uint64_t{1} << value;
    return result;
}

// 5, 1-5, *, */15, 3-20/4. upstream: getRange
Result<std::uint64_t> parse_range(std::string_view text, const Bounds& bounds) {
    const std::vector<std::string_view> range_and_step = split(text, '/');
    const std::vector<std::string_view> ends = split(range_and_step[0], '-');
    std::uint64_t low = bounds.low;
    std::uint64_t high = bounds.high;
    std::uint64_t star = kStarBit;
    if (ends[0] != "*" && ends[0] != "?") {
        star = 0;
        low = TRY(parse_value(ends[0], bounds));
        high = low;
        if (ends.size() == 2) high = TRY(parse_value(ends[1], bounds));
        if (ends.size() > 2) return invalid("too many hyphens: " + std::string(text));
    }
    std::uint64_t step = 1;
    if (range_and_step.size() > 2) return invalid("too many slashes: " + std::string(text));
    if (range_and_step.size() == 2) {
        step = TRY(parse_number(range_and_step[1]));
        if (ends.size() == 1) high = bounds.high;  // 5/10 is 5-59/10
        if (step > 1) star = 0;
    }
    const std::string suffix = ": " + std::string(text);
    if (low < bounds.low) {
        return invalid("beginning of range " + in_brackets(low) + " below minimum " +
                       in_brackets(bounds.low) + suffix);
    }
    if (high > bounds.high) {
        return invalid("end of range " + in_brackets(high) + " above maximum " + in_brackets(bounds.high) +
                       suffix);
    }
    if (low > high) {
        return invalid("beginning of range " + in_brackets(low) + " beyond end of range " +
                       in_brackets(high) + suffix);
    }
    if (step == 0) return invalid("step of range should be a positive number" + suffix);
    return bits(low, high, step) | star;
}

// Ranges with commas between them. upstream: getField
Result<std::uint64_t> parse_field(std::string_view text, const Bounds& bounds) {
    std::uint64_t result = 0;
    for (const std::string_view range : split(text, ',')) {
        if (!range.empty()) result |= TRY(parse_range(range, bounds));
    }
    return result;
}

bool has(std::uint64_t bits, std::int64_t value) {
    return (bits >> value & 1) != 0;
}

// The next multiple of `step` after `value`.
std::int64_t next_multiple(std::int64_t value, std::int64_t step) {
    return value - value % step + step;
}

}  // namespace

Result<CronSchedule> CronSchedule::parse(std::string_view line) {
    if (line.empty()) return invalid("empty spec string");
    CronSchedule schedule;
    if (line.starts_with("TZ=") || line.starts_with("CRON_TZ=")) {
        const std::size_t blank = std::min(line.find(' '), line.size());
        const std::size_t begin = line.find('=') + 1;
        const std::string name(line.substr(begin, blank - begin));
        const std::optional<TimeZone> zone = TimeZone::find(name);
        if (!zone) return invalid("provided bad location " + name + ": unknown time zone " + name);
        schedule.zone_ = *zone;
        schedule.has_own_zone_ = true;
        line.remove_prefix(blank);
        line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    }
    TRY(line.starts_with('@') ? schedule.read_descriptor(line) : schedule.read_fields(line));
    return schedule;
}

// upstream: parseDescriptor
Result<void> CronSchedule::read_descriptor(std::string_view text) {
    constexpr std::string_view kEvery = "@every ";
    if (text.starts_with(kEvery)) {
        const Result<std::int64_t> duration = base::parse_duration(text.substr(kEvery.size()));
        if (!duration) {
            return invalid("failed to parse duration " + std::string(text) + ": " + duration.error().message);
        }
        every_seconds_ = std::max<std::int64_t>(1, *duration / 1'000'000'000);
        return {};
    }
    if (text == "@yearly" || text == "@annually") return read_fields("0 0 1 1 *");
    if (text == "@monthly") return read_fields("0 0 1 * *");
    if (text == "@weekly") return read_fields("0 0 * * 0");
    if (text == "@daily" || text == "@midnight") return read_fields("0 0 * * *");
    if (text == "@hourly") return read_fields("0 * * * *");
    return invalid("unrecognized descriptor: " + std::string(text));
}

Result<void> CronSchedule::read_fields(std::string_view text) {
    const std::vector<std::string_view> fields = words_of(text);
    if (fields.size() != 5) {
        std::string list;
        for (const std::string_view field : fields) list.append(list.empty() ? "" : " ").append(field);
        return invalid("expected exactly 5 fields, found " + std::to_string(fields.size()) + ": [" + list +
                       "]");
    }
    minute_ = TRY(parse_field(fields[0], kMinutes));
    hour_ = TRY(parse_field(fields[1], kHours));
    day_ = TRY(parse_field(fields[2], kDays));
    month_ = TRY(parse_field(fields[3], kMonths));
    weekday_ = TRY(parse_field(fields[4], kWeekdays));
    return {};
}

bool CronSchedule::day_matches(std::int32_t day, std::int32_t weekday) const {
    const bool day_of_month = has(day_, day);
    const bool day_of_week = has(weekday_, weekday);
    const bool starred = ((day_ | weekday_) & kStar) != 0;
    return starred ? day_of_month && day_of_week : day_of_month || day_of_week;
}

// Goes from one candidate to the next, by months, days, hours and minutes, until all fields match.
// upstream: SpecSchedule.Next
std::optional<std::int64_t> CronSchedule::next(std::int64_t unix_seconds) const {
    if (every_seconds_ > 0) return unix_seconds + every_seconds_;
    std::int64_t at = unix_seconds + 1;
    std::optional<std::int32_t> last_year;
    while (true) {
        const std::int64_t local = at + zone_.offset_at(at);
        const chrono::sys_days date =
            chrono::floor<chrono::days>(chrono::sys_seconds{chrono::seconds{local}});
        const chrono::year_month_day parts{date};
        const auto year = static_cast<std::int32_t>(parts.year());
        if (!last_year) last_year = year + kYearsAhead;
        if (year > *last_year) return std::nullopt;

        const std::int64_t second = local - date.time_since_epoch().count() * kDay;
        const auto weekday = static_cast<std::int32_t>(chrono::weekday{date}.c_encoding());
        if (!has(month_, static_cast<unsigned>(parts.month()))) {
            const chrono::sys_days first{(parts.year() / parts.month() + chrono::months{1}) / 1};
            at = zone_.first_at_local(first.time_since_epoch().count() * kDay);
        } else if (!day_matches(static_cast<std::int32_t>(static_cast<unsigned>(parts.day())), weekday)) {
            at = zone_.first_at_local(next_multiple(local, kDay));
        } else if (!has(hour_, second / kHour)) {
            at += next_multiple(second, kHour) - second;
        } else if (!has(minute_, second / kMinute % 60)) {
            at += next_multiple(second, kMinute) - second;
        } else if (second % kMinute != 0) {
            at += next_multiple(second, kMinute) - second;
        } else {
            return at;
        }
    }
}

}  // namespace kubetab::api
