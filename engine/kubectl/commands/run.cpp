// kubectl run. upstream: kubectl/pkg/cmd/run/run.go, kubectl/pkg/generate/versioned/run.go
#include <optional>
#include <utility>

#include "engine/kubectl/commands/former_run.h"
#include "engine/kubectl/commands/generated_object.h"
#include "engine/kubectl/commands/image_names.h"
#include "engine/kubectl/commands/pod_commands.h"
#include "engine/kubectl/commands/run_attached.h"
#include "engine/kubectl/printer.h"
#include "engine/kubectl/resources.h"
#include "engine/kubectl/rest.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using base::Json;

base::Result<void> check_image(const std::string& image) {
    if (image.empty()) return client_error("--image is required");
    if (is_image_reference(image)) return {};
    return client_error("Invalid image name " + quote(image) + ": invalid reference format");
}

base::Result<Json> environment_of(const Context& context) {
    Json list = Json::array();
    for (const std::string& pair : context.flags.list("env")) {
        const std::size_t equals = pair.find('=');
        if (equals == std::string::npos || equals == 0) return client_error("invalid env: " + pair);
        Json entry = {{"name", pair.substr(0, equals)}};
        if (equals + 1 < pair.size()) entry["value"] = pair.substr(equals + 1);
        list.push_back(std::move(entry));
    }
    return list;
}

base::Result<std::optional<std::int32_t>> port_of(const Context& context) {
    const std::string& text = context.flags.text("port");
    if (text.empty()) return std::optional<std::int32_t>{};
    return std::optional<std::int32_t>(TRY(parse_port(text)));
}

base::Result<std::string> restart_policy(const Context& context) {
    const std::string& restart = context.flags.text("restart");
    if (restart.empty() || restart == "Always") return std::string("Always");
    if (restart == "OnFailure" || restart == "Never") return restart;
    return usage_error(context.path(), "invalid restart policy: " + restart);
}

base::Result<void> check_pull_policy(const Context& context, const std::string& policy) {
    if (policy.empty() || policy == "Always" || policy == "IfNotPresent" || policy == "Never") return {};
    return usage_error(context.path(), "invalid image pull policy: " + policy);
}

base::Result<Json> container_of(const Context& context, const std::string& name,
                                const std::vector<std::string>& words) {
    Json container = {{"name", name}, {"image", context.flags.text("image")}, {"resources", Json::object()}};
    if (!words.empty()) container[context.flags.truth("command") ? "command" : "args"] = words;
    Json environment = TRY(environment_of(context));
    if (!environment.empty()) container["env"] = std::move(environment);
    const std::string& policy = context.flags.text("image-pull-policy");
    TRY(check_pull_policy(context, policy));
    if (!policy.empty()) container["imagePullPolicy"] = policy;
    if (const auto port = TRY(port_of(context)))
        container["ports"] = Json::array({{{"containerPort", *port}}});
    if (context.flags.truth("stdin")) {
        container["stdin"] = true;
        if (!context.flags.truth("leave-stdin-open")) container["stdinOnce"] = true;
    }
    if (context.flags.truth("tty")) container["tty"] = true;
    if (context.flags.truth("privileged")) container["securityContext"] = {{"privileged", true}};
    return container;
}

base::Result<Json> annotations_of(const Context& context) {
    Json annotations = Json::object();
    for (const std::string& pair : context.flags.list("annotations")) {
        const std::size_t equals = pair.find('=');
        if (equals == std::string::npos || equals == 0) {
            return client_error("unexpected annotations spec: " + pair);
        }
        annotations[pair.substr(0, equals)] = pair.substr(equals + 1);
    }
    return annotations;
}

base::Result<Json> pod_of(const Context& context, const std::string& name,
                          const std::vector<std::string>& words) {
    Json labels = TRY(parse_labels(context.flags.text("labels")));
    if (labels.empty()) labels = {{"run", name}};
    Json metadata = {{"creationTimestamp", nullptr}, {"name", name}, {"labels", std::move(labels)}};
    Json annotations = TRY(annotations_of(context));
    if (!annotations.empty()) metadata["annotations"] = std::move(annotations);
    Json container = TRY(container_of(context, name, words));
    Json restart_policy_name = TRY(restart_policy(context));
    return Json{{"apiVersion", "v1"},
                {"kind", "Pod"},
                {"metadata", std::move(metadata)},
                {"spec",
                 {{"containers", Json::array({std::move(container)})},
                  {"dnsPolicy", "ClusterFirst"},
                  {"restartPolicy", std::move(restart_policy_name)}}},
                {"status", Json::object()}};
}

// upstream: generateService
base::Result<Info> expose(Context& context, const Json& pod) {
    const std::int32_t port = *TRY(port_of(context));
    const Json ports = Json::array({{{"port", port}, {"protocol", "TCP"}, {"targetPort", port}}});
    const Json service = {{"apiVersion", "v1"},
                          {"kind", "Service"},
                          {"metadata", {{"creationTimestamp", nullptr}, {"name", pod["metadata"]["name"]}}},
                          {"spec", {{"ports", ports}, {"selector", pod["metadata"]["labels"]}}},
                          {"status", {{"loadBalancer", Json::object()}}}};
    return create_generated(context, service, "kubectl-run");
}

// --attach, which -i alone means too.
bool attaches(const Context& context) {
    return context.flags.truth(context.flags.changed("attach") ? "attach" : "stdin");
}

