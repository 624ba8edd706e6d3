#include "engine/kubectl/commands/apply_patch.h"

#include "engine/api/patch/merge_patch.h"
#include "engine/api/patch/strategic_merge.h"
#include "engine/kubectl/commands/mutation.h"
#include "engine/kubectl/printers/json_text.h"

namespace kubetab::kubectl {

using base::Json;

base::Result<ApplyPatch> make_apply_patch(const ApiResource& resource, const Json& modified,
                                          const Json& live) {
    const Json* annotation = base::find(live, {"metadata", "annotations", kLastApplied});
    Json original;
    if (annotation != nullptr && annotation->is_string()) {
        const auto parsed = base::parse_json(annotation->get_ref<const std::string&>());
        if (parsed.ok()) original = *parsed;
    }
    ApplyPatch patch;
    if (const api::Type* type = type_of_resource(resource)) {
        patch.body =
            json_text(TRY(api::create_three_way_strategic_patch(original, modified, live, *type)), 0);
    } else {
        patch.type = PatchType::Merge;
        patch.body = json_text(api::create_three_way_merge_patch(original, modified, live), 0);
    }
    return patch;
}

Json without_nulls(const Json& value) {
    if (!value.is_structured()) return value;
    Json result = value.is_object() ? Json::object() : Json::array();
    if (value.is_array()) {
        for (const Json& item : value) result.push_back(without_nulls(item));
        return result;
    }
    for (const auto& [key, item] : value.items()) {
        if (!item.is_null()) result[key] = without_nulls(item);
    }
    return result;
}

}  // namespace kubetab::kubectl
