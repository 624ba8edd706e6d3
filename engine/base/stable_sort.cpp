#include "engine/base/stable_sort.h"

#include <algorithm>
#include <numeric>

namespace kubetab::base {

std::vector<std::uint32_t> stable_order(std::size_t count, PlacePrecedes precedes, const void* context) {
    std::vector<std::uint32_t> order(count);
    std::iota(order.begin(), order.end(), std::uint32_t{0});
    std::stable_sort(order.begin(), order.end(), [precedes, context](std::uint32_t a, std::uint32_t b) {
        return precedes(context, a, b);
    });
    return order;
}

}  // namespace kubetab::base
