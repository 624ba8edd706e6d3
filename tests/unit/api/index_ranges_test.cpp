#include "engine/api/index_ranges.h"

#include <catch2/catch_test_macros.hpp>

namespace kubetab::api {
namespace {

// shows: job.interval-text
TEST_CASE("Indexes are written as ranges, two neighbours one by one") {
    IndexRanges ranges;
    CHECK(ranges.text().empty());
    for (const std::int32_t index : {5, 1, 0, 7, 8, 9, 0}) ranges.add(index);
    CHECK(ranges.text() == "0,1,5,7-9");
    ranges.add(6);
    CHECK(ranges.text() == "0,1,5-9");
    CHECK(ranges.total() == 7);
    CHECK(ranges.has(6));
    CHECK_FALSE(ranges.has(2));
    CHECK_FALSE(ranges.has(10));
    CHECK(ranges.first_missing(0) == 2);
    CHECK(ranges.first_missing(3) == 3);
    CHECK(ranges.first_missing(5) == 10);
}

TEST_CASE("Ranges are read back, without indexes that are none any more") {
    CHECK(IndexRanges::read("0,1,5-9", 7).text() == "0,1,5,6");
    CHECK(IndexRanges::read("3-5", 3).text().empty());
    CHECK(IndexRanges::read("1-3,8", 10).common(IndexRanges::read("2-9", 10)) == 3);
}

TEST_CASE("What is no list of indexes is refused in the validator's words") {
    const auto refusal = [](std::string_view text) {
        const base::Result<IndexRanges> parsed = IndexRanges::parse(text, 8);
        return parsed ? parsed->text() : parsed.error().message;
    };
    CHECK(refusal("1,3-5") == "1,3-5");
    CHECK(refusal("x") == R"(cannot convert string to integer for index: "x")");
    CHECK(refusal("1-9") == R"(too large index: "9")");
    CHECK(refusal("3,2") == "non-increasing order, previous: 3, current: 2");
    CHECK(refusal("3-3") == "non-increasing order, previous: 3, current: 3");
    CHECK(refusal("1-2-3") ==
          "the fragment \"1-2-3\" violates the requirement that an index interval can have at most two parts "
          "separated by '-'");
}

}  // namespace
}  // namespace kubetab::api
