#include <algorithm>

#include "engine/shell/interpreter.h"
#include "engine/shell/terminal.h"
#include "engine/shell/utf8.h"

namespace kubetab::shell {

std::string Terminal::prompt_text() const {
    if (editor_.searching()) return editor_.search_prompt();
    if (!command_.empty()) return std::string("> ");
    std::string shown = directory();
    const bool home = shown == options_.home || shown.starts_with(options_.home + "/");
    if (home) shown = std::string("~").append(shown, options_.home.size());
    return "\x1b[1;32m" + options_.user + "\x1b[0m:\x1b[1;34m" + shown + "\x1b[0m$ ";
}

void Terminal::resize(int columns, int rows) {
    if (columns == screen_.columns() && rows == screen_.rows()) return;
    screen_.resize(columns, rows);
    touch();
}

// Lays the prompt and the edited line over the row of the cursor.
void Terminal::lay_out() const {
    if (laid_out_ == revision_) return;
    laid_out_ = revision_;
    live_.clear();
    live_from_ = screen_.cursor_row();
    int row = 0;
    int column = screen_.cursor_column();
    cursor_ = Cell{live_from_, column};
    const bool prompt = mode_ == Mode::Prompt;
    const bool edits = prompt || (mode_ != Mode::Exited && !editor_.empty());
    if (edits) {
        live_.push_back(screen_.line(live_from_));
        if (static_cast<int>(live_[0].cells.size()) > column)
            live_[0].cells.resize(static_cast<std::size_t>(column));
        if (prompt) {
            Screen text(10'000, 1, 0);
            text.write(prompt_text());
            for (const StyledCell& cell : text.line(0).cells) {
                if (cell.code != 0) Screen::put(live_, columns(), row, column, cell.code, cell.style);
            }
        }
        const std::u32string& codes = editor_.codes();
        for (std::size_t i = 0; i <= codes.size(); ++i) {
            if (i == editor_.cursor()) cursor_ = Cell{live_from_ + row, column};
            if (i == codes.size()) break;
            if (codes[i] == U'\n') {
                ++row;
                column = 0;
                if (static_cast<int>(live_.size()) <= row) live_.emplace_back();
            } else {
                Screen::put(live_, columns(), row, column, codes[i] == U'\t' ? U' ' : codes[i], {});
            }
        }
    }
    if (cursor_->column >= columns()) cursor_ = Cell{cursor_->row + 1, 0};
    if (cursor_->row >= live_from_ + static_cast<int>(live_.size()) && edits) live_.emplace_back();
    const bool hidden = mode_ == Mode::Exited || (mode_ == Mode::Running && screen_.cursor_hidden());
    if (hidden) cursor_.reset();
}

int Terminal::line_count() const {
    lay_out();
    return std::max(screen_.line_count(), live_from_ + static_cast<int>(live_.size()));
}

const Line& Terminal::line(int row) const {
    lay_out();
    static const Line kEmpty;
    const int inside = row - live_from_;
    if (inside >= 0 && inside < static_cast<int>(live_.size()))
        return live_[static_cast<std::size_t>(inside)];
    return row >= 0 && row < screen_.line_count() ? screen_.line(row) : kEmpty;
}

int Terminal::first_visible() const {
    return std::max(screen_.top(), line_count() - screen_.rows());
}

std::optional<Terminal::Cell> Terminal::cursor() const {
    lay_out();
    return cursor_;
}

std::string Terminal::text_between(Cell from, Cell to) const {
    if (to < from) std::swap(from, to);
    std::string result;
    for (int row = std::max(from.row, 0); row <= to.row && row < line_count(); ++row) {
        const Line& here = line(row);
        const auto size = static_cast<int>(here.cells.size());
        const int begin = row == from.row ? std::min(from.column, size) : 0;
        const int end = row == to.row ? std::clamp(to.column, begin, size) : size;
        std::string text;
        for (int i = std::max(begin, 0); i < end; ++i) {
            const char32_t code = here.cells[static_cast<std::size_t>(i)].code;
            if (code != 0) append_utf8(text, code);
        }
        const bool joins = here.wrapped && row < to.row;
        while (!joins && text.ends_with(' ')) text.pop_back();
        result += text;
        if (!joins && row < to.row) result += '\n';
    }
    return result;
}

std::string Terminal::all_text() const {
    std::string result = text_between({0, 0}, {line_count() - 1, 1'000'000});
    while (result.ends_with('\n')) result.pop_back();
    return result + "\n";
}

std::string Terminal::title() const {
    if (mode_ == Mode::Running) return running_;
    return options_.user + ": " + directory();
}

std::string Terminal::edited_line() const {
    return editor_.text();
}

const std::string& Terminal::directory() const {
    return interpreter_->state().directory;
}

}  // namespace kubetab::shell
