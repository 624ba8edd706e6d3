#include "engine/api/validation/domain_path.h"

#include <algorithm>
#include <string_view>

#include "engine/api/validation/name_rules.h"

namespace kubetab::api {

void validate_domain_path(const std::string& value, const Path& path, Errors& errors) {
    if (value.empty()) return errors.required(path);
    const std::size_t slash = value.find('/');
    if (slash == std::string::npos || slash == 0 || slash + 1 == value.size()) {
        return errors.invalid(path, go_quoted(value),
                              "must be a domain-prefixed path (such as \"acme.io/foo\")");
    }
    errors.check(path, value.substr(0, slash), dns_subdomain);
    const std::string rest = value.substr(slash + 1);
    constexpr std::string_view kMarks = "/-._~%!$&'()*+,;=:";
    const bool fits = std::all_of(rest.begin(), rest.end(), [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               kMarks.find(c) != std::string_view::npos;
    });
    if (!fits) {
        errors.invalid(path, go_quoted(rest),
                       R"(Invalid path (regex used for validation is '[A-Za-z0-9/\-._~%!$&'()*+,;=:]+'))");
    }
}

}  // namespace kubetab::api
