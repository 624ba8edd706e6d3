// What making and applying strategic merge patches share: what a field table says of a field, and lists
// ordered by key.
#pragma once

#include <string>
#include <string_view>

#include "engine/api/type.h"
#include "engine/base/json.h"

namespace kubetab::api {

inline constexpr std::string_view kPatchDirective = "$patch";
inline constexpr std::string_view kRetainKeys = "$retainKeys";
inline constexpr std::string_view kSetElementOrder = "$setElementOrder/";
inline constexpr std::string_view kDeleteFromList = "$deleteFromPrimitiveList/";

// How a field is merged. `type` is null for free-form fields.
struct FieldMerge {
    const Type* type = nullptr;  // of the field's value, or of a list's or map's elements
    bool merges = false;         // a list is merged, not replaced
    bool retains_keys = false;
    std::string key{};  // of a list of objects
};

FieldMerge field_merge(const Type* type, std::string_view name);

// The merge key's value of an element, as text; an element without it has none.
bool has_key(const base::Json& element, const std::string& key);
std::string key_text(const base::Json& element, const std::string& key);

// Where an element stands in a list: by merge key for objects, by value for others; -1 when it is not there.
std::ptrdiff_t position(const base::Json& list, const base::Json& element, const std::string& key);

// `list` in the order of `order`; what is not in it comes last, as it stood.
base::Json in_order_of(const base::Json& list, const base::Json& order, const std::string& key);

// Elements that `order` names come in that order; the others keep their place among them as `before` had it.
// upstream: normalizeElementOrder
base::Json normalized(const base::Json& merged, const base::Json& order, const base::Json& before,
                      const std::string& key);

bool is_list_of_objects(const base::Json& list);

}  // namespace kubetab::api
