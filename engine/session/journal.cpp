// Session: saving, restoring, undoing and branching, all by replaying the journal.

#include <utility>

#include "engine/session/saved_session.h"
#include "engine/session/session.h"

namespace kubetab::session {
namespace {

bool is_command(const Input& input) {
    const bool enter = input.kind == Input::Kind::Key && input.key.code == shell::KeyCode::Enter;
    return enter || input.kind == Input::Kind::Line || input.kind == Input::Kind::Paste;
}

}  // namespace

void Session::run_to(const JournalEntry& entry) {
    sim::Simulation& simulation = workstation_.cluster().simulation();
    // Everything before the entry's instant, as it ran then.
    if (entry.when.ns > 0) advance_to(entry.when - sim::nanoseconds(1));
    // Within the instant only as many events as had run.
    while (simulation.events_run() < entry.events_run && simulation.next_due() <= entry.when) {
        advance_to(simulation.next_due(), [&] { return simulation.events_run() >= entry.events_run; });
    }
    if (simulation.next_due() > entry.when) advance_to(entry.when);
}

std::unique_ptr<Session> Session::replay(const SessionSpec& spec, const std::vector<JournalEntry>& journal) {
    auto session = std::make_unique<Session>(spec);
    for (const JournalEntry& entry : journal) {
        session->run_to(entry);
        session->submit(entry.input);
    }
    return session;
}

std::string Session::save() const {
    return write_saved_session({spec_, journal_, now()});
}

base::Result<std::unique_ptr<Session>> Session::restore(std::string_view saved) {
    const SavedSession read = TRY(read_saved_session(saved));
    std::unique_ptr<Session> session = replay(read.spec, read.journal);
    session->advance_to(read.now);
    return session;
}

std::unique_ptr<Session> Session::without_last_command() const {
    std::vector<JournalEntry> journal = journal_;
    while (!journal.empty() && !is_command(journal.back().input)) journal.pop_back();
    if (journal.empty()) return nullptr;
    const JournalEntry undone = std::move(journal.back());
    journal.pop_back();
    // What was typed for it goes too.
    while (!journal.empty() && !is_command(journal.back().input) &&
           journal.back().input.kind != Input::Kind::Resize &&
           journal.back().input.kind != Input::Kind::Lesson) {
        journal.pop_back();
    }
    std::unique_ptr<Session> session = replay(spec_, journal);
    session->run_to(undone);
    return session;
}

std::unique_ptr<Session> Session::branch_at(sim::Instant when) const {
    std::vector<JournalEntry> journal;
    for (const JournalEntry& entry : journal_) {
        if (entry.when <= when) journal.push_back(entry);
    }
    std::unique_ptr<Session> session = replay(spec_, journal);
    session->advance_to(when);
    return session;
}

}  // namespace kubetab::session