base::Result<void> check_flags(Context& context) {
    const Flags& flags = context.flags;
    TRY(check_image(flags.text("image")));
    if (flags.truth("tty") && !flags.truth("stdin")) {
        return usage_error(context.path(), "-i/--stdin is required for containers with -t/--tty=true");
    }
    if (flags.truth("expose") && flags.text("port").empty()) {
        return usage_error(context.path(), "--port must be set when exposing a service");
    }
    if (flags.truth("rm") && !attaches(context)) {
        return usage_error(context.path(), "--rm should only be used for attached containers");
    }
    if (attaches(context) && TRY(dry_run_of(context)) != DryRun::None) {
        return usage_error(
            context.path(),
            "--dry-run=[server|client] can't be used with attached containers options (--attach, "
            "--stdin, or --tty)");
    }
    return {};
}

// upstream: Run. The service is printed before the pod, which is made first; with a terminal attached neither
// is.
Outcome create(Context& context, const Json& generated, const Json& pod) {
    const base::Result<Info> made = create_generated(context, pod, "kubectl-run");
    if (!made) return made.error();
    std::vector<Info> all = {*made};
    std::vector<base::Status> errors;
    if (context.flags.truth("expose")) {
        const base::Result<Info> service = expose(context, generated);
        base::Result<void> printed;
        if (service) {
            all.push_back(*service);
            printed = print_result(context, *service, service->object, "created");
            if (context.flags.text("output") == "yaml") context.out("---\n");
        }
        if (!service) errors.push_back(service.error());
        if (!printed) errors.push_back(printed.error());
    }
    if (attaches(context) && errors.empty()) return run_attached(context, std::move(all));
    const base::Result<void> printed = print_result(context, *made, made->object, "created");
    if (!printed) errors.push_back(printed.error());
    return errors;
}

Outcome run(Context& context) {
    std::vector<std::string> words = context.arguments;
    if (words.empty() || context.arguments_before_dash == 0)
        return usage_error(context.path(), "NAME is required for run");
    const std::string name = words.front();
    words.erase(words.begin());
    if (const auto output = check_output(context); !output) return output.error();
    if (const auto checked = check_flags(context); !checked) return checked.error();
    base::Result<Json> generated = pod_of(context, name, words);
    if (generated.ok() && !attaches(context) && runs_as_in_2017(context))
        generated = former_workload(context, *generated);
    if (!generated) return generated.error();
    const base::Result<Json> pod = with_overrides(context, *generated);
    if (!pod) return pod.error();
    return create(context, *generated, *pod);
}

}  // namespace

CommandSpec run_command() {
    FlagTable flags = {
        {"annotations", 0, FlagType::TextArray, "", "Annotations of the pod, key=value; may be repeated"},
        {"attach", 0, FlagType::Bool, "false",
         "Wait until the pod runs, then show what it prints; -i means it too"},
        {"command", 0, FlagType::Bool, "false", "What follows -- is the command, not its arguments"},
        {"env", 0, FlagType::TextArray, "",
         "Environment variables of the container, name=value; may be repeated"},
        {"expose", 0, FlagType::Bool, "false", "Also create a ClusterIP service; needs --port"},
        {"image", 0, FlagType::Text, "", "The image of the container to run", "", true},
        {"image-pull-policy", 0, FlagType::Text, "", "Always, IfNotPresent or Never"},
        {"labels", 'l', FlagType::Text, "", "Labels of the pod, comma separated; run=NAME otherwise"},
        {"leave-stdin-open", 0, FlagType::Bool, "false",
         "Keep the container's input open after the first who attached"},
        {"pod-running-timeout", 0, FlagType::Duration, "1m0s", "How long to wait until the pod runs"},
        {"port", 0, FlagType::Text, "", "The port that this container exposes"},
        {"privileged", 0, FlagType::Bool, "false", "Run the container in privileged mode"},
        {"quiet", 'q', FlagType::Bool, "false", "Print only what the container prints"},
        {"restart", 0, FlagType::Text, "Always", "The restart policy: Always, OnFailure, Never"},
        {"rm", 0, FlagType::Bool, "false", "Delete the pod after it has ended; only when attached"},
        {"save-config", 0, FlagType::Bool, "false", "Save the configuration of the object in its annotation"},
        {"stdin", 'i', FlagType::Bool, "false", "Keep the container's input open and pass on what is typed"},
        {"tty", 't', FlagType::Bool, "false", "Give the container a terminal; needs -i"},
    };
    return {
        .path = "run",
        .aliases = {},
        .summary = "Run a particular image on the cluster",
        .usage =
            "run NAME --image=image [--env=\"key=value\"] [--port=port] [--dry-run=server|client] "
            "[--overrides=inline-json] [--command] -- [COMMAND] [args...] [options]",
        .examples =
            "  # Start a web server pod\n  kubectl run nginx --image=nginx\n\n"
            "  # Start it with labels and an open port\n"
            "  kubectl run web --image=nginx:1.25 --port=80 --labels=app=web,tier=front\n\n"
            "  # Print the pod without making it\n  kubectl run nginx --image=nginx --dry-run=client -o "
            "yaml\n\n"
            "  # Give the program arguments of its own\n"
            "  kubectl run once --image=busybox --restart=Never -- echo hello",
        .flags =
            flags + dry_run_flag() + field_manager_flag("kubectl-run") + output_flags() + override_flags(),
        .run = run,
        .group = "Basic Commands (Beginner)",
    };
}

}  // namespace kubetab::kubectl
