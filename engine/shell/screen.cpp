#include "engine/shell/screen.h"

#include <algorithm>
#include <utility>

#include "engine/shell/utf8.h"

namespace kubetab::shell {

namespace {

constexpr std::size_t kMaxParameters = 256;
constexpr int kTabStop = 8;

bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

}  // namespace

std::string Line::text() const {
    std::string text;
    for (const StyledCell& cell : cells) {
        if (cell.code != 0) append_utf8(text, cell.code);
    }
    return text;
}

Screen::Screen(int columns, int rows, int scrollback)
    : columns_(std::max(columns, 2)), rows_(std::max(rows, 1)), scrollback_(scrollback) {
    ensure_row();
}

Line& Screen::current() {
    ensure_row();
    return lines_[static_cast<std::size_t>(row_)];
}

void Screen::ensure_row() {
    while (static_cast<int>(lines_.size()) <= row_) lines_.emplace_back();
}

// Keeps the screen at most `rows_` high above the cursor, and the scrollback within its limit.
void Screen::trim() {
    if (row_ - top_ >= rows_) top_ = row_ - rows_ + 1;
    if (alternate_) {
        while (top_ > 0) {
            lines_.pop_front();
            --top_;
            --row_;
        }
        return;
    }
    while (top_ > scrollback_) {
        lines_.pop_front();
        --top_;
        --row_;
    }
}

void Screen::put(std::vector<Line>& lines, int columns, int& row, int& column, char32_t code,
                 const Style& style) {
    const int width = cell_width(code);
    if (width == 0) return;
    if (column + width > columns) {
        lines[static_cast<std::size_t>(row)].wrapped = true;
        ++row;
        column = 0;
    }
    while (static_cast<int>(lines.size()) <= row) lines.emplace_back();
    std::vector<StyledCell>& cells = lines[static_cast<std::size_t>(row)].cells;
    if (static_cast<int>(cells.size()) < column + width)
        cells.resize(static_cast<std::size_t>(column + width));
    cells[static_cast<std::size_t>(column)] = {code, style};
    if (width == 2) cells[static_cast<std::size_t>(column) + 1] = {0, style};
    column += width;
}

void Screen::put_code(char32_t code) {
    const int width = cell_width(code);
    if (width == 0) return;
    if (column_ + width > columns_) {
        current().wrapped = true;
        ++row_;
        column_ = 0;
        ensure_row();
        trim();
    }
    std::vector<StyledCell>& cells = current().cells;
    const auto at = static_cast<std::size_t>(column_);
    if (cells.size() < at + static_cast<std::size_t>(width))
        cells.resize(at + static_cast<std::size_t>(width));
    cells[at] = {code, style_};
    if (width == 2) cells[at + 1] = {0, style_};
    column_ += width;
}

void Screen::new_line() {
    current().wrapped = false;
    ++row_;
    column_ = 0;
    ensure_row();
    trim();
}

void Screen::write(std::string_view text) {
    std::string joined;
    if (!tail_.empty()) {
        joined = std::exchange(tail_, {});
        joined.append(text);
        text = joined;
    }
    const std::size_t tail = incomplete_tail(text);
    const std::string rest(text.substr(text.size() - tail));
    text.remove_suffix(tail);
    std::size_t run_end = 0;  // of the text up to the next control character
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        if (state_ != State::Text) {
            ++at;
            escape(c);
        } else if (is_control(c)) {
            ++at;
            control(c);
        } else {
            if (at >= run_end) {
                const auto next =
                    std::find_if(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), is_control);
                run_end = static_cast<std::size_t>(next - text.begin());
                std::vector<StyledCell>& cells = current().cells;
                if (cells.empty()) cells.reserve(std::min(static_cast<std::size_t>(columns_), run_end - at));
            }
            put_code(next_code(text, at));
        }
    }
    tail_ = rest;
}

void Screen::control(char c) {
    switch (c) {
        case '\n': new_line(); break;
        case '\r': column_ = 0; break;
        case '\b': column_ = std::max(0, std::min(column_, columns_) - 1); break;
        case '\t': {
            const int stop = std::min((column_ / kTabStop + 1) * kTabStop, columns_ - 1);
            while (column_ < stop) put_code(U' ');
            break;
        }
        case '\x1b': state_ = State::Escape; break;
        default: break;  // The bell and the like say nothing here.
    }
}

