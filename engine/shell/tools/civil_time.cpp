#include "engine/shell/tools/civil_time.h"

#include <array>

namespace kubetab::shell {

namespace {

constexpr std::array<std::string_view, 7> kDays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                   "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 12> kMonths = {"January",   "February", "March",    "April",
                                                      "May",       "June",     "July",     "August",
                                                      "September", "October",  "November", "December"};

std::string digits(std::int64_t value, std::size_t width, char fill = '0') {
    std::string text = std::to_string(value);
    if (text.size() < width) text.insert(0, width - text.size(), fill);
    return text;
}

std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
    return a / b - (a % b < 0 ? 1 : 0);
}

std::optional<std::string> conversion(char kind, const CivilTime& t, sim::Instant instant) {
    const int twelve = t.hour % 12 == 0 ? 12 : t.hour % 12;
    const std::string_view day = kDays[static_cast<std::size_t>(t.weekday)];
    const std::string_view month = kMonths[static_cast<std::size_t>(t.month - 1)];
    switch (kind) {
        case 'Y': return std::to_string(t.year);
        case 'y': return digits(t.year % 100, 2);
        case 'm': return digits(t.month, 2);
        case 'd': return digits(t.day, 2);
        case 'e': return digits(t.day, 2, ' ');
        case 'H': return digits(t.hour, 2);
        case 'I': return digits(twelve, 2);
        case 'M': return digits(t.minute, 2);
        case 'S': return digits(t.second, 2);
        case 'N': return digits(t.nanosecond, 9);
        case 'j': return digits(t.day_of_year, 3);
        case 'u': return std::to_string(t.weekday == 0 ? 7 : t.weekday);
        case 'w': return std::to_string(t.weekday);
        case 'a': return std::string(day.substr(0, 3));
        case 'A': return std::string(day);
        case 'b':
        case 'h': return std::string(month.substr(0, 3));
        case 'B': return std::string(month);
        case 'p': return t.hour < 12 ? "AM" : "PM";
        case 's': return std::to_string(instant.unix_seconds());
        case 'Z': return "UTC";
        case 'z': return "+0000";
        case 'F': return format_time(instant, "%Y-%m-%d");
        case 'T': return format_time(instant, "%H:%M:%S");
        case 'R': return format_time(instant, "%H:%M");
        case 'D': return format_time(instant, "%m/%d/%y");
        case 'c': return format_time(instant, "%a %b %e %H:%M:%S %Y");
        case 'n': return "\n";
        case 't': return "\t";
        case '%': return "%";
        default: return std::nullopt;
    }
}

}  // namespace

CivilTime civil_time(sim::Instant instant) {
    CivilTime t;
    const std::int64_t seconds = floor_divide(instant.ns, 1'000'000'000);
    t.nanosecond = instant.ns - seconds * 1'000'000'000;
    const std::int64_t days = floor_divide(seconds, 86'400);
    const std::int64_t rest = seconds - days * 86'400;
    t.hour = static_cast<int>(rest / 3'600);
    t.minute = static_cast<int>(rest / 60 % 60);
    t.second = static_cast<int>(rest % 60);
    t.weekday = static_cast<int>(((days + 4) % 7 + 7) % 7);
    // Days since 0000-03-01, in eras of 400 years.
    const std::int64_t z = days + 719'468;
    const std::int64_t era = floor_divide(z, 146'097);
    const std::int64_t of_era = z - era * 146'097;
    const std::int64_t year_of_era = (of_era - of_era / 1'460 + of_era / 36'524 - of_era / 146'096) / 365;
    const std::int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t shifted = (5 * of_year + 2) / 153;
    t.day = static_cast<int>(of_year - (153 * shifted + 2) / 5 + 1);
    t.month = static_cast<int>(shifted < 10 ? shifted + 3 : shifted - 9);
    t.year = static_cast<int>(year_of_era + era * 400 + (t.month <= 2 ? 1 : 0));
    static constexpr std::array<int, 12> kBefore = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    const bool leap = (t.year % 4 == 0 && t.year % 100 != 0) || t.year % 400 == 0;
    t.day_of_year = kBefore[static_cast<std::size_t>(t.month - 1)] + t.day + (leap && t.month > 2 ? 1 : 0);
    return t;
}

std::optional<std::string> format_time(sim::Instant instant, std::string_view format) {
    const CivilTime t = civil_time(instant);
    std::string text;
    for (std::size_t i = 0; i < format.size(); ++i) {
        if (format[i] != '%' || i + 1 >= format.size()) {
            text += format[i];
            continue;
        }
        ++i;
        if (format.substr(i).starts_with("3N")) {  // milliseconds
            text += digits(t.nanosecond / 1'000'000, 3);
            ++i;
            continue;
        }
        const std::optional<std::string> part = conversion(format[i], t, instant);
        if (!part) return std::nullopt;
        text += *part;
    }
    return text;
}

}  // namespace kubetab::shell
