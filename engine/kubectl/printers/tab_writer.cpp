#include "engine/kubectl/printers/tab_writer.h"

#include <algorithm>

#include "engine/kubectl/printer.h"

namespace kubetab::kubectl {

std::size_t text_width(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

void TabWriter::lay_out(const TableRows& rows, std::size_t from, std::size_t to, std::size_t column,
                        std::vector<std::vector<std::size_t>>& widths) {
    for (std::size_t row = from; row < to;) {
        if (rows[row].size() < column + 2) {
            ++row;
            continue;
        }
        std::size_t end = row;
        std::size_t width = min_width_;
        if (column < remembered_.size()) width = std::max(width, remembered_[column]);
        for (; end < to && rows[end].size() >= column + 2; ++end) {
            width = std::max(width, text_width(rows[end][column]) + padding_);
        }
        if (remembers_) {
            if (remembered_.size() <= column) remembered_.resize(column + 1);
            remembered_[column] = width;
        }
        for (std::size_t i = row; i < end; ++i) widths[i].push_back(width);
        lay_out(rows, row, end, column + 1, widths);
        row = end;
    }
}

std::string TabWriter::format(const TableRows& rows) {
    std::vector<std::vector<std::size_t>> widths(rows.size());
    lay_out(rows, 0, rows.size(), 0, widths);
    std::string out;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        for (std::size_t k = 0; k < rows[i].size(); ++k) {
            out += rows[i][k];
            if (k < widths[i].size()) out.append(widths[i][k] - text_width(rows[i][k]), ' ');
        }
        out += '\n';
    }
    return out;
}

std::string format_table(const TableRows& rows) {
    return TabWriter().format(rows);
}

}  // namespace kubetab::kubectl
