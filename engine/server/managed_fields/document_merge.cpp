#include "engine/server/managed_fields/document_merge.h"

#include <map>
#include <optional>

#include "engine/base/json.h"
#include "engine/server/managed_fields/list_elements.h"
#include "engine/server/managed_fields/merge_shape.h"

namespace kubetab::server {
namespace {

using api::Field;
using api::Form;
using api::Type;
using base::Json;
using Merging = MergeShape::Form;

// The type and shape of what has a name in a struct or map; nothing for apiVersion and kind.
struct Member {
    const Type* type = nullptr;
    MergeShape shape{};
    bool is_named = false;  // a field of a struct
};

Member member_of(const Type& type, std::string_view name) {
    if (type.form == Form::Map) return {&api::value_type(type.element()), shape_of(type.element())};
    const Field* field = type.form == Form::Struct ? api::find_field(type, name) : nullptr;
    if (field == nullptr && type.form == Form::Struct && type.element)
        return {&type.element(), shape_of(type.element())};
    if (field == nullptr) return {};
    return {&api::value_type(field->type()), shape_of(type, *field), true};
}

const Type& item_type_of(const Type& list) {
    return api::value_type(list.element());
}

bool is_nothing(const Json* value) {
    return value == nullptr || value->empty();
}

// The elements of a list with their names. Of those that have none, the place is the name.
struct Element {
    FieldElement name{};
    const Json* value = nullptr;
};

std::vector<Element> elements_of(const Type& list, const MergeShape& shape, const Json* json) {
    std::vector<Element> elements;
    if (json == nullptr || !json->is_array()) return elements;
    for (const Json& item : *json) {
        const base::Result<FieldElement> name = element_of(shape, item_type_of(list), item);
        const std::string place = "i:" + std::to_string(elements.size());
        elements.push_back({name.ok() ? *name : FieldElement(place), &item});
    }
    return elements;
}

class Merger {
public:
    // Either may be null, not both.
    Json merge(const Type& type, const MergeShape& declared, const Json* stored, const Json* applied) {
        const MergeShape shape = shape_at(type, shape_at(type, declared, stored), applied);
        const bool one_thing = shape.form == Merging::Scalar || shape.form == Merging::Atomic ||
                               (is_nothing(stored) && is_nothing(applied));
        if (one_thing) return applied != nullptr ? *applied : *stored;
        return shape.form == Merging::Granular ? maps(type, stored, applied)
                                               : lists(type, shape, stored, applied);
    }

private:
    Json maps(const Type& type, const Json* stored, const Json* applied) {
        Json result = Json::object();
        const auto add = [&](const Json* from, const std::string& key) {
            const Member member = member_of(type, key);
            const Json* before = stored != nullptr ? base::find(*stored, key) : nullptr;
            const Json* wanted = applied != nullptr ? base::find(*applied, key) : nullptr;
            if (member.type == nullptr) {
                result[key] = wanted != nullptr ? *wanted : *from;
            } else {
                result[key] = merge(*member.type, member.shape, before, wanted);
            }
        };
        for (const Json* side : {stored, applied}) {
            if (side == nullptr || !side->is_object()) continue;
            for (const auto& [key, value] : side->items()) {
                if (!result.contains(key)) add(&value, key);
            }
        }
        return result;
    }

