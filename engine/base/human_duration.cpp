#include "engine/base/human_duration.h"

#include <array>
#include <cstdio>

namespace kubetab::base {
namespace {

// "3m20s", or "3m" when the smaller part is zero.
std::string two_parts(std::int64_t large, char large_unit, std::int64_t small, char small_unit) {
    std::string text = std::to_string(large) + large_unit;
    if (small != 0) text += std::to_string(small) + small_unit;
    return text;
}

struct Date {
    std::int64_t year = 1970;
    int month = 1;
    int day = 1;
};

// Days since 1970 to the proleptic Gregorian date (Howard Hinnant's civil_from_days).
Date date_of(std::int64_t days) {
    const std::int64_t shifted = days + 719'468;
    const std::int64_t era = (shifted >= 0 ? shifted : shifted - 146'096) / 146'097;
    const std::int64_t day_of_era = shifted - era * 146'097;
    const std::int64_t year_of_era =
        (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
    const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t shifted_month = (5 * day_of_year + 2) / 153;
    Date date;
    date.day = static_cast<int>(day_of_year - (153 * shifted_month + 2) / 5 + 1);
    date.month = static_cast<int>(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
    date.year = year_of_era + era * 400 + (date.month <= 2 ? 1 : 0);
    return date;
}

}  // namespace

std::string human_duration(std::int64_t nanoseconds) {
    const std::int64_t seconds = nanoseconds / 1'000'000'000;
    if (seconds < -1) return "<invalid>";
    if (seconds < 0) return "0s";
    if (seconds < 120) return std::to_string(seconds) + "s";

    const std::int64_t minutes = seconds / 60;
    if (minutes < 10) return two_parts(minutes, 'm', seconds % 60, 's');
    if (minutes < 180) return std::to_string(minutes) + "m";

    const std::int64_t hours = minutes / 60;
    if (hours < 8) return two_parts(hours, 'h', minutes % 60, 'm');
    if (hours < 48) return std::to_string(hours) + "h";

    const std::int64_t days = hours / 24;
    if (days < 8) return two_parts(days, 'd', hours % 24, 'h');
    if (days < 365 * 2) return std::to_string(days) + "d";
    if (days < 365 * 8) return two_parts(days / 365, 'y', days % 365, 'd');
    return std::to_string(days / 365) + "y";
}

std::string rfc1123_date(std::int64_t unix_seconds) {
    static constexpr std::array kWeekdays = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
    static constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::int64_t second_of_day = ((unix_seconds % 86'400) + 86'400) % 86'400;
    const std::int64_t days = (unix_seconds - second_of_day) / 86'400;
    const Date date = date_of(days);
    const auto weekday = static_cast<std::size_t>(((days % 7) + 7) % 7);
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d +0000", kWeekdays[weekday],
                  date.day, kMonths[static_cast<std::size_t>(date.month - 1)], static_cast<int>(date.year),
                  static_cast<int>(second_of_day / 3'600), static_cast<int>(second_of_day / 60 % 60),
                  static_cast<int>(second_of_day % 60));
    return text.data();
}

}  // namespace kubetab::base
