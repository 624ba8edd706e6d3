// Regular expressions in RE2's syntax, as patterns of schemas are written.

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "engine/base/regex.h"

using namespace kubetab;

namespace {

bool matches(std::string_view pattern, std::string_view text) {
    const auto regex = base::Regex::compile(pattern, {.re2 = true});
    REQUIRE(regex.ok());
    return regex->matches_somewhere(text);
}

std::string mistake(std::string_view pattern) {
    const auto regex = base::Regex::compile(pattern, {.re2 = true});
    return regex.ok() ? "" : regex.error().message;
}

}  // namespace

TEST_CASE("RE2's escapes, groups and lazy repetition match what Go's do") {
    struct Row {
        std::string pattern, text;
        bool expected;
    };
    const std::vector<Row> rows = {
        {R"(^\d{3}$)", "123", true},
        {R"(^\d{3}$)", "12a", false},
        {R"(^[\w.-]+$)", "a_b.c-d", true},
        {R"(^[\w.-]+$)", "a b", false},
        {R"(^[^\s/]+$)", "ab", true},
        {R"(^[^\s/]+$)", "a/b", false},
        {R"(^\D+$)", "abc", true},
        {R"(^[\D]+$)", "a1", false},
        {R"(^(?:v|V)(\d+)$)", "v12", true},
        {R"((?i)^abc$)", "ABC", true},
        {R"(^(?P<name>a+?)b*?$)", "aab", true},
        {R"(^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$)", "a-b.c", true},
        {R"(^[a-z0-9]([-a-z0-9]*[a-z0-9])?$)", "-a", false},
        {R"(\.)", "ab", false},
        {R"(^[\]\-]$)", "]", true},
        {R"(\Aa\z)", "a", true},
        {R"(a|b)", "xbx", true},
        {"", "anything", true},
    };
    for (const Row& row : rows) {
        CAPTURE(row.pattern, row.text);
        CHECK(matches(row.pattern, row.text) == row.expected);
    }
}

TEST_CASE("Mistakes in patterns are told as Go tells them") {
    CHECK(mistake("a(b") == "error parsing regexp: missing closing ): `a(b`");
    CHECK(mistake("a)b") == "error parsing regexp: unexpected ): `a)b`");
    CHECK(mistake("x[a-") == "error parsing regexp: missing closing ]: `[a-`");
    CHECK(mistake("*a") == "error parsing regexp: missing argument to repetition operator: `*`");
    CHECK(mistake(R"(a\1)") == "error parsing regexp: invalid escape sequence: `\\1`");
    CHECK(mistake("(?=a)") == "error parsing regexp: invalid or unsupported Perl syntax: `(?=`");
}
