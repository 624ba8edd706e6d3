// Expectations: the creates and deletes that a controller has made and not yet seen in its cache.
//
// Until they are seen (or five minutes old) the controller does not act again, so that a slow watch never
// makes it create twice.
//
// upstream: pkg/controller/controller_utils.go ControllerExpectations
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "engine/api/object.h"
#include "engine/sim/time.h"

namespace kubetab::client {

class Expectations {
public:
    void expect_creations(const api::ObjectKey& key, std::int64_t count, sim::Instant now);
    // `uid` of the object that is being deleted; seen when it is gone or has a deletion timestamp.
    void expect_deletion(const api::ObjectKey& key, const std::string& uid, sim::Instant now);
    void creation_observed(const api::ObjectKey& key);
    void deletion_observed(const api::ObjectKey& key, const std::string& uid);
    // The owner is gone.
    void forget(const api::ObjectKey& key) { entries_.erase(key); }
    // What was expected may have come and gone unseen.
    void forget_all() { entries_.clear(); }
    bool satisfied(const api::ObjectKey& key, sim::Instant now) const;

private:
    struct Entry {
        std::int64_t creations = 0;
        std::set<std::string> deletions{};
        sim::Instant since{};
    };
    std::map<api::ObjectKey, Entry> entries_{};
};

}  // namespace kubetab::client
