// LastWrite: the newest revision that a controller wrote of some kind for some key, so that it does not act
// on a cache that has not seen it yet.
//
// A controller that finds its cache behind does nothing: the change that brings the cache up to date wakes it
// again. upstream: staging/src/k8s.io/endpointslice/util/endpointslice_tracker.go
#pragma once

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <map>

#include "engine/api/object.h"
#include "engine/client/informer.h"

namespace kubetab::controllers {

class LastWrite {
public:
    void note(const api::ObjectKey& key, const api::ObjectMeta& written) {
        const std::string& version = written.resourceVersion;
        std::int64_t revision = 0;
        std::from_chars(version.data(), version.data() + version.size(), revision);
        std::int64_t& last = revisions_[key];
        last = std::max(last, revision);
    }
    bool seen_by(const client::InformerBase& cache, const api::ObjectKey& key) const {
        const auto it = revisions_.find(key);
        return it == revisions_.end() || cache.revision() >= it->second;
    }
    void forget(const api::ObjectKey& key) { revisions_.erase(key); }

private:
    std::map<api::ObjectKey, std::int64_t> revisions_{};
};

}  // namespace kubetab::controllers
