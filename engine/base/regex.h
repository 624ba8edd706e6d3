// Regex: POSIX basic and extended regular expressions with GNU's additions (\+ \? \| in basic ones; \w \W \s
// \S \b \B
// \< \>; back references), for grep, sed, awk and [[ =~ ]].
//
// Finds the leftmost longest match. Takes time in proportion to pattern times text, because no state is
// entered twice; with back references, which need more, a search gives up after kMaxSteps and reports no
// match. Works on code points. Never recurses on the text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/status.h"

namespace kubetab::base {

struct RegexOptions {
    bool extended = false;
    bool ignore_case = false;
    // RE2's syntax, as Go reads it: extended, with \d \D \A \z, escapes between brackets, (?:…), (?i), and
    // lazy repetition (which matches the same texts). upstream: re2 doc/syntax.txt
    bool re2 = false;
};

// Where a group matched, in bytes; nothing when it took no part.
struct RegexSpan {
    std::size_t begin = 0;
    std::size_t end = 0;
};

class Regex {
public:
    static Result<Regex> compile(std::string_view pattern, RegexOptions options = {});

    // The first match at or behind `from`; ^ matches only at the beginning of `text`. Group 0 is the whole.
    bool search(std::string_view text, std::size_t from, std::vector<std::optional<RegexSpan>>& groups) const;
    bool matches_somewhere(std::string_view text) const;
    // True when exactly the whole text matches.
    bool matches_all(std::string_view text) const;
    int group_count() const { return groups_; }

    static constexpr std::size_t kMaxProgram = 20'000;
    static constexpr std::size_t kMaxSteps = 2'000'000;

    enum class Op : std::uint8_t {
        Code,
        Any,
        Set,
        Split,  // tries x, then y
        Jump,
        Save,
        Begin,
        End,
        Boundary,
        NotBoundary,
        WordBegin,
        WordEnd,
        Back,
        Match,
    };
    struct Instruction {
        Op op = Op::Match;
        std::uint32_t x = 0;  // code, target, slot, set or group
        std::uint32_t y = 0;
    };
    struct Range {
        char32_t first = 0;
        char32_t last = 0;
    };
    struct Set {
        std::vector<Range> ranges{};
        bool negated = false;
        bool contains(char32_t code) const;
    };

private:
    friend class RegexCompiler;
    friend class RegexRun;
    Regex() = default;

    std::vector<Instruction> program_{};
    std::vector<Set> sets_{};
    int groups_ = 0;
    bool ignore_case_ = false;
    bool alternates_ = false;  // the first match found need not be the longest
    bool refers_back_ = false;
};

}  // namespace kubetab::base
