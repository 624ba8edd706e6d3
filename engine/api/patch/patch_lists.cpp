#include "engine/api/patch/patch_lists.h"

#include <vector>

#include "engine/base/stable_sort.h"

namespace kubetab::api {

using base::Json;

FieldMerge field_merge(const Type* type, std::string_view name) {
    FieldMerge result;
    if (type == nullptr) return result;
    const Type& value = value_type(*type);
    if (value.form == Form::Map) {
        result.type = &value_type(value.element());
        return result;
    }
    if (value.form != Form::Struct) return result;
    const Field* field = find_field(value, name);
    if (field == nullptr) return result;
    const Type& field_type = value_type(field->type());
    result.type = field_type.form == Form::List ? &value_type(field_type.element()) : &field_type;
    result.merges = field->is_merge;
    result.retains_keys = field->is_retain_keys;
    result.key = std::string(field->merge_key_name);
    return result;
}

bool has_key(const Json& element, const std::string& key) {
    return element.is_object() && element.contains(key);
}

std::string key_text(const Json& element, const std::string& key) {
    const Json* value = base::find(element, key);
    if (value == nullptr) return {};
    return value->is_string() ? value->get<std::string>() : value->dump();
}

std::ptrdiff_t position(const Json& list, const Json& element, const std::string& key) {
    for (std::size_t i = 0; i < list.size(); ++i) {
        const bool by_key = !key.empty() && element.is_object();
        const bool same = by_key ? has_key(list[i], key) && has_key(element, key) &&
                                       key_text(list[i], key) == key_text(element, key)
                                 : list[i] == element;
        if (same) return static_cast<std::ptrdiff_t>(i);
    }
    return -1;
}

Json in_order_of(const Json& list, const Json& order, const std::string& key) {
    std::vector<std::pair<std::ptrdiff_t, const Json*>> ranked;
    for (const Json& element : list) {
        const std::ptrdiff_t place = position(order, element, key);
        ranked.emplace_back(place < 0 ? static_cast<std::ptrdiff_t>(order.size()) : place, &element);
    }
    base::stable_sort(ranked, [](const auto& a, const auto& b) { return a.first < b.first; });
    Json result = Json::array();
    for (const auto& [place, element] : ranked) result.push_back(*element);
    return result;
}

Json normalized(const Json& merged, const Json& order, const Json& before, const std::string& key) {
    Json named = Json::array();
    Json others = Json::array();
    for (const Json& element : merged)
        (position(order, element, key) >= 0 ? named : others).push_back(element);
    named = in_order_of(named, order, key);
    others = in_order_of(others, before, key);
    Json result = Json::array();
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < others.size() || j < named.size()) {
        bool take_other = j >= named.size();
        if (i < others.size() && j < named.size()) {
            const std::ptrdiff_t left = position(before, others[i], key);
            const std::ptrdiff_t right = position(before, named[j], key);
            take_other = left >= 0 && right >= 0 && left < right;
        }
        result.push_back(take_other ? others[i++] : named[j++]);
    }
    return result;
}

bool is_list_of_objects(const Json& list) {
    return list.is_array() && !list.empty() && list.front().is_object();
}

}  // namespace kubetab::api
