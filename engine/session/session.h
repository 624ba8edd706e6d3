// Session: the only door into the engine. Inputs go in, read-only views come out.
//
// Everything the person does is an Input and is kept in the journal with its place in the run; the same spec
// and journal give the same session, natively and in the browser. Time moves only in advance_to().
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/cluster/cluster.h"
#include "engine/lessons/lesson_run.h"
#include "engine/session/view.h"
#include "engine/session/workstation.h"
#include "engine/shell/terminal.h"

namespace kubetab::session {

struct Input {
    enum class Kind : std::uint8_t {
        Key,     // a key of the terminal
        Text,    // typed text
        Paste,   // pasted text
        Line,    // a whole command, e.g. from a click in the lesson or a button
        Resize,  // the terminal's size: columns and rows
        Lesson,  // what a button of the lesson asks: "start ID", "hint", "solution", "next", "back"
    };
    Kind kind = Kind::Text;
    std::string text{};
    shell::Key key{};
    int columns = 0;
    int rows = 0;
};

// An input with its place in the run.
struct JournalEntry {
    sim::Instant when{};
    std::uint64_t events_run = 0;
    Input input{};
};

struct SessionSpec {
    cluster::ClusterSpec cluster{};
    std::string lesson{};  // id of the lesson to start with; "" is none
};

class Session {
public:
    explicit Session(SessionSpec spec);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    void submit(const Input& input);

    // True when the time a call may take is used up.
    using Budget = std::function<bool()>;
    // Lets virtual time pass up to `target`. False when the budget ended first; call again to go on.
    bool advance_to(sim::Instant target, const Budget& budget = {});
    sim::Instant now() const;
    // When something will happen next by itself (heartbeats left out), or the far future.
    sim::Instant next_change() const;
    // When anything will happen next, heartbeats included.
    sim::Instant next_due() const;
    // True when nothing is pending but heartbeats and no command waits.
    bool settled() const;

    // The present, or the moment that look_back_to() chose.
    const View& view() const;
    // Shows the world as it was right after that revision; false when that is no longer kept.
    bool look_back_to(std::int64_t revision);
    void look_at_present();
    // The last revision at or before that instant.
    std::int64_t revision_at(sim::Instant when) const;

    const shell::Terminal& terminal() const { return *terminal_; }
    const lessons::LessonRun& lesson() const { return lesson_; }
    // Oldest first; bounded.
    const std::deque<Tick>& timeline() const { return timeline_; }
    // The causal chain of an object, newest first.
    std::vector<WhyStep> why(const api::Kind& kind, const api::ObjectKey& key) const;
    // Words for what a write did, for the timeline and the why view.
    std::string log_of(const api::ObjectKey& pod, const std::string& container, int tail_lines) const;

    // Grows whenever something visible in the views changed.
    std::uint64_t version() const;
    // A number that is equal for equal worlds.
    std::uint64_t digest() const;

    // The journal as a document, and a session made from one. Errors say what is wrong with the document.
    std::string save() const;
    static base::Result<std::unique_ptr<Session>> restore(std::string_view saved);
    // The last command is undone by replaying everything before it, up to its moment. Null when there is
    // none.
    std::unique_ptr<Session> without_last_command() const;
    // A new session that is as this one was at that instant.
    std::unique_ptr<Session> branch_at(sim::Instant when) const;
    // True once the person did something that closing would lose.
    bool has_work() const { return has_work_; }
    const SessionSpec& spec() const { return spec_; }
    cluster::Cluster& cluster() { return workstation_.cluster(); }
    const cluster::Cluster& cluster() const { return workstation_.cluster(); }

    static constexpr std::size_t kTimelineLimit = 20'000;
    static constexpr std::size_t kJournalLimit = 200'000;

private:
    class Present;
    class Past;

    static std::unique_ptr<Session> replay(const SessionSpec& spec, const std::vector<JournalEntry>& journal);
    void run_to(const JournalEntry& entry);
    void apply(const Input& input);
    void apply_lesson(const std::string& request);
    bool run_instant(sim::Instant instant, const Budget& budget);
    void end_instant();
    // True when one of the new writes shows in the window.
    bool note_writes();
    bool note_faults();

    SessionSpec spec_;
    Workstation workstation_;
    std::unique_ptr<shell::Terminal> terminal_;
    lessons::LessonRun lesson_;
    std::vector<JournalEntry> journal_{};
    bool has_work_ = false;
    std::deque<Tick> timeline_{};
    std::int64_t noted_revision_ = 0;
    std::int64_t polled_revision_ = 0;
    std::size_t commands_seen_ = 0;
    std::uint64_t version_ = 1;
    std::unique_ptr<View> present_;
    std::unique_ptr<View> past_;
};

}  // namespace kubetab::session
