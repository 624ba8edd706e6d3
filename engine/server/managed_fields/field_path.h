// The names of fields below an object, as managedFields spell them: "f:spec" is a field, "k:{"name":"web"}"
// an element of a list by its keys, "v:"a"" an element by its value, "i:0" one by its place.
//
// An element is kept in that spelling: it is short, it is compared as it is, and it is what is written.
// upstream: sigs.k8s.io/structured-merge-diff fieldpath/element.go, serialize-pe.go
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/text.h"

namespace kubetab::server {

using FieldElement = base::Text;
using FieldPath = std::vector<FieldElement>;

FieldElement field_element(std::string_view name);

// The order of elements in a set: fields, keys, values, places; numbers in keys count as numbers.
bool element_less(std::string_view a, std::string_view b);

// As messages write it: .name, [name="web"], [="a"], [0]
std::string element_text(std::string_view element);
// ".spec.containers[name="web"].image"
std::string path_text(const FieldPath& path);

}  // namespace kubetab::server
