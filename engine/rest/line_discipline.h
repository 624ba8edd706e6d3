// LineDiscipline: what the kernel does to a terminal's keys before a program reads them: echo, erasing, whole
// lines.
//
// A client with a terminal of its own sends single keys and shows only what comes back. upstream: termios(3),
// canonical mode; without word erasing and literal keys.
#pragma once

#include <string>
#include <string_view>

namespace kubetab::rest {

class LineDiscipline {
public:
    struct Typed {
        std::string echo{};      // to be shown
        std::string input{};     // to be read by the program
        bool interrupt = false;  // Ctrl+C
        bool end = false;        // Ctrl+D on an empty line
    };

    Typed type(std::string_view keys);

    // What is typed on one line beyond that is dropped.
    static constexpr std::size_t kLineLimit = 4096;

private:
    void key(char c, Typed& typed);
    void erase(Typed& typed);
    // True while the key belongs to an escape sequence, such as an arrow's.
    bool in_escape(char c);

    std::string line_{};
    enum class Escape { None, Begun, Sequence } escape_ = Escape::None;
};

// Lines end with a carriage return, too, on a terminal.
std::string with_returns(std::string_view text);

}  // namespace kubetab::rest
