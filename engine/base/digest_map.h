// DigestMap: values by digest, in one sorted vector: a key and its value take just their own bytes. Insertion
// costs O(n), look-up O(log n): for a few thousand entries at the most, of which there are many maps.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace kubetab::base {

template <class Value>
class DigestMap {
public:
    // Null when there is none. Valid until the map is changed.
    Value* find(std::uint64_t key) {
        const auto found = lower(key);
        return found == entries_.end() || found->key != key ? nullptr : &found->value;
    }
    // Made when there is none.
    Value& operator[](std::uint64_t key) {
        const auto found = lower(key);
        if (found != entries_.end() && found->key == key) return found->value;
        const auto at = found - entries_.begin();
        if (entries_.size() == entries_.capacity()) entries_.reserve(entries_.size() * 5 / 4 + 4);
        return entries_.insert(entries_.begin() + at, Entry{key, Value{}})->value;
    }
    void clear() { entries_.clear(); }
    std::size_t size() const { return entries_.size(); }

private:
    struct Entry {
        std::uint64_t key = 0;
        Value value{};
    };

    typename std::vector<Entry>::iterator lower(std::uint64_t key) {
        return std::lower_bound(entries_.begin(), entries_.end(), key,
                                [](const Entry& entry, std::uint64_t wanted) { return entry.key < wanted; });
    }

    std::vector<Entry> entries_{};
};

}  // namespace kubetab::base
