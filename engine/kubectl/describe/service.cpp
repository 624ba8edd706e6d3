#include <fmt/format.h>

#include <optional>

#include "engine/kubectl/describe/describers.h"
#include "engine/kubectl/describe/parts.h"

namespace kubetab::kubectl::describe {
namespace {

constexpr std::size_t kShownEndpoints = 3;

// What a service's slices hold for the port of that name.
std::string endpoints_text(const std::vector<Json>& slices, const std::string& port_name) {
    if (slices.empty()) return "<none>";
    std::vector<std::string> shown;
    std::size_t count = 0;
    for (const Json& slice : slices) {
        for (const Json& port : array_at(slice, {"ports"})) {
            if (base::text_at(port, {"name"}) != port_name) continue;
            for (const Json& endpoint : array_at(slice, {"endpoints"})) {
                const Json* ready = base::find(endpoint, {"conditions", "ready"});
                if (ready != nullptr && ready->is_boolean() && !ready->get<bool>()) continue;
                for (const Json& address : array_at(endpoint, {"addresses"})) {
                    ++count;
                    if (shown.size() >= kShownEndpoints) continue;
                    shown.push_back(text_of(&address) + ":" + value_at(port, {"port"}));
                }
            }
        }
    }
    std::string text = join(shown, ",");
    if (count > shown.size()) text += fmt::format(" + {} more...", count - shown.size());
    return text;
}

std::string ingress_text(const Json& ingress) {
    std::vector<std::string> parts;
    for (const Json& point : ingress) {
        std::string text = base::text_at(point, {"ip"});
        if (text.empty()) text = base::text_at(point, {"hostname"});
        const std::string mode = base::text_at(point, {"ipMode"});
        if (!mode.empty()) text += " (" + mode + ")";
        parts.push_back(text);
    }
    return join(parts, ", ");
}

void write_addresses(const Json& spec, Writer& writer) {
    const std::string policy = base::text_at(spec, {"ipFamilyPolicy"});
    if (!policy.empty()) writer.field(0, "IP Family Policy", policy);
    writer.field(0, "IP Families", or_none(join_values(array_at(spec, {"ipFamilies"}), ",")));
    writer.field(0, "IP", base::text_at(spec, {"clusterIP"}));
    writer.field(0, "IPs", or_none(join_values(array_at(spec, {"clusterIPs"}), ",")));
    const std::string external = join_values(array_at(spec, {"externalIPs"}), ",");
    const std::string wanted = base::text_at(spec, {"loadBalancerIP"});
    const std::string name = base::text_at(spec, {"externalName"});
    if (!external.empty()) writer.field(0, "External IPs", external);
    if (!wanted.empty()) writer.field(0, "Desired LoadBalancer IP", wanted);
    if (!name.empty()) writer.field(0, "External Name", name);
}

void write_port(const Json& port, const std::vector<Json>& slices, Writer& writer) {
    const std::string port_name = base::text_at(port, {"name"});
    const std::string shown_name = port_name.empty() ? "<unset>" : port_name;
    const std::string protocol = value_at(port, {"protocol"}, "TCP");
    writer.add(fmt::format("Port:\t{}\t{}/{}\n", shown_name, value_at(port, {"port"}), protocol));
    writer.add(fmt::format("TargetPort:\t{}/{}\n", value_at(port, {"targetPort"}, "0"), protocol));
    if (base::int_at(port, {"nodePort"}) != 0) {
        writer.add(fmt::format("NodePort:\t{}\t{}/{}\n", shown_name, value_at(port, {"nodePort"}), protocol));
    }
    writer.field(0, "Endpoints", endpoints_text(slices, port_name));
}

void write_policies(const Json& spec, Writer& writer) {
    writer.field(0, "Session Affinity", base::text_at(spec, {"sessionAffinity"}));
    const std::string external = base::text_at(spec, {"externalTrafficPolicy"});
    const std::string internal = base::text_at(spec, {"internalTrafficPolicy"});
    const std::int64_t health_port = base::int_at(spec, {"healthCheckNodePort"});
    const std::string ranges = join_values(array_at(spec, {"loadBalancerSourceRanges"}), ",");
    if (!external.empty()) writer.field(0, "External Traffic Policy", external);
    if (!internal.empty()) writer.field(0, "Internal Traffic Policy", internal);
    if (health_port != 0) writer.field(0, "HealthCheck NodePort", std::to_string(health_port));
    if (!ranges.empty()) writer.field(0, "LoadBalancer Source Ranges", ranges);
}

}  // namespace

void describe_service(const Subject& subject, Writer& writer) {
    const Json& spec = map_at(subject.object, {"spec"});
    write_name(subject, writer);
    write_labels_and_annotations(subject, writer);
    writer.field(0, "Selector", format_labels(map_at(spec, {"selector"})));
    writer.field(0, "Type", base::text_at(spec, {"type"}));
    write_addresses(spec, writer);
    const Json& ingress = array_at(subject.object, {"status", "loadBalancer", "ingress"});
    if (!ingress.empty()) writer.field(0, "LoadBalancer Ingress", ingress_text(ingress));

    const base::Result<std::vector<Json>> slices = subject.lookup.list(
        "/apis/discovery.k8s.io/v1/namespaces/" + subject.namespace_name() + "/endpointslices",
        {{"labelSelector", "kubernetes.io/service-name=" + subject.name()}});
    const std::vector<Json> known = slices.ok() ? *slices : std::vector<Json>{};
    for (const Json& port : array_at(spec, {"ports"})) write_port(port, known, writer);

    write_policies(spec, writer);
    write_events(subject, writer);
}

}  // namespace kubetab::kubectl::describe
