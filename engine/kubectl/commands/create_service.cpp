// kubectl create service. upstream: kubectl/pkg/cmd/create/create_service.go
#include <optional>
#include <utility>

#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/commands/create_typed.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using base::Json;

std::optional<int> number_in(const std::string& text) {
    if (text.empty() || text.size() > 9) return std::nullopt;
    int value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

base::Result<int> port_of(const std::string& text) {
    const std::optional<int> value = number_in(text);
    if (!value) return client_error("strconv.ParseUint: parsing " + quote(text) + ": invalid syntax");
    if (*value > 65535)
        return client_error("strconv.ParseUint: parsing " + quote(text) + ": value out of range");
    return *value;
}

// "80", "80:8080" or "80:name". upstream: parsePorts
base::Result<Json> parse_port(const std::string& text, std::int32_t node_port) {
    const std::size_t colon = text.find(':');
    const int port = TRY(port_of(text.substr(0, colon)));
    Json target = port;
    if (colon != std::string::npos) {
        const std::string second = text.substr(colon + 1, text.find(':', colon + 1) - colon - 1);
        if (number_in(second)) target = TRY(port_of(second));
        else target = second;
    }
    std::string name = text;
    for (char& c : name) {
        if (c == ':') c = '-';
    }
    Json result = {{"name", name}, {"port", port}, {"protocol", "TCP"}, {"targetPort", target}};
    if (node_port != 0) result["nodePort"] = node_port;
    return result;
}

struct ServiceKind {
    const char* type;
    bool needs_port;
};

base::Result<Json> service_from(Context& context, const std::string& name, const ServiceKind& kind) {
    const Flags& flags = context.flags;
    Json object = created_object("v1", "Service", name);
    const Json labels = {{"app", name}};
    object["metadata"]["labels"] = labels;
    object["spec"] = {{"selector", labels}, {"type", kind.type}};
    const std::vector<std::string>& ports = flags.list("tcp");
    const bool headless = flags.has("clusterip") && flags.text("clusterip") == "None";
    if (ports.empty() && kind.needs_port && !headless) {
        return client_error("at least one tcp port specifier must be provided");
    }
    const std::int32_t node_port = flags.has("node-port") ? flags.number("node-port") : 0;
    for (const std::string& port : ports) object["spec"]["ports"].push_back(TRY(parse_port(port, node_port)));
    if (flags.has("clusterip") && !flags.text("clusterip").empty())
        object["spec"]["clusterIP"] = flags.text("clusterip");
    if (flags.has("external-name")) object["spec"]["externalName"] = flags.text("external-name");
    object["status"] = {{"loadBalancer", Json::object()}};
    return object;
}

Outcome create_service(Context& context, const ServiceKind& kind) {
    const auto name = created_name(context);
    if (!name) return name.error();
    auto object = service_from(context, *name, kind);
    if (!object) return object.error();
    return create_typed(context, std::move(object).value(), std::string(kind.type) + " service:");
}

Outcome run_cluster_ip(Context& context) {
    return create_service(context, {"ClusterIP", true});
}
Outcome run_node_port(Context& context) {
    return create_service(context, {"NodePort", true});
}
Outcome run_load_balancer(Context& context) {
    return create_service(context, {"LoadBalancer", true});
}
Outcome run_external_name(Context& context) {
    return create_service(context, {"ExternalName", false});
}

FlagTable port_flag() {
    return {{"tcp", 0, FlagType::TextSlice, "", "Port pairs can be specified as '<port>:<targetPort>'"}};
}

}  // namespace

CommandSpec create_service_command() {
    return {.path = "create service",
            .aliases = {"svc"},
            .summary = "Create a service using a specified subcommand",
            .usage = "create service [flags] [options]",
            .examples = "",
            .flags = {},
            .run = nullptr,
            .group = ""};
}

CommandSpec create_service_cluster_ip_command() {
    FlagTable flags = {{"clusterip", 0, FlagType::Text, "",
                        "Assign your own ClusterIP or set to 'None' for a headless service"}};
    return {.path = "create service clusterip",
            .aliases = {},
            .summary = "Create a ClusterIP service",
            .usage =
                "create service clusterip NAME [--tcp=<port>:<targetPort>] [--dry-run=server|client|none] "
                "[options]",
            .examples =
                "  # Create a new ClusterIP service named my-cs\n  kubectl create service clusterip my-cs "
                "--tcp=5678:8080",
            .flags = flags + port_flag() + typed_create_flags(),
            .run = run_cluster_ip,
            .group = ""};
}

CommandSpec create_service_external_name_command() {
    FlagTable flags = {{"external-name", 0, FlagType::Text, "", "External name of the service", "", true}};
    return {.path = "create service externalname",
            .aliases = {},
            .summary = "Create an ExternalName service",
            .usage =
                "create service externalname NAME --external-name external.name "
                "[--dry-run=server|client|none] [options]",
            .examples =
                "  # Create a new ExternalName service named my-ns\n"
                "  kubectl create service externalname my-ns --external-name bar.com",
            .flags = flags + port_flag() + typed_create_flags(),
            .run = run_external_name,
            .group = ""};
}

CommandSpec create_service_load_balancer_command() {
    return {.path = "create service loadbalancer",
            .aliases = {},
            .summary = "Create a LoadBalancer service",
            .usage =
                "create service loadbalancer NAME [--tcp=port:targetPort] [--dry-run=server|client|none] "
                "[options]",
            .examples =
                "  # Create a new LoadBalancer service named my-lbs\n"
                "  kubectl create service loadbalancer my-lbs --tcp=5678:8080",
            .flags = port_flag() + typed_create_flags(),
            .run = run_load_balancer,
            .group = ""};
}

CommandSpec create_service_node_port_command() {
    FlagTable flags = {{"node-port", 0, FlagType::Int, "0", "Port used to expose the service on each node"}};
    return {
        .path = "create service nodeport",
        .aliases = {},
        .summary = "Create a NodePort service",
        .usage =
            "create service nodeport NAME [--tcp=port:targetPort] [--dry-run=server|client|none] [options]",
        .examples =
            "  # Create a new NodePort service named my-ns\n  kubectl create service nodeport my-ns "
            "--tcp=5678:8080",
        .flags = flags + port_flag() + typed_create_flags(),
        .run = run_node_port,
        .group = ""};
}

}  // namespace kubetab::kubectl
