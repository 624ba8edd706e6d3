// Domains: which topology domain (the value of one node label) each node is in, as small numbers.
//
// A node without the label is in no domain. Ids are given in order of first appearance and stay with their
// value.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/api/values.h"

namespace kubetab::scheduler {

inline constexpr std::int32_t kNoDomain = -1;

struct Domains {
    std::vector<std::int32_t> of_slot{};
    std::map<std::string, std::int32_t> ids{};

    std::size_t size() const { return ids.size(); }
    // `value` is null when the node has no such label or is gone.
    void set(std::int32_t slot, const api::Text* value) {
        const auto at = static_cast<std::size_t>(slot);
        if (at >= of_slot.size()) of_slot.resize(at + 1, kNoDomain);
        of_slot[at] = value == nullptr
                          ? kNoDomain
                          : ids.try_emplace(*value, static_cast<std::int32_t>(ids.size())).first->second;
    }
    std::int32_t at(std::int32_t slot) const { return of_slot[static_cast<std::size_t>(slot)]; }
};

}  // namespace kubetab::scheduler
