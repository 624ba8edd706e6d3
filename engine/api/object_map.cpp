#include "engine/api/object_map.h"

#include <algorithm>
#include <utility>

namespace kubetab::api {
namespace {

constexpr std::size_t kErasedLimit = 64;

}  // namespace

bool ObjectMap::before(std::uint32_t a, std::uint32_t b) const {
    const ObjectMeta& left = objects_[a]->metadata;
    const ObjectMeta& right = objects_[b]->metadata;
    if (left.namespace_ != right.namespace_) return left.namespace_ < right.namespace_;
    return left.name < right.name;
}

std::uint32_t ObjectMap::find(const ObjectKey& key, std::uint32_t hash) const {
    if (slots_.empty()) return kNone;
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
        const Slot& slot = slots_[at];
        if (slot.place == kNone) return kNone;
        if (slot.hash != hash) continue;
        const ObjectMeta& metadata = objects_[slot.place]->metadata;
        if (metadata.name == key.name && metadata.namespace_ == key.namespace_) return slot.place;
    }
}

void ObjectMap::link(Slot slot) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = slot.hash & mask;
    while (slots_[at].place != kNone) at = (at + 1) & mask;
    slots_[at] = slot;
}

// Moves up those behind it, so that no look-up ends too early.
void ObjectMap::unlink(std::uint32_t place) {
    const ObjectMeta& metadata = objects_[place]->metadata;
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = hash_of(metadata.namespace_, metadata.name) & mask;
    while (slots_[at].place != place) at = (at + 1) & mask;
    slots_[at] = {};
    for (at = (at + 1) & mask; slots_[at].place != kNone; at = (at + 1) & mask)
        link(std::exchange(slots_[at], {}));
}

void ObjectMap::grow() {
    std::vector<Slot> old(slots_.empty() ? 8 : slots_.size() * 2);
    old.swap(slots_);
    for (const Slot& slot : old) {
        if (slot.place != kNone) link(slot);
    }
}

Ref<Object> ObjectMap::get(const ObjectKey& key) const {
    const std::uint32_t place = find(key);
    return place == kNone ? nullptr : objects_[place];
}

Ref<Object> ObjectMap::put(Ref<Object> object) {
    const std::uint32_t hash = hash_of(object->metadata.namespace_, object->metadata.name);
    const std::uint32_t known = find(ObjectKey::of(object->metadata), hash);
    if (known != kNone) return std::exchange(objects_[known], std::move(object));
    std::uint32_t place = static_cast<std::uint32_t>(objects_.size());
    if (free_.empty()) {
        objects_.push_back(std::move(object));
    } else {
        place = free_.back();
        free_.pop_back();
        objects_[place] = std::move(object);
    }
    order_.push_back(place);
    if (++size_ * 2 > slots_.size()) grow();
    link({hash, place});
    return nullptr;
}

Ref<Object> ObjectMap::erase(const ObjectKey& key) {
    const std::uint32_t place = find(key);
    if (place == kNone) return nullptr;
    unlink(place);
    erased_.push_back(place);
    --size_;
    Ref<Object> object = std::exchange(objects_[place], nullptr);
    if (erased_.size() > kErasedLimit && erased_.size() > size_) put_in_order();  // Nobody walks this map.
    return object;
}

void ObjectMap::put_in_order() const {
    if (!erased_.empty()) {
        const auto gone = [this](std::uint32_t place) { return objects_[place] == nullptr; };
        const auto middle = order_.begin() + static_cast<std::ptrdiff_t>(in_order_);
        in_order_ -= static_cast<std::size_t>(std::count_if(order_.begin(), middle, gone));
        std::erase_if(order_, gone);
        free_.insert(free_.end(), erased_.begin(), erased_.end());
        erased_.clear();
    }
    if (in_order_ == order_.size()) return;
    const auto less = [this](std::uint32_t a, std::uint32_t b) { return before(a, b); };
    const auto middle = order_.begin() + static_cast<std::ptrdiff_t>(in_order_);
    std::stable_sort(middle, order_.end(), less);
    std::inplace_merge(order_.begin(), middle, order_.end(), less);
    in_order_ = order_.size();
}

ObjectMap::Iterator ObjectMap::begin() const {
    put_in_order();
    return {*this, 0};
}

ObjectMap::Iterator ObjectMap::end() const {
    put_in_order();
    return {*this, order_.size()};
}

std::vector<Ref<Object>> ObjectMap::all() const {
    put_in_order();
    std::vector<Ref<Object>> objects;
    objects.reserve(size_);
    for (const std::uint32_t place : order_) objects.push_back(objects_[place]);
    return objects;
}

ObjectMap::Iterator ObjectMap::lower_bound(const ObjectKey& key) const {
    put_in_order();
    const auto place = std::lower_bound(order_.begin(), order_.end(), key,
                                        [this](std::uint32_t each, const ObjectKey& wanted) {
                                            return ObjectKey::of(objects_[each]->metadata) < wanted;
                                        });
    return {*this, static_cast<std::size_t>(place - order_.begin())};
}

ObjectMap::Iterator ObjectMap::upper_bound(const ObjectKey& key) const {
    Iterator at = lower_bound(key);
    if (at != end() && (*at).key == key) ++at;
    return at;
}

std::vector<Ref<Object>> ObjectMap::in_namespace(const Text& name) const {
    std::vector<Ref<Object>> objects;
    for (Iterator at = lower_bound({name, ""}); at != end(); ++at) {
        const Ref<Object>& object = (*at).object;
        if (object->metadata.namespace_ != name) break;
        objects.push_back(object);
    }
    return objects;
}

bool operator==(const ObjectMap& a, const ObjectMap& b) {
    return a.all() == b.all();
}

}  // namespace kubetab::api
