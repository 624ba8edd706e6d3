// RecentLists: the lists that were met last, so that one with the same elements is kept once.
//
// For lists that many objects get at the same time, one after the other (the conditions of the pods of a
// rollout). Not for use from threads.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

#include "engine/base/list.h"

namespace kubetab::base {

template <class T>
class RecentLists {
public:
    static constexpr std::size_t kKept = 64;

    // The kept list with these elements, else this one, which takes the place of the one met first.
    List<T> share(const List<T>& list) {
        if (list.empty()) return list;
        const auto known = std::find(lists_.begin(), lists_.end(), list);
        if (known != lists_.end()) return *known;
        lists_[next_] = list;
        next_ = (next_ + 1) % lists_.size();
        return list;
    }

private:
    std::array<List<T>, kKept> lists_{};
    std::size_t next_ = 0;
};

}  // namespace kubetab::base
