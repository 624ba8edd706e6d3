// LineEditor: the line being typed, with Emacs keys, a kill ring of one, history and incremental search.
// Positions are in characters, never in bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kubetab::shell {

enum class KeyCode : std::uint8_t {
    Character,  // only with control or alt; plain characters come as text()
    Enter,
    Tab,
    Backspace,
    Delete,
    Left,
    Right,
    Up,
    Down,
    Home,
    End,
    PageUp,
    PageDown,
    Escape,
};

struct Key {
    KeyCode code = KeyCode::Character;
    char32_t character = 0;  // lower case: 'a' for Ctrl+A
    bool control = false;
    bool alt = false;
    bool shift = false;
};

class LineEditor {
public:
    static constexpr std::size_t kMaxHistory = 1'000;

    void insert(std::string_view utf8);
    // True when the key meant something here. Enter, Tab, Ctrl+C, Ctrl+D on an empty line and Ctrl+L are the
    // caller's.
    bool key(const Key& key);

    std::string text() const;
    const std::u32string& codes() const { return line_; }
    std::size_t cursor() const { return cursor_; }
    bool empty() const { return line_.empty(); }
    // The text before the cursor.
    std::string before_cursor() const;
    void set(std::string_view utf8);
    void clear();
    // Ends the line: takes it and adds it to the history.
    std::string accept();
    void remember(std::string_view line);

    bool searching() const { return search_.has_value(); }
    // "(reverse-i-search)`text': " while searching.
    std::string search_prompt() const;
    void stop_search();

    const std::vector<std::string>& history() const { return history_; }
    void set_history(std::vector<std::string> lines);

private:
    bool control_key(char32_t character);
    bool alt_key(const Key& key);
    bool search_key(const Key& key);
    void search_again(std::size_t from);
    void kill(std::size_t from, std::size_t to);
    void show_history(std::size_t index);
    std::size_t word_left(std::size_t from, bool blanks_only) const;
    std::size_t word_right(std::size_t from) const;

    std::u32string line_{};
    std::size_t cursor_ = 0;
    std::u32string killed_{};
    std::vector<std::string> history_{};
    std::size_t shown_ = 0;     // index in history_; its size for the new line
    std::string unfinished_{};  // the new line while history is shown
    struct Search {
        std::string text{};
        std::size_t found = 0;
        bool failed = false;
        std::string before{};
    };
    std::optional<Search> search_{};
};

}  // namespace kubetab::shell
