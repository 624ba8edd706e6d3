#include "engine/shell/tools/line_diff.h"

#include <algorithm>
#include <cstdint>

namespace kubetab::shell {

namespace {

using Front = std::vector<std::int32_t>;

// The furthest positions in `from` after each number of differences, by diagonal; empty when there are too
// many.
std::vector<Front> fronts_of(const std::vector<std::string>& from, const std::vector<std::string>& to,
                             std::int32_t offset) {
    const auto n = static_cast<std::int32_t>(from.size());
    const auto m = static_cast<std::int32_t>(to.size());
    const auto most = static_cast<std::int32_t>(std::min(from.size() + to.size(), kMaxDifferences));
    std::vector<Front> fronts;
    Front front(static_cast<std::size_t>(2 * offset + 1), 0);
    const auto at = [offset](std::int32_t k) { return static_cast<std::size_t>(k + offset); };
    for (std::int32_t d = 0; d <= most; ++d) {
        fronts.emplace_back(front.begin() + (offset - d), front.begin() + (offset + d + 1));
        for (std::int32_t k = -d; k <= d; k += 2) {
            const bool down = k == -d || (k != d && front[at(k - 1)] < front[at(k + 1)]);
            std::int32_t x = d == 0 ? 0 : down ? front[at(k + 1)] : front[at(k - 1)] + 1;
            while (x < n && x - k < m &&
                   from[static_cast<std::size_t>(x)] == to[static_cast<std::size_t>(x - k)])
                ++x;
            front[at(k)] = x;
            if (x >= n && x - k >= m) return fronts;
        }
    }
    return {};
}

}  // namespace

std::vector<Edit> line_edits(const std::vector<std::string>& from, const std::vector<std::string>& to) {
    const auto offset = static_cast<std::int32_t>(std::min(from.size() + to.size(), kMaxDifferences)) + 1;
    const std::vector<Front> fronts = fronts_of(from, to, offset);
    std::vector<Edit> edits;
    if (fronts.empty()) {
        for (std::size_t i = 0; i < from.size(); ++i) edits.push_back({EditKind::Remove, i, 0});
        for (std::size_t i = 0; i < to.size(); ++i) edits.push_back({EditKind::Add, from.size(), i});
        return edits;
    }
    auto x = static_cast<std::int32_t>(from.size());
    auto y = static_cast<std::int32_t>(to.size());
    for (auto d = static_cast<std::int32_t>(fronts.size()) - 1; d >= 0; --d) {
        // fronts[d] is the state before step d: diagonals -d to d, of which those of d-1 are valid.
        const Front& front = fronts[static_cast<std::size_t>(d)];
        const auto value = [&](std::int32_t k) { return front[static_cast<std::size_t>(k + d)]; };
        const std::int32_t k = x - y;
        const bool down = d > 0 && (k == -d || (k != d && value(k - 1) < value(k + 1)));
        const std::int32_t before = down ? k + 1 : k - 1;
        const std::int32_t start_x = d == 0 ? 0 : value(before);
        const std::int32_t start_y = d == 0 ? 0 : start_x - before;
        const std::int32_t kept_from = d == 0 ? 0 : down ? start_x : start_x + 1;
        while (x > kept_from) {
            --x;
            --y;
            edits.push_back({EditKind::Keep, static_cast<std::size_t>(x), static_cast<std::size_t>(y)});
        }
        if (d == 0) break;
        x = start_x;
        y = start_y;
        edits.push_back({down ? EditKind::Add : EditKind::Remove, static_cast<std::size_t>(x),
                         static_cast<std::size_t>(y)});
    }
    std::reverse(edits.begin(), edits.end());
    return edits;
}

}  // namespace kubetab::shell
