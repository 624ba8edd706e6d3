#include "engine/server/managed_fields/comparison.h"

#include <algorithm>
#include <map>

#include "engine/api/codec.h"
#include "engine/base/json.h"
#include "engine/server/managed_fields/list_elements.h"
#include "engine/server/managed_fields/merge_shape.h"

namespace kubetab::server {
namespace {

using api::Field;
using api::Form;
using api::Type;
using Merging = MergeShape::Form;

// A value of a known type, looked at through pointers: absent, present without a value, or present.
struct Seen {
    bool present = false;
    const void* data = nullptr;

    bool is_absent() const { return !present; }
};

Seen through_pointers(const Type* type, const void* value) {
    while (value != nullptr && (type->form == Form::Optional || type->form == Form::Box)) {
        value = type->accessors.has(value) ? type->accessors.get(value) : nullptr;
        type = &type->element();
    }
    return {true, value};
}

// A struct without a value still has its fields that are always encoded.
Seen seen(const Field& field, const Seen& owner) {
    if (owner.data == nullptr) return {owner.present && field.is_always, nullptr};
    const void* member = field.in(owner.data);
    if (!field.is_always && api::is_empty(field.type(), member)) return {};
    return through_pointers(&field.type(), member);
}

// What stands in a struct's inline field.
Seen inside(const Field& field, const Seen& owner) {
    return {owner.present, owner.data == nullptr ? nullptr : field.in(owner.data)};
}

// True when nothing stands in the struct, list or map.
bool has_nothing(const Type& type, const void* data) {
    if (data == nullptr) return true;
    if (type.form != Form::Struct) return type.accessors.size(data) == 0;
    const auto fields = type.fields();
    return std::none_of(fields.begin(), fields.end(), [&](const Field& field) {
        return field.is_inline ? !has_nothing(field.type(), field.in(data))
                               : seen(field, {true, data}).present;
    });
}

// True when the value is what a struct that is absent would encode.
bool is_initial(const Type& type, const void* data) {
    return api::is_empty(type, data) || (type.form == Form::Struct && has_nothing(type, data));
}

// What is the same on both sides of a list: elements of one name.
struct Pair {
    std::vector<const void*> before{};
    std::vector<const void*> after{};
};

struct ElementOrder {
    bool operator()(const FieldElement& a, const FieldElement& b) const { return element_less(a, b); }
};
using Pairs = std::map<FieldElement, Pair, ElementOrder>;

class Comparer {
public:
    // Of a value that is at least on one side.
    void compare(const FieldElement& element, const Type& outer, const MergeShape& shape, const Seen& before,
                 const Seen& after, Comparison& parent) {
        const Type& type = api::value_type(outer);
        const bool whole = shape.form == Merging::Scalar || shape.form == Merging::Atomic;
        if (whole || (has_nothing(type, before.data) && has_nothing(type, after.data))) {
            return leaf(element, type, before, after, parent);
        }
        if (before.data != nullptr && after.data != nullptr && api::equal(type, before.data, after.data))
            return;
        Comparison below;
        if (type.form == Form::Struct) members(type, before, after, below);
        else pairs(type, shape, before.data, after.data, below);
        parent.added.add(element, before.is_absent(), std::move(below.added));
        parent.modified.add(element, false, std::move(below.modified));
        parent.removed.add(element, after.is_absent(), std::move(below.removed));
    }

    void members(const Type& type, const Seen& before, const Seen& after, Comparison& result) {
        for (const Field& field : type.fields()) {
            if (field.is_inline) {
                members(field.type(), inside(field, before), inside(field, after), result);
                continue;
            }
            const Seen left = seen(field, before);
            const Seen right = seen(field, after);
            if (left.is_absent() && right.is_absent()) continue;
            if (left.data != nullptr && left.data == right.data) continue;
            compare(field_element(field.name), field.type(), shape_of(type, field), left, right, result);
        }
    }

private:
    void leaf(const FieldElement& element, const Type& type, const Seen& before, const Seen& after,
              Comparison& parent) {
        if (before.is_absent()) return parent.added.add(element, true, {});
        if (after.is_absent()) return parent.removed.add(element, true, {});
        const bool both = before.data != nullptr && after.data != nullptr;
        const void* only = before.data != nullptr ? before.data : after.data;
        const bool same =
            both ? api::equal(type, before.data, after.data) : only == nullptr || is_initial(type, only);
        if (!same) parent.modified.add(element, true, {});
    }

    // The elements of a list of many, or the entries of a map.
    void pairs(const Type& type, const MergeShape& shape, const void* before, const void* after,
               Comparison& result) {
        Pairs all;
        for (const bool is_after : {false, true}) {
            const void* side = is_after ? after : before;
            const std::size_t size = side == nullptr ? 0 : type.accessors.size(side);
            for (std::size_t i = 0; i < size; ++i) {
                const void* item = type.accessors.at(side, i);
                const FieldElement name = type.form == Form::Map ? field_element(type.accessors.key(side, i))
                                                                 : element_of(shape, type.element(), item);
                Pair& pair = all[name];
                (is_after ? pair.after : pair.before).push_back(item);
            }
        }
        const MergeShape inner = shape_of(type.element());
        for (const auto& [name, pair] : all) {
            if (pair.before.size() > 1 || pair.after.size() > 1) {
                repeated(name, type.element(), pair, result);
                continue;
            }
            const auto at = [&](const std::vector<const void*>& side) {
                return side.empty() ? Seen{} : through_pointers(&type.element(), side.front());
            };
            compare(name, type.element(), inner, at(pair.before), at(pair.after), result);
        }
    }

    // Elements that share a name are one thing.
    void repeated(const FieldElement& name, const Type& type, const Pair& pair, Comparison& result) {
        if (pair.before.empty()) return result.added.add(name, true, {});
        if (pair.after.empty()) return result.removed.add(name, true, {});
        const auto same = [&](const void* a, const void* b) { return api::equal(type, a, b); };
        if (!std::equal(pair.before.begin(), pair.before.end(), pair.after.begin(), pair.after.end(), same)) {
            result.modified.add(name, true, {});
        }
    }
};

}  // namespace

Comparison compared(const api::Kind& kind, const api::Object& before, const api::Object& after) {
    if (kind.custom != nullptr)
        return compared_documents(kind, api::to_json(kind, before), api::to_json(kind, after));
    Comparison result;
    Comparer().members(*kind.type, {true, &before}, {true, &after}, result);
    return result;
}

}  // namespace kubetab::server
