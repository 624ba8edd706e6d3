#include "engine/shell/pattern.h"

#include <algorithm>

#include "engine/shell/utf8.h"

namespace kubetab::shell {

namespace {

bool in_class(std::string_view name, char32_t c) {
    const bool digit = c >= '0' && c <= '9';
    const bool upper = c >= 'A' && c <= 'Z';
    const bool lower = c >= 'a' && c <= 'z';
    if (name == "digit") return digit;
    if (name == "upper") return upper;
    if (name == "lower") return lower;
    if (name == "alpha") return upper || lower;
    if (name == "alnum") return upper || lower || digit;
    if (name == "space") return c == ' ' || (c >= 9 && c <= 13);
    if (name == "blank") return c == ' ' || c == '\t';
    if (name == "xdigit") return digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    if (name == "punct") return c > 32 && c < 127 && !(digit || upper || lower);
    return false;
}

// Matches [...] at `at` of the pattern. `end` is behind it; 0 when it is no bracket expression.
bool bracket_matches(std::string_view pattern, std::size_t at, char32_t c, std::size_t& end) {
    std::size_t i = at + 1;
    const bool negated = i < pattern.size() && (pattern[i] == '!' || pattern[i] == '^');
    if (negated) ++i;
    bool found = false;
    end = 0;
    for (bool first = true; i < pattern.size(); first = false) {
        if (pattern[i] == ']' && !first) {
            end = i + 1;
            return found != negated;
        }
        if (pattern.substr(i).starts_with("[:")) {
            const std::size_t close = pattern.find(":]", i + 2);
            if (close != std::string_view::npos) {
                found = found || in_class(pattern.substr(i + 2, close - i - 2), c);
                i = close + 2;
                continue;
            }
        }
        if (pattern[i] == '\\' && i + 1 < pattern.size()) ++i;
        const char32_t from = next_code(pattern, i);
        char32_t to = from;
        if (i + 1 < pattern.size() && pattern[i] == '-' && pattern[i + 1] != ']') {
            ++i;
            if (pattern[i] == '\\' && i + 1 < pattern.size()) ++i;
            to = next_code(pattern, i);
        }
        found = found || (from <= c && c <= to);
    }
    return false;
}

// Whether the pattern at p, which is not *, matches the character at t. Both move on.
bool matches_one(std::string_view pattern, std::size_t& p, std::string_view text, std::size_t& t) {
    if (t >= text.size()) return false;
    std::size_t after = t;
    const char32_t c = next_code(text, after);
    if (pattern[p] == '?') {
        ++p;
    } else {
        std::size_t end = 0;
        const bool in = pattern[p] == '[' && bracket_matches(pattern, p, c, end);
        if (end != 0) {
            if (!in) return false;
            p = end;
        } else {
            std::size_t literal = p + (pattern[p] == '\\' && p + 1 < pattern.size() ? 1 : 0);
            if (next_code(pattern, literal) != c) return false;
            p = literal;
        }
    }
    t = after;
    return true;
}

std::vector<std::string_view> parts_of(std::string_view pattern) {
    std::vector<std::string_view> parts;
    while (!pattern.empty()) {
        const std::size_t slash = pattern.find('/');
        if (slash != 0) parts.push_back(pattern.substr(0, slash));
        if (slash == std::string_view::npos) break;
        pattern.remove_prefix(slash + 1);
    }
    return parts;
}

}  // namespace

bool matches(std::string_view pattern, std::string_view text) {
    std::size_t p = 0;
    std::size_t t = 0;
    std::size_t star = std::string_view::npos;  // behind the last *
    std::size_t from = 0;                       // where what it takes ends
    while (true) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = ++p;
            from = t;
            continue;
        }
        if (p < pattern.size() && matches_one(pattern, p, text, t)) continue;
        if (p == pattern.size() && t == text.size()) return true;
        if (star == std::string_view::npos || from >= text.size()) return false;
        next_code(text, from);
        p = star;
        t = from;
    }
}

bool has_wildcard(std::string_view pattern) {
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == '\\') {
            ++i;
        } else if (pattern[i] == '*' || pattern[i] == '?') {
            return true;
        } else if (pattern[i] == '[' && pattern.find(']', i + 1) != std::string_view::npos) {
            return true;
        }
    }
    return false;
}

std::string escape_pattern(std::string_view text) {
    std::string pattern;
    for (const char c : text) {
        if (std::string_view("*?[]\\!-^").find(c) != std::string_view::npos) pattern += '\\';
        pattern += c;
    }
    return pattern;
}

std::string unescape_pattern(std::string_view pattern) {
    std::string text;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == '\\' && i + 1 < pattern.size()) ++i;
        text += pattern[i];
    }
    return text;
}

std::vector<std::string> matching_paths(const sim::FileSystem& files, std::string_view directory,
                                        std::string_view pattern) {
    std::vector<std::string> found = {pattern.starts_with('/') ? "/" : ""};
    const std::vector<std::string_view> parts = parts_of(pattern);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const bool last = i + 1 == parts.size();
        std::vector<std::string> next;
        for (const std::string& base : found) {
            if (!has_wildcard(parts[i])) {
                const std::string path = base + unescape_pattern(parts[i]);
                if (files.stat(sim::resolve(directory, path)).ok()) next.push_back(path + (last ? "" : "/"));
                continue;
            }
            const auto entries = files.list(sim::resolve(directory, base.empty() ? "." : base));
            if (!entries.ok()) continue;
            for (const sim::FileInfo& entry : *entries) {
                if (next.size() >= kMaxPaths) break;
                if (entry.name.starts_with('.') && !parts[i].starts_with('.')) continue;
                if (!last && !entry.directory) continue;
                if (matches(parts[i], entry.name)) next.push_back(base + entry.name + (last ? "" : "/"));
            }
        }
        found = std::move(next);
    }
    if (parts.empty()) return {};
    if (pattern.ends_with('/')) {
        for (std::string& path : found) path += '/';
    }
    std::sort(found.begin(), found.end());
    return found;
}

}  // namespace kubetab::shell
