#include "engine/base/stable_sort.h"

#include <catch2/catch_test_macros.hpp>
#include <memory>
#include <string>
#include <utility>

namespace kubetab::base {

TEST_CASE("Equal items stay in their order, and nothing is copied") {
    std::vector<std::unique_ptr<std::pair<int, int>>> items;
    for (int i = 0; i < 500; ++i) items.push_back(std::make_unique<std::pair<int, int>>(i * 7 % 10, i));
    stable_sort(items, [](const auto& a, const auto& b) { return a->first < b->first; });
    REQUIRE(items.size() == 500);
    for (std::size_t i = 1; i < items.size(); ++i) REQUIRE(*items[i - 1] < *items[i]);
}

TEST_CASE("None and one are in order") {
    std::vector<std::string> items;
    stable_sort(items, [](const std::string& a, const std::string& b) { return a < b; });
    CHECK(items.empty());
    items.push_back("a");
    stable_sort(items, [](const std::string& a, const std::string& b) { return a < b; });
    CHECK(items == std::vector<std::string>{"a"});
}

}  // namespace kubetab::base
