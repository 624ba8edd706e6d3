// kubectl create deployment. upstream: kubectl/pkg/cmd/create/create_deployment.go
#include <utility>

#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/commands/create_typed.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using base::Json;

// "registry/path/redis_cache:1@sha256:…" → "redis-cache".
// differs: no random suffix after a replaced character, because the same command must give the same object.
std::string container_name(const std::string& image) {
    std::string name = image.substr(image.rfind('/') + 1);
    name = name.substr(0, name.find_first_of(":@"));
    for (char& c : name) {
        if (c == '_' || c == '.') c = '-';
    }
    return lower(name);
}

Outcome run(Context& context) {
    const std::vector<std::string> command = take_command(context);
    const auto name = created_name(context);
    if (!name) return name.error();
    const std::vector<std::string>& images = context.flags.list("image");
    if (images.size() > 1 && !command.empty()) {
        return client_error("cannot specify multiple --image options and command");
    }
    if (context.flags.number("replicas") < 0) {
        return client_error("replicas must be greater than or equal to 0, is " +
                            std::to_string(context.flags.number("replicas")));
    }
    Json containers = Json::array();
    for (const std::string& image : images) {
        Json container = {{"image", image}, {"name", container_name(image)}, {"resources", Json::object()}};
        if (!command.empty()) container["command"] = command;
        containers.push_back(std::move(container));
    }
    const std::int32_t port = context.flags.number("port");
    if (port >= 0 && !containers.empty()) containers[0]["ports"] = Json::array({{{"containerPort", port}}});
    const Json labels = {{"app", *name}};
    Json object = created_object("apps/v1", "Deployment", *name);
    object["metadata"]["labels"] = labels;
    object["spec"] = {{"replicas", context.flags.number("replicas")},
                      {"selector", {{"matchLabels", labels}}},
                      {"strategy", Json::object()},
                      {"template",
                       {{"metadata", {{"creationTimestamp", nullptr}, {"labels", labels}}},
                        {"spec", {{"containers", std::move(containers)}}}}}};
    object["status"] = Json::object();
    return create_typed(context, std::move(object), "deployment:");
}

}  // namespace

CommandSpec create_deployment_command() {
    FlagTable flags = {
        {"image", 0, FlagType::TextSlice, "", "Image names to run; several make several containers", "",
         true},
        {"port", 0, FlagType::Int, "-1", "The containerPort that this deployment exposes"},
        {"replicas", 'r', FlagType::Int, "1", "Number of replicas to create"},
    };
    return {
        .path = "create deployment",
        .aliases = {"deploy"},
        .summary = "Create a deployment with the specified name",
        .usage = "create deployment NAME --image=image -- [COMMAND] [args...] [options]",
        .examples =
            "  # Create a deployment that runs nginx in three pods\n"
            "  kubectl create deployment web --image=nginx --replicas=3",
        .flags = flags + typed_create_flags(),
        .run = run,
        .group = "",
    };
}

}  // namespace kubetab::kubectl
