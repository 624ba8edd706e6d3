// Whoever lists once and then watches has, at any time, what the server had after the last change he was told
// of.

#include <map>

#include "engine/cluster/checkers/checkers.h"

namespace kubetab::cluster {
namespace {

// A client that builds the objects of one kind from what it is told.
class Replay : public api::Watcher {
public:
    Replay(api::ApiServer& server, const api::Kind& kind) : server_(server), kind_(kind) {
        const api::ObjectList listed = server.list({&kind, {}});
        for (const api::Ref<api::Object>& object : listed.items) {
            objects_.put(object);
        }
        watch_ = server.watch({&kind, {}}, listed.revision, *this);
        told_ = listed.revision;
    }
    ~Replay() override { server_.unwatch(watch_); }
    Replay(const Replay&) = delete;
    Replay& operator=(const Replay&) = delete;

    void changed(const api::Change& change) override {
        const api::ObjectKey key = api::ObjectKey::of(change.object->metadata);
        const bool known = objects_.contains(key);
        if (change.revision <= told_)
            problem_ = "was told of revision " + std::to_string(change.revision) + " again";
        if (known == (change.type == api::ChangeType::Added))
            problem_ = "was told twice or never of " + key.text();
        told_ = change.revision;
        if (change.type == api::ChangeType::Deleted) {
            objects_.erase(key);
        } else {
            objects_.put(change.object);
        }
    }

    Violation compare(const store::Store& store) const {
        const std::string who = "a watcher of " + kind_.resource() + " ";
        if (!problem_.empty()) return who + problem_;
        // When it is behind, the past is compared; that costs more.
        if (const store::Write* last = last_write(store); last == nullptr || last->revision <= told_) {
            return objects_ == store.all(kind_) ? Violation{} : who + "knows other objects than are listed";
        }
        const base::Result<api::ObjectMap> then = store.all_at(kind_, told_);
        if (!then.ok() || objects_ == *then) return {};
        return who + "knows other objects than there were at revision " + std::to_string(told_);
    }

private:
    // The last kept write of the kind among the newest; null when there is none.
    const store::Write* last_write(const store::Store& store) const {
        for (auto write = store.log().rbegin(); write != store.log().rend() && write->revision > told_;
             ++write) {
            if (write->kind == &kind_) return &*write;
        }
        return nullptr;
    }

    api::ApiServer& server_;
    const api::Kind& kind_;
    api::WatchId watch_ = 0;
    store::Revision told_ = 0;
    api::ObjectMap objects_{};
    std::string problem_{};
};

class WatchReplayChecker : public Checker {
public:
    explicit WatchReplayChecker(api::ApiServer& server) {
        for (const api::Kind* kind : api::all_kinds())
            replays_.push_back(std::make_unique<Replay>(server, *kind));
    }
    std::string_view invariant() const override { return "a watch tells what a list shows"; }

    Violation look(const store::Store& store) override {
        for (const std::unique_ptr<Replay>& replay : replays_) {
            if (Violation violation = replay->compare(store)) return violation;
        }
        return {};
    }

private:
    std::vector<std::unique_ptr<Replay>> replays_{};
};

}  // namespace

std::unique_ptr<Checker> make_watch_replay_checker(api::ApiServer& server) {
    return std::make_unique<WatchReplayChecker>(server);
}

}  // namespace kubetab::cluster
