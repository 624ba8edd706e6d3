#include "engine/base/text.h"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

using kubetab::base::Text;

namespace {

const std::string kLong(100, 'x');

}  // namespace

TEST_CASE("A text reads like the string it was made from") {
    for (const std::string& value : {std::string(), std::string("web"), kLong, std::string("a\0b", 3)}) {
        const Text text = value;
        CHECK(text == value);
        CHECK(text.size() == value.size());
        CHECK(text.empty() == value.empty());
        const std::string& characters = text;
        CHECK(characters == value);
        CHECK(text + "!" == value + "!");
        CHECK("!" + text == "!" + value);
    }
}

TEST_CASE("Texts are ordered as their characters are") {
    CHECK(Text("a") < Text("b"));
    CHECK(Text("") < Text("a"));
    CHECK(Text(kLong) < Text(kLong + "x"));
    CHECK((Text("a") <=> std::string("a")) == std::strong_ordering::equal);
    CHECK(Text("a") < "b");
}

TEST_CASE("Copies share their characters until one of them is changed") {
    Text text = kLong;
    const Text copy = text;
    CHECK(copy.same_as(text));
    text += "y";
    CHECK(copy == kLong);
    CHECK(text == kLong + "y");
    text.clear();
    CHECK(text.empty());
    CHECK(copy == kLong);
}

TEST_CASE("Short texts are kept once, however often they are made") {
    CHECK(Text("default").same_as(Text(std::string("default"))));
    CHECK(Text("").same_as(Text()));
    CHECK_FALSE(Text(kLong).same_as(Text(kLong)));
    CHECK(Text(kLong) == Text(kLong));
}

TEST_CASE("A unique text is a text like others, but is not kept for others to find") {
    const Text alone = Text::unique("4711");
    const Text found = "4711";
    CHECK(alone == found);
    CHECK(alone.hash() == found.hash());
    CHECK_FALSE(alone.same_as(found));
    CHECK(found.same_as(Text("4711")));
    CHECK(Text::unique("").same_as(Text()));
}

TEST_CASE("Short texts are found again however many came and went") {
    std::vector<Text> kept;
    for (int round = 0; round < 3; ++round) {
        for (int i = 0; i < 10'000; ++i) {
            const std::string name = "name-" + std::to_string(i);
            kept.push_back(name);
            REQUIRE(Text(name).same_as(kept.back()));
        }
        std::erase_if(kept, [](const Text& text) { return text.ends_with('3'); });
        for (const Text& text : kept) REQUIRE(Text(text.str()).same_as(text));
        if (round == 1) kept.clear();
    }
}

TEST_CASE("A text that was moved from is empty") {
    Text text = "web";
    const Text taken = std::move(text);
    CHECK(taken == "web");
    CHECK(text.empty());
    Text& same = text;
    text = same;
    CHECK(text.empty());
}

TEST_CASE("Many short texts come and go") {
    std::vector<Text> texts;
    for (int i = 0; i < 5000; ++i) texts.emplace_back(std::to_string(i));
    for (int i = 0; i < 5000; i += 2) texts[static_cast<std::size_t>(i)].clear();
    for (int i = 0; i < 5000; ++i) {
        const Text again = std::to_string(i);
        CHECK(again.same_as(texts[static_cast<std::size_t>(i)]) == (i % 2 == 1));
    }
}

TEST_CASE("A uid reads like its characters, and so does what only looks like one") {
    const std::string spelled = "0f8fad5b-d9cb-469f-a165-70867728950e";
    const Text uid = Text::uid(spelled);
    CHECK(uid.hash() == Text(spelled).hash());
    CHECK(uid == Text::uid(spelled));
    CHECK(uid != Text::uid("0f8fad5b-d9cb-469f-a165-70867728950f"));
    CHECK(uid == Text(spelled));
    CHECK(Text(spelled) == uid);
    CHECK(uid == spelled);
    CHECK(uid.size() == spelled.size());
    const std::string& characters = uid;
    CHECK(characters == spelled);
    for (const char* other : {"", "0f8fad5b", "0f8fad5b-d9cb-469f-a165-70867728950G",
                              "0F8fad5b-d9cb-469f-a165-70867728950e", "0f8fad5b0d9cb-469f-a165-70867728950e"})
        CHECK(Text::uid(other) == other);
}

TEST_CASE("A uid's number can be taken and made a uid again") {
    const Text uid = Text::uid("0f8fad5b-d9cb-469f-a165-70867728950e");
    std::array<std::uint32_t, 4> words{};
    REQUIRE(uid.as_uid(words));
    CHECK(words[0] == 0x0f8fad5b);
    CHECK(Text::uid(words) == uid);
    CHECK_FALSE(Text("0f8fad5b").as_uid(words));
}

TEST_CASE("Uids are ordered as their characters are") {
    const std::string low = "0f8fad5b-d9cb-469f-a165-70867728950e";
    for (const std::string high :
         {"0f8fad5b-d9cb-469f-a165-70867728950f", "a0000000-0000-4000-8000-000000000000"}) {
        CHECK(Text::uid(low) < Text::uid(high));
        CHECK(Text(low) < Text::uid(high));
        CHECK_FALSE(Text::uid(high) < Text::uid(low));
    }
}

TEST_CASE("A repeated text is kept once, however long it is") {
    CHECK(Text::repeated(kLong).same_as(Text::repeated(kLong)));
    CHECK(Text::repeated(kLong) == Text(kLong));
    CHECK(Text::repeated("").empty());
}
