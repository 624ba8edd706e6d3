// Encoding, decoding and comparing of any described object, by walking its Type.
//
// Encoding omits what Go's omitempty omits. Decoding collects unknown fields (for strict validation) and
// stops at the first value of a wrong type, with upstream's text. upstream: sigs.k8s.io/json (decode errors),
// staging/src/k8s.io/apimachinery/pkg/runtime/serializer/json
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "engine/api/object.h"
#include "engine/base/status.h"

namespace kubetab::api {

// Appends the value as compact JSON.
void write_json(std::string& out, const Type& type, const void* value);
// Appends a JSON string literal, escaped as Go's encoder without HTML escaping.
void write_string(std::string& out, std::string_view text);

// The whole object as compact JSON: kind and apiVersion first.
std::string encode(const Kind& kind, const Object& object);
inline std::string encode(const ObjectRef& ref) {
    return encode(*ref.kind, *ref.object);
}
// The same as a document.
nlohmann::json to_json(const Kind& kind, const Object& object);
nlohmann::json to_json(const Type& type, const void* value);

// What strict field validation complains about: `unknown field "spec.foo"`, in document order.
using StrictIssues = std::vector<std::string>;

// Fills `value` (in its initial state) from a document. A failure is BadRequest with Go's text, without a
// prefix.
base::Result<void> decode(const Type& type, void* value, const nlohmann::json& document,
                          StrictIssues& issues);
// The object of that kind; apiVersion and kind of the document are not looked at.
base::Result<std::shared_ptr<Object>> decode_object(const Kind& kind, const nlohmann::json& document,
                                                    StrictIssues& issues);

// Deep equality; absent and empty lists or maps are equal, as in upstream's semantic equality.
bool equal(const Type& type, const void* a, const void* b);
template <class T>
bool equal(const T& a, const T& b) {
    return equal(type_of<T>(), &a, &b);
}
// True when encoding would omit it.
bool is_empty(const Type& type, const void* value);

// Sets each unset field that has a preset in its table, all the way down. Absent pointers stay absent.
void apply_presets(const Type& type, void* value);

}  // namespace kubetab::api
