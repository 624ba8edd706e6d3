// LookupMap: a hash table for hot lookups. It cannot be iterated, because the order would differ between
// native and wasm; whoever needs an order takes std::map.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <utility>

namespace kubetab::base {

template <class Value>
class LookupMap {
public:
    // Null when there is none. Valid until that key is erased.
    Value* find(const std::string& key) {
        const auto found = values_.find(key);
        return found == values_.end() ? nullptr : &found->second;
    }
    const Value* find(const std::string& key) const {
        const auto found = values_.find(key);
        return found == values_.end() ? nullptr : &found->second;
    }
    // Made when there is none.
    Value& operator[](const std::string& key) { return values_[key]; }
    // False, and nothing changes, when the key is there already.
    bool insert(const std::string& key, Value value) { return values_.emplace(key, std::move(value)).second; }
    void erase(const std::string& key) { values_.erase(key); }
    std::size_t size() const { return values_.size(); }

private:
    std::unordered_map<std::string, Value> values_{};
};

}  // namespace kubetab::base
