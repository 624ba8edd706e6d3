#include "engine/rest/target.h"

#include <algorithm>

namespace kubetab::rest {
namespace {

enum class Plus { Literal, Blank };

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::optional<std::string> decoded(std::string_view text, Plus plus) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
            const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
            if (high < 0 || low < 0) return std::nullopt;
            result += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            result += text[i] == '+' && plus == Plus::Blank ? ' ' : text[i];
        }
    }
    return result;
}

bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

}  // namespace

std::optional<Target> read_target(std::string_view target) {
    if (target.empty() || target.front() != '/') return std::nullopt;
    const std::size_t question = target.find('?');
    Target result;
    const std::optional<std::string> path = decoded(target.substr(0, question), Plus::Literal);
    if (!path || std::any_of(path->begin(), path->end(), is_control)) return std::nullopt;
    result.path = *path;
    std::string_view query = question == std::string_view::npos ? "" : target.substr(question + 1);
    while (!query.empty()) {
        const std::size_t ampersand = query.find('&');
        const std::string_view pair = query.substr(0, ampersand);
        query = ampersand == std::string_view::npos ? "" : query.substr(ampersand + 1);
        if (pair.empty()) continue;
        const std::size_t equals = pair.find('=');
        const std::optional<std::string> name = decoded(pair.substr(0, equals), Plus::Blank);
        const std::optional<std::string> value =
            decoded(equals == std::string_view::npos ? "" : pair.substr(equals + 1), Plus::Blank);
        if (!name || !value) return std::nullopt;
        result.query.emplace_back(*name, *value);
    }
    return result;
}

}  // namespace kubetab::rest
