// stable_sort: puts a vector in order, equal items staying in theirs, with little code for each type and
// order.
//
// The standard library's is instantiated with all its merging for every pair of them, which shows in the size
// of the page. This one moves places, which is the same code for all, and then each item once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace kubetab::base {

// Whether the item at place `a` comes before the one at place `b`.
using PlacePrecedes = bool (*)(const void* context, std::uint32_t a, std::uint32_t b);

// The places 0 to count - 1 in the order in which their items should stand.
std::vector<std::uint32_t> stable_order(std::size_t count, PlacePrecedes precedes, const void* context);

template <class T, class Less>
void stable_sort(std::vector<T>& items, Less less) {
    if (items.size() < 2) return;
    struct Context {
        const std::vector<T>& items;
        Less& less;
    };
    const Context context{items, less};
    const auto precedes = [](const void* given, std::uint32_t a, std::uint32_t b) {
        const Context& sorting = *static_cast<const Context*>(given);
        return static_cast<bool>(sorting.less(sorting.items[a], sorting.items[b]));
    };
    std::vector<T> sorted;
    sorted.reserve(items.size());
    for (const std::uint32_t place : stable_order(items.size(), precedes, &context))
        sorted.push_back(std::move(items[place]));
    items = std::move(sorted);
}

}  // namespace kubetab::base
