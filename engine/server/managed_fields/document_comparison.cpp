// What differs between two documents.
// upstream: sigs.k8s.io/structured-merge-diff typed/compare.go

#include <map>
#include <set>
#include <utility>

#include "engine/base/json.h"
#include "engine/server/managed_fields/comparison.h"
#include "engine/server/managed_fields/list_elements.h"
#include "engine/server/managed_fields/merge_shape.h"

namespace kubetab::server {
namespace {

using api::Field;
using api::Form;
using api::Type;
using base::Json;
using Merging = MergeShape::Form;

bool holds_nothing(const Json* value) {
    return value == nullptr || value->is_null() || (value->is_structured() && value->empty());
}

// The value of a set of names; null when it has none of that name.
const Json* member_named(const Json* owner, const std::string& name) {
    return owner != nullptr ? base::find(*owner, name) : nullptr;
}

class DocumentComparer {
public:
    void members(const Type& type, const Json* before, const Json* after, Comparison& result) {
        std::set<std::string> names;
        for (const Json* side : {before, after}) {
            if (side == nullptr || !side->is_object()) continue;
            for (const auto& [name, value] : side->items()) names.insert(name);
        }
        for (const std::string& name : names) {
            const Field* field = type.form == Form::Struct ? api::find_field(type, name) : nullptr;
            if (field == nullptr && !type.element) continue;
            const Type& inner = field != nullptr ? field->type() : type.element();
            const MergeShape shape = field != nullptr ? shape_of(type, *field) : shape_of(inner);
            compare(field_element(name), inner, shape,
                    {member_named(before, name), member_named(after, name)}, result);
        }
    }

private:
    struct Sides {
        const Json* before = nullptr;
        const Json* after = nullptr;
    };

    void compare(const FieldElement& element, const Type& outer, const MergeShape& declared,
                 const Sides& sides, Comparison& parent) {
        const auto& [before, after] = sides;
        if (before != nullptr && after != nullptr && *before == *after) return;
        const Type& type = api::value_type(outer);
        const MergeShape shape = shape_at(type, shape_at(type, declared, before), after);
        const bool whole = shape.form == Merging::Scalar || shape.form == Merging::Atomic;
        if (whole || (holds_nothing(before) && holds_nothing(after))) {
            FieldSet& set = before == nullptr  ? parent.added
                            : after == nullptr ? parent.removed
                                               : parent.modified;
            return set.add(element, true, {});
        }
        Comparison below;
        if (type.form == Form::List) items(type, shape, sides, below);
        else members(type, before, after, below);
        parent.added.add(element, before == nullptr, std::move(below.added));
        parent.modified.add(element, false, std::move(below.modified));
        parent.removed.add(element, after == nullptr, std::move(below.removed));
    }

    // Elements without a name of their own go by their place.
    void items(const Type& type, const MergeShape& shape, const Sides& sides, Comparison& result) {
        struct Less {
            bool operator()(const FieldElement& a, const FieldElement& b) const { return element_less(a, b); }
        };
        std::map<FieldElement, Sides, Less> all;
        const Type& item_type = api::value_type(type.element());
        for (const bool is_after : {false, true}) {
            const Json* side = is_after ? sides.after : sides.before;
            if (side == nullptr || !side->is_array()) continue;
            for (std::size_t i = 0; i < side->size(); ++i) {
                const base::Result<FieldElement> name = element_of(shape, item_type, (*side)[i]);
                Sides& pair = all[name.ok() ? *name : FieldElement("i:" + std::to_string(i))];
                (is_after ? pair.after : pair.before) = &(*side)[i];
            }
        }
        for (const auto& [name, pair] : all) compare(name, item_type, shape_of(item_type), pair, result);
    }
};

}  // namespace

Comparison compared_documents(const api::Kind& kind, const Json& before, const Json& after) {
    Comparison result;
    DocumentComparer().members(document_type(kind), &before, &after, result);
    return result;
}

}  // namespace kubetab::server
