#include "engine/kubectl/describe/writer.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace kubetab::kubectl::describe {
namespace {

constexpr std::size_t kPadding = 2;

struct Line {
    std::vector<std::string_view> cells{};
    std::vector<std::size_t> widths{};  // of every cell but the last
};

// Code points, which is what Go counts.
std::size_t width_of(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

Line split_cells(std::string_view text) {
    Line line;
    std::size_t start = 0;
    while (true) {
        const std::size_t tab = text.find('\t', start);
        if (tab == std::string_view::npos) break;
        line.cells.push_back(text.substr(start, tab - start));
        start = tab + 1;
    }
    line.widths.assign(line.cells.size(), 0);
    line.cells.push_back(text.substr(start));
    return line;
}

// Gives every block of adjoining cells in `column` one width.
void measure(std::vector<Line>& lines, std::size_t column) {
    std::size_t first = 0;
    while (first < lines.size()) {
        std::size_t width = 0;
        std::size_t end = first;
        while (end < lines.size() && column < lines[end].widths.size()) {
            width = std::max(width, width_of(lines[end].cells[column]) + kPadding);
            ++end;
        }
        // A cell to the left that ends its block ends this one too, because then this cell is missing as
        // well.
        for (std::size_t i = first; i < end; ++i) lines[i].widths[column] = width;
        first = end + 1;
    }
}

}  // namespace

std::string align_columns(std::string_view text) {
    std::vector<Line> lines;
    std::size_t columns = 0;
    std::size_t start = 0;
    while (start <= text.size()) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        lines.push_back(split_cells(text.substr(start, end - start)));
        columns = std::max(columns, lines.back().widths.size());
        start = end + 1;
    }
    for (std::size_t column = 0; column < columns; ++column) measure(lines, column);

    std::string result;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (i != 0) result += '\n';
        const Line& line = lines[i];
        for (std::size_t cell = 0; cell < line.cells.size(); ++cell) {
            result += line.cells[cell];
            if (cell < line.widths.size()) result.append(line.widths[cell] - width_of(line.cells[cell]), ' ');
        }
    }
    return result;
}

void Writer::write(int level, std::string_view text) {
    pending_.append(static_cast<std::size_t>(level) * 2, ' ');
    pending_ += text;
}

void Writer::field(int level, std::string_view name, std::string_view value) {
    write(level, name);
    pending_ += ":\t";
    pending_ += value;
    pending_ += '\n';
}

void Writer::flush() {
    done_ += align_columns(pending_);
    pending_.clear();
}

std::string Writer::take_raw() {
    return std::exchange(pending_, {});
}

std::string Writer::take() {
    flush();
    return std::exchange(done_, {});
}

}  // namespace kubetab::kubectl::describe
