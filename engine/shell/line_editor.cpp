#include "engine/shell/line_editor.h"

#include <algorithm>
#include <utility>

#include "engine/shell/utf8.h"

namespace kubetab::shell {

namespace {

bool is_blank(char32_t code) {
    return code == U' ' || code == U'\t';
}

bool is_word(char32_t code) {
    return (code >= '0' && code <= '9') || (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') ||
           code > 0x7f;
}

}  // namespace

std::string LineEditor::text() const {
    return to_utf8(line_);
}

std::string LineEditor::before_cursor() const {
    return to_utf8(std::u32string_view(line_).substr(0, cursor_));
}

void LineEditor::set(std::string_view utf8) {
    line_ = from_utf8(utf8);
    cursor_ = line_.size();
}

void LineEditor::clear() {
    line_.clear();
    cursor_ = 0;
    shown_ = history_.size();
    search_.reset();
}

void LineEditor::insert(std::string_view utf8) {
    if (search_) {
        search_->text.append(utf8);
        search_again(search_->found);
        return;
    }
    std::u32string codes = from_utf8(utf8);
    std::erase_if(codes, [](char32_t code) { return code < 0x20 && code != U'\t'; });
    line_.insert(cursor_, codes);
    cursor_ += codes.size();
}

std::string LineEditor::accept() {
    std::string line = text();
    remember(line);
    clear();
    return line;
}

void LineEditor::remember(std::string_view line) {
    const bool blank = line.find_first_not_of(" \t\n") == std::string_view::npos;
    if (!blank && (history_.empty() || history_.back() != line)) {
        history_.emplace_back(line);
        if (history_.size() > kMaxHistory) history_.erase(history_.begin());
    }
    shown_ = history_.size();
}

void LineEditor::set_history(std::vector<std::string> lines) {
    if (lines.size() > kMaxHistory)
        lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(kMaxHistory));
    history_ = std::move(lines);
    shown_ = history_.size();
}

std::size_t LineEditor::word_left(std::size_t from, bool blanks_only) const {
    const auto inside = [&](char32_t code) { return blanks_only ? !is_blank(code) : is_word(code); };
    while (from > 0 && !inside(line_[from - 1])) --from;
    while (from > 0 && inside(line_[from - 1])) --from;
    return from;
}

std::size_t LineEditor::word_right(std::size_t from) const {
    while (from < line_.size() && !is_word(line_[from])) ++from;
    while (from < line_.size() && is_word(line_[from])) ++from;
    return from;
}

void LineEditor::kill(std::size_t from, std::size_t to) {
    if (from >= to) return;
    killed_ = line_.substr(from, to - from);
    line_.erase(from, to - from);
    cursor_ = from;
}

void LineEditor::show_history(std::size_t index) {
    if (index > history_.size()) return;
    if (shown_ == history_.size()) unfinished_ = text();
    shown_ = index;
    set(index == history_.size() ? unfinished_ : history_[index]);
}

bool LineEditor::key(const Key& key) {
    if (search_) {
        if (search_key(key)) return true;
    }
    if (key.code == KeyCode::Character) {
        if (key.control) return control_key(key.character);
        return key.alt && alt_key(key);
    }
    if (key.alt && alt_key(key)) return true;
    switch (key.code) {
        case KeyCode::Left:
            cursor_ = key.control ? word_left(cursor_, false) : cursor_ - (cursor_ > 0 ? 1 : 0);
            break;
        case KeyCode::Right:
            cursor_ = key.control ? word_right(cursor_) : std::min(cursor_ + 1, line_.size());
            break;
        case KeyCode::Home: cursor_ = 0; break;
        case KeyCode::End: cursor_ = line_.size(); break;
        case KeyCode::Up:
            if (shown_ > 0) show_history(shown_ - 1);
            break;
        case KeyCode::Down: show_history(shown_ + 1); break;
        case KeyCode::Backspace:
            if (key.control) {
                kill(word_left(cursor_, false), cursor_);
            } else if (cursor_ > 0) {
                line_.erase(--cursor_, 1);
            }
            break;
        case KeyCode::Delete:
            if (cursor_ < line_.size()) line_.erase(cursor_, 1);
            break;
        default: return false;
    }
    return true;
}

bool LineEditor::control_key(char32_t character) {
    switch (character) {
        case 'a': cursor_ = 0; break;
        case 'e': cursor_ = line_.size(); break;
        case 'b': cursor_ -= cursor_ > 0 ? 1 : 0; break;
        case 'f': cursor_ = std::min(cursor_ + 1, line_.size()); break;
        case 'u': kill(0, cursor_); break;
        case 'k': kill(cursor_, line_.size()); break;
        case 'w': kill(word_left(cursor_, true), cursor_); break;
        case 'y':
            line_.insert(cursor_, killed_);
            cursor_ += killed_.size();
            break;
        case 'h':
            if (cursor_ > 0) line_.erase(--cursor_, 1);
            break;
        case 'd':
            if (line_.empty()) return false;
            if (cursor_ < line_.size()) line_.erase(cursor_, 1);
            break;
        case 't':
            if (cursor_ == 0 || line_.size() < 2) break;
            if (cursor_ == line_.size()) --cursor_;
            std::swap(line_[cursor_ - 1], line_[cursor_]);
            ++cursor_;
            break;
        case 'p':
            if (shown_ > 0) show_history(shown_ - 1);
            break;
        case 'n': show_history(shown_ + 1); break;
        case 'r': search_ = Search{"", history_.size(), false, text()}; break;
        default: return false;
    }
    return true;
}

bool LineEditor::alt_key(const Key& key) {
    if (key.code == KeyCode::Backspace) {
        kill(word_left(cursor_, false), cursor_);
        return true;
    }
    if (key.code == KeyCode::Left || key.character == 'b') {
        cursor_ = word_left(cursor_, false);
    } else if (key.code == KeyCode::Right || key.character == 'f') {
        cursor_ = word_right(cursor_);
    } else if (key.character == 'd') {
        kill(cursor_, word_right(cursor_));
    } else {
        return false;
    }
    return true;
}

// The newest line at or before `from` that contains the text.
void LineEditor::search_again(std::size_t from) {
    search_->failed = false;
    if (search_->text.empty()) return;
    for (std::size_t i = std::min(from + 1, history_.size()); i-- > 0;) {
        const std::size_t at = history_[i].find(search_->text);
        if (at == std::string::npos) continue;
        search_->found = i;
        set(history_[i]);
        cursor_ = from_utf8(history_[i].substr(0, at)).size();
        return;
    }
    search_->failed = true;
}

// False when the key ends the search and then means what it always means.
bool LineEditor::search_key(const Key& key) {
    if (key.control && key.code == KeyCode::Character) {
        if (key.character == 'r') {
            if (search_->found > 0) search_again(search_->found - 1);
            return true;
        }
        if (key.character == 'g') {
            set(search_->before);
            search_.reset();
            return true;
        }
    }
    if (key.code == KeyCode::Backspace) {
        std::u32string codes = from_utf8(search_->text);
        if (!codes.empty()) codes.pop_back();
        search_->text = to_utf8(codes);
        search_again(history_.size());
        return true;
    }
    const bool escape = key.code == KeyCode::Escape;
    stop_search();
    return escape;
}

void LineEditor::stop_search() {
    if (!search_) return;
    shown_ = std::min(search_->found, history_.size());
    search_.reset();
}

std::string LineEditor::search_prompt() const {
    if (!search_) return {};
    return std::string(search_->failed ? "(failed " : "(") + "reverse-i-search)`" + search_->text + "': ";
}

}  // namespace kubetab::shell
