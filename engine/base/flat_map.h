// FlatMap: a sorted vector of string keys and values. Small, ordered, and the same on every build.
//
// Look-up is O(log n), insertion O(n): meant for labels, resources and other maps of a few entries.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/text.h"

namespace kubetab::base {

template <class T>
class FlatMap {
public:
    using Entry = std::pair<Text, T>;
    using const_iterator = typename std::vector<Entry>::const_iterator;

    FlatMap() = default;
    FlatMap(std::initializer_list<Entry> entries) {
        for (const Entry& entry : entries) (*this)[entry.first] = entry.second;
    }

    bool empty() const { return entries_.empty(); }
    std::size_t size() const { return entries_.size(); }
    const_iterator begin() const { return entries_.begin(); }
    const_iterator end() const { return entries_.end(); }
    void clear() { entries_.clear(); }

    const_iterator find(std::string_view key) const {
        const auto it = lower(key);
        return it != entries_.end() && it->first == key ? it : entries_.end();
    }
    bool contains(std::string_view key) const { return find(key) != end(); }
    // The value of `key`, or null.
    const T* get(std::string_view key) const {
        const auto it = find(key);
        return it == end() ? nullptr : &it->second;
    }
    // The value of `key`, or `otherwise`.
    T value_or(std::string_view key, T otherwise) const {
        const T* found = get(key);
        return found != nullptr ? *found : std::move(otherwise);
    }
    T& operator[](std::string_view key) {
        auto it = entries_.begin() + (lower(key) - entries_.cbegin());
        if (it == entries_.end() || it->first != key) it = entries_.emplace(it, Text(key), T{});
        return it->second;
    }
    // True when there was such a key.
    bool erase(std::string_view key) {
        const auto it = find(key);
        if (it == end()) return false;
        entries_.erase(it);
        return true;
    }
    const Entry& at_index(std::size_t index) const { return entries_.at(index); }

    friend bool operator==(const FlatMap&, const FlatMap&) = default;
    friend bool operator<(const FlatMap& a, const FlatMap& b) { return a.entries_ < b.entries_; }

private:
    const_iterator lower(std::string_view key) const {
        return std::lower_bound(
            entries_.begin(), entries_.end(), key,
            [](const Entry& entry, std::string_view wanted) { return entry.first < wanted; });
    }

    std::vector<Entry> entries_{};
};

using StringMap = FlatMap<Text>;

}  // namespace kubetab::base
