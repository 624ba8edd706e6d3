#include "engine/base/list.h"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

using kubetab::base::List;

TEST_CASE("A list reads like a vector") {
    const List<std::string> list = {"a", "b"};
    CHECK(list.size() == 2);
    CHECK(list.front() == "a");
    CHECK(list.back() == "b");
    CHECK(list[1] == "b");
    const std::vector<std::string>& vector = list;
    CHECK(vector == std::vector<std::string>{"a", "b"});
    CHECK(List<std::string>().empty());
    CHECK(List<std::string>(std::vector<std::string>{}).empty());
}

TEST_CASE("Copies of a list share it until one is changed") {
    List<std::string> list = {"a"};
    const List<std::string> copy = list;
    CHECK(&copy.front() == &list.front());
    list.push_back("b");
    CHECK(copy.size() == 1);
    CHECK(list.size() == 2);
    CHECK_FALSE(list == copy);
    list.edit().pop_back();
    CHECK(list == copy);
    list.clear();
    CHECK(list.empty());
    CHECK(copy.size() == 1);
}
