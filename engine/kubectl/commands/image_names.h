// Names of images, as kubectl checks them before it asks anybody.
//
// upstream: github.com/distribution/reference, ReferenceRegexp
#pragma once

#include <string_view>

namespace kubetab::kubectl {

// Whether it is a name with an optional registry, tag and digest.
bool is_image_reference(std::string_view image);

}  // namespace kubetab::kubectl
