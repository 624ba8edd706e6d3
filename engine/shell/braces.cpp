#include <algorithm>
#include <optional>
#include <utility>

#include "engine/shell/parser.h"

namespace kubetab::shell {

namespace {

// A character of a word, or a part that braces do not look into.
struct Atom {
    char character = '\0';
    const Part* part = nullptr;

    bool is(char c) const { return !part && character == c; }
};

using Atoms = std::vector<Atom>;

Atoms atoms_of(const Word& word) {
    Atoms atoms;
    for (const Part& part : word.parts) {
        if (part.kind == PartKind::Literal && !part.quoted) {
            for (const char c : part.text) atoms.push_back({c, nullptr});
        } else {
            atoms.push_back({'\0', &part});
        }
    }
    return atoms;
}

Word word_of(const Atoms& atoms, Position at) {
    Word word;
    word.at = at;
    for (const Atom& atom : atoms) {
        if (atom.part) {
            word.parts.push_back(*atom.part);
        } else {
            add_literal(word, std::string_view(&atom.character, 1), false);
        }
    }
    return word;
}

std::optional<std::string> text_of(const Atoms& atoms) {
    std::string text;
    for (const Atom& atom : atoms) {
        if (atom.part) return std::nullopt;
        text += atom.character;
    }
    return text;
}

Atoms atoms_of_text(const std::string& text) {
    Atoms atoms;
    for (const char c : text) atoms.push_back({c, nullptr});
    return atoms;
}

std::optional<std::int64_t> number(std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    if (text.empty() || text.size() > 15) return std::nullopt;
    std::int64_t value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return negative ? -value : value;
}

std::string padded(std::int64_t value, std::size_t width) {
    std::string digits = std::to_string(value < 0 ? -value : value);
    const std::size_t sign = value < 0 ? 1 : 0;
    if (digits.size() + sign < width) digits.insert(0, width - sign - digits.size(), '0');
    return value < 0 ? "-" + digits : digits;
}

// {first..last} and {first..last..step}, of numbers or of letters.
std::optional<std::vector<Atoms>> sequence(const Atoms& inside) {
    const std::optional<std::string> text = text_of(inside);
    if (!text) return std::nullopt;
    const std::size_t dots = text->find("..");
    if (dots == std::string::npos) return std::nullopt;
    const std::size_t more = text->find("..", dots + 2);
    const std::string first = text->substr(0, dots);
    const std::string last = text->substr(dots + 2, more == std::string::npos ? more : more - dots - 2);
    std::int64_t step = 1;
    if (more != std::string::npos) {
        const auto given = number(std::string_view(*text).substr(more + 2));
        if (!given) return std::nullopt;
        step = *given == 0 ? 1 : std::abs(*given);
    }
    const auto is_letter = [](const std::string& s) {
        return s.size() == 1 && ((s[0] >= 'a' && s[0] <= 'z') || (s[0] >= 'A' && s[0] <= 'Z'));
    };
    auto from = number(first);
    auto to = number(last);
    const bool letters = is_letter(first) && is_letter(last);
    if (letters) {
        from = first[0];
        to = last[0];
    }
    if (!from || !to) return std::nullopt;
    const auto zeros = [](const std::string& s) { return s.starts_with("0") || s.starts_with("-0"); };
    const bool pad = !letters && ((zeros(first) && first.size() > 1) || (zeros(last) && last.size() > 1));
    const std::size_t width = pad ? std::max(first.size(), last.size()) : 0;
    std::vector<Atoms> result;
    for (std::int64_t value = *from; *from <= *to ? value <= *to : value >= *to;
         value += *from <= *to ? step : -step) {
        if (result.size() >= kMaxBraceWords) break;
        result.push_back(
            atoms_of_text(letters ? std::string(1, static_cast<char>(value)) : padded(value, width)));
    }
    return result;
}

struct Braces {
    std::size_t open = 0;
    std::size_t close = 0;
    std::vector<std::size_t> commas{};
};

std::optional<Braces> braces_at(const Atoms& atoms, std::size_t open) {
    Braces braces;
    braces.open = open;
    int depth = 0;
    for (std::size_t i = open; i < atoms.size(); ++i) {
        if (atoms[i].is('{')) ++depth;
        if (atoms[i].is(',') && depth == 1) braces.commas.push_back(i);
        if (atoms[i].is('}') && --depth == 0) {
            braces.close = i;
            return braces;
        }
    }
    return std::nullopt;
}

Atoms slice(const Atoms& atoms, std::size_t from, std::size_t to) {
    return {atoms.begin() + static_cast<std::ptrdiff_t>(from),
            atoms.begin() + static_cast<std::ptrdiff_t>(to)};
}

std::vector<Atoms> expand(const Atoms& atoms, int depth);

std::vector<Atoms> alternatives_of(const Atoms& atoms, const Braces& braces, int depth) {
    const Atoms inside = slice(atoms, braces.open + 1, braces.close);
    if (braces.commas.empty()) return sequence(inside).value_or(std::vector<Atoms>{});
    std::vector<Atoms> result;
    std::size_t from = braces.open + 1;
    for (std::size_t i = 0; i <= braces.commas.size(); ++i) {
        const std::size_t to = i < braces.commas.size() ? braces.commas[i] : braces.close;
        for (Atoms& alternative : expand(slice(atoms, from, to), depth + 1))
            result.push_back(std::move(alternative));
        from = to + 1;
    }
    return result;
}

std::vector<Atoms> expand(const Atoms& atoms, int depth) {
    for (std::size_t i = 0; depth < 20 && i < atoms.size(); ++i) {
        if (!atoms[i].is('{')) continue;
        const std::optional<Braces> braces = braces_at(atoms, i);
        if (!braces) continue;
        const std::vector<Atoms> alternatives = alternatives_of(atoms, *braces, depth);
        if (alternatives.empty()) continue;
        const std::vector<Atoms> rests = expand(slice(atoms, braces->close + 1, atoms.size()), depth + 1);
        std::vector<Atoms> result;
        for (const Atoms& alternative : alternatives) {
            for (const Atoms& rest : rests) {
                if (result.size() >= kMaxBraceWords) return result;
                Atoms whole = slice(atoms, 0, i);
                whole.insert(whole.end(), alternative.begin(), alternative.end());
                whole.insert(whole.end(), rest.begin(), rest.end());
                result.push_back(std::move(whole));
            }
        }
        return result;
    }
    return {atoms};
}

}  // namespace

std::vector<Word> expand_braces(const Word& word) {
    const bool any = std::any_of(word.parts.begin(), word.parts.end(), [](const Part& part) {
        return part.kind == PartKind::Literal && !part.quoted && part.text.find('{') != std::string::npos;
    });
    if (!any) return {word};
    std::vector<Word> words;
    for (const Atoms& atoms : expand(atoms_of(word), 0)) words.push_back(word_of(atoms, word.at));
    return words;
}

}  // namespace kubetab::shell
