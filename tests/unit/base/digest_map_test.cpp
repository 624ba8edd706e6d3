#include "engine/base/digest_map.h"

#include <catch2/catch_test_macros.hpp>
#include <cstdint>

using kubetab::base::DigestMap;

TEST_CASE("A digest map finds what was put under a digest") {
    DigestMap<int> map;
    for (std::uint64_t key = 0; key < 100; ++key) map[key * 0x9e3779b97f4a7c15U] = static_cast<int>(key);
    CHECK(map.size() == 100);
    for (std::uint64_t key = 0; key < 100; ++key) {
        const int* const found = map.find(key * 0x9e3779b97f4a7c15U);
        REQUIRE(found != nullptr);
        CHECK(*found == static_cast<int>(key));
    }
    CHECK(map.find(1) == nullptr);
    map[0] = 7;
    CHECK(map.size() == 100);
    map.clear();
    CHECK(map.size() == 0);
    CHECK(map.find(0) == nullptr);
}
