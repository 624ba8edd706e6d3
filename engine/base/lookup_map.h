// LookupMap: a hash table for hot lookups. It cannot be iterated, because the order would differ between
// native and wasm; whoever needs an order takes std::map.
//
// Keys are texts, because those that objects carry know their hash and are shared instead of copied.
#pragma once

#include <cstddef>
#include <unordered_map>
#include <utility>

#include "engine/base/text.h"

namespace kubetab::base {

template <class Value>
class LookupMap {
public:
    // Null when there is none. Valid until that key is erased.
    Value* find(const Text& key) {
        const auto found = values_.find(key);
        return found == values_.end() ? nullptr : &found->second;
    }
    const Value* find(const Text& key) const {
        const auto found = values_.find(key);
        return found == values_.end() ? nullptr : &found->second;
    }
    // Made when there is none.
    Value& operator[](const Text& key) { return values_[key]; }
    // False, and nothing changes, when the key is there already.
    bool insert(const Text& key, Value value) { return values_.emplace(key, std::move(value)).second; }
    void erase(const Text& key) { values_.erase(key); }
    void clear() { values_.clear(); }
    std::size_t size() const { return values_.size(); }

private:
    struct Hash {
        std::size_t operator()(const Text& key) const { return key.hash(); }
    };

    std::unordered_map<Text, Value, Hash> values_{};
};

}  // namespace kubetab::base
