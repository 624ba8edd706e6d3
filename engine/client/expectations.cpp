#include "engine/client/expectations.h"

namespace kubetab::client {
namespace {

constexpr sim::Duration kTimeout = sim::minutes(5);

}  // namespace

void Expectations::expect_creations(const api::ObjectKey& key, std::int64_t count, sim::Instant now) {
    Entry& entry = entries_[key];
    entry.creations += count;
    entry.since = now;
}

void Expectations::expect_deletion(const api::ObjectKey& key, const std::string& uid, sim::Instant now) {
    Entry& entry = entries_[key];
    entry.deletions.insert(uid);
    entry.since = now;
}

void Expectations::creation_observed(const api::ObjectKey& key) {
    const auto it = entries_.find(key);
    if (it != entries_.end() && it->second.creations > 0) --it->second.creations;
}

void Expectations::deletion_observed(const api::ObjectKey& key, const std::string& uid) {
    const auto it = entries_.find(key);
    if (it != entries_.end()) it->second.deletions.erase(uid);
}

bool Expectations::satisfied(const api::ObjectKey& key, sim::Instant now) const {
    const auto it = entries_.find(key);
    if (it == entries_.end()) return true;
    const Entry& entry = it->second;
    return (entry.creations <= 0 && entry.deletions.empty()) || now - entry.since > kTimeout;
}

}  // namespace kubetab::client
