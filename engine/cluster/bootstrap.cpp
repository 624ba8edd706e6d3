#include "engine/cluster/bootstrap.h"

#include "engine/api/scheduling.h"
#include "engine/base/ensure.h"
#include "engine/server/authorization/bootstrap.h"

namespace kubetab::cluster {
namespace {

using api::kind_of;

constexpr std::string_view kApiServerAddress = "172.18.0.2";

api::Cause cause() {
    return {.actor = "kube-apiserver", .reason = "a new cluster has it"};
}

template <class T>
void create(server::Server& server, T object) {
    ENSURE(server.create(kind_of<T>(), std::make_shared<T>(std::move(object)), cause()).ok());
}

// The `kubernetes` object of a kind, unless somebody has taken it away. An update that changes nothing writes
// nothing.
template <class T, class Edit>
void change(server::Server& server, const Edit& edit) {
    const api::Ref<api::Object> stored = server.store().get(kind_of<T>(), {"default", "kubernetes"});
    if (!stored) return;
    auto object = std::make_shared<T>(static_cast<const T&>(*stored));
    edit(*object);
    ENSURE(server
               .update(kind_of<T>(), std::move(object),
                       {.actor = "kube-apiserver", .reason = "the API server listens elsewhere"})
               .ok());
}

void create_namespace(server::Server& server, std::string_view name) {
    api::Namespace space;
    space.metadata.name = name;
    create(server, std::move(space));
}

void create_kubernetes_service(server::Server& server, std::int32_t api_port) {
    api::Service service;
    service.metadata.name = "kubernetes";
    service.metadata.namespace_ = "default";
    service.metadata.labels = {{"component", "apiserver"}, {"provider", "kubernetes"}};
    service.spec.clusterIP = "10.96.0.1";
    api::ServicePort port;
    port.name = "https";
    port.port = 443;
    port.targetPort = api::IntOrString(api_port);
    service.spec.ports.push_back(port);
    create(server, std::move(service));

    api::Endpoints endpoints;
    endpoints.metadata.name = "kubernetes";
    endpoints.metadata.namespace_ = "default";
    endpoints.metadata.labels = {{"endpointslice.kubernetes.io/skip-mirror", "true"}};
    api::EndpointSubset& subset = endpoints.subsets.emplace_back();
    subset.addresses.emplace_back().ip = kApiServerAddress;
    api::EndpointPort& endpoint_port = subset.ports.emplace_back();
    endpoint_port.name = "https";
    endpoint_port.port = api_port;
    create(server, std::move(endpoints));

    api::EndpointSlice slice;
    slice.metadata.name = "kubernetes";
    slice.metadata.namespace_ = "default";
    slice.metadata.labels = {{"kubernetes.io/service-name", "kubernetes"}};
    slice.addressType = "IPv4";
    api::Endpoint& endpoint = slice.endpoints.emplace_back();
    endpoint.addresses.emplace_back(kApiServerAddress);
    endpoint.conditions.ready = true;
    api::DiscoveryEndpointPort& slice_port = slice.ports.emplace_back();
    slice_port.name = "https";
    slice_port.port = api_port;
    create(server, std::move(slice));
}

api::Container coredns_container() {
    api::Container container;
    container.name = "coredns";
    container.image = "registry.k8s.io/coredns/coredns:v1.11.3";
    container.shared.edit().args = {"-conf", "/etc/coredns/Corefile"};
    container.resources.requests["cpu"] = api::Quantity::of_milli(100);
    container.resources.requests["memory"] =
        api::Quantity::of_units(70 << 20, api::Quantity::Format::BinarySI);
    container.resources.limits["memory"] =
        api::Quantity::of_units(170 << 20, api::Quantity::Format::BinarySI);
    const auto add_port = [&](std::string_view name, std::int32_t number, std::string_view protocol) {
        api::ContainerPort& port = container.ports.emplace_back();
        port.name = name;
        port.containerPort = number;
        port.protocol = protocol;
    };
    add_port("dns", 53, "UDP");
    add_port("dns-tcp", 53, "TCP");
    add_port("metrics", 9153, "TCP");
    return container;
}

void create_coredns(server::Server& server) {
    api::Deployment deployment;
    deployment.metadata.name = "coredns";
    deployment.metadata.namespace_ = "kube-system";
    deployment.metadata.labels = {{"k8s-app", "kube-dns"}};
    deployment.spec.replicas = 2;
    deployment.spec.selector.edit().matchLabels = {{"k8s-app", "kube-dns"}};
    api::PodTemplateSpec& pod = deployment.spec.template_.edit();
    pod.metadata.labels = {{"k8s-app", "kube-dns"}};
    api::PodSpec& spec = pod.spec.edit();
    spec.containers.push_back(coredns_container());
    spec.shared.edit().priorityClassName = "system-cluster-critical";
    spec.shared.edit().dnsPolicy = "Default";
    api::Toleration& toleration = spec.tolerations.emplace_back();
    toleration.key = "CriticalAddonsOnly";
    toleration.operator_ = "Exists";
    create(server, std::move(deployment));
}

void create_dns_service(server::Server& server) {
    api::Service service;
    service.metadata.name = "kube-dns";
    service.metadata.namespace_ = "kube-system";
    service.metadata.labels = {{"k8s-app", "kube-dns"},
                               {"kubernetes.io/cluster-service", "true"},
                               {"kubernetes.io/name", "CoreDNS"}};
    service.spec.clusterIP = "10.96.0.10";
    service.spec.selector = {{"k8s-app", "kube-dns"}};
    const auto add_port = [&](std::string_view name, std::int32_t number, std::string_view protocol) {
        api::ServicePort& port = service.spec.ports.emplace_back();
        port.name = name;
        port.port = number;
        port.protocol = protocol;
    };
    add_port("dns", 53, "UDP");
    add_port("dns-tcp", 53, "TCP");
    add_port("metrics", 9153, "TCP");
    create(server, std::move(service));
}

void create_priority_class(server::Server& server, std::string_view name, std::int32_t value,
                           std::string_view description) {
    api::PriorityClass object;
    object.metadata.name = name;
    object.value = value;
    object.description = description;
    create(server, std::move(object));
}

}  // namespace

std::string api_server_address(std::uint16_t port) {
    return std::string(kApiServerAddress) + ":" + std::to_string(port);
}

void create_system_objects(server::Server& server, std::uint16_t api_port) {
    for (const std::string_view name : {"default", "kube-node-lease", "kube-public", "kube-system"}) {
        create_namespace(server, name);
    }
    create_priority_class(server, api::kSystemNodeCritical, 2'000'001'000,
                          "Used for system critical pods that must not be moved from their current node.");
    create_priority_class(server, api::kSystemClusterCritical, 2'000'000'000,
                          "Used for system critical pods that must run in the cluster, but can be moved to "
                          "another node if necessary.");
    server::create_bootstrap_policy(server);
    create_kubernetes_service(server, api_port);
}

void move_api_server(server::Server& server, std::uint16_t api_port) {
    change<api::Service>(server, [&](api::Service& service) {
        if (!service.spec.ports.empty()) service.spec.ports.front().targetPort = api::IntOrString(api_port);
    });
    change<api::Endpoints>(server, [&](api::Endpoints& endpoints) {
        for (api::EndpointSubset& subset : endpoints.subsets) {
            for (api::EndpointPort& port : subset.ports) port.port = api_port;
        }
    });
    change<api::EndpointSlice>(server, [&](api::EndpointSlice& slice) {
        for (api::DiscoveryEndpointPort& port : slice.ports) port.port = api_port;
    });
}

void create_addons(server::Server& server) {
    create_coredns(server);
    create_dns_service(server);
}

}  // namespace kubetab::cluster
