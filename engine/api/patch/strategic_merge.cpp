// Applying a strategic merge patch. upstream: strategicpatch/patch.go mergeMap and below
#include "engine/api/patch/strategic_merge.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/api/patch/merge_maps.h"
#include "engine/api/patch/patch_lists.h"

namespace kubetab::api {
namespace {

using base::failure;
using base::Json;
using base::Reason;
using base::Result;

bool starts_with(std::string_view text, std::string_view start) {
    return text.substr(0, start.size()) == start;
}

bool is_directive(std::string_view key) {
    return key == kPatchDirective || key == kRetainKeys || starts_with(key, kSetElementOrder) ||
           starts_with(key, kDeleteFromList);
}

base::Status missing_key(const Json& element, const std::string& key) {
    return failure(Reason::BadRequest,
                   "map: " + element.dump() + " does not contain declared merge key: " + key);
}

// A patch's value as plain content, when there is nothing to merge it with.
Json without_directives(const Json& value) {
    if (value.is_object()) {
        Json result = Json::object();
        for (const auto& [key, item] : value.items()) {
            if (!is_directive(key) && !item.is_null()) result[key] = without_directives(item);
        }
        return result;
    }
    if (!value.is_array()) return value;
    Json result = Json::array();
    for (const Json& item : value) {
        if (base::text_at(item, {kPatchDirective}) == "delete") continue;
        result.push_back(without_directives(item));
    }
    return result;
}

Json scalars_merged(const Json& before, const Json& patch) {
    Json merged = Json::array();
    for (const Json* list : {&before, &patch}) {
        for (const Json& item : *list) {
            if (position(merged, item, "") < 0) merged.push_back(item);
        }
    }
    return merged;
}

class Merger {
public:
    explicit Merger(MergeMode mode) : mode_(mode) {}

    // Merges `patch` into `object`.
    Result<Json> merge(Json object, Json patch, const Type* type) {
        if (mode_ == MergeMode::Apply) {
            if (const Json* directive = base::find(patch, kPatchDirective))
                return replaced(*directive, std::move(patch));
        }
        if (!object.is_object()) object = Json::object();
        TRY(retain_keys(object, patch));
        TRY(merge_ordered_lists(object, patch, type));
        for (const auto& [key, value] : patch.items()) TRY(merge_member(object, key, value, type));
        return object;
    }

private:
    static Result<Json> replaced(const Json& directive, Json patch) {
        if (directive == "delete") return Json(Json::object());
        if (directive == "replace") {
            patch.erase(std::string(kPatchDirective));
            return patch;
        }
        return failure(Reason::BadRequest,
                       "unknown patch type: " + directive.dump() + " in map: " + patch.dump());
    }

    Result<void> retain_keys(Json& object, Json& patch) {
        const auto directive = patch.find(std::string(kRetainKeys));
        if (directive == patch.end()) return {};
        if (mode_ == MergeMode::Combine) {
            object[std::string(kRetainKeys)] = *directive;
            patch.erase(directive);
            return {};
        }
        if (!directive->is_array()) return failure(Reason::BadRequest, "$retainKeys must be a list");
        const Json keys = *directive;
        patch.erase(std::string(kRetainKeys));
        std::vector<std::string> dropped;
        for (const auto& [key, value] : object.items()) {
            if (position(keys, Json(key), "") < 0) dropped.push_back(key);
        }
        for (const std::string& key : dropped) object.erase(key);
        return {};
    }

    // upstream: mergePatchIntoOriginal
    Result<void> merge_ordered_lists(Json& object, Json& patch, const Type* type) {
        std::vector<std::string> directives;
        for (const auto& [key, value] : patch.items()) {
            if (starts_with(key, kSetElementOrder)) directives.push_back(key);
        }
        for (const std::string& directive : directives) {
            const Json order = patch[directive];
            patch.erase(directive);
            if (mode_ == MergeMode::Combine) {
                object[directive] = order;
                continue;
            }
            if (!order.is_array()) return failure(Reason::BadRequest, directive + " must be a list");
            const std::string name = directive.substr(kSetElementOrder.size());
            const bool in_object = object.contains(name) && object[name].is_array();
            const bool in_patch = patch.contains(name) && patch[name].is_array();
            if (!in_object && !in_patch) continue;
            const FieldMerge how = field_merge(type, name);
            const Json before = in_object ? object[name] : Json::array();
            Json merged = before;
            if (in_patch && !in_object) merged = without_directives(patch[name]);
            if (in_patch && in_object) merged = TRY(merge_list(before, patch[name], how));
            object[name] = normalized(merged, order, before, how.key);
            patch.erase(name);
        }
        return {};
    }

