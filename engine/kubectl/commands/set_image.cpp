#include <fmt/format.h>

#include <algorithm>

#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/commands/set_common.h"

namespace kubetab::kubectl {
namespace {

using base::Json;

struct Assignment {
    std::string container{};
    std::string image{};
};

bool is_assignment(const std::string& argument) {
    const std::size_t equals = argument.find('=');
    return equals != std::string::npos && equals > 0;
}

// Sets the image in both lists of containers. True when a container of that name was there.
bool set_in(Json& spec, const Assignment& assignment) {
    bool found = false;
    for (const char* list : {"initContainers", "containers"}) {
        const auto containers = spec.find(list);
        if (containers == spec.end() || !containers->is_array()) continue;
        for (Json& container : *containers) {
            if (assignment.container != "*" && base::text_at(container, {"name"}) != assignment.container)
                continue;
            container["image"] = assignment.image;
            found = true;
        }
    }
    return found;
}

base::Result<std::vector<Assignment>> read_assignments(const std::vector<std::string>& texts) {
    std::vector<Assignment> result;
    for (const std::string& text : texts) {
        const std::size_t equals = text.find('=');
        result.push_back({text.substr(0, equals), text.substr(equals + 1)});
        if (result.back().image.empty())
            return client_error(fmt::format("image name must not be empty in \"{}\"", text));
    }
    if (result.empty()) return client_error("at least one image update is required");
    const bool all =
        std::any_of(result.begin(), result.end(), [](const Assignment& a) { return a.container == "*"; });
    if (all && result.size() > 1)
        return client_error(
            "all containers are already specified by *, but saw more than one container_name=container_image "
            "pairs");
    return result;
}

Outcome run(Context& context) {
    const SplitArguments split = split_assignments(context.arguments, is_assignment);
    if (split.resources.empty() && context.flags.list("filename").empty()) {
        return client_error(
            "one or more resources must be specified as <resource> <name> or <resource>/<name>");
    }
    const base::Result<std::vector<Assignment>> assignments = read_assignments(split.assignments);
    if (!assignments.ok()) return assignments.error();
    const Change change = [&assignments](const Info&, Json& object) {
        std::vector<base::Status> errors;
        Json* spec = pod_spec_of(object);
        if (spec == nullptr) {
            errors.push_back(client_error("the object is not a pod or does not have a pod template: " +
                                          base::text_at(object, {"kind"})));
            return errors;
        }
        for (const Assignment& assignment : *assignments) {
            if (set_in(*spec, assignment)) continue;
            errors.push_back(
                client_error(fmt::format("unable to find container named \"{}\"", assignment.container)));
        }
        return errors;
    };
    return apply_to_all(context, {split.resources, "image updated", "image", change});
}

}  // namespace

CommandSpec set_command() {
    CommandSpec command;
    command.path = "set";
    command.summary = "Set specific features on objects";
    command.usage = "set SUBCOMMAND [options]";
    command.group = "Basic Commands (Beginner)";
    return command;
}

CommandSpec set_image_command() {
    CommandSpec command;
    command.path = "set image";
    command.summary = "Update the image of a pod template";
    command.usage =
        "set image (-f FILENAME | TYPE NAME) CONTAINER_NAME_1=CONTAINER_IMAGE_1 ... "
        "CONTAINER_NAME_N=CONTAINER_IMAGE_N "
        "[options]";
    command.examples =
        "  # A new image for one container of a deployment\n"
        "  kubectl set image deployment/nginx nginx=nginx:1.9.1\n\n"
        "  # The same image for every container\n"
        "  kubectl set image daemonset abc *=nginx:1.9.1\n";
    command.flags = set_flags();
    command.run = run;
    return command;
}

}  // namespace kubetab::kubectl
