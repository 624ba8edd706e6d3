#include "engine/kubectl/commands/mutation.h"

#include <utility>

#include "engine/api/former_kinds.h"
#include "engine/api/object.h"
#include "engine/api/selectors.h"
#include "engine/kubectl/printers/json_text.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {

using base::Json;

std::string last_applied_text(const Json& object) {
    Json copy = object;
    Json& metadata = copy["metadata"];
    if (!metadata.is_object()) metadata = Json::object();
    Json& annotations = metadata["annotations"];
    if (!annotations.is_object()) annotations = Json::object();
    annotations.erase(std::string(kLastApplied));
    return json_text(copy, 0) + "\n";
}

Json with_last_applied(const Json& object) {
    std::string text = last_applied_text(object);
    Json copy = object;
    Json& metadata = copy["metadata"];
    if (!metadata.is_object()) metadata = Json::object();
    Json& annotations = metadata["annotations"];
    if (!annotations.is_object()) annotations = Json::object();
    annotations[std::string(kLastApplied)] = std::move(text);
    return copy;
}

const api::Type* type_of_resource(const ApiResource& resource) {
    const api::Kind* kind = api::find_kind(resource.group, resource.version, resource.kind);
    if (kind == nullptr) kind = api::find_former_kind(resource.group, resource.version, resource.kind);
    return kind != nullptr ? kind->type : nullptr;
}

base::Result<void> keep_selected(std::vector<Info>& infos, const std::string& selector) {
    if (selector.empty()) return {};
    const auto parsed = api::Selector::parse(selector);
    if (!parsed) return client_error(parsed.error().message);
    std::vector<Info> kept;
    for (Info& info : infos) {
        base::StringMap labels;
        const Json* found = base::find(info.object, {"metadata", "labels"});
        if (found != nullptr && found->is_object()) {
            for (const auto& [key, value] : found->items())
                labels[key] = value.is_string() ? value.get<std::string>() : "";
        }
        if (parsed->matches(labels)) kept.push_back(std::move(info));
    }
    infos = std::move(kept);
    return {};
}

std::string info_text(const Info& info) {
    const std::string version = info.resource.group + "/" + info.resource.version;
    return "Resource: " + quote(version + ", Resource=" + info.resource.plural) +
           ", GroupVersionKind: " + quote(version + ", Kind=" + info.resource.kind) +
           "\nName: " + quote(info.name) + ", Namespace: " + quote(info.namespace_);
}

base::Result<void> refuse_flags(const Context& context, const std::vector<Unsupported>& flags) {
    for (const Unsupported& flag : flags) {
        if (!context.flags.has(flag.flag) || !context.flags.changed(flag.flag)) continue;
        return client_error("--" + std::string(flag.flag) +
                            " is not supported here: " + std::string(flag.why));
    }
    return {};
}

}  // namespace kubetab::kubectl
