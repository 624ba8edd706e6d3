// ObjectMap: objects of one kind by key, shared with whoever else holds them.
//
// Look-up and insertion cost O(1), for objects come and are read one by one far more often than they are
// listed. Walking goes in the order of the keys, which is put right when somebody asks for it. The map must
// not be changed while it is walked. Keys are those in the objects, which nobody changes. Single objects can
// be kept packed; reading such a one makes a new object of it each time.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "engine/api/object.h"

namespace kubetab::api {

class Packing;

class ObjectMap {
public:
    struct Entry {
        ObjectKey key;
        Ref<Object> object;
    };
    class Iterator {
    public:
        Iterator(const ObjectMap& map, std::size_t at) : map_(&map), at_(at) {}
        Entry operator*() const {
            Ref<Object> object = map_->at(map_->order_[at_]);
            return {ObjectKey::of(object->metadata), std::move(object)};
        }
        Iterator& operator++() {
            ++at_;
            return *this;
        }
        bool operator!=(const Iterator& other) const { return at_ != other.at_; }

    private:
        const ObjectMap* map_;
        std::size_t at_;
    };

    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    // Null when there is none.
    Ref<Object> get(const ObjectKey& key) const;
    bool contains(const ObjectKey& key) const { return find(key) != kNone; }
    // Puts it in place of what has its key. What that was, or null.
    Ref<Object> put(Ref<Object> object);
    // What it was, or null.
    Ref<Object> erase(const ObjectKey& key);
    // Keeps that object packed from now on, if the map has it and nobody else but the caller holds it. Empty
    // when it does not. All objects that are packed are of one kind.
    Text pack(const Kind& kind, const Ref<Object>& object);
    // What has packed them; null when nothing has been packed yet.
    const Packing* packing() const { return packed_->packing.get(); }

    // In the order of keys.
    Iterator begin() const;
    Iterator end() const;
    // The first whose key is not before this one, or is behind it.
    Iterator lower_bound(const ObjectKey& key) const;
    Iterator upper_bound(const ObjectKey& key) const;
    std::vector<Ref<Object>> all() const;
    std::vector<Ref<Object>> in_namespace(const Text& name) const;

    friend bool operator==(const ObjectMap& a, const ObjectMap& b);

private:
    static constexpr std::uint32_t kNone = ~0U;

    struct PackedObjects {
        std::shared_ptr<Packing> packing{};
        std::vector<Text> objects{};  // by place
        std::size_t count = 0;
    };
    // Open addressing: where an object is, with its key's hash, so that others need no look.
    struct Slot {
        std::uint32_t hash = 0;
        std::uint32_t place = kNone;
    };

    // The place in `objects_`, or kNone.
    std::uint32_t find(const ObjectKey& key) const { return find(key, hash_of(key.namespace_, key.name)); }
    std::uint32_t find(const ObjectKey& key, std::uint32_t hash) const;
    static std::uint32_t hash_of(const Text& namespace_, const Text& name) {
        return namespace_.hash() * 31 + name.hash();
    }
    void link(Slot slot);
    void unlink(Slot slot);
    // What is there: packed or not; null where one was erased.
    Ref<Object> at(std::uint32_t place) const;
    bool has_key(std::uint32_t place, const ObjectKey& key) const;
    // Empty when it is not packed.
    const Text& packed(std::uint32_t place) const;
    void forget_packed(std::uint32_t place);
    template <class Less>
    void put_in_order(const Less& less) const;
    void grow();
    void put_in_order() const;

    std::size_t size_ = 0;
    std::vector<Ref<Object>> objects_{};  // by place; null where one was erased, or is packed
    Box<PackedObjects> packed_{};
    std::vector<Slot> slots_{};                   // by hash; a power of two
    mutable std::vector<std::uint32_t> order_{};  // places by key up to `in_order_`, then as they came
    mutable std::size_t in_order_ = 0;
    mutable std::vector<std::uint32_t> erased_{};  // places that still stand in `order_`
    mutable std::vector<std::uint32_t> free_{};    // places to be used again
};

}  // namespace kubetab::api
