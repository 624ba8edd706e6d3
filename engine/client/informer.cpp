#include "engine/client/informer.h"

#include "engine/base/ensure.h"

namespace kubetab::client {

using api::Object;
using api::ObjectKey;
using api::Ref;

InformerBase::InformerBase(ApiServer& server, WatchScope scope) : server_(server) {
    const ObjectList listed = server_.list(scope);
    for (const Ref<Object>& object : listed.items) objects_.put(object);
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
    for (const auto& [key, object] : objects_) follow(it->second, {.object = object});
}

void InformerBase::follow(Index& index, const Change& change) {
    const bool deleted = change.type == ChangeType::Deleted;
    values_.clear();
    values_before_.clear();
    if (!deleted) index.function(*change.object, values_);
    if (change.previous) index.function(*change.previous, values_before_);
    if (values_ != values_before_) {
        for (const api::Text& value : values_before_) {
            api::ObjectMap* entry = index.entries.find(value);
            if (entry == nullptr) continue;
            entry->erase(ObjectKey::of(change.previous->metadata));
            if (entry->empty()) index.entries.erase(value);
        }
    }
    for (const api::Text& value : values_) index.entries[value].put(change.object);
}

Ref<Object> InformerBase::find_object(const ObjectKey& key) const {
    return objects_.get(key);
}

std::vector<Ref<Object>> InformerBase::by_index_object(std::string_view name, const api::Text& value) const {
    const auto index = indexes_.find(name);
    ENSURE(index != indexes_.end());
    const api::ObjectMap* entry = index->second.entries.find(value);
    return entry == nullptr ? std::vector<Ref<Object>>{} : entry->all();
}

std::size_t InformerBase::count_by_index(std::string_view name, const api::Text& value) const {
    const auto index = indexes_.find(name);
    ENSURE(index != indexes_.end());
    const api::ObjectMap* entry = index->second.entries.find(value);
    return entry == nullptr ? 0 : entry->size();
}

void InformerBase::changed(const Change& change) {
    Change seen = change;
    const bool deleted = change.type == ChangeType::Deleted;
    seen.previous =
        deleted ? objects_.erase(ObjectKey::of(change.object->metadata)) : objects_.put(change.object);
    for (auto& [name, index] : indexes_) follow(index, seen);
    if (!deleted) seen.type = seen.previous ? ChangeType::Modified : ChangeType::Added;
    revision_ = change.revision;
    for (const Handler& handler : handlers_) handler(seen);
}

void InformerBase::listed_again() {
    for (const std::function<void()>& handler : again_) handler();
}

}  // namespace kubetab::client
