#include "engine/store/store.h"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/api/kinds.h"
#include "engine/base/ensure.h"

namespace kubetab::store {

using api::Kind;
using api::Object;
using api::ObjectKey;
using api::ObjectMap;
using api::Ref;

Ref<Object> Store::get(const Kind& kind, const ObjectKey& key) const {
    return all(kind).get(key);
}

const ObjectMap& Store::all(const Kind& kind) const {
    static const ObjectMap none;
    const auto it = objects_.find(&kind.stored());
    return it == objects_.end() ? none : it->second;
}

const Write& Store::append(Write write) {
    log_.push_back(std::move(write));
    const std::size_t unpacked = std::min(kUnpacked, log_limit_);
    if (log_.size() > unpacked) pack_event(log_[log_.size() - unpacked - 1]);
    while (log_.size() > log_limit_) {
        compacted_ = log_.front().revision;
        log_.pop_front();
    }
    if (observer_ != nullptr) observer_->wrote(log_.back());
    return log_.back();
}

void Store::pack_event(Write& write) {
    const Kind& events = api::kind_of<api::Event>();
    if (write.kind != &events) return;
    ObjectMap& all = objects_[&events];
    api::Text packed = all.pack(events, write.object);
    if (!packed.empty()) write.object = LoggedObject(*all.packing(), std::move(packed));
}

void Store::begin_at(Revision revision) {
    ENSURE(revision_ == 0);
    revision_ = revision;
    compacted_ = revision;
}

void Store::load(const Kind& kind, std::shared_ptr<Object> object) {
    ENSURE(log_.empty());
    const Ref<Object> previous = objects_[&kind].put(std::move(object));
    ENSURE(!previous);
}

const Write& Store::create(const Kind& kind, std::shared_ptr<Object> object, api::Cause cause,
                           sim::Instant now) {
    object->metadata.resourceVersion = api::Text::unique(std::to_string(++revision_));
    const Ref<Object> previous = objects_[&kind.stored()].put(object);
    ENSURE(!previous);
    return append({revision_, api::ChangeType::Added, &kind.stored(), Ref<Object>(std::move(object)), nullptr,
                   std::move(cause), now});
}

const Write& Store::update(const Kind& kind, std::shared_ptr<Object> object, api::Cause cause,
                           sim::Instant now) {
    object->metadata.resourceVersion = api::Text::unique(std::to_string(++revision_));
    Ref<Object> previous = objects_[&kind.stored()].put(object);
    ENSURE(previous);
    return append({revision_, api::ChangeType::Modified, &kind.stored(), Ref<Object>(std::move(object)),
                   std::move(previous), std::move(cause), now});
}

const Write& Store::remove(const Kind& kind, std::shared_ptr<Object> object, api::Cause cause,
                           sim::Instant now) {
    object->metadata.resourceVersion = api::Text::unique(std::to_string(++revision_));
    Ref<Object> previous = objects_[&kind.stored()].erase(ObjectKey::of(object->metadata));
    ENSURE(previous);
    return append({revision_, api::ChangeType::Deleted, &kind.stored(), Ref<Object>(std::move(object)),
                   std::move(previous), std::move(cause), now});
}

const Write* Store::find_write(Revision revision) const {
    if (log_.empty() || revision < log_.front().revision || revision > log_.back().revision) return nullptr;
    return &log_[static_cast<std::size_t>(revision - log_.front().revision)];
}

base::Result<ObjectMap> Store::all_at(const Kind& kind, Revision revision) const {
    if (revision < compacted_) {
        return base::failure(base::Reason::Expired,
                             "The provided resource version is too old: history starts at " +
                                 std::to_string(compacted_) + ".");
    }
    ObjectMap objects = all(kind);
    for (auto write = log_.rbegin(); write != log_.rend() && write->revision > revision; ++write) {
        if (write->kind != &kind.stored()) continue;
        if (write->previous) {
            objects.put(write->previous);
        } else {
            objects.erase(ObjectKey::of(write->object->metadata));
        }
    }
    return objects;
}

Revision Store::revision_at(sim::Instant when) const {
    const auto after =
        std::upper_bound(log_.begin(), log_.end(), when,
                         [](sim::Instant wanted, const Write& write) { return wanted < write.when; });
    return after == log_.begin() ? compacted_ : std::prev(after)->revision;
}

}  // namespace kubetab::store
