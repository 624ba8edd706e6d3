// kubectl explain. upstream: staging/src/k8s.io/kubectl/pkg/cmd/explain/explain.go
#include <memory>
#include <utility>

#include "engine/api/custom/schema_types.h"
#include "engine/base/json.h"
#include "engine/kubectl/commands/client_commands.h"
#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/commands/explain_text.h"
#include "engine/kubectl/commands/mutation.h"
#include "engine/kubectl/rest.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

struct Target {
    ApiResource resource{};
    std::vector<std::string> path{};
};

// "deployments.apps.spec": the longest beginning that names a resource with its group, else the first part.
// upstream: SplitAndParseResourceRequestWithMatchingPrefix
base::Result<Target> target_of(const Discovery& discovery, std::string typed) {
    if (ends_with(typed, ".")) typed.pop_back();
    const std::vector<std::string> parts = split(typed, '.');
    for (std::size_t count = parts.size(); count >= 2; --count) {
        const std::vector<std::string> front(parts.begin(),
                                             parts.begin() + static_cast<std::ptrdiff_t>(count));
        const auto found = discovery.find(join(front, "."));
        if (!found || found->group.empty()) continue;
        const std::string rest = lower(join({front.begin() + 1, front.end()}, "."));
        if (rest != found->group && rest != found->version + "." + found->group) continue;
        return Target{*found, {parts.begin() + static_cast<std::ptrdiff_t>(count), parts.end()}};
    }
    return Target{TRY(discovery.find(parts.front())), {parts.begin() + 1, parts.end()}};
}

std::string full_name(const ApiResource& resource) {
    return resource.group + "/" + resource.version + ", Resource=" + resource.plural;
}

// upstream: explain/v2/explain.go printModelDescriptionWithGenerator
base::Result<ApiResource> in_version(const Discovery& discovery, const ApiResource& resource,
                                     const std::string& version) {
    if (version.empty()) return resource;
    bool known = false;
    for (const ApiResource& other : discovery.all()) {
        if (other.api_version() != version) continue;
        known = true;
        if (other.plural == resource.plural) return other;
    }
    ApiResource wanted = resource;
    const std::size_t slash = version.find('/');
    wanted.group = slash == std::string::npos ? "" : version.substr(0, slash);
    wanted.version = slash == std::string::npos ? version : version.substr(slash + 1);
    if (known) return client_error("error: GVR (" + full_name(wanted) + ") not found in OpenAPI schema");
    return client_error("couldn't find resource for \"" + full_name(wanted) + "\"");
}

base::Result<void> check(const Context& context) {
    if (context.arguments.empty()) {
        return client_error(
            "You must specify the type of resource to explain. Use \"kubectl api-resources\" for a complete "
            "list of "
            "supported resources.\n");
    }
    if (context.arguments.size() > 1) return client_error("We accept only this format: explain RESOURCE\n");
    const std::string& output = context.flags.text("output");
    if (output == "plaintext-openapiv2") {
        return client_error(
            "--output=plaintext-openapiv2 is not supported here: leave it out for the present form");
    }
    if (output != "plaintext") return client_error("unrecognized format: " + output);
    return {};
}

// Of a kind that is not built in: what the server's OpenAPI document says of it. Null when it says nothing.
std::unique_ptr<api::SchemaTypes> published_types(Context& context, const ApiResource& resource) {
    client::Request request;
    request.path = "/openapi/v3/apis/" + resource.api_version();
    const base::Result<base::Json> document = send(context, request);
    if (!document) return nullptr;
    const base::Json* schemas = base::find(*document, {"components", "schemas"});
    if (schemas == nullptr || !schemas->is_object()) return nullptr;
    for (const auto& [name, schema] : schemas->items()) {
        const base::Json* kinds = base::find(schema, "x-kubernetes-group-version-kind");
        if (kinds == nullptr || !kinds->is_array() || kinds->empty()) continue;
        if (base::text_at(kinds->front(), {"kind"}) == resource.kind)
            return std::make_unique<api::SchemaTypes>(schema);
    }
    return nullptr;
}

Outcome run(Context& context) {
    if (const auto checked = check(context); !checked) return checked.error();
    const auto discovery = context.discovery();
    if (!discovery) return discovery.error();
    const auto target = target_of(**discovery, context.arguments.front());
    if (!target) {
        context.err(target.error().message + "\n");
        return 1;
    }
    const auto resource = in_version(**discovery, target->resource, context.flags.text("api-version"));
    if (!resource) return resource.error();
    const api::Type* type = type_of_resource(*resource);
    const std::unique_ptr<api::SchemaTypes> published =
        type == nullptr ? published_types(context, *resource) : nullptr;
    if (published) type = &published->object();
    if (type == nullptr)
        return client_error("error: GVR (" + full_name(*resource) + ") not found in OpenAPI schema");
    if (!resource->group.empty()) context.out("GROUP:      " + resource->group + "\n");
    context.out("KIND:       " + resource->kind + "\nVERSION:    " + resource->version + "\n\n");
    const auto text = explain_text(*type, target->path,
                                   context.flags.truth("recursive") ? Depth::Recursive : Depth::OneLevel);
    if (!text) return text.error();
    context.out(*text);
    return 0;
}

}  // namespace

CommandSpec explain_command() {
    return {
        .path = "explain",
        .aliases = {},
        .summary = "Get documentation for a resource",
        .usage =
            "explain TYPE [--recursive=FALSE|TRUE] [--api-version=api-version-group] "
            "[--output=plaintext|plaintext-openapiv2]",
        .examples =
            "  # What a pod is and which fields it has\n  kubectl explain pods\n\n"
            "  # Every field in it, by name\n  kubectl explain pods --recursive\n\n"
            "  # One field\n  kubectl explain pods.spec.containers",
        .flags = {{"api-version", 0, FlagType::Text, "",
                   "Use given api-version (group/version) of the resource"},
                  {"output", 'o', FlagType::Text, "plaintext", "Format in which to render the schema"},
                  {"recursive", 0, FlagType::Bool, "false", "Print the names of all the fields at once"}},
        .run = run,
        .group = "Basic Commands (Intermediate)",
    };
}

}  // namespace kubetab::kubectl
