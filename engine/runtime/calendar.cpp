#include "engine/runtime/calendar.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

namespace kubetab::runtime {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

std::string_view month_name(const Calendar& time) {
    return kMonths.at(static_cast<std::size_t>(time.month - 1));
}

}  // namespace

std::string slash_time(sim::Instant at) {
    const Calendar t(at);
    return fmt::format("{:04}/{:02}/{:02} {:02}:{:02}:{:02}", t.year, t.month, t.day, t.hour, t.minute,
                       t.second);
}

std::string access_time(sim::Instant at) {
    const Calendar t(at);
    return fmt::format("{:02}/{}/{:04}:{:02}:{:02}:{:02} +0000", t.day, month_name(t), t.year, t.hour,
                       t.minute, t.second);
}

std::string apache_time(sim::Instant at) {
    const Calendar t(at);
    return fmt::format("{} {} {:02} {:02}:{:02}:{:02}.{:06} {:04}",
                       kDays.at(static_cast<std::size_t>(t.weekday)), month_name(t), t.day, t.hour, t.minute,
                       t.second, at.ns / 1000 % 1'000'000, t.year);
}

std::string redis_time(sim::Instant at) {
    const Calendar t(at);
    return fmt::format("{:02} {} {:04} {:02}:{:02}:{:02}.{:03}", t.day, month_name(t), t.year, t.hour,
                       t.minute, t.second, at.ns / 1'000'000 % 1000);
}

std::string dash_time(sim::Instant at) {
    const Calendar t(at);
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", t.year, t.month, t.day, t.hour, t.minute,
                       t.second);
}

}  // namespace kubetab::runtime
