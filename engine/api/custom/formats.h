// Formats of texts that schemas name. upstream: kube-openapi pkg/validation/strfmt
#pragma once

#include <string_view>

namespace kubetab::api {

// True for formats that nobody knows, too.
bool is_of_format(std::string_view format, std::string_view text);

}  // namespace kubetab::api
