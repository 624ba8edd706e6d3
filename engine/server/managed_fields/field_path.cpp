#include "engine/server/managed_fields/field_path.h"

#include <algorithm>

#include "engine/base/json.h"

namespace kubetab::server {
namespace {

int rank(std::string_view element) {
    static constexpr std::string_view kOrder = "fkvi";
    return static_cast<int>(kOrder.find(element.empty() ? 'i' : element.front()));
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

std::string_view digits_at(std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && is_digit(text[end])) ++end;
    return text.substr(at, end - at);
}

// Where a number begins that is no part of a string: right after a colon.
bool begins_number(std::string_view text, std::size_t at) {
    return at > 0 && text[at - 1] == ':' && is_digit(text[at]);
}

}  // namespace

FieldElement field_element(std::string_view name) {
    return "f:" + std::string(name);
}

bool element_less(std::string_view a, std::string_view b) {
    const int rank_a = rank(a);
    const int rank_b = rank(b);
    if (rank_a != rank_b) return rank_a < rank_b;
    if (rank_a == 0) return a < b;
    const std::size_t shorter = std::min(a.size(), b.size());
    for (std::size_t i = 0; i < shorter; ++i) {
        if (begins_number(a, i) && begins_number(b, i)) {
            const std::string_view number_a = digits_at(a, i);
            const std::string_view number_b = digits_at(b, i);
            if (number_a.size() != number_b.size()) return number_a.size() < number_b.size();
        }
        if (a[i] != b[i]) return a[i] < b[i];
    }
    return a.size() < b.size();
}

std::string element_text(std::string_view element) {
    const std::string_view rest = element.substr(std::min<std::size_t>(2, element.size()));
    if (element.starts_with("f:")) return "." + std::string(rest);
    if (element.starts_with("v:")) return "[=" + std::string(rest) + "]";
    const base::Result<base::Json> keys = base::parse_json(rest);
    if (!element.starts_with("k:") || !keys.ok()) return "[" + std::string(rest) + "]";
    std::string text;
    for (const auto& [key, value] : keys->items()) {
        text += text.empty() ? "[" : ",";
        text += key + "=" + value.dump();
    }
    return text + "]";
}

std::string path_text(const FieldPath& path) {
    std::string text;
    for (const FieldElement& element : path) text += element_text(element);
    return text;
}

}  // namespace kubetab::server
