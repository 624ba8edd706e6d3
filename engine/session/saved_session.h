// SavedSession: a session as a document: what it began with, and the journal. The window keeps it across
// visits, and a link or a file can carry it. Reading refuses whatever a session could not have written, and
// says which entry is wrong.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/session/session.h"

namespace kubetab::session {

struct SavedSession {
    SessionSpec spec{};
    std::vector<JournalEntry> journal{};
    sim::Instant now{};
};

std::string write_saved_session(const SavedSession& session);
base::Result<SavedSession> read_saved_session(std::string_view text);

// Longer than anybody learns, and short enough to be replayed.
inline constexpr sim::Duration kLongestSession = sim::hours(24 * 366);

}  // namespace kubetab::session
