// What differs between two structs, in the words of the library that the real server prints it with.
//
// upstream: github.com/google/go-cmp/cmp/report_compare.go, report_reflect.go
// differs: elements of lists of different length are paired from the ends and not by the shortest edit, and
// strings of several lines are printed as any others, because both are rare in what a pod may not change.
#pragma once

#include <string>

#include "engine/api/validation/go_value.h"

namespace kubetab::api {

// Several lines, the last one ended, too; "" when they are equal.
std::string go_difference(const GoValue& old, const GoValue& now);

}  // namespace kubetab::api
