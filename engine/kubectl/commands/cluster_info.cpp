// kubectl cluster-info. upstream: staging/src/k8s.io/kubectl/pkg/cmd/clusterinfo/clusterinfo.go
#include "engine/kubectl/commands/client_commands.h"
#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/kubeconfig.h"
#include "engine/kubectl/rest.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using base::Json;

void print_service(Context& context, const std::string& name, const std::string& link) {
    const bool coloured = context.io->is_terminal();
    const std::string shown_name = coloured ? "\x1b[0;32m" + name + "\x1b[0m" : name;
    const std::string shown_link = coloured ? "\x1b[0;33m" + link + "\x1b[0m" : link;
    context.out(shown_name + " is running at " + shown_link + "\n");
}

const Json* first_of(const Json& object, std::initializer_list<std::string_view> path) {
    const Json* list = base::find(object, path);
    return list != nullptr && list->is_array() && !list->empty() ? &list->front() : nullptr;
}

std::string link_of(const Json& service, const std::string& server) {
    if (const Json* ingress = first_of(service, {"status", "loadBalancer", "ingress"})) {
        std::string address = base::text_at(*ingress, {"ip"});
        if (address.empty()) address = base::text_at(*ingress, {"hostname"});
        std::string link;
        const Json* ports = base::find(service, {"spec", "ports"});
        for (const Json& port : ports != nullptr && ports->is_array() ? *ports : Json::array()) {
            link += "http://" + address + ":" + std::to_string(base::int_at(port, {"port"})) + " ";
        }
        return link;
    }
    std::string name = base::text_at(service, {"metadata", "name"});
    if (const Json* port = first_of(service, {"spec", "ports"})) {
        const std::string port_name = base::text_at(*port, {"name"});
        const bool secure = port_name == "https" || base::int_at(*port, {"port"}) == 443;
        if (secure) name = "https:" + name + ":" + port_name;
        else if (!port_name.empty()) name += ":" + port_name;
    }
    return server + "/api/v1/namespaces/" + base::text_at(service, {"metadata", "namespace"}) + "/services/" +
           name + "/proxy";
}

Outcome run(Context& context) {
    const std::string space = context.namespace_given ? context.current_namespace : "kube-system";
    const auto services = list_json(context, "/api/v1/namespaces/" + space + "/services",
                                    {{"labelSelector", "kubernetes.io/cluster-service=true"}});
    if (!services) return services.error();
    const std::string server(kServerAddress);
    print_service(context, "Kubernetes control plane", server);
    const Json* items = base::find(*services, "items");
    for (const Json& service : items != nullptr && items->is_array() ? *items : Json::array()) {
        std::string name = base::text_at(service, {"metadata", "labels", "kubernetes.io/name"});
        if (name.empty()) name = base::text_at(service, {"metadata", "name"});
        print_service(context, name, link_of(service, server));
    }
    context.out("\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n");
    return 0;
}

Outcome run_dump(Context&) {
    return client_error(
        "cluster-info dump is not supported here: use kubectl get, describe, logs and events on what you "
        "look for");
}

}  // namespace

CommandSpec cluster_info_command() {
    return {
        .path = "cluster-info",
        .aliases = {},
        .summary = "Display cluster information",
        .usage = "cluster-info [flags] [options]",
        .examples =
            "  # Print the address of the control plane and of the cluster's services\n  kubectl "
            "cluster-info",
        .flags = {},
        .run = run,
        .group = "Cluster Management Commands",
    };
}

CommandSpec cluster_info_dump_command() {
    return {
        .path = "cluster-info dump",
        .aliases = {},
        .summary = "Dump relevant information for debugging and diagnosis (not supported)",
        .usage = "cluster-info dump",
        .examples = "",
        .flags = {},
        .run = run_dump,
    };
}

}  // namespace kubetab::kubectl
