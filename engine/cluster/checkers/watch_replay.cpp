// Whoever lists once and then watches has, at any time, what the server had after the last change he was told
// of.

#include <map>

#include "engine/cluster/checkers/checkers.h"

namespace kubetab::cluster {
namespace {

constexpr sim::Duration kTimeToTell = sim::seconds(1);

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

    const api::Kind& kind() const { return kind_; }

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

    void see(const store::Write& write) {
        last_write_ = write.revision;
        written_at_ = write.when;
    }

    Violation compare(const store::Store& store) {
        if (!problem_.empty()) return who() + problem_;
        if (told_ == compared_) return {};
        compared_ = told_;
        if (last_write_ <= told_) {
            return objects_ == store.all(kind_) ? Violation{} : who() + "knows other objects than are listed";
        }
        // It is behind: the past is compared, which costs more.
        const base::Result<api::ObjectMap> then = store.all_at(kind_, told_);
        if (!then.ok() || objects_ == *then) return {};
        return who() + "knows other objects than there were at revision " + std::to_string(told_);
    }

    Violation compare_settled(sim::Instant now) const {
        if (last_write_ <= told_ || now < written_at_ + kTimeToTell) return {};
        return who() + "was never told of revision " + std::to_string(last_write_);
    }

private:
    std::string who() const { return "a watcher of " + kind_.resource() + " "; }

    api::ApiServer& server_;
    const api::Kind& kind_;
    api::WatchId watch_ = 0;
    store::Revision told_ = 0;
    store::Revision compared_ = -1;    // when it was told of that one
    store::Revision last_write_ = -1;  // of the kind
    sim::Instant written_at_{};
    api::ObjectMap objects_{};
    std::string problem_{};
};

class WatchReplayChecker : public Checker {
public:
    explicit WatchReplayChecker(api::ApiServer& server) {
        for (const api::Kind* kind : api::all_kinds())
            replays_.push_back(std::make_unique<Replay>(server, *kind));
        for (const std::unique_ptr<Replay>& replay : replays_) by_kind_[&replay->kind()] = replay.get();
    }
    std::string_view invariant() const override { return "a watch tells what a list shows"; }

    Violation see(const store::Write& write) override {
        const auto found = by_kind_.find(write.kind);
        if (found != by_kind_.end()) found->second->see(write);
        return {};
    }
    Violation look(const store::Store& store) override {
        for (const std::unique_ptr<Replay>& replay : replays_) {
            if (Violation violation = replay->compare(store)) return violation;
        }
        return {};
    }
    Violation look_settled(const store::Store&, sim::Instant now) override {
        for (const std::unique_ptr<Replay>& replay : replays_) {
            if (Violation violation = replay->compare_settled(now)) return violation;
        }
        return {};
    }

private:
    std::vector<std::unique_ptr<Replay>> replays_{};
    std::map<const api::Kind*, Replay*> by_kind_{};  // looked up only, never iterated
};

}  // namespace

std::unique_ptr<Checker> make_watch_replay_checker(api::ApiServer& server) {
    return std::make_unique<WatchReplayChecker>(server);
}

}  // namespace kubetab::cluster
