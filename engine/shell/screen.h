// Screen: what programs have printed, as rows of styled cells, with the control characters and escape
// sequences that our programs and the usual colour output use. Unknown sequences are skipped.
//
// Rows above the visible screen are the scrollback. The alternate screen (watch) hides the rows and brings
// them back.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace kubetab::shell {

// A colour: the terminal's default, one of the palette of 256 (0-15 are the theme's), or a true colour.
struct Color {
    enum class Kind : std::uint8_t { Default, Palette, Rgb } kind = Kind::Default;
    std::uint32_t value = 0;  // palette index or 0xRRGGBB

    bool operator==(const Color&) const = default;
};

struct Style {
    Color foreground{};
    Color background{};
    bool bold = false;
    bool dim = false;
    bool italic = false;
    bool underline = false;
    bool inverse = false;
    bool strike = false;

    bool operator==(const Style&) const = default;
};

// A wide character takes two cells; the second one has code 0 and is not drawn.
struct StyledCell {
    char32_t code = U' ';
    Style style{};

    bool operator==(const StyledCell&) const = default;
};

struct Line {
    std::vector<StyledCell> cells{};
    bool wrapped = false;  // continues in the next row

    // Trailing blanks are kept.
    std::string text() const;
};

class Screen {
public:
    Screen(int columns, int rows, int scrollback);

    void write(std::string_view text);
    void resize(int columns, int rows);
    // Ctrl+L: scrolls everything away, so that the cursor is in the first row.
    void scroll_away();

    int columns() const { return columns_; }
    int rows() const { return rows_; }
    // All rows, the scrollback's first.
    int line_count() const { return static_cast<int>(lines_.size()); }
    const Line& line(int row) const { return lines_[static_cast<std::size_t>(row)]; }
    // The first row of the visible screen.
    int top() const { return top_; }
    int cursor_row() const { return row_; }
    int cursor_column() const { return column_; }
    bool cursor_hidden() const { return cursor_hidden_; }
    bool alternate() const { return alternate_; }
    const std::string& title() const { return title_; }
    // Styles back to the default and the cursor shown, whatever the last program left.
    void reset_style();

    // Lays text with styles out over a copy of rows, as write() would: for the line being edited.
    static void put(std::vector<Line>& lines, int columns, int& row, int& column, char32_t code,
                    const Style& style);

private:
    enum class State { Text, Escape, Sequence, Command, CommandEscape };

    void put_code(char32_t code);
    void control(char c);
    void escape(char c);
    void sequence(char final);
    void private_mode(int mode, bool on);
    void select_graphics();
    void new_line();
    void erase_line(int how);
    void erase_screen(int how);
    void move_to(int row, int column);
    void ensure_row();
    void trim();
    int argument(std::size_t index, int otherwise) const;
    Line& current();

    int columns_;
    int rows_;
    int scrollback_;
    std::deque<Line> lines_{};
    int top_ = 0;
    int row_ = 0;  // of lines_
    int column_ = 0;
    Style style_{};
    bool cursor_hidden_ = false;
    bool alternate_ = false;
    State state_ = State::Text;
    std::string parameters_{};
    std::string tail_{};  // bytes of a code that is not complete yet
    std::string title_{};
    int saved_row_ = 0;
    int saved_column_ = 0;
    struct Saved {
        std::deque<Line> lines{};
        int top = 0;
        int row = 0;
        int column = 0;
    } hidden_{};
};

}  // namespace kubetab::shell
