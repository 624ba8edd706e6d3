// Making a strategic merge patch. upstream: strategicpatch/patch.go diffMaps and below
#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "engine/api/patch/merge_maps.h"
#include "engine/api/patch/patch_lists.h"
#include "engine/api/patch/strategic_merge.h"
#include "engine/base/stable_sort.h"

namespace kubetab::api {
namespace {

using base::failure;
using base::Json;
using base::Reason;
using base::Result;

struct DiffOptions {
    bool changes = true;  // additions and changes
    bool deletions = true;
};

// The difference of two lists that are merged.
struct ListDiff {
    Json patch = Json::array();    // elements to merge in, and to delete
    Json deleted = Json::array();  // scalars to delete
    Json order = Json::array();    // what $setElementOrder says; empty for nothing
};

class Differ {
public:
    explicit Differ(DiffOptions options) : options_(options) {}

    Result<Json> diff(const Json& from, const Json& to, const Type* type, bool retains_keys = false) {
        Json patch = Json::object();
        for (const auto& [key, before] : from.items()) {
            const auto after = to.find(key);
            if (after == to.end()) {
                if (options_.deletions) patch[key] = nullptr;
                continue;
            }
            TRY(diff_member(key, before, *after, type, patch));
        }
        for (const auto& [key, after] : to.items()) {
            if (options_.changes && !from.contains(key)) patch[key] = after;
        }
        if (retains_keys && !to.empty() && (!patch.empty() || has_more(from, to))) {
            Json keys = Json::array();
            for (const auto& [key, value] : to.items()) keys.push_back(key);
            patch[std::string(kRetainKeys)] = std::move(keys);
        }
        return patch;
    }

private:
    static bool has_more(const Json& from, const Json& to) {
        for (const auto& [key, value] : from.items()) {
            if (!to.contains(key)) return true;
        }
        return false;
    }

    void replace_if_changed(const std::string& key, const Json& before, const Json& after,
                            Json& patch) const {
        if (options_.changes && before != after) patch[key] = after;
    }

    Result<void> diff_member(const std::string& key, const Json& before, const Json& after, const Type* type,
                             Json& patch) {
        if (before.is_object() && after.is_object()) {
            const FieldMerge how = field_merge(type, key);
            Json inner = TRY(diff(before, after, how.type, how.retains_keys));
            if (!inner.empty()) patch[key] = std::move(inner);
            return {};
        }
        const FieldMerge how = before.is_array() && after.is_array() ? field_merge(type, key) : FieldMerge{};
        if (!how.merges) {
            replace_if_changed(key, before, after, patch);
            return {};
        }
        ListDiff list = TRY(diff_lists(before, after, how));
        if (!list.patch.empty()) patch[key] = std::move(list.patch);
        if (!list.deleted.empty()) patch[std::string(kDeleteFromList) + key] = std::move(list.deleted);
        if (!list.order.empty()) patch[std::string(kSetElementOrder) + key] = std::move(list.order);
        return {};
    }

    // upstream: diffLists
    Result<ListDiff> diff_lists(const Json& before, const Json& after, const FieldMerge& how) {
        ListDiff result;
        if (before.empty()) {
            if (options_.changes) result.patch = after;
            return result;
        }
        if (!is_list_of_objects(before)) {
            diff_scalars(before, after, result);
            return result;
        }
        TRY(diff_objects(before, after, how, result));
        return result;
    }

    void diff_scalars(const Json& before, const Json& after, ListDiff& result) const {
        for (const Json& item : after) {
            if (options_.changes && position(before, item, "") < 0) result.patch.push_back(item);
        }
        for (const Json& item : before) {
            if (options_.deletions && position(after, item, "") < 0) result.deleted.push_back(item);
        }
        base::stable_sort(result.deleted.get_ref<Json::array_t&>(), std::less<>());
        if (!result.deleted.empty() || (options_.changes && before != after)) result.order = after;
    }

    Result<void> diff_objects(const Json& before, const Json& after, const FieldMerge& how,
                              ListDiff& result) {
        for (const Json* list : {&before, &after}) {
            for (const Json& element : *list) {
                if (has_key(element, how.key)) continue;
                return failure(Reason::BadRequest,
                               "map: " + element.dump() + " does not contain declared merge key: " + how.key);
            }
        }
        for (const Json& element : after) {
            const std::ptrdiff_t at = position(before, element, how.key);
            if (at < 0) {
                if (options_.changes) result.patch.push_back(element);
                continue;
            }
            Json inner = TRY(diff(before[static_cast<std::size_t>(at)], element, how.type, how.retains_keys));
            if (inner.empty()) continue;
            inner[how.key] = element[how.key];
            result.patch.push_back(std::move(inner));
        }
        for (const std::string& key : deleted_keys(before, after, how.key)) {
            const auto gone = std::find_if(before.begin(), before.end(), [&](const Json& element) {
                return key_text(element, how.key) == key;
            });
            result.patch.push_back({{std::string(kPatchDirective), "delete"}, {how.key, (*gone)[how.key]}});
        }
        const bool changed = !result.patch.empty();
        if ((options_.changes && (changed || !same_order(before, after, how.key))) ||
            (options_.deletions && changed)) {
            for (const Json& element : after) result.order.push_back({{how.key, element[how.key]}});
        }
        return {};
    }

    std::vector<std::string> deleted_keys(const Json& before, const Json& after,
                                          const std::string& key) const {
        std::vector<std::string> keys;
        for (const Json& element : before) {
            if (options_.deletions && position(after, element, key) < 0)
                keys.push_back(key_text(element, key));
        }
        base::stable_sort(keys, std::less<>());
        keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
        return keys;
    }

    static bool same_order(const Json& before, const Json& after, const std::string& key) {
        if (before.size() != after.size()) return false;
        for (std::size_t i = 0; i < before.size(); ++i) {
            if (key_text(before[i], key) != key_text(after[i], key)) return false;
        }
        return true;
    }

    DiffOptions options_;
};

const Json& object_or_empty(const Json& value) {
    static const Json kEmpty = Json::object();
    return value.is_object() ? value : kEmpty;
}

}  // namespace

Result<Json> create_two_way_strategic_patch(const Json& original, const Json& modified, const Type& type) {
    return Differ({}).diff(object_or_empty(original), object_or_empty(modified), &type);
}

Result<Json> create_three_way_strategic_patch(const Json& original, const Json& modified, const Json& current,
                                              const Type& type) {
    const Json delta =
        TRY(Differ({.deletions = false}).diff(object_or_empty(current), object_or_empty(modified), &type));
    const Json deletions =
        TRY(Differ({.changes = false}).diff(object_or_empty(original), object_or_empty(modified), &type));
    return merge_maps(deletions, delta, &type, MergeMode::Combine);
}

}  // namespace kubetab::api
