// The causal chain of an object, told from the store's log: who wrote what, woken by which change.
#pragma once

#include <optional>
#include <vector>

#include "engine/session/view.h"
#include "engine/store/store.h"

namespace kubetab::session {

// Newest first: the writes of the object up to that revision, then what woke the writer of the first of them,
// and so on up to a person's command. At most kWhyLimit steps. Only writes that are still kept.
std::vector<WhyStep> causal_chain(const store::Store& store, const api::Kind& kind, const api::ObjectKey& key,
                                  std::int64_t revision);

// The mark of a write on the timeline; none for heartbeats.
std::optional<Tick> tick_of(const store::Write& write);

inline constexpr std::size_t kWhyLimit = 24;

}  // namespace kubetab::session
