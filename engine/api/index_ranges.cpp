#include "engine/api/index_ranges.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "engine/api/validation/value_text.h"

namespace kubetab::api {
namespace {

using base::Result;
using Range = IndexRanges::Range;

base::Status invalid(std::string message) {
    return base::failure(base::Reason::BadRequest, std::move(message));
}

Result<std::int32_t> parse_index(std::string_view text, std::int32_t completions) {
    std::int64_t index = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
    if (error != std::errc{} || end != text.data() + text.size()) {
        return invalid("cannot convert string to integer for index: " + go_quoted(text));
    }
    if (index >= completions) return invalid("too large index: " + go_quoted(text));
    return static_cast<std::int32_t>(index);
}

std::string not_increasing(std::int32_t previous, std::int32_t current) {
    return "non-increasing order, previous: " + std::to_string(previous) +
           ", current: " + std::to_string(current);
}

// upstream: parseIndexInterval
Result<Range> parse_range(std::string_view text, std::int32_t completions) {
    const std::size_t dash = text.find('-');
    if (dash != std::string_view::npos && text.find('-', dash + 1) != std::string_view::npos) {
        return invalid("the fragment " + go_quoted(text) +
                       " violates the requirement that an index interval can have at most two parts "
                       "separated by '-'");
    }
    Range range;
    range.first = TRY(parse_index(text.substr(0, dash), completions));
    range.last = range.first;
    if (dash == std::string_view::npos) return range;
    range.last = TRY(parse_index(text.substr(dash + 1), completions));
    if (range.first >= range.last) return invalid(not_increasing(range.first, range.last));
    return range;
}

// The part before the next comma, taken off `rest`.
std::string_view take_part(std::string_view& rest) {
    const std::string_view part = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(part.size() + 1, rest.size()));
    return part;
}

}  // namespace

Result<IndexRanges> IndexRanges::parse(std::string_view text, std::int32_t completions) {
    IndexRanges result;
    std::optional<std::int32_t> previous;
    for (std::string_view rest = text; !rest.empty();) {
        const Range range = TRY(parse_range(take_part(rest), completions));
        if (previous && *previous >= range.first) return invalid(not_increasing(*previous, range.first));
        result.add(IndexRanges(range));
        previous = range.last;
    }
    return result;
}

IndexRanges IndexRanges::read(std::string_view text, std::int32_t completions) {
    IndexRanges result;
    for (std::string_view rest = text; !rest.empty();) {
        const Result<Range> range = parse_range(take_part(rest), std::numeric_limits<std::int32_t>::max());
        if (!range || range->first >= completions) continue;
        result.add(IndexRanges(Range{range->first, std::min(range->last, completions - 1)}));
    }
    return result;
}

void IndexRanges::add(std::int32_t index) {
    add(IndexRanges(Range{index, index}));
}

void IndexRanges::add(const IndexRanges& other) {
    std::vector<Range> all(ranges_.size() + other.ranges_.size());
    std::merge(ranges_.begin(), ranges_.end(), other.ranges_.begin(), other.ranges_.end(), all.begin(),
               [](const Range& a, const Range& b) { return a.first < b.first; });
    ranges_.clear();
    for (const Range& range : all) {
        if (!ranges_.empty() && range.first <= ranges_.back().last + 1) {
            ranges_.back().last = std::max(ranges_.back().last, range.last);
        } else {
            ranges_.push_back(range);
        }
    }
}

bool IndexRanges::has(std::int32_t index) const {
    const auto after = std::upper_bound(ranges_.begin(), ranges_.end(), index,
                                        [](std::int32_t value, const Range& r) { return value < r.first; });
    return after != ranges_.begin() && index <= std::prev(after)->last;
}

std::int32_t IndexRanges::total() const {
    std::int32_t total = 0;
    for (const Range& range : ranges_) total += range.last - range.first + 1;
    return total;
}

std::int32_t IndexRanges::common(const IndexRanges& other) const {
    std::int32_t total = 0;
    for (const Range& mine : ranges_) {
        for (const Range& theirs : other.ranges_) {
            total += std::max(0, std::min(mine.last, theirs.last) - std::max(mine.first, theirs.first) + 1);
        }
    }
    return total;
}

std::int32_t IndexRanges::first_missing(std::int32_t from) const {
    for (const Range& range : ranges_) {
        if (from >= range.first && from <= range.last) from = range.last + 1;
    }
    return from;
}

std::string IndexRanges::text() const {
    std::string text;
    for (const Range& range : ranges_) {
        if (!text.empty()) text += ',';
        text += std::to_string(range.first);
        if (range.last == range.first) continue;
        text += (range.last == range.first + 1 ? "," : "-") + std::to_string(range.last);
    }
    return text;
}

}  // namespace kubetab::api