// A character inside an escape sequence.
void Screen::escape(char c) {
    switch (state_) {
        case State::Escape:
            parameters_.clear();
            state_ = c == '[' ? State::Sequence : c == ']' ? State::Command : State::Text;
            if (c == '7') {
                saved_row_ = row_ - top_;
                saved_column_ = column_;
            } else if (c == '8') {
                move_to(saved_row_, saved_column_);
            } else if (c == 'c') {
                reset_style();
                scroll_away();
            }
            break;
        case State::Sequence:
            if (c >= 0x40 && c <= 0x7e) {
                state_ = State::Text;
                sequence(c);
            } else if (parameters_.size() < kMaxParameters) {
                parameters_ += c;
            }
            break;
        case State::Command:
            if (c == '\a') {
                state_ = State::Text;
            } else if (c == '\x1b') {
                state_ = State::CommandEscape;
            } else if (parameters_.size() < kMaxParameters) {
                parameters_ += c;
            }
            if (state_ != State::Command &&
                (parameters_.starts_with("0;") || parameters_.starts_with("2;"))) {
                title_ = parameters_.substr(2);
            }
            break;
        case State::CommandEscape: state_ = State::Text; break;
        case State::Text: break;
    }
}

// The n-th number of the sequence; 0 and a missing one mean `otherwise`.
int Screen::argument(std::size_t index, int otherwise) const {
    std::string_view rest = parameters_;
    for (; index > 0; --index) {
        const std::size_t semicolon = rest.find(';');
        if (semicolon == std::string_view::npos) return otherwise;
        rest.remove_prefix(semicolon + 1);
    }
    int value = 0;
    for (const char c : rest) {
        if (c < '0' || c > '9') break;
        value = std::min(value * 10 + (c - '0'), 9'999);
    }
    return value == 0 ? otherwise : value;
}

void Screen::sequence(char final) {
    if (parameters_.starts_with('?')) {
        parameters_.erase(0, 1);
        if (final == 'h' || final == 'l') private_mode(argument(0, 0), final == 'h');
        return;
    }
    const int row = row_ - top_;
    switch (final) {
        case 'm': select_graphics(); break;
        case 'H':
        case 'f': move_to(argument(0, 1) - 1, argument(1, 1) - 1); break;
        case 'A': move_to(row - argument(0, 1), column_); break;
        case 'B': move_to(row + argument(0, 1), column_); break;
        case 'C': move_to(row, column_ + argument(0, 1)); break;
        case 'D': move_to(row, column_ - argument(0, 1)); break;
        case 'E': move_to(row + argument(0, 1), 0); break;
        case 'F': move_to(row - argument(0, 1), 0); break;
        case 'G': move_to(row, argument(0, 1) - 1); break;
        case 'd': move_to(argument(0, 1) - 1, column_); break;
        case 'J': erase_screen(argument(0, 0)); break;
        case 'K': erase_line(argument(0, 0)); break;
        case 's':
            saved_row_ = row;
            saved_column_ = column_;
            break;
        case 'u': move_to(saved_row_, saved_column_); break;
        default: break;
    }
}

void Screen::private_mode(int mode, bool on) {
    if (mode == 25) cursor_hidden_ = !on;
    if ((mode != 1049 && mode != 47 && mode != 1047) || on == alternate_) return;
    alternate_ = on;
    if (on) {
        hidden_ = {std::move(lines_), top_, row_, column_};
        lines_ = {};
        top_ = row_ = column_ = 0;
        ensure_row();
    } else {
        lines_ = std::move(hidden_.lines);
        top_ = hidden_.top;
        row_ = hidden_.row;
        column_ = hidden_.column;
        hidden_ = {};
        ensure_row();
        trim();
    }
}

void Screen::select_graphics() {
    std::vector<int> codes;
    const std::size_t count =
        1 + static_cast<std::size_t>(std::count(parameters_.begin(), parameters_.end(), ';'));
    for (std::size_t i = 0; i < count; ++i) codes.push_back(argument(i, 0));
    for (std::size_t i = 0; i < codes.size(); ++i) {
        const int code = codes[i];
        Color& side =
            code >= 40 && code != 90 && !(code > 90 && code < 98) ? style_.background : style_.foreground;
        const auto value = [&](int n) { return static_cast<std::uint32_t>(n); };
        if (code == 0) style_ = {};
        else if (code == 1) style_.bold = true;
        else if (code == 2) style_.dim = true;
        else if (code == 3) style_.italic = true;
        else if (code == 4) style_.underline = true;
        else if (code == 7) style_.inverse = true;
        else if (code == 9) style_.strike = true;
        else if (code == 22) style_.bold = style_.dim = false;
        else if (code == 23) style_.italic = false;
        else if (code == 24) style_.underline = false;
        else if (code == 27) style_.inverse = false;
        else if (code == 29) style_.strike = false;
        else if (code == 39 || code == 49) side = {};
        else if ((code >= 30 && code <= 37) || (code >= 40 && code <= 47))
            side = {Color::Kind::Palette, value(code % 10)};
        else if ((code >= 90 && code <= 97) || (code >= 100 && code <= 107))
            side = {Color::Kind::Palette, value(code % 10 + 8)};
        else if ((code == 38 || code == 48) && i + 2 < codes.size() && codes[i + 1] == 5) {
            side = {Color::Kind::Palette, value(codes[i + 2] & 255)};
            i += 2;
        } else if ((code == 38 || code == 48) && i + 4 < codes.size() && codes[i + 1] == 2) {
            side = {Color::Kind::Rgb,
                    value((codes[i + 2] & 255) << 16 | (codes[i + 3] & 255) << 8 | (codes[i + 4] & 255))};
            i += 4;
        }
    }
}

void Screen::erase_line(int how) {
    std::vector<StyledCell>& cells = current().cells;
    const auto at = static_cast<std::size_t>(std::max(column_, 0));
    if (how == 0) {
        if (cells.size() > at) cells.resize(at);
        current().wrapped = false;
    } else if (how == 1) {
        for (std::size_t i = 0; i <= at && i < cells.size(); ++i) cells[i] = {};
    } else {
        cells.clear();
        current().wrapped = false;
    }
}

// 0: from the cursor on, 1: up to it, 2: the screen, 3: the scrollback.
void Screen::erase_screen(int how) {
    ensure_row();
    if (how == 0) {
        erase_line(0);
        lines_.resize(static_cast<std::size_t>(row_) + 1);
    } else if (how == 1) {
        for (int row = top_; row < row_; ++row) lines_[static_cast<std::size_t>(row)] = {};
        erase_line(1);
    } else if (how == 2) {
        const int row = row_ - top_;
        lines_.resize(static_cast<std::size_t>(top_));
        row_ = top_ + row;
        ensure_row();
    } else if (how == 3) {
        lines_.erase(lines_.begin(), lines_.begin() + top_);
        row_ -= top_;
        top_ = 0;
    }
}

void Screen::move_to(int row, int column) {
    row_ = top_ + std::clamp(row, 0, rows_ - 1);
    column_ = std::clamp(column, 0, columns_ - 1);
    ensure_row();
}

void Screen::scroll_away() {
    if (column_ > 0 || !current().cells.empty()) {
        ++row_;
        column_ = 0;
    }
    ensure_row();
    top_ = row_;
    trim();
}

void Screen::reset_style() {
    style_ = {};
    cursor_hidden_ = false;
    state_ = State::Text;
    if (alternate_) private_mode(1049, false);
}

// Joins wrapped rows and breaks them again at the new width.
void Screen::resize(int columns, int rows) {
    columns = std::max(columns, 2);
    rows = std::max(rows, 1);
    if (columns == columns_ && rows == rows_) return;
    if (columns != columns_ && !alternate_) {
        std::vector<Line> broken(1);
        int row = 0;
        int column = 0;
        int new_row = 0;
        int new_column = 0;
        int new_top = 0;
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            const Line& line = lines_[i];
            if (static_cast<int>(i) == top_) new_top = row;
            for (std::size_t c = 0; c < line.cells.size(); ++c) {
                if (static_cast<int>(i) == row_ && static_cast<int>(c) == column_) {
                    new_row = row;
                    new_column = column;
                }
                if (line.cells[c].code != 0)
                    put(broken, columns, row, column, line.cells[c].code, line.cells[c].style);
            }
            if (static_cast<int>(i) == row_ && column_ >= static_cast<int>(line.cells.size())) {
                new_row = row;
                new_column = std::min(column + column_ - static_cast<int>(line.cells.size()), columns);
            }
            if (line.wrapped || i + 1 == lines_.size()) continue;
            ++row;
            column = 0;
            if (static_cast<int>(broken.size()) <= row) broken.emplace_back();
        }
        lines_.assign(std::make_move_iterator(broken.begin()), std::make_move_iterator(broken.end()));
        row_ = new_row;
        column_ = new_column;
        top_ = new_top;
    }
    columns_ = columns;
    rows_ = rows;
    column_ = std::min(column_, columns_);
    // A higher window shows what had scrolled off, a lower one scrolls.
    if (!alternate_) top_ = std::clamp(static_cast<int>(lines_.size()) - rows_, 0, std::max(top_, 0));
    ensure_row();
    trim();
}

}  // namespace kubetab::shell
