#include "engine/client/informer.h"

#include "engine/base/ensure.h"

namespace kubetab::client {

using api::Object;
using api::ObjectKey;
using api::Ref;

InformerBase::InformerBase(ApiServer& server, WatchScope scope) : server_(server) {
    const ObjectList listed = server_.list(scope);
    for (const Ref<Object>& object : listed.items) objects_.emplace(ObjectKey::of(object->metadata), object);
    revision_ = listed.revision;
    watch_ = server_.watch(scope, listed.revision, *this);
}

InformerBase::~InformerBase() {
    server_.unwatch(watch_);
}

void InformerBase::add_index(std::string name, IndexFunction function) {
    const auto [it, added] = indexes_.try_emplace(std::move(name));
    ENSURE(added);
    it->second.function = std::move(function);
    for (const auto& [key, object] : objects_) index(it->second, object);
}

void InformerBase::index(Index& index, const Ref<Object>& object) const {
    for (const std::string& value : index.function(*object)) {
        index.entries[value].insert_or_assign(ObjectKey::of(object->metadata), object);
    }
}

void InformerBase::unindex(Index& index, const Object& object) const {
    for (const std::string& value : index.function(object)) {
        const auto entry = index.entries.find(value);
        if (entry == index.entries.end()) continue;
        entry->second.erase(ObjectKey::of(object.metadata));
        if (entry->second.empty()) index.entries.erase(entry);
    }
}

Ref<Object> InformerBase::find_object(const ObjectKey& key) const {
    const auto it = objects_.find(key);
    return it == objects_.end() ? nullptr : it->second;
}

std::vector<Ref<Object>> InformerBase::by_index_object(std::string_view name,
                                                       const std::string& value) const {
    const auto index = indexes_.find(name);
    ENSURE(index != indexes_.end());
    std::vector<Ref<Object>> result;
    const auto entry = index->second.entries.find(value);
    if (entry == index->second.entries.end()) return result;
    result.reserve(entry->second.size());
    for (const auto& [key, object] : entry->second) result.push_back(object);
    return result;
}

std::size_t InformerBase::count_by_index(std::string_view name, const std::string& value) const {
    const auto index = indexes_.find(name);
    ENSURE(index != indexes_.end());
    const auto entry = index->second.entries.find(value);
    return entry == index->second.entries.end() ? 0 : entry->second.size();
}

void InformerBase::changed(const Change& change) {
    const ObjectKey key = ObjectKey::of(change.object->metadata);
    const auto known = objects_.find(key);
    Change seen = change;
    seen.previous = known == objects_.end() ? nullptr : known->second;
    const bool deleted = change.type == ChangeType::Deleted;
    for (auto& [name, index_] : indexes_) {
        // The usual case first: it stays where it is.
        if (seen.previous && !deleted) {
            const std::vector<std::string> values = index_.function(*change.object);
            if (values == index_.function(*seen.previous)) {
                for (const std::string& value : values) index_.entries.at(value).at(key) = change.object;
                continue;
            }
        }
        if (seen.previous) unindex(index_, *seen.previous);
        if (!deleted) index(index_, change.object);
    }
    if (known == objects_.end()) {
        if (!deleted) objects_.emplace(key, change.object);
    } else if (deleted) {
        objects_.erase(known);
    } else {
        known->second = change.object;
    }
    if (!deleted) seen.type = seen.previous ? ChangeType::Modified : ChangeType::Added;
    revision_ = change.revision;
    for (const Handler& handler : handlers_) handler(seen);
}

std::vector<std::string> index_by_controller_uid(const Object& object) {
    const api::OwnerReference* owner = api::controller_of(object.metadata);
    return owner == nullptr ? std::vector<std::string>{} : std::vector<std::string>{owner->uid};
}

}  // namespace kubetab::client
