#include "engine/cluster/token_file.h"

#include <algorithm>
#include <optional>
#include <sstream>
#include <vector>

namespace kubetab::cluster {

using base::Result;

namespace {

base::Status wrong(std::size_t line, const std::string& why) {
    return base::failure(base::Reason::BadRequest, "line " + std::to_string(line) + ": " + why);
}

// The values of a line of comma-separated values; nothing when a quote is left open. A value that begins with
// a quote ends with one, and two of them inside are one.
std::optional<std::vector<std::string>> values_of(std::string_view line) {
    std::vector<std::string> values(1);
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (quoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"') values.back() += line[++i];
        else if (c == '"' && (quoted || values.back().empty())) quoted = !quoted;
        else if (c == ',' && !quoted) values.emplace_back();
        else values.back() += c;
    }
    if (quoted) return std::nullopt;
    return values;
}

std::vector<std::string> groups_of(const std::string& list) {
    std::vector<std::string> groups;
    std::istringstream words(list);
    for (std::string word; std::getline(words, word, ',');) {
        if (!word.empty()) groups.push_back(word);
    }
    groups.emplace_back(server::kAuthenticated);
    return groups;
}

Result<void> add_line(std::size_t number, std::string_view line, server::StaticTokens& tokens) {
    const std::optional<std::vector<std::string>> values = values_of(line);
    if (!values) return wrong(number, "a quote is not closed");
    if (values->size() < 3) return wrong(number, "expected TOKEN,USER,UID and perhaps \"GROUP,GROUP\"");
    const std::string& token = (*values)[0];
    if (token.empty() || (*values)[1].empty()) return wrong(number, "the token or the user is empty");
    server::User user{.name = (*values)[1], .uid = (*values)[2]};
    user.groups = groups_of(values->size() > 3 ? (*values)[3] : "");
    if (!tokens.emplace(token, std::move(user)).second) return wrong(number, "the token stands there twice");
    return {};
}

}  // namespace

Result<server::StaticTokens> parse_token_file(std::string_view text) {
    server::StaticTokens tokens;
    std::size_t number = 0;
    while (!text.empty()) {
        std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        ++number;
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (!line.empty() && !line.starts_with('#')) TRY(add_line(number, line, tokens));
    }
    return tokens;
}

}  // namespace kubetab::cluster
