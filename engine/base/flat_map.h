// FlatMap: a sorted vector of string keys and values. Small, ordered, and the same on every build. Copies
// share it until one of them is changed.
//
// Look-up is O(log n), insertion O(n): meant for labels, resources and other maps of a few entries.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/box.h"
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

    bool empty() const { return entries_->empty(); }
    std::size_t size() const { return entries_->size(); }
    const_iterator begin() const { return entries_->begin(); }
    const_iterator end() const { return entries_->end(); }
    void clear() { entries_.reset(); }

    const_iterator find(std::string_view key) const {
        const auto it = lower(key);
        return it != end() && it->first == key ? it : end();
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
    // Valid until the map is changed or copied.
    T& operator[](std::string_view key) {
        const auto at = lower(key) - begin();
        std::vector<Entry>& entries = entries_.edit();
        auto it = entries.begin() + at;
        if (it == entries.end() || it->first != key) it = entries.emplace(it, Text(key), T{});
        return it->second;
    }
    // True when there was such a key.
    bool erase(std::string_view key) {
        const auto it = find(key);
        if (it == end()) return false;
        const auto at = it - begin();
        std::vector<Entry>& entries = entries_.edit();
        entries.erase(entries.begin() + at);
        return true;
    }
    const Entry& at_index(std::size_t index) const { return entries_->at(index); }

    friend bool operator==(const FlatMap& a, const FlatMap& b) {
        return a.entries_.same_as(b.entries_) || *a.entries_ == *b.entries_;
    }
    friend bool operator<(const FlatMap& a, const FlatMap& b) { return *a.entries_ < *b.entries_; }

private:
    const_iterator lower(std::string_view key) const {
        return std::lower_bound(begin(), end(), key, [](const Entry& entry, std::string_view wanted) {
            return entry.first < wanted;
        });
    }

    Box<std::vector<Entry>> entries_{};  // shared between copies
};

using StringMap = FlatMap<Text>;

}  // namespace kubetab::base
