#include <catch2/catch_test_macros.hpp>

#include "engine/base/recent_lists.h"

namespace kubetab::base {
namespace {

TEST_CASE("equal lists met one after the other are one in memory", "[base]") {
    RecentLists<int> recent;
    const List<int> first = recent.share({1, 2});
    CHECK(&recent.share({1, 2}).all() == &first.all());
    CHECK(recent.share({1, 3}) == List<int>{1, 3});
    CHECK(&recent.share({1, 3}).all() != &first.all());
    CHECK(recent.share({}).empty());

    for (std::size_t i = 0; i < RecentLists<int>::kKept; ++i) (void)recent.share({static_cast<int>(i)});
    const List<int> again = recent.share({1, 2});
    CHECK(again == first);
    CHECK(&again.all() != &first.all());
}

}  // namespace
}  // namespace kubetab::base
