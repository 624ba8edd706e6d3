#include "engine/api/object_map.h"

#include <algorithm>
#include <utility>

#include "engine/api/packing.h"

namespace kubetab::api {
namespace {

constexpr std::size_t kErasedLimit = 64;

std::strong_ordering order_of(const ObjectMeta& a, const ObjectMeta& b) {
    const std::strong_ordering spaces = a.namespace_ <=> b.namespace_;
    return spaces != 0 ? spaces : a.name <=> b.name;
}

}  // namespace

const Text& ObjectMap::packed(std::uint32_t place) const {
    static const Text none;
    return place < packed_->objects.size() ? packed_->objects[place] : none;
}

Ref<Object> ObjectMap::at(std::uint32_t place) const {
    if (objects_[place] != nullptr || packed(place).empty()) return objects_[place];
    return packed_->packing->unpack(packed(place));
}

bool ObjectMap::has_key(std::uint32_t place, const ObjectKey& key) const {
    const auto has = [&key](const ObjectMeta& metadata) {
        return metadata.name == key.name && metadata.namespace_ == key.namespace_;
    };
    return objects_[place] != nullptr ? has(objects_[place]->metadata) : has(at(place)->metadata);
}

void ObjectMap::forget_packed(std::uint32_t place) {
    if (packed(place).empty()) return;
    PackedObjects& all = packed_.edit();
    all.objects[place].clear();
    --all.count;
}

Text ObjectMap::pack(const Kind& kind, const Ref<Object>& object) {
    const std::uint32_t place = find(ObjectKey::of(object->metadata));
    if (place == kNone || objects_[place] != object || object.use_count() > 2) return {};
    PackedObjects& all = packed_.edit();
    if (all.packing == nullptr) all.packing = std::make_shared<Packing>(kind);
    if (all.objects.size() <= place) all.objects.resize(objects_.size());
    all.objects[place] = all.packing->pack(*object);
    ++all.count;
    objects_[place] = nullptr;
    return all.objects[place];
}

std::uint32_t ObjectMap::find(const ObjectKey& key, std::uint32_t hash) const {
    if (slots_.empty()) return kNone;
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
        const Slot& slot = slots_[at];
        if (slot.place == kNone) return kNone;
        if (slot.hash == hash && has_key(slot.place, key)) return slot.place;
    }
}

void ObjectMap::link(Slot slot) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = slot.hash & mask;
    while (slots_[at].place != kNone) at = (at + 1) & mask;
    slots_[at] = slot;
}

// Moves up those behind it, so that no look-up ends too early.
void ObjectMap::unlink(Slot slot) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = slot.hash & mask;
    while (slots_[at].place != slot.place) at = (at + 1) & mask;
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
    return place == kNone ? nullptr : at(place);
}

Ref<Object> ObjectMap::put(Ref<Object> object) {
    const std::uint32_t hash = hash_of(object->metadata.namespace_, object->metadata.name);
    const std::uint32_t known = find(ObjectKey::of(object->metadata), hash);
    if (known != kNone) {
        Ref<Object> before = at(known);
        forget_packed(known);
        objects_[known] = std::move(object);
        return before;
    }
    std::uint32_t place = static_cast<std::uint32_t>(objects_.size());
    if (free_.empty()) {
        objects_.push_back(std::move(object));
    } else {
        place = free_.back();
        free_.pop_back();
        objects_[place] = std::move(object);
    }
    order_.push_back(place);
    if (++size_ * 8 > slots_.size() * 7) grow();
    link({hash, place});
    return nullptr;
}

Ref<Object> ObjectMap::erase(const ObjectKey& key) {
    const std::uint32_t hash = hash_of(key.namespace_, key.name);
    const std::uint32_t place = find(key, hash);
    if (place == kNone) return nullptr;
    unlink({hash, place});
    erased_.push_back(place);
    --size_;
    Ref<Object> object = at(place);
    objects_[place] = nullptr;
    forget_packed(place);
    if (erased_.size() > kErasedLimit && erased_.size() > size_) put_in_order();  // Nobody walks this map.
    return object;
}

void ObjectMap::put_in_order() const {
    if (!erased_.empty()) {
        const auto gone = [this](std::uint32_t place) {
            return objects_[place] == nullptr && packed(place).empty();
        };
        const auto middle = order_.begin() + static_cast<std::ptrdiff_t>(in_order_);
        in_order_ -= static_cast<std::size_t>(std::count_if(order_.begin(), middle, gone));
        std::erase_if(order_, gone);
        free_.insert(free_.end(), erased_.begin(), erased_.end());
        erased_.clear();
    }
    if (in_order_ == order_.size()) return;
    if (packed_->count == 0) {
        put_in_order([this](std::uint32_t a, std::uint32_t b) {
            return order_of(objects_[a]->metadata, objects_[b]->metadata) < 0;
        });
        return;
    }
    // Unpacked once each, not for every comparison.
    std::vector<ObjectKey> keys(objects_.size());
    for (const std::uint32_t place : order_) keys[place] = ObjectKey::of(at(place)->metadata);
    put_in_order([&keys](std::uint32_t a, std::uint32_t b) { return keys[a] < keys[b]; });
}

template <class Less>
void ObjectMap::put_in_order(const Less& less) const {
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
    for (const std::uint32_t place : order_) objects.push_back(at(place));
    return objects;
}

ObjectMap::Iterator ObjectMap::lower_bound(const ObjectKey& key) const {
    put_in_order();
    const auto place = std::lower_bound(order_.begin(), order_.end(), key,
                                        [this](std::uint32_t each, const ObjectKey& wanted) {
                                            return ObjectKey::of(at(each)->metadata) < wanted;
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
    if (a.size_ != b.size_) return false;
    a.put_in_order();
    b.put_in_order();
    const bool one_packing = a.packed_->packing == b.packed_->packing;
    return std::equal(
        a.order_.begin(), a.order_.end(), b.order_.begin(), [&](std::uint32_t left, std::uint32_t right) {
            if (a.objects_[left] != b.objects_[right]) return false;
            return a.objects_[left] != nullptr || (one_packing && a.packed(left) == b.packed(right));
        });
}

}  // namespace kubetab::api
