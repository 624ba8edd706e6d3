// KindWatches: one watch for each kind, those of custom resources included as they come.
//
// upstream: pkg/controller/garbagecollector/garbagecollector.go [Sync], pkg/controller/resourcequota
// differs: follows the definitions at once instead of asking discovery every 30 s.
#pragma once

#include <functional>
#include <vector>

#include "engine/client/api_server.h"

namespace kubetab::controllers {

// Built-in kinds, then custom ones as they are stored.
std::vector<const api::Kind*> every_kind(client::ApiServer& server);

class KindWatches : private client::Watcher {
public:
    using Wanted = bool (*)(const api::Kind& kind);
    using Listed = std::function<void(const api::Kind& kind, const client::ObjectList& objects)>;

    // `listed` sees the objects of each kind before its changes reach `watcher`. Both outlive this.
    KindWatches(client::ApiServer& server, client::Watcher& watcher, Wanted wanted, Listed listed);
    ~KindWatches() override;
    KindWatches(const KindWatches&) = delete;
    KindWatches& operator=(const KindWatches&) = delete;

private:
    void changed(const client::Change& change) override;
    void add_missing();

    client::ApiServer& server_;
    client::Watcher& watcher_;
    Wanted wanted_;
    Listed listed_;
    std::vector<const api::Kind*> known_{};
    std::vector<client::WatchId> watches_{};
};

}  // namespace kubetab::controllers
