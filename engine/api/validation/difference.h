// What differs between two structs of one type, for refusals of changes.
#pragma once

#include <string>

#include "engine/api/type.h"

namespace kubetab::api {

// A line break, then two lines for each field that differs: how it was, and how it is wanted. upstream prints
// a diff of Go structs here.
std::string field_differences(const Type& type, const void* now, const void* old);

}  // namespace kubetab::api
