// GoText: a text of nested lists that prints itself on one line where that is short and says nothing of a
// change, and on several lines otherwise. upstream: github.com/google/go-cmp/cmp/report_text.go
#pragma once

#include <string>
#include <vector>

namespace kubetab::api {

struct GoText {
    enum class Kind { None, Line, List, Wrap };
    struct Record;

    Kind kind = Kind::None;
    std::string line{};           // of a Line
    std::string prefix{};         // of a Wrap
    std::string suffix{};         // of a Wrap
    std::vector<Record> records;  // of a List; what a Wrap wraps is its only one

    static GoText of(std::string line);
    static GoText wrap(std::string prefix, GoText value, std::string suffix);

    bool operator==(const GoText& other) const = default;
    // With an indent and a line break at the end.
    std::string text() const;
};

struct GoText::Record {
    char sign = ' ';  // '-' was there, '+' is wanted, ' ' both
    std::string key{};
    GoText value{};
    bool is_ellipsis = false;
    std::string comment{};

    bool operator==(const Record& other) const = default;
};

}  // namespace kubetab::api
