// Terminal: the learner's terminal as a model without a window. The window draws its lines and hands it keys;
// tests do the same.
//
// It owns a shell that lives as long as the terminal. Nothing blocks: after key(), text(), paste() or
// run_line(), and whenever wake() has come or the cluster has changed, the owner calls poll(now). Lines are
// rows of cells, the oldest first; at most kScrollback rows above the screen are kept. revision() grows
// whenever something visible changed.
//
// differs: the line being edited is laid over the screen and only becomes part of it with Enter, because then
// resizing and completion need no redrawing by escape sequences.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/shell/line_editor.h"
#include "engine/shell/parser.h"
#include "engine/shell/screen.h"
#include "engine/shell/shell_process.h"
#include "engine/sim/process.h"

namespace kubetab::shell {

struct TerminalOptions {
    ShellOptions shell{};                // dialect Bash, directory and environment of the learner
    std::string home = "/home/learner";  // shown as ~ in the prompt
    std::string user = "learner";
    std::string greeting{};  // printed first, may contain escape sequences
    int columns = 80;
    int rows = 24;
};

class Terminal {
public:
    static constexpr int kScrollback = 10'000;
    static constexpr std::size_t kMaxPaste = 3U * 1024 * 1024;

    explicit Terminal(TerminalOptions options);
    ~Terminal();

    // Input. All of it is UTF-8 and may come at any time; what a running command does not read waits for the
    // prompt.
    void key(const Key& key);
    void text(std::string_view utf8);
    void paste(std::string_view utf8);
    // Types the line and presses Enter; the beginning of a line being edited is put aside and comes back
    // afterwards.
    void run_line(std::string_view line);

    // Time.
    void poll(sim::Instant now);
    // The cluster's state has changed: the next poll() also polls what waits for that.
    void changed() { changed_ = true; }
    bool waits_for_change() const;
    std::optional<sim::Instant> wake() const;
    // True while a command runs, or input is left to be run.
    bool busy() const;
    // True while the prompt takes a long paste, a part in each poll(). Input that has to be replayed as it
    // was waits until then: a replay takes the paste before it goes on.
    bool feeding() const { return mode_ == Mode::Prompt && !pending_.empty(); }
    // True after `exit`; Enter starts a new shell.
    bool finished() const { return finished_; }
    int exit_code() const;

    // View.
    void resize(int columns, int rows);
    int columns() const { return screen_.columns(); }
    int rows() const { return screen_.rows(); }
    int line_count() const;
    // Row 0 is the oldest that is kept. Valid until the next call that changes something.
    const Line& line(int row) const;
    // The row at the top of the window when it follows the end.
    int first_visible() const;
    // Where the cursor is; nothing while it is hidden.
    struct Cell {
        int row = 0;
        int column = 0;
        auto operator<=>(const Cell&) const = default;
    };
    std::optional<Cell> cursor() const;
    std::uint64_t revision() const { return revision_; }
    // The text between two cells, the second one excluded, without trailing blanks; wrapped rows are joined.
    std::string text_between(Cell from, Cell to) const;
    // All that is on screen and in the scrollback: for tests, find-in-page and screen readers.
    std::string all_text() const;
    // What the title bar shows: the directory, or the running command.
    std::string title() const;
    // The line being edited, and the shell's directory.
    std::string edited_line() const;
    const std::string& directory() const;
    const std::vector<std::string>& history() const { return editor_.history(); }
    void set_history(std::vector<std::string> lines) { editor_.set_history(std::move(lines)); }

private:
    class TerminalIo;
    enum class Mode {
        Prompt,    // editing a command
        Running,   // a command runs; typed lines are its input
        Question,  // "Apply this manifest?"
        Exited,
    };

    // A line that has been entered and not been read.
    struct PendingLine {
        std::string text{};         // with its newline, unless Ctrl+D ended it
        bool echoed = false;        // it is on the screen already
        bool command_only = false;  // for the prompt, never input of a running command
    };

    void start_shell();
    void feed();
    void submit_line(const std::string& line);
    void run_text(const std::string& text);
    void command_ended();
    std::optional<std::string> take_input();
    void ask_about_manifest(std::string_view text);
    void answer_manifest(std::string answer);
    void complete();
    void list_candidates(const std::vector<std::string>& candidates);
    void control_c();
    void control_d();
    void enter();
    std::string prompt_text() const;
    void touch() { ++revision_; }
    void lay_out() const;

    TerminalOptions options_;
    Screen screen_;
    LineEditor editor_{};
    Mode mode_ = Mode::Prompt;
    sim::Instant now_{};
    sim::Poll last_{};
    bool changed_ = false;
    bool finished_ = false;
    bool tab_before_ = false;            // the last key was Tab
    std::string command_{};              // lines of a command that is not complete yet
    std::optional<HereEnd> here_end_{};  // what it waits for, inside of a here-document
    std::string running_{};              // the command that runs, for the title
    std::deque<PendingLine> pending_{};
    std::string paste_rest_{};  // behind the last newline of a paste: goes into the line at the next prompt
    bool input_ended_ = false;  // Ctrl+D to the running command
    std::string manifest_{};    // what the question is about
    std::string put_aside_{};   // the line that run_line() interrupted
    int pasted_files_ = 0;
    std::uint64_t revision_ = 1;

    std::unique_ptr<TerminalIo> io_;
    std::shared_ptr<OuterIo> outer_;
    std::unique_ptr<Interpreter> interpreter_;

    mutable std::vector<Line> live_{};  // the cursor's row with prompt and edited line over it
    mutable int live_from_ = 0;         // its row
    mutable std::optional<Cell> cursor_{};
    mutable std::uint64_t laid_out_ = 0;  // the revision that live_ belongs to
};

}  // namespace kubetab::shell
