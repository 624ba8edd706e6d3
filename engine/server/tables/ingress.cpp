// Tables of Ingress, IngressClass and NetworkPolicy.
// upstream: pkg/printers/internalversion/printers.go printIngress, printIngressClass, printNetworkPolicy

#include "engine/api/ingress.h"
#include "engine/api/network_policy.h"
#include "engine/api/selectors.h"
#include "engine/server/tables/table.h"

namespace kubetab::server {
namespace {

using base::Json;

constexpr Column kName{"Name", "string", "name", 0, "The name, unique in its namespace."};
constexpr Column kAge{"Age", "string", "", 0, "Time since the object was created."};

// The first three; "*" for every host.
std::string hosts_cell(const std::vector<api::IngressRule>& rules) {
    std::string text;
    std::size_t count = 0;
    for (const api::IngressRule& rule : rules) {
        if (rule.host.empty()) continue;
        if (++count <= 3) text.append(text.empty() ? "" : ",").append(rule.host);
    }
    if (count > 3) text += " + " + std::to_string(count - 3) + " more...";
    return text.empty() ? "*" : text;
}

std::string address_cell(const api::Ingress& ingress) {
    std::string text;
    for (const api::IngressLoadBalancerIngress& point : ingress.status.loadBalancer.ingress) {
        const api::Text& address = point.ip.empty() ? point.hostname : point.ip;
        if (!address.empty()) text.append(text.empty() ? "" : ",").append(address);
    }
    return text;
}

Json ingress_cells(const api::Object& object, sim::Instant now) {
    const auto& ingress = static_cast<const api::Ingress&>(object);
    const api::IngressSpec& spec = ingress.spec;
    return {ingress.metadata.name,
            spec.ingressClassName.value_or("<none>").str(),
            hosts_cell(spec.rules),
            address_cell(ingress),
            spec.tls.empty() ? "80" : "80, 443",
            age_cell(ingress, now)};
}

Json ingress_class_cells(const api::Object& object, sim::Instant now) {
    const auto& ingress_class = static_cast<const api::IngressClass&>(object);
    std::string parameters = "<none>";
    if (const auto& reference = ingress_class.spec.parameters) {
        parameters = reference->kind;
        if (reference->apiGroup) parameters += "." + *reference->apiGroup;
        parameters += "/" + reference->name;
    }
    return {ingress_class.metadata.name, ingress_class.spec.controller, parameters,
            age_cell(ingress_class, now)};
}

Json network_policy_cells(const api::Object& object, sim::Instant now) {
    const auto& policy = static_cast<const api::NetworkPolicy&>(object);
    api::Box<api::LabelSelector> selector;
    selector.edit() = policy.spec.podSelector;
    return {policy.metadata.name, api::format_label_selector(selector), age_cell(policy, now)};
}

}  // namespace

TableKind ingress_table() {
    return {{kName,
             {"Class", "string", "", 0, "The class, which names the controller."},
             {"Hosts", "string", "", 0, "The host names that it serves."},
             {"Address", "string", "", 0, "Where it is reached."},
             {"Ports", "string", "", 0, "The ports that it listens at."},
             kAge},
            &ingress_cells};
}

TableKind ingress_class_table() {
    return {{kName,
             {"Controller", "string", "", 0, "Who acts on Ingresses of the class."},
             {"Parameters", "string", "", 0, "An object with settings."},
             kAge},
            &ingress_class_cells};
}

TableKind network_policy_table() {
    return {{kName, {"Pod-Selector", "string", "", 0, "Which pods it is about."}, kAge},
            &network_policy_cells};
}

}  // namespace kubetab::server
