// kubectl create configmap. upstream: kubectl/pkg/cmd/create/create_configmap.go
#include <utility>

#include "engine/base/base64.h"
#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/commands/create_typed.h"

namespace kubetab::kubectl {
namespace {

using base::Json;

bool is_utf8(const std::string& text) {
    // The writer throws on what is not UTF-8 unless told to replace; a changed length or content tells.
    const std::string quoted = Json(text).dump(-1, ' ', false, Json::error_handler_t::ignore);
    const auto back = base::parse_json(quoted);
    return back.ok() && back->is_string() && back->get_ref<const std::string&>() == text;
}

Outcome run(Context& context) {
    const auto name = created_name(context);
    if (!name) return name.error();
    const auto sources = sources_of(context, "ConfigMap");
    if (!sources) return sources.error();
    Json object = created_object("v1", "ConfigMap", *name);
    for (const auto& [key, value] : *sources) {
        if (is_utf8(value)) object["data"][key] = value;
        else object["binaryData"][key] = base::base64_encode(value);
    }
    return create_typed(context, std::move(object), "configmap:");
}

}  // namespace

CommandSpec create_config_map_command() {
    return {
        .path = "create configmap",
        .aliases = {"cm"},
        .summary = "Create a config map from a local file, directory or literal value",
        .usage = "create configmap NAME [--from-file=[key=]source] [--from-literal=key1=value1] [options]",
        .examples =
            "  # Create a config map from literal values\n"
            "  kubectl create configmap my-config --from-literal=key1=config1 --from-literal=key2=config2",
        .flags = source_flags() + typed_create_flags(),
        .run = run,
        .group = "",
    };
}

}  // namespace kubetab::kubectl
