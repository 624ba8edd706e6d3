#include "engine/api/validation/name_rules.h"

#include <algorithm>

namespace kubetab::api {
namespace {

constexpr std::string_view kLabelPattern = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
constexpr std::string_view kSubdomainPattern =
    R"([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)";
constexpr std::string_view k1035Pattern = "[a-z]([-a-z0-9]*[a-z0-9])?";
constexpr std::string_view kQualifiedPattern = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";

bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_lower_or_digit(char c) {
    return is_lower(c) || is_digit(c);
}
bool is_alphanumeric(char c) {
    return is_lower_or_digit(c) || (c >= 'A' && c <= 'Z');
}

template <class Predicate>
bool all_of(std::string_view text, Predicate predicate) {
    return std::all_of(text.begin(), text.end(), predicate);
}

// kLabelPattern
bool looks_like_label(std::string_view text) {
    if (text.empty()) return false;
    const bool ends = is_lower_or_digit(text.front()) && is_lower_or_digit(text.back());
    return ends && all_of(text, [](char c) { return is_lower_or_digit(c) || c == '-'; });
}

// kSubdomainPattern
bool looks_like_subdomain(std::string_view text) {
    for (;;) {
        const std::size_t dot = text.find('.');
        if (!looks_like_label(text.substr(0, dot))) return false;
        if (dot == std::string_view::npos) return true;
        text.remove_prefix(dot + 1);
    }
}

// kQualifiedPattern
bool looks_like_name_part(std::string_view text) {
    if (text.empty()) return false;
    const bool ends = is_alphanumeric(text.front()) && is_alphanumeric(text.back());
    return ends &&
           all_of(text, [](char c) { return is_alphanumeric(c) || c == '-' || c == '_' || c == '.'; });
}

// upstream: RegexError
std::string pattern_text(std::string_view message, std::string_view pattern,
                         const std::vector<std::string_view>& examples) {
    std::string text(message);
    text += " (";
    if (!examples.empty()) text += "e.g. ";
    for (std::size_t i = 0; i < examples.size(); ++i) {
        if (i > 0) text += " or ";
        text.append("'").append(examples[i]).append("', ");
    }
    return text.append("regex used for validation is '").append(pattern).append("')");
}

std::string qualified_text() {
    return pattern_text(
        "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an "
        "alphanumeric character",
        kQualifiedPattern, {"MyName", "my.name", "123-abc"});
}

void check_length(std::string_view text, std::size_t limit, Complaints& complaints) {
    if (text.size() > limit) complaints.push_back(max_length_text(limit));
}

}  // namespace

std::string max_length_text(std::size_t length) {
    return "must be no more than " + std::to_string(length) + " characters";
}

std::string range_text(std::int64_t low, std::int64_t high) {
    return "must be between " + std::to_string(low) + " and " + std::to_string(high) + ", inclusive";
}

// upstream: IsDNS1123Label
Complaints dns_label(std::string_view text) {
    Complaints complaints;
    check_length(text, 63, complaints);
    if (looks_like_label(text)) return complaints;
    if (looks_like_subdomain(text)) {
        complaints.emplace_back("must not contain dots");
    } else {
        complaints.push_back(
            pattern_text("a lowercase RFC 1123 label must consist of lower case alphanumeric characters or "
                         "'-', and must start and "
                         "end with an alphanumeric character",
                         kLabelPattern, {"my-name", "123-abc"}));
    }
    return complaints;
}

// upstream: IsDNS1123Subdomain
Complaints dns_subdomain(std::string_view text) {
    Complaints complaints;
    check_length(text, 253, complaints);
    if (!looks_like_subdomain(text)) {
        complaints.push_back(
            pattern_text("a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, "
                         "'-' or '.', and must "
                         "start and end with an alphanumeric character",
                         kSubdomainPattern, {"example.com"}));
    }
    return complaints;
}

// upstream: IsDNS1035Label
Complaints dns_1035_label(std::string_view text) {
    Complaints complaints;
    check_length(text, 63, complaints);
    if (!looks_like_label(text) || !is_lower(text.front())) {
        complaints.push_back(
            pattern_text("a DNS-1035 label must consist of lower case alphanumeric characters or '-', start "
                         "with an alphabetic "
                         "character, and end with an alphanumeric character",
                         k1035Pattern, {"my-name", "abc-123"}));
    }
    return complaints;
}

// upstream: IsQualifiedName
Complaints qualified_name(std::string_view text) {
    Complaints complaints;
    const std::size_t slash = text.find('/');
    if (slash != std::string_view::npos && text.find('/', slash + 1) != std::string_view::npos) {
        complaints.push_back("a qualified name " + qualified_text() +
                             " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
        return complaints;
    }
    std::string_view name = text;
    if (slash != std::string_view::npos) {
        name = text.substr(slash + 1);
        if (slash == 0) complaints.emplace_back("prefix part must be non-empty");
        if (slash > 0) {
            for (const std::string& complaint : dns_subdomain(text.substr(0, slash))) {
                complaints.push_back("prefix part " + complaint);
            }
        }
    }
    if (name.empty()) complaints.emplace_back("name part must be non-empty");
    if (name.size() > 63) complaints.push_back("name part " + max_length_text(63));
    if (!looks_like_name_part(name)) complaints.push_back("name part " + qualified_text());
    return complaints;
}

// upstream: IsValidLabelValue
Complaints label_value(std::string_view text) {
    Complaints complaints;
    check_length(text, 63, complaints);
    if (!text.empty() && !looks_like_name_part(text)) {
        complaints.push_back(
            pattern_text("a valid label must be an empty string or consist of alphanumeric characters, '-', "
                         "'_' or '.', and must "
                         "start and end with an alphanumeric character",
                         "(" + std::string(kQualifiedPattern) + ")?", {"MyValue", "my_value", "12345"}));
    }
    return complaints;
}

// upstream: IsValidPathSegmentName
Complaints path_segment(std::string_view text) {
    if (text == "." || text == "..") return {"may not be '" + std::string(text) + "'"};
    Complaints complaints;
    for (const char c : {'/', '%'}) {
        if (text.find(c) != std::string_view::npos)
            complaints.push_back(std::string("may not contain '") + c + "'");
    }
    return complaints;
}

// upstream: IsConfigMapKey
Complaints config_key(std::string_view text) {
    Complaints complaints;
    check_length(text, 253, complaints);
    const auto allowed = [](char c) { return is_alphanumeric(c) || c == '-' || c == '_' || c == '.'; };
    if (text.empty() || !all_of(text, allowed)) {
        complaints.push_back(
            pattern_text("a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
                         "[-._a-zA-Z0-9]+", {"key.name", "KEY_NAME", "key-name"}));
    }
    if (text == ".") {
        complaints.emplace_back("must not be '.'");
    } else if (text == "..") {
        complaints.emplace_back("must not be '..'");
    } else if (text.starts_with("..")) {
        complaints.emplace_back("must not start with '..'");
    }
    return complaints;
}

// upstream: IsRelaxedEnvVarName
Complaints env_var_name(std::string_view text) {
    if (text.empty()) return {"environment variable name must be non-empty"};
    if (all_of(text, [](char c) { return c >= ' ' && c <= '~' && c != '='; })) return {};
    return {
        "a valid environment variable name must consist only of printable ASCII characters other than '='"};
}

// upstream: IsHTTPHeaderName
Complaints http_header_name(std::string_view text) {
    if (!text.empty() && all_of(text, [](char c) { return is_alphanumeric(c) || c == '-'; })) return {};
    return {pattern_text("a valid HTTP header must consist of alphanumeric characters or '-'",
                         "[-A-Za-z0-9]+", {"X-Header-Name"})};
}

// upstream: IsValidPercent
Complaints percentage(std::string_view text) {
    const bool digits =
        text.size() > 1 && text.back() == '%' && all_of(text.substr(0, text.size() - 1), is_digit);
    if (digits) return {};
    return {pattern_text("a valid percent string must be a numeric string followed by an ending '%'",
                         "[0-9]+%", {"1%", "93%"})};
}

// upstream: IsValidPortName
Complaints port_name(std::string_view text) {
    Complaints complaints;
    check_length(text, 15, complaints);
    if (text.empty() || !all_of(text, [](char c) { return is_lower_or_digit(c) || c == '-'; })) {
        complaints.emplace_back("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
    }
    if (std::none_of(text.begin(), text.end(), is_lower)) {
        complaints.emplace_back("must contain at least one letter (a-z)");
    }
    if (text.find("--") != std::string_view::npos)
        complaints.emplace_back("must not contain consecutive hyphens");
    if (text.starts_with('-') || text.ends_with('-')) {
        complaints.emplace_back("must not begin or end with a hyphen");
    }
    return complaints;
}

Complaints port_number(std::int64_t number) {
    if (number >= 1 && number <= 65535) return {};
    return {range_text(1, 65535)};
}

Complaints port(const IntOrString& value) {
    return value.is_string ? port_name(value.text) : port_number(value.number);
}

// upstream: IsFullyQualifiedDomainName
Complaints domain_name(std::string_view text) {
    if (text.ends_with('.')) text.remove_suffix(1);
    Complaints complaints = dns_subdomain(text);
    if (!complaints.empty()) return {joined(complaints, ",")};
    if (text.find('.') == std::string_view::npos) {
        return {"should be a domain with at least two segments separated by dots"};
    }
    for (;;) {
        const std::size_t dot = text.find('.');
        for (std::string& complaint : dns_label(text.substr(0, dot)))
            complaints.push_back(std::move(complaint));
        if (dot == std::string_view::npos) return complaints;
        text.remove_prefix(dot + 1);
    }
}

}  // namespace kubetab::api
