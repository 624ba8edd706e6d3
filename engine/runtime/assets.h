// The files of assets/ that this folder needs, compiled in.
#pragma once

#include <string_view>

namespace kubetab::runtime {

// The text of assets/images.json.
std::string_view images_json();

}  // namespace kubetab::runtime