    Result<void> merge_member(Json& object, const std::string& key, const Json& value, const Type* type) {
        if (starts_with(key, kDeleteFromList)) {
            if (mode_ == MergeMode::Combine) object[key] = value;
            else delete_scalars(object, key.substr(kDeleteFromList.size()), value);
            return {};
        }
        if (value.is_null()) {
            object.erase(key);
            if (mode_ == MergeMode::Combine) object[key] = nullptr;
            return {};
        }
        const auto known = object.find(key);
        const bool same_form = known != object.end() && known->type() == value.type();
        if (!same_form) {
            object[key] = mode_ == MergeMode::Combine ? value : without_directives(value);
            return {};
        }
        if (value.is_object()) {
            const FieldMerge how = field_merge(type, key);
            object[key] = TRY(merge(std::move(*known), value, how.type));
        } else if (value.is_array()) {
            object[key] = TRY(merge_list(*known, value, field_merge(type, key)));
        } else {
            *known = value;
        }
        return {};
    }

    static void delete_scalars(Json& object, const std::string& name, const Json& doomed) {
        const auto list = object.find(name);
        if (list == object.end() || !list->is_array() || !doomed.is_array()) return;
        Json kept = Json::array();
        for (const Json& item : *list) {
            if (position(doomed, item, "") < 0) kept.push_back(item);
        }
        *list = std::move(kept);
    }

    // upstream: mergeSlice
    Result<Json> merge_list(const Json& before, const Json& patch, const FieldMerge& how) {
        if (!how.merges) return mode_ == MergeMode::Combine ? patch : without_directives(patch);
        if (before.empty() && patch.empty()) return before;
        if (!is_list_of_objects(before) && !is_list_of_objects(patch)) {
            return normalized(scalars_merged(before, patch), patch, before, "");
        }
        if (how.key.empty()) return failure(Reason::BadRequest, "cannot merge lists without merge key");
        for (const Json* list : {&before, &patch}) {
            for (const Json& element : *list) {
                if (!element.is_object())
                    return failure(Reason::BadRequest, "lists of mixed elements cannot be merged");
            }
        }
        Json rest = before;
        Json plain = patch;
        if (mode_ == MergeMode::Apply) {
            const std::optional<Json> replacement = TRY(apply_special_elements(rest, plain, how.key));
            if (replacement) return *replacement;
        }
        Json merged = rest;
        for (const Json& element : plain) {
            if (!has_key(element, how.key)) return missing_key(element, how.key);
            const std::ptrdiff_t at = position(merged, element, how.key);
            if (at < 0) {
                merged.push_back(mode_ == MergeMode::Combine ? element : without_directives(element));
            } else {
                Json& place = merged[static_cast<std::size_t>(at)];
                place = TRY(merge(std::move(place), element, how.type));
            }
        }
        return normalized(merged, plain, rest, how.key);
    }

    // Takes `$patch` elements out of `patch` and does what they say to `list`. A value replaces the whole
    // list. upstream: mergeSliceWithSpecialElements
    static Result<std::optional<Json>> apply_special_elements(Json& list, Json& patch,
                                                              const std::string& key) {
        Json plain = Json::array();
        bool replaces = false;
        for (const Json& element : patch) {
            const Json* directive = base::find(element, kPatchDirective);
            if (directive == nullptr) {
                plain.push_back(element);
            } else if (*directive == "delete") {
                if (!has_key(element, key)) return missing_key(element, key);
                for (std::ptrdiff_t at = position(list, element, key); at >= 0;
                     at = position(list, element, key)) {
                    list.erase(static_cast<std::size_t>(at));
                }
            } else if (*directive == "replace") {
                replaces = true;
            } else if (*directive == "merge") {
                return failure(Reason::BadRequest, "not implemented: $patch merge in a list");
            } else {
                return failure(Reason::BadRequest,
                               "unknown patch type: " + directive->dump() + " in map: " + element.dump());
            }
        }
        if (replaces) return std::optional<Json>(without_directives(plain));
        patch = std::move(plain);
        return std::optional<Json>();
    }

    MergeMode mode_;
};

}  // namespace

Result<Json> merge_maps(Json object, const Json& patch, const Type* type, MergeMode mode) {
    return Merger(mode).merge(std::move(object), patch, type);
}

Result<Json> apply_strategic_merge(Json document, const Json& patch, const Type& type) {
    if (!patch.is_object()) {
        return failure(Reason::BadRequest, "json: cannot unmarshal " +
                                               std::string(patch.is_array() ? "array" : patch.type_name()) +
                                               " into Go value of type map[string]interface {}");
    }
    return merge_maps(std::move(document), patch, &type, MergeMode::Apply);
}

}  // namespace kubetab::api
