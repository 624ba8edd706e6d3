#include "engine/api/time_zone.h"

#include <algorithm>
#include <charconv>
#include <chrono>

namespace kubetab::api {
namespace {

constexpr std::int64_t kDaySeconds = 86'400;

// Reads a rule from left to right; each function consumes what it reads.
class Reader {
public:
    explicit Reader(std::string_view text) : rest_(text) {}

    bool at_end() const { return rest_.empty(); }
    bool skip(char c) {
        if (!rest_.starts_with(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }
    // CEST or <+0530>; what it says does not matter.
    bool skip_name() {
        std::size_t size = 0;
        if (rest_.starts_with('<')) {
            size = rest_.find('>') + 1;  // 0 when there is none
        } else {
            while (size < rest_.size() && is_letter(rest_[size])) ++size;
        }
        rest_.remove_prefix(size);
        return size > 0;
    }
    std::optional<std::int32_t> number() {
        std::int32_t value = 0;
        const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
        if (error != std::errc{}) return std::nullopt;
        rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
        return value;
    }
    // [+-]hours[:minutes[:seconds]] in seconds.
    std::optional<std::int64_t> clock() {
        const std::int64_t sign = skip('-') ? -1 : 1;
        if (sign > 0) skip('+');
        std::int64_t total = 0;
        for (std::int64_t unit = 3600; unit > 0; unit /= 60) {
            const std::optional<std::int32_t> part = number();
            if (!part) return std::nullopt;
            total += *part * unit;
            if (!skip(':')) break;
        }
        return sign * total;
    }
    // ,Mmonth.week.weekday[/clock]
    std::optional<ChangeOfClocks> change() {
        ChangeOfClocks result;
        if (!skip(',') || !skip('M')) return std::nullopt;
        for (std::int32_t* part : {&result.month, &result.week, &result.weekday}) {
            const std::optional<std::int32_t> value = number();
            if (!value) return std::nullopt;
            *part = *value;
            skip('.');
        }
        if (!skip('/')) return result;
        const std::optional<std::int64_t> second = clock();
        if (!second) return std::nullopt;
        result.second = *second;
        return result;
    }

private:
    static bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

    std::string_view rest_;
};

// The change's second of that year on local clocks, since 1970.
std::int64_t local_seconds(const ChangeOfClocks& change, std::chrono::year year) {
    const std::chrono::month month{static_cast<unsigned>(change.month)};
    const std::chrono::weekday weekday{static_cast<unsigned>(change.weekday)};
    const std::chrono::sys_days day =
        change.week == 5 ? std::chrono::sys_days{year / month / weekday[std::chrono::last]}
                         : std::chrono::sys_days{year / month / weekday[static_cast<unsigned>(change.week)]};
    return day.time_since_epoch().count() * kDaySeconds + change.second;
}

}  // namespace

std::optional<TimeZone> TimeZone::find(std::string_view name) {
    if (name.empty()) return TimeZone();
    std::string_view rest = time_zones_text();
    while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        const bool found = line.size() > name.size() && line[name.size()] == ' ' && line.starts_with(name);
        if (found) return of_rule(line.substr(name.size() + 1));
    }
    return std::nullopt;
}

std::optional<TimeZone> TimeZone::of_rule(std::string_view rule) {
    Reader reader(rule);
    TimeZone zone;
    if (!reader.skip_name()) return std::nullopt;
    const std::optional<std::int64_t> behind = reader.clock();
    if (!behind) return std::nullopt;
    zone.offset_ = -*behind;
    zone.summer_offset_ = zone.offset_;
    if (reader.at_end()) return zone;

    zone.changes_ = true;
    if (!reader.skip_name()) return std::nullopt;
    const std::optional<std::int64_t> summer = reader.clock();
    zone.summer_offset_ = summer ? -*summer : zone.offset_ + 3600;
    const std::optional<ChangeOfClocks> begin = reader.change();
    const std::optional<ChangeOfClocks> end = begin ? reader.change() : std::nullopt;
    if (!end || !reader.at_end()) return std::nullopt;
    zone.begin_ = *begin;
    zone.end_ = *end;
    return zone;
}

std::int64_t TimeZone::offset_at(std::int64_t unix_seconds) const {
    if (!changes_) return offset_;
    const std::chrono::sys_seconds local{std::chrono::seconds{unix_seconds + offset_}};
    const std::chrono::year year =
        std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(local)}.year();
    const std::int64_t begin = local_seconds(begin_, year) - offset_;
    const std::int64_t end = local_seconds(end_, year) - summer_offset_;
    // South of the equator summer lasts over the turn of the year.
    const bool summer = begin < end ? unix_seconds >= begin && unix_seconds < end
                                    : unix_seconds >= begin || unix_seconds < end;
    return summer ? summer_offset_ : offset_;
}

std::int64_t TimeZone::first_at_local(std::int64_t local_seconds) const {
    const std::int64_t early = local_seconds - std::max(offset_, summer_offset_);
    if (early + offset_at(early) >= local_seconds) return early;
    return local_seconds - std::min(offset_, summer_offset_);
}

}  // namespace kubetab::api
