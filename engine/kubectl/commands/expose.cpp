// kubectl expose. upstream: kubectl/pkg/cmd/expose/expose.go
#include <optional>
#include <utility>

#include "engine/kubectl/commands/generated_object.h"
#include "engine/kubectl/commands/mutation.h"
#include "engine/kubectl/commands/pod_commands.h"
#include "engine/kubectl/printer.h"
#include "engine/kubectl/resources.h"
#include "engine/kubectl/rest.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using base::Json;

constexpr std::size_t kMaxNameLength = 63;

const Json& member(const Json& object, std::initializer_list<std::string_view> path) {
    static const Json kNothing = Json();
    const Json* found = base::find(object, path);
    return found == nullptr ? kNothing : *found;
}

// upstream: polymorphichelpers CanBeExposed
bool can_expose(const ApiResource& resource) {
    const std::string name = resource.qualified_singular();
    const bool sets = resource.kind == "Deployment" || resource.kind == "ReplicaSet";
    return name == "pod" || name == "service" || name == "replicationcontroller" ||
           (sets && resource.todays_group() == "apps");
}

// upstream: polymorphichelpers MapBasedSelectorForObject
base::Result<Json> selector_of(const Info& info) {
    const auto fail = [](const std::string& why) {
        return client_error("couldn't retrieve selectors via --selector flag or introspection: " + why);
    };
    if (info.resource.kind == "Pod") {
        const Json& labels = member(info.object, {"metadata", "labels"});
        if (labels.empty()) return fail("the pod has no labels and cannot be exposed");
        return labels;
    }
    const bool plain = info.resource.kind == "Service" || info.resource.kind == "ReplicationController";
    if (plain) {
        const Json& selector = member(info.object, {"spec", "selector"});
        if (selector.empty()) return fail("the service has no pod selector set");
        return selector;
    }
    if (!member(info.object, {"spec", "selector", "matchExpressions"}).empty()) {
        return fail("couldn't convert expressions - " +
                    quote(member(info.object, {"spec", "selector", "matchExpressions"}).dump()) +
                    " to map-based selector format");
    }
    return member(info.object, {"spec", "selector", "matchLabels"});
}

struct Port {
    std::string number{};
    std::string protocol{};
};

// The ports that the object's containers (or the service) declare.
std::vector<Port> declared_ports(const Info& info) {
    std::vector<Port> ports;
    if (info.resource.kind == "Service") {
        for (const Json& port : member(info.object, {"spec", "ports"})) {
            ports.push_back(
                {std::to_string(base::int_at(port, {"port"})), base::text_at(port, {"protocol"})});
        }
        return ports;
    }
    const Json& spec = info.resource.kind == "Pod" ? member(info.object, {"spec"})
                                                   : member(info.object, {"spec", "template", "spec"});
    for (const Json& container : member(spec, {"containers"})) {
        for (const Json& port : member(container, {"ports"})) {
            ports.push_back(
                {std::to_string(base::int_at(port, {"containerPort"})), base::text_at(port, {"protocol"})});
        }
    }
    return ports;
}

// A number, or the name of a container's port.
Json target_port(const std::string& text) {
    const base::Result<std::int32_t> number = parse_port(text);
    return number ? Json(*number) : Json(text);
}

base::Result<Json> ports_of(const Context& context, const Info& info) {
    const std::vector<Port> declared = declared_ports(info);
    std::vector<std::string> numbers;
    if (!context.flags.text("port").empty()) {
        numbers = split(context.flags.text("port"), ',');
    } else {
        for (const Port& port : declared) numbers.push_back(port.number);
    }
    const bool headless = context.flags.text("cluster-ip") == "None";
    if (numbers.empty() && !headless)
        return client_error("couldn't find port via --port flag or introspection");
    Json ports = Json::array();
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const std::int32_t number = TRY(parse_port(std::string(trim(numbers[i]))));
        std::string protocol = context.flags.text("protocol");
        for (const Port& port : declared) {
            if (protocol.empty() && port.number == std::to_string(number)) protocol = port.protocol;
        }
        Json entry = {{"port", number}, {"protocol", protocol.empty() ? "TCP" : protocol}};
        if (numbers.size() > 1) entry["name"] = "port-" + std::to_string(i + 1);
        const std::string& target = context.flags.text("target-port");
        entry["targetPort"] = target.empty() ? Json(number) : target_port(target);
        ports.push_back(std::move(entry));
    }
    return ports;
}

base::Result<Json> labels_of(const Context& context, const Info& info) {
    if (context.flags.changed("labels")) return parse_labels(context.flags.text("labels"));
    const Json& labels = member(info.object, {"metadata", "labels"});
    return labels.is_object() ? labels : Json::object();
}

