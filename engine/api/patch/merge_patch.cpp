#include "engine/api/patch/merge_patch.h"

#include "engine/base/json.h"

namespace kubetab::api {
namespace {

using base::Json;

enum class Keep { Everything, Deletions, Changes };

// The difference of two objects, of which only what `keep` says is taken.
Json difference(const Json& from, const Json& to, Keep keep) {
    Json patch = Json::object();
    if (keep != Keep::Changes) {
        for (const auto& [key, value] : from.items()) {
            if (!to.contains(key)) patch[key] = nullptr;
        }
    }
    for (const auto& [key, value] : to.items()) {
        const auto before = from.find(key);
        if (before != from.end() && *before == value) continue;
        if (before != from.end() && before->is_object() && value.is_object()) {
            Json inner = difference(*before, value, keep);
            if (!inner.empty()) patch[key] = std::move(inner);
        } else if (keep != Keep::Deletions) {
            patch[key] = value;
        }
    }
    return patch;
}

// Both patches in one; `second` wins.
void combine(Json& first, const Json& second) {
    for (const auto& [key, value] : second.items()) {
        const auto known = first.find(key);
        if (known != first.end() && known->is_object() && value.is_object()) combine(*known, value);
        else first[key] = value;
    }
}

}  // namespace

Json apply_merge_patch(Json document, const Json& patch) {
    if (!patch.is_object()) return patch;
    if (!document.is_object()) document = Json::object();
    for (const auto& [key, value] : patch.items()) {
        if (value.is_null()) {
            document.erase(key);
            continue;
        }
        Json& place = document[key];
        place = apply_merge_patch(std::move(place), value);
    }
    return document;
}

Json create_merge_patch(const Json& original, const Json& modified) {
    if (!original.is_object() || !modified.is_object()) return modified;
    return difference(original, modified, Keep::Everything);
}

Json create_three_way_merge_patch(const Json& original, const Json& modified, const Json& current) {
    const Json empty = Json::object();
    const Json& before = original.is_object() ? original : empty;
    Json patch = difference(before, modified, Keep::Deletions);
    combine(patch, difference(current, modified, Keep::Changes));
    return patch;
}

}  // namespace kubetab::api
