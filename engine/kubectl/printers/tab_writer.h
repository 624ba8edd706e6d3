// TabWriter: cells in columns, as Go's text/tabwriter lays them out for kubectl (minimum width 6, padding 3).
//
// The last cell of a row takes no part in its column. A column ends with the first row that has no cell in
// it. upstream: cli-runtime/pkg/printers/tabwriter.go; github.com/liggitt/tabwriter
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kubetab::kubectl {

using TableRows = std::vector<std::vector<std::string>>;

class TabWriter {
public:
    explicit TabWriter(std::size_t min_width = 6, std::size_t padding = 3)
        : min_width_(min_width), padding_(padding) {}

    // The rows as text, one line each.
    std::string format(const TableRows& rows);
    // Later calls pad at least as wide as earlier ones (watch).
    void remember_widths() { remembers_ = true; }

private:
    void lay_out(const TableRows& rows, std::size_t from, std::size_t to, std::size_t column,
                 std::vector<std::vector<std::size_t>>& widths);

    std::size_t min_width_;
    std::size_t padding_;
    bool remembers_ = false;
    std::vector<std::size_t> remembered_{};
};

// Characters of UTF-8 text.
std::size_t text_width(std::string_view text);

}  // namespace kubetab::kubectl
