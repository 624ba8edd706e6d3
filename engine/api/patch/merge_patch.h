// JSON merge patches: RFC 7386, and how kubectl makes one for kinds that have no field table.
//
// upstream: apimachinery/pkg/util/jsonmergepatch/patch.go; github.com/evanphx/json-patch
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace kubetab::api {

// The document after the patch. upstream: jsonpatch.MergePatch
nlohmann::json apply_merge_patch(nlohmann::json document, const nlohmann::json& patch);

// The patch that turns `original` into `modified`.
nlohmann::json create_merge_patch(const nlohmann::json& original, const nlohmann::json& modified);

// What turns `current` into `modified`, deleting what `original` had and `modified` lacks. An empty object:
// nothing.
nlohmann::json create_three_way_merge_patch(const nlohmann::json& original, const nlohmann::json& modified,
                                            const nlohmann::json& current);

}  // namespace kubetab::api
