#include "engine/kubectl/commands/unified_diff.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace kubetab::kubectl {
namespace {

constexpr std::size_t kMaxLines = 2'000;
constexpr std::size_t kContext = 3;

struct Line {
    char mark = ' ';
    std::string_view text{};
};

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        lines.push_back(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    }
    return lines;
}

using Lines = std::vector<std::string_view>;

// The script from `a` to `b`, by the longest common subsequence.
std::vector<Line> script(const Lines& a, const Lines& b) {
    std::size_t start = 0;
    while (start < a.size() && start < b.size() && a[start] == b[start]) ++start;
    std::size_t end = 0;
    while (end + start < a.size() && end + start < b.size() && a[a.size() - 1 - end] == b[b.size() - 1 - end])
        ++end;
    const std::size_t rows = a.size() - start - end;
    const std::size_t columns = b.size() - start - end;
    std::vector<Line> result;
    for (std::size_t i = 0; i < start; ++i) result.push_back({' ', a[i]});
    if (rows > kMaxLines || columns > kMaxLines) {
        for (std::size_t i = 0; i < rows; ++i) result.push_back({'-', a[start + i]});
        for (std::size_t j = 0; j < columns; ++j) result.push_back({'+', b[start + j]});
    } else {
        const std::size_t width = columns + 1;
        std::vector<std::uint16_t> common((rows + 1) * width, 0);
        for (std::size_t i = rows; i-- > 0;) {
            for (std::size_t j = columns; j-- > 0;) {
                common[i * width + j] =
                    a[start + i] == b[start + j]
                        ? static_cast<std::uint16_t>(common[(i + 1) * width + j + 1] + 1)
                        : std::max(common[(i + 1) * width + j], common[i * width + j + 1]);
            }
        }
        std::size_t i = 0;
        std::size_t j = 0;
        while (i < rows || j < columns) {
            if (i < rows && j < columns && a[start + i] == b[start + j]) {
                result.push_back({' ', a[start + i]});
                ++i;
                ++j;
            } else if (i < rows &&
                       (j >= columns || common[(i + 1) * width + j] >= common[i * width + j + 1])) {
                result.push_back({'-', a[start + i++]});
            } else {
                result.push_back({'+', b[start + j++]});
            }
        }
    }
    for (std::size_t i = 0; i < end; ++i) result.push_back({' ', a[a.size() - end + i]});
    return result;
}

// "12,7", "12", or "0,0" for nothing
std::string range(std::size_t first, std::size_t count) {
    if (count == 1) return std::to_string(first);
    return std::to_string(count == 0 ? first - 1 : first) + "," + std::to_string(count);
}

}  // namespace

std::string unified_hunks(std::string_view before, std::string_view after) {
    if (before == after) return {};
    const std::vector<Line> lines = script(lines_of(before), lines_of(after));
    std::string out;
    std::size_t old_line = 1;
    std::size_t new_line = 1;
    std::size_t at = 0;
    while (at < lines.size()) {
        std::size_t change = at;
        while (change < lines.size() && lines[change].mark == ' ') ++change;
        if (change == lines.size()) break;
        const std::size_t first = change - at > kContext ? change - kContext : at;
        old_line += first - at;
        new_line += first - at;
        std::size_t last = change;
        for (std::size_t i = change; i < lines.size() && i <= last + 2 * kContext + 1; ++i) {
            if (lines[i].mark != ' ') last = i;
        }
        const std::size_t stop = std::min(lines.size(), last + kContext + 1);
        std::string body;
        std::size_t old_count = 0;
        std::size_t new_count = 0;
        for (std::size_t i = first; i < stop; ++i) {
            body += lines[i].mark;
            body += lines[i].text;
            body += '\n';
            old_count += std::size_t{lines[i].mark != '+'};
            new_count += std::size_t{lines[i].mark != '-'};
        }
        out += "@@ -" + range(old_line, old_count) + " +" + range(new_line, new_count) + " @@\n" + body;
        old_line += old_count;
        new_line += new_count;
        at = stop;
    }
    return out;
}

}  // namespace kubetab::kubectl