    // Elements of both stand in the applied order, those of one side between them where they stood.
    // upstream: typed/merge.go [visitListItems]
    Json lists(const Type& type, const MergeShape& shape, const Json* stored, const Json* applied) {
        const std::vector<Element> left = elements_of(type, shape, stored);
        const std::vector<Element> right = elements_of(type, shape, applied);
        std::map<std::string, const Json*, std::less<>> in_left;
        std::map<std::string, const Json*, std::less<>> in_right;
        for (const Element& element : left) in_left.emplace(element.name, element.value);
        for (const Element& element : right) in_right.emplace(element.name, element.value);
        std::vector<FieldElement> shared;
        for (const Element& element : right) {
            if (in_left.contains(element.name.str())) shared.push_back(element.name);
        }
        const auto merged = [&](const FieldElement& name, const Json* own) {
            const auto before = in_left.find(name.str());
            const auto wanted = in_right.find(name.str());
            const Json* lower = own != nullptr ? own : (before != in_left.end() ? before->second : nullptr);
            const Type& item = item_type_of(type);
            return merge(item, shape_of(item), lower, wanted != in_right.end() ? wanted->second : nullptr);
        };
        Json result = Json::array();
        std::size_t next_shared = 0;
        std::map<std::string, bool, std::less<>> done;
        std::size_t l = 0;
        std::size_t r = 0;
        while (l < left.size() || r < right.size()) {
            const bool both = l < left.size() && r < right.size();
            const bool left_shared = l < left.size() && in_right.contains(left[l].name.str());
            if (both && left[l].name == right[r].name) {
                done[left[l].name] = true;
                result.push_back(merged(left[l].name, nullptr));
                ++l, ++r, ++next_shared;
                continue;
            }
            const bool awaited = next_shared < shared.size();
            if (both && left_shared && awaited && shared[next_shared] != left[l].name) {
                ++l;  // it comes later, where the applied list has it
                continue;
            }
            if (l < left.size() && !left_shared) {
                result.push_back(merged(left[l].name, left[l].value));
                ++l;
                continue;
            }
            if (l < left.size() && done.contains(left[l].name.str())) ++l;
            if (r == right.size()) continue;
            done[right[r].name] = true;
            result.push_back(merged(right[r].name, nullptr));
            if (awaited && shared[next_shared] == right[r].name) ++next_shared;
            ++r;
        }
        return result;
    }
};

Json removed(const Type& type, const MergeShape& shape, const Json& value, const FieldSet& fields);

Json removed_from_map(const Type& type, const Json& value, const FieldSet& fields) {
    Json result = Json::object();
    for (const auto& [key, member] : value.items()) {
        const FieldElement element = field_element(key);
        if (fields.has_member(element)) continue;
        const Member known = member_of(type, key);
        const FieldSet& below = fields.below(element);
        result[key] = below.empty() || known.type == nullptr
                          ? member
                          : removed(*known.type, known.shape, member, below);
    }
    return result.empty() ? Json() : result;
}

Json removed_from_list(const Type& type, const MergeShape& shape, const Json& value, const FieldSet& fields) {
    Json result = Json::array();
    const Type& item = item_type_of(type);
    for (const Element& element : elements_of(type, shape, &value)) {
        if (fields.has_member(element.name)) continue;
        const FieldSet& below = fields.below(element.name);
        result.push_back(below.empty() ? *element.value
                                       : removed(item, shape_of(item), *element.value, below));
    }
    return result.empty() ? Json() : result;
}

Json removed(const Type& type, const MergeShape& shape, const Json& value, const FieldSet& fields) {
    if (value.is_object() && shape.form == Merging::Granular) return removed_from_map(type, value, fields);
    if (value.is_array() && shape.is_list_of_many()) return removed_from_list(type, shape, value, fields);
    return value;
}

FieldSet named_parents(const Type& type, const FieldSet& fields) {
    FieldSet result;
    for (const FieldSet::Node& node : fields.nodes) {
        const std::string_view element = node.element;
        if (node.below.empty()) {
            result.nodes.push_back(node);
            continue;
        }
        const bool is_field = element.starts_with("f:");
        const Member member = is_field ? member_of(type, element.substr(2)) : Member();
        const Type* inner = member.type;
        if (!is_field && type.form == Form::List) inner = &item_type_of(type);
        FieldSet below = inner != nullptr ? named_parents(*inner, node.below) : node.below;
        result.nodes.push_back({node.element, node.member || member.is_named, std::move(below)});
    }
    return result;
}

constexpr MergeShape kObject{Merging::Granular};

}  // namespace

Json merged_document(const api::Kind& kind, const Json& stored, const Json& applied) {
    return Merger().merge(document_type(kind), kObject, &stored, &applied);
}

Json without_fields(const api::Kind& kind, const Json& document, const FieldSet& fields) {
    return removed(document_type(kind), kObject, document, fields);
}

FieldSet with_named_parents(const api::Kind& kind, const FieldSet& fields) {
    return named_parents(document_type(kind), fields);
}

}  // namespace kubetab::server
