#include "tests/fuzz/mutator.h"

#include <algorithm>

namespace kubetab::fuzz {
namespace {

constexpr std::string_view kWords[] = {
    "null",
    "true",
    "-1",
    "0",
    "1e999",
    "9223372036854775808",
    "-9223372036854775808",
    "0.1",
    "\"\"",
    "[]",
    "{}",
    "[null]",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "\xff\xfe",
    "metadata",
    "spec",
    "status",
    "name",
    "namespace",
    "labels",
    "annotations",
    "finalizers",
    "ownerReferences",
    "$patch",
    "delete",
    "replace",
    "$setElementOrder/containers",
    "$retainKeys",
    "$deleteFromPrimitiveList/finalizers",
    "containers",
    "- ",
    ": ",
    "\n",
    "  ",
    "|",
    ">",
    "&a ",
    "*a",
    "!!int ",
    "---\n",
    "# ",
    "\t",
    "op",
    "add",
    "test",
    "/metadata/name",
    "~1",
    "in (",
    "notin",
    "!=",
    "==",
    ",",
    "100Ei",
    "1n",
    "0x",
    "25%",
    "2026-01-05T08:00:00Z",
    "k:{\"name\":\"a\"}",
};

// Where something happens, and how much of the text it concerns.
struct Piece {
    std::size_t at = 0;
    std::size_t size = 0;
};

}  // namespace

void Mutator::change(std::string& text, const std::vector<std::string>& others) {
    Piece piece;
    piece.at = below(text.size() + 1);
    piece.size = std::min(below(16) + 1, text.size() - piece.at);
    const std::string word(kWords[below(std::size(kWords))]);
    switch (below(7)) {
        case 0:
            if (piece.size > 0) text[piece.at] = static_cast<char>(below(256));
            return;
        case 1: text.erase(piece.at, piece.size); return;
        case 2: text.insert(piece.at, text.substr(piece.at, piece.size)); return;
        case 3: text.insert(piece.at, word); return;
        case 4: text.replace(piece.at, piece.size, word); return;
        case 5: text.resize(piece.at); return;
        default: break;
    }
    const std::string& other = others[below(others.size())];
    const std::size_t from = below(other.size() + 1);
    text.replace(piece.at, piece.size, other.substr(from, below(200)));
}

std::string Mutator::mutated(std::string_view input, const std::vector<std::string>& others) {
    std::string text(input);
    const std::size_t changes = below(4) + 1;
    for (std::size_t i = 0; i < changes; ++i) change(text, others);
    if (text.size() > kLongest) text.resize(kLongest);
    return text;
}

}  // namespace kubetab::fuzz
