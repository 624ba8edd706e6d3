#include "engine/kubectl/commands/debug_containers.h"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/base/digest.h"
#include "engine/kubectl/commands/image_names.h"
#include "engine/kubectl/commands/pod_choice.h"
#include "engine/kubectl/describe/parts.h"
#include "engine/kubectl/text.h"
#include "engine/sim/random.h"

namespace kubetab::kubectl {
namespace {

using base::Json;
using base::text_at;

constexpr int kSuffixLength = 5;
constexpr std::array<std::string_view, 6> kProfiles = {"legacy",     "general",  "baseline",
                                                       "restricted", "netadmin", "sysadmin"};

// The end of a name that nobody has chosen. The same object at the same time gets the same one.
std::string suffix(const Context& context, const Json& object, std::size_t attempt) {
    base::Digest digest;
    digest.add(text_at(object, {"metadata", "uid"}));
    digest.add(text_at(object, {"metadata", "resourceVersion"}));
    digest.add(context.now().ns);
    digest.add(static_cast<std::int64_t>(attempt));
    return sim::Random(digest.value()).name_suffix(kSuffixLength);
}

base::Result<Json> environment(const Context& context) {
    Json list = Json::array();
    for (const std::string& pair : context.flags.list("env")) {
        const std::size_t equals = pair.find('=');
        if (equals == std::string::npos) {
            return client_error("invalid argument " + quote(pair) + " for \"--env\" flag: " + pair +
                                " must be formatted as key=value");
        }
        Json entry = {{"name", pair.substr(0, equals)}};
        if (equals + 1 < pair.size()) entry["value"] = pair.substr(equals + 1);
        list.push_back(std::move(entry));
    }
    return list;
}

base::Result<void> check_copy_flags(const Context& context) {
    const Flags& flags = context.flags;
    if (!flags.text("copy-to").empty()) {
        return client_error(
            "kubectl debug --copy-to is not supported here: leave it out to look into the pod itself, or "
            "write "
            "the copy out with `kubectl get pod POD -o yaml`");
    }
    if (!flags.text("custom").empty()) {
        return client_error(
            "kubectl debug --custom is not supported here: choose one of the profiles that --profile "
            "names");
    }
    if (flags.truth("replace")) return client_error("--replace may only be used with --copy-to.");
    if (flags.truth("same-node")) return client_error("--same-node may only be used with --copy-to.");
    if (!flags.list("set-image").empty()) return client_error("--set-image may only be used with --copy-to.");
    if (flags.text("image").empty())
        return client_error("you must specify --image when not using --copy-to.");
    return {};
}

std::string container_name(Context& context, const Json& pod) {
    const std::string& chosen = context.flags.text("container");
    if (!chosen.empty()) return chosen;
    const ContainerNames taken = container_names(pod);
    std::string name;
    for (std::size_t attempt = 0; name.empty() || taken.has(name); ++attempt)
        name = "debugger-" + suffix(context, pod, attempt);
    if (!context.flags.truth("quiet")) context.out("Defaulting debug container name to " + name + ".\n");
    return name;
}

// What it has whatever it runs in.
Json plain_container(const Context& context, const DebugRequest& request, const std::string& name) {
    const Flags& flags = context.flags;
    Json container = {{"name", name},
                      {"image", flags.text("image")},
                      {"resources", Json::object()},
                      {"terminationMessagePolicy", "File"}};
    if (!request.env.empty()) container["env"] = request.env;
    if (!request.words.empty()) container[flags.truth("arguments-only") ? "args" : "command"] = request.words;
    if (!flags.text("image-pull-policy").empty())
        container["imagePullPolicy"] = flags.text("image-pull-policy");
    if (flags.truth("stdin")) container["stdin"] = true;
    if (flags.truth("tty")) container["tty"] = true;
    return container;
}

// upstream: profiles.go, the Apply of each
void apply_profile(const std::string& profile, Json& container) {
    if (profile == "general")
        container["securityContext"] = {{"capabilities", {{"add", Json::array({"SYS_PTRACE"})}}}};
    if (profile == "netadmin")
        container["securityContext"] = {{"capabilities", {{"add", Json::array({"NET_ADMIN", "NET_RAW"})}}}};
    if (profile == "sysadmin") container["securityContext"] = {{"privileged", true}};
    if (profile == "restricted") {
        container["securityContext"] = {{"allowPrivilegeEscalation", false},
                                        {"capabilities", {{"drop", Json::array({"ALL"})}}},
                                        {"runAsNonRoot", true},
                                        {"seccompProfile", {{"type", "RuntimeDefault"}}}};
    }
}

void apply_node_profile(const std::string& profile, Json& spec) {
    Json& container = spec["containers"].front();
    // The general profile has no capabilities of its own on a node.
    if (profile == "restricted" || profile == "netadmin" || profile == "sysadmin")
        apply_profile(profile, container);
    const bool host_files = profile == "legacy" || profile == "general" || profile == "sysadmin";
    if (host_files) {
        container["volumeMounts"] = Json::array({{{"name", "host-root"}, {"mountPath", "/host"}}});
        spec["volumes"] = Json::array({{{"name", "host-root"}, {"hostPath", {{"path", "/"}}}}});
    }
    if (host_files || profile == "netadmin") {
        for (const char* const namespace_ : {"hostNetwork", "hostPID", "hostIPC"}) spec[namespace_] = true;
    }
}

}  // namespace

base::Result<DebugRequest> read_debug_request(const Context& context) {
    DebugRequest request;
    const auto end = context.arguments_before_dash < 0
                         ? context.arguments.end()
                         : context.arguments.begin() + context.arguments_before_dash;
    request.targets.assign(context.arguments.begin(), end);
    request.words.assign(end, context.arguments.end());
    request.env = TRY(environment(context));
    const std::string& profile = context.flags.text("profile");
    if (std::find(kProfiles.begin(), kProfiles.end(), profile) == kProfiles.end())
        return client_error("unknown profile: " + profile);
    return request;
}

// upstream: DebugOptions.Validate
base::Result<void> check_debug_request(Context& context, const DebugRequest& request) {
    const Flags& flags = context.flags;
    TRY(check_copy_flags(context));
    const std::string& image = flags.text("image");
    if (!is_image_reference(image))
        return client_error("invalid image name " + quote(image) + ": invalid reference format");
    if (request.targets.empty() && flags.list("filename").empty())
        return client_error("NAME or filename is required for debug");
    const std::string& policy = flags.text("image-pull-policy");
    if (!policy.empty() && policy != "Always" && policy != "IfNotPresent" && policy != "Never")
        return client_error("invalid image pull policy: " + policy);
    if (const std::string& target = flags.text("target"); !target.empty() && !flags.truth("quiet")) {
        context.out(
            "Targeting container " + quote(target) +
            ". If you don't see processes from this container it may be because the container runtime "
            "doesn't support this feature.\n");
    }
    if (flags.truth("tty") && !flags.truth("stdin"))
        return client_error("-i/--stdin is required for containers with -t/--tty=true");
    return {};
}

Json debug_container(Context& context, const DebugRequest& request, const Json& pod) {
    Json container = plain_container(context, request, container_name(context, pod));
    const std::string& target = context.flags.text("target");
    if (!target.empty()) container["targetContainerName"] = target;
    apply_profile(context.flags.text("profile"), container);
    return container;
}

Json node_debug_pod(Context& context, const DebugRequest& request, const Json& node) {
    const std::string node_name = text_at(node, {"metadata", "name"});
    const std::string& chosen = context.flags.text("container");
    const std::string container = chosen.empty() ? "debugger" : chosen;
    const std::string name = "node-debugger-" + node_name + "-" + suffix(context, node, 0);
    if (!context.flags.truth("quiet")) {
        context.out("Creating debugging pod " + name + " with container " + container + " on node " +
                    node_name + ".\n");
    }
    Json spec = {{"containers", Json::array({plain_container(context, request, container)})},
                 {"nodeName", node_name},
                 {"restartPolicy", "Never"},
                 {"tolerations", Json::array({{{"operator", "Exists"}}})}};
    apply_node_profile(context.flags.text("profile"), spec);
    return {{"apiVersion", "v1"},
            {"kind", "Pod"},
            {"metadata", {{"name", name}, {"labels", {{"app.kubernetes.io/managed-by", "kubectl-debug"}}}}},
            {"spec", std::move(spec)}};
}

}  // namespace kubetab::kubectl
