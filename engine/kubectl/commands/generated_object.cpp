#include "engine/kubectl/commands/generated_object.h"

#include <charconv>
#include <utility>

#include "engine/api/patch/json_patch.h"
#include "engine/api/patch/merge_patch.h"
#include "engine/api/patch/strategic_merge.h"
#include "engine/kubectl/commands/mutation.h"
#include "engine/kubectl/printer.h"
#include "engine/kubectl/rest.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {

using base::Json;

namespace {

base::Result<ApiResource> resource_of(Context& context, const Json& object) {
    const std::string api_version = base::text_at(object, {"apiVersion"});
    const std::string kind = base::text_at(object, {"kind"});
    const Discovery* discovery = TRY(context.discovery());
    const ApiResource* resource = discovery->find_kind(api_version, kind);
    if (resource != nullptr) return *resource;
    return client_error("no matches for kind " + quote(kind) + " in version " + quote(api_version));
}

}  // namespace

FlagTable override_flags() {
    return {
        {"override-type", 0, FlagType::Text, "merge", "How --overrides is applied: merge, json or strategic"},
        {"overrides", 0, FlagType::Text, "", "A JSON text that is merged into the generated object"},
    };
}

// upstream: kubectl/pkg/cmd/util/override_options.go NewOverrider
base::Result<Json> with_overrides(Context& context, Json object) {
    const std::string& text = context.flags.text("overrides");
    if (text.empty()) return object;
    const std::string& type = context.flags.text("override-type");
    if (type != "json" && type != "merge" && type != "strategic") {
        return client_error("invalid override type: " + type + ": must be one of json, merge, strategic");
    }
    const base::Result<Json> patch = base::parse_json(text);
    if (!patch) return client_error("invalid --overrides: " + patch.error().message);
    if (type == "json") return api::apply_json_patch(std::move(object), *patch);
    if (type == "merge") return api::apply_merge_patch(std::move(object), *patch);
    const ApiResource resource = TRY(resource_of(context, object));
    const api::Type* known = type_of_resource(resource);
    if (known == nullptr)
        return client_error("--override-type=strategic is not possible for a " + resource.kind);
    return api::apply_strategic_merge(std::move(object), *patch, *known);
}

base::Result<Info> create_generated(Context& context, Json object, std::string_view manager) {
    const DryRun dry_run = TRY(dry_run_of(context));
    Info info;
    info.resource = TRY(resource_of(context, object));
    info.name = base::text_at(object, {"metadata", "name"});
    info.namespace_ = context.current_namespace;
    if (context.namespace_given) object["metadata"]["namespace"] = info.namespace_;
    if (context.flags.truth("save-config")) object = with_last_applied(object);
    if (dry_run != DryRun::Client) {
        object = TRY(post_json(context, info.resource.collection_path(info.namespace_), object,
                               write_parameters(context, dry_run, manager)));
    }
    info.object = std::move(object);
    return info;
}

base::Result<std::int32_t> parse_port(const std::string& text) {
    if (text.empty() || text.find_first_not_of("0123456789") != std::string::npos) {
        return client_error("strconv.Atoi: parsing " + quote(text) + ": invalid syntax");
    }
    std::int32_t port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (error == std::errc()) return port;
    return client_error("strconv.Atoi: parsing " + quote(text) + ": value out of range");
}

// upstream: kubectl/pkg/cmd/util, ParseLabels
base::Result<Json> parse_labels(const std::string& text) {
    Json labels = Json::object();
    if (text.empty()) return labels;
    for (const std::string& pair : split(text, ',')) {
        const std::size_t equals = pair.find('=');
        if (equals == std::string::npos || pair.find('=', equals + 1) != std::string::npos) {
            return client_error("unexpected label spec: " + pair);
        }
        if (equals == 0) return client_error("unexpected empty label key");
        labels[pair.substr(0, equals)] = pair.substr(equals + 1);
    }
    return labels;
}

}  // namespace kubetab::kubectl