base::Result<void> set_address(const Context& context, Json& spec) {
    if (const std::string& type = context.flags.text("type"); !type.empty()) spec["type"] = type;
    if (const std::string& address = context.flags.text("external-ip"); !address.empty()) {
        spec["externalIPs"] = Json::array({address});
    }
    if (const std::string& address = context.flags.text("load-balancer-ip"); !address.empty()) {
        spec["loadBalancerIP"] = address;
    }
    if (const std::string& affinity = context.flags.text("session-affinity"); !affinity.empty()) {
        if (affinity != "None" && affinity != "ClientIP") {
            return client_error("unknown session affinity: " + affinity);
        }
        spec["sessionAffinity"] = affinity;
    }
    if (const std::string& address = context.flags.text("cluster-ip"); !address.empty()) {
        spec["clusterIP"] = address;
    }
    return {};
}

// upstream: createService
base::Result<Json> service_for(const Context& context, const Info& info) {
    if (!can_expose(info.resource)) {
        const std::string group = info.resource.group.empty() ? "" : "." + info.resource.group;
        return client_error("cannot expose a " + info.resource.kind + group);
    }
    std::string name = context.flags.text("name");
    if (name.empty()) name = info.name.substr(0, kMaxNameLength);
    const Json selector = context.flags.text("selector").empty()
                              ? TRY(selector_of(info))
                              : TRY(parse_labels(context.flags.text("selector")));
    Json metadata = {{"creationTimestamp", nullptr}, {"name", name}};
    Json labels = TRY(labels_of(context, info));
    if (!labels.empty()) metadata["labels"] = std::move(labels);
    Json spec = {{"selector", selector}};
    if (Json ports = TRY(ports_of(context, info)); !ports.empty()) spec["ports"] = std::move(ports);
    TRY(set_address(context, spec));
    return Json{{"apiVersion", "v1"},
                {"kind", "Service"},
                {"metadata", std::move(metadata)},
                {"spec", std::move(spec)},
                {"status", {{"loadBalancer", Json::object()}}}};
}

base::Result<void> expose(Context& context, const Info& info) {
    const Json service = TRY(with_overrides(context, TRY(service_for(context, info))));
    const Info made = TRY(create_generated(context, service, "kubectl-expose"));
    return print_result(context, made, made.object, "exposed");
}

Outcome run(Context& context) {
    if (const auto output = check_output(context); !output) return output.error();
    ResourceQuery query = query_of(context);
    query.label_selector.clear();
    query.continue_on_error = true;
    if (query.arguments.empty() && query.filenames.empty()) {
        return usage_error(context.path(), missing_resource().message);
    }
    Found found = find_resources(context, query);
    std::vector<base::Status> errors = std::move(found.errors);
    for (const Info& info : found.infos) {
        const base::Result<void> exposed = expose(context, info);
        if (!exposed) errors.push_back(exposed.error());
    }
    return errors;
}

}  // namespace

CommandSpec expose_command() {
    FlagTable flags = {
        {"cluster-ip", 0, FlagType::Text, "", "The cluster IP of the service; None makes it headless"},
        {"external-ip", 0, FlagType::Text, "", "Additional external IP address of the service"},
        {"labels", 'l', FlagType::Text, "", "Labels of the service; those of the object otherwise"},
        {"load-balancer-ip", 0, FlagType::Text, "", "IP to assign to the load balancer"},
        {"name", 0, FlagType::Text, "", "The name of the service; that of the object otherwise"},
        {"port", 0, FlagType::Text, "", "The port (or ports, comma separated) that the service serves on"},
        {"protocol", 0, FlagType::Text, "", "The network protocol of the ports; TCP otherwise"},
        {"save-config", 0, FlagType::Bool, "false", "Save the configuration of the object in its annotation"},
        {"selector", 0, FlagType::Text, "",
         "The service's selector; only equality; that of the object otherwise"},
        {"session-affinity", 0, FlagType::Text, "", "None or ClientIP"},
        {"target-port", 0, FlagType::Text, "", "Name or number of the container's port that traffic goes to"},
        {"type", 0, FlagType::Text, "",
         "ClusterIP, NodePort, LoadBalancer or ExternalName; ClusterIP otherwise"},
    };
    return {
        .path = "expose",
        .aliases = {},
        .summary =
            "Take a replication controller, service, deployment or pod and expose it as a new Kubernetes "
            "service",
        .usage =
            "expose (-f FILENAME | TYPE NAME) [--port=port] [--protocol=TCP|UDP|SCTP] "
            "[--target-port=number-or-name] "
            "[--name=name] [--external-ip=external-ip-of-service] [--type=type] [options]",
        .examples =
            "  # Make a service for a deployment: port 80, containers listen on 8080\n"
            "  kubectl expose deployment web --port=80 --target-port=8080\n\n"
            "  # Make it reachable on a port of every node\n"
            "  kubectl expose deployment web --name=web-np --type=NodePort --port=80",
        .flags = flags + dry_run_flag() + field_manager_flag("kubectl-expose") +
                 filename_flags("to expose a service") + output_flags() + override_flags(),
        .run = run,
        .group = "Basic Commands (Beginner)",
    };
}

}  // namespace kubetab::kubectl
