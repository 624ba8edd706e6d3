#include "engine/kubectl/commands/image_names.h"

#include <string>
#include <vector>

#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

bool is_lower_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// One part of a repository name: letters and digits, separated by ".", "_", "__" or any number of "-".
bool is_path_part(std::string_view part) {
    std::size_t i = 0;
    while (i < part.size()) {
        if (!is_lower_or_digit(part[i])) return false;
        while (i < part.size() && is_lower_or_digit(part[i])) ++i;
        if (i == part.size()) return true;
        if (part[i] == '.') {
            ++i;
        } else if (part[i] == '_') {
            i += i + 1 < part.size() && part[i + 1] == '_' ? 2U : 1U;
        } else if (part[i] == '-') {
            while (i < part.size() && part[i] == '-') ++i;
        } else {
            return false;
        }
    }
    return false;
}

bool is_registry(std::string_view part) {
    for (const char c : part) {
        const bool valid = is_lower_or_digit(c) || (c >= 'A' && c <= 'Z') || c == '.' || c == '-' || c == ':';
        if (!valid) return false;
    }
    return !part.empty();
}

bool is_tag(std::string_view tag) {
    for (const char c : tag) {
        if (!is_lower_or_digit(c) && !(c >= 'A' && c <= 'Z') && c != '_' && c != '.' && c != '-')
            return false;
    }
    return !tag.empty() && tag.size() <= 128 && tag[0] != '.' && tag[0] != '-';
}

bool is_digest(std::string_view digest) {
    const std::size_t colon = digest.find(':');
    if (colon == std::string_view::npos || colon == 0 || digest.size() - colon - 1 < 32) return false;
    return digest.find_first_not_of("0123456789abcdefABCDEF", colon + 1) == std::string_view::npos;
}

}  // namespace

bool is_image_reference(std::string_view image) {
    if (const std::size_t at = image.find('@'); at != std::string_view::npos) {
        if (!is_digest(image.substr(at + 1))) return false;
        image = image.substr(0, at);
    }
    const std::size_t slash = image.rfind('/');
    const std::size_t colon = image.find(':', slash == std::string_view::npos ? 0 : slash);
    if (colon != std::string_view::npos) {
        if (!is_tag(image.substr(colon + 1))) return false;
        image = image.substr(0, colon);
    }
    const std::vector<std::string> parts = split(image, '/');
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i == 0 && parts.size() > 1 && is_registry(parts[i])) continue;
        if (!is_path_part(parts[i])) return false;
    }
    return !parts.empty();
}

}  // namespace kubetab::kubectl
