#include "engine/runtime/image_reference.h"

#include <algorithm>

namespace kubetab::runtime {
namespace {

using base::Reason;

constexpr std::size_t kLongestName = 255;
constexpr std::size_t kLongestTag = 128;

bool is_lower_alnum(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}
bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
bool is_word(char c) {
    return is_lower_alnum(c) || is_upper(c) || c == '_';
}

base::Status invalid(std::string detail = {}) {
    return base::failure(Reason::BadRequest,
                         "invalid reference format" + (detail.empty() ? "" : ": " + detail));
}

// One part of a path: letters and digits, separated by one '.', one or two '_', or any number of '-'.
bool is_path_component(std::string_view part) {
    if (part.empty() || !is_lower_alnum(part.front()) || !is_lower_alnum(part.back())) return false;
    for (std::size_t i = 0; i < part.size();) {
        const char c = part[i];
        if (is_lower_alnum(c)) {
            ++i;
            continue;
        }
        if (c != '.' && c != '_' && c != '-') return false;
        std::size_t end = i;
        while (end < part.size() && part[end] == c) ++end;
        if (c == '.' && end - i > 1) return false;
        if (c == '_' && end - i > 2) return false;
        if (!is_lower_alnum(part[end])) return false;
        i = end;
    }
    return true;
}

bool is_path(std::string_view path) {
    while (true) {
        const std::size_t slash = path.find('/');
        if (!is_path_component(path.substr(0, slash))) return false;
        if (slash == std::string_view::npos) return true;
        path.remove_prefix(slash + 1);
    }
}

bool is_domain(std::string_view domain) {
    const std::size_t colon = domain.find(':');
    const std::string_view host = domain.substr(0, colon);
    if (colon != std::string_view::npos) {
        const std::string_view port = domain.substr(colon + 1);
        if (port.empty() ||
            !std::all_of(port.begin(), port.end(), [](char c) { return c >= '0' && c <= '9'; })) {
            return false;
        }
    }
    if (host.empty() || host.front() == '-' || host.back() == '-' || host.front() == '.' ||
        host.back() == '.') {
        return false;
    }
    return std::all_of(host.begin(), host.end(),
                       [](char c) { return is_lower_alnum(c) || is_upper(c) || c == '-' || c == '.'; });
}

bool is_tag(std::string_view tag) {
    return !tag.empty() && tag.size() <= kLongestTag && is_word(tag.front()) &&
           std::all_of(tag.begin(), tag.end(), [](char c) { return is_word(c) || c == '.' || c == '-'; });
}

bool is_digest(std::string_view digest) {
    const std::string_view prefix = "sha256:";
    if (!digest.starts_with(prefix) || digest.size() != prefix.size() + 64) return false;
    return std::all_of(digest.begin() + 7, digest.end(),
                       [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

// upstream: splitDockerDomain
void split_domain(std::string_view name, ImageReference& reference) {
    const std::size_t slash = name.find('/');
    const std::string_view first = name.substr(0, slash);
    const bool names_domain = slash != std::string_view::npos &&
                              (first.find_first_of(".:") != std::string_view::npos || first == "localhost" ||
                               std::any_of(first.begin(), first.end(), is_upper));
    if (names_domain) {
        reference.domain = first;
        reference.path = name.substr(slash + 1);
    } else {
        reference.domain = "docker.io";
        reference.path = name;
    }
    if (reference.domain == "index.docker.io") reference.domain = "docker.io";
    if (reference.domain == "docker.io" && reference.path.find('/') == std::string::npos) {
        reference.path = "library/" + reference.path;
    }
}

}  // namespace

// upstream: ParseNormalizedNamed, TagNameOnly
base::Result<ImageReference> parse_image_reference(std::string_view text) {
    ImageReference reference;
    std::string_view name = text;
    const std::size_t at = name.find('@');
    if (at != std::string_view::npos) {
        reference.digest = name.substr(at + 1);
        if (!is_digest(reference.digest)) return invalid();
        name = name.substr(0, at);
    }
    const std::size_t slash = name.rfind('/');
    const std::size_t colon = name.find(':', slash == std::string_view::npos ? 0 : slash);
    if (colon != std::string_view::npos) {
        reference.tag = name.substr(colon + 1);
        name = name.substr(0, colon);
        if (!is_tag(reference.tag)) return invalid();
    }
    split_domain(name, reference);
    if (std::any_of(reference.path.begin(), reference.path.end(), is_upper)) {
        return invalid("repository name (" + reference.path + ") must be lowercase");
    }
    if (!is_path(reference.path) || !is_domain(reference.domain)) return invalid();
    if (reference.path.size() > kLongestName) {
        return base::failure(Reason::BadRequest, "repository name must not be more than 255 characters");
    }
    if (!reference.digest.empty()) reference.tag.clear();
    if (reference.digest.empty() && reference.tag.empty()) reference.tag = "latest";
    return reference;
}

}  // namespace kubetab::runtime
