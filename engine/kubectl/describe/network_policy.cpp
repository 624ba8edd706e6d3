// upstream: staging/src/k8s.io/kubectl/pkg/describe/describe.go NetworkPolicyDescriber
#include <fmt/format.h>

#include "engine/kubectl/describe/describers.h"
#include "engine/kubectl/describe/parts.h"

namespace kubetab::kubectl::describe {
namespace {

// 2026-01-05 08:01:00 +0000 UTC, as Go prints a time.
std::string go_time(const std::string& timestamp) {
    if (timestamp.size() < 19) return "0001-01-01 00:00:00 +0000 UTC";
    return timestamp.substr(0, 10) + " " + timestamp.substr(11, 8) + " +0000 UTC";
}

void write_ports(const Json& ports, Writer& writer) {
    constexpr int kLevel = 2;
    if (ports.empty()) {
        writer.write(kLevel, "To Port: <any> (traffic allowed to all ports)\n");
        return;
    }
    for (const Json& port : ports) {
        const std::string protocol = value_at(port, {"protocol"}, "TCP");
        const std::string number = value_at(port, {"port"});
        const std::string end = value_at(port, {"endPort"});
        const std::string range = end.empty() || end == "0" ? number : number + "-" + end;
        writer.write(kLevel, fmt::format("To Port: {}/{}\n", range, protocol));
    }
}

void write_selector(std::string_view name, const Json& selector, Writer& writer) {
    writer.write(3, fmt::format("{}: {}\n", name, format_selector(&selector)));
}

void write_peers(const Json& peers, std::string_view direction, Writer& writer) {
    if (peers.empty()) {
        writer.write(2, direction == "From" ? "From: <any> (traffic not restricted by source)\n"
                                            : "To: <any> (traffic not restricted by destination)\n");
        return;
    }
    for (const Json& peer : peers) {
        writer.write(2, fmt::format("{}:\n", direction));
        const Json* pods = base::find(peer, {"podSelector"});
        const Json* spaces = base::find(peer, {"namespaceSelector"});
        if (spaces != nullptr && spaces->is_object()) write_selector("NamespaceSelector", *spaces, writer);
        if (pods != nullptr && pods->is_object()) write_selector("PodSelector", *pods, writer);
        const Json& block = map_at(peer, {"ipBlock"});
        if (block.empty()) continue;
        writer.write(3, "IPBlock:\n");
        writer.write(4, fmt::format("CIDR: {}\n", base::text_at(block, {"cidr"})));
        writer.write(4, fmt::format("Except: {}\n", join_values(array_at(block, {"except"}), ", ")));
    }
}

void write_rules(const Json& rules, std::string_view peers, std::string_view direction,
                 std::string_view isolated, Writer& writer) {
    if (rules.empty()) {
        writer.write(2, fmt::format("<none> (Selected pods are isolated for {} connectivity)\n", isolated));
        return;
    }
    for (std::size_t i = 0; i < rules.size(); ++i) {
        write_ports(array_at(rules[i], {"ports"}), writer);
        write_peers(array_at(rules[i], {peers}), direction, writer);
        if (i + 1 < rules.size()) writer.write(2, "----------\n");
    }
}

}  // namespace

void describe_network_policy(const Subject& subject, Writer& writer) {
    const Json& object = subject.object;
    const Json& spec = map_at(object, {"spec"});
    write_name(subject, writer);
    writer.field(0, "Created on", go_time(base::text_at(object, {"metadata", "creationTimestamp"})));
    write_labels_and_annotations(subject, writer);
    writer.write(0, "Spec:\n");
    const Json& selector = map_at(spec, {"podSelector"});
    writer.write(1, "PodSelector: ");
    writer.add(selector.empty() ? "<none> (Allowing the specific traffic to all pods in this namespace)\n"
                                : "    " + format_selector(&selector) + "\n");
    const Json& types = array_at(spec, {"policyTypes"});
    const auto isolates = [&](std::string_view direction) {
        for (const Json& type : types) {
            if (type.is_string() && type.get<std::string>() == direction) return true;
        }
        return false;
    };
    if (isolates("Ingress")) {
        writer.write(1, "Allowing ingress traffic:\n");
        write_rules(array_at(spec, {"ingress"}), "from", "From", "ingress", writer);
    } else {
        writer.write(1, "Not affecting ingress traffic\n");
    }
    if (isolates("Egress")) {
        writer.write(1, "Allowing egress traffic:\n");
        write_rules(array_at(spec, {"egress"}), "to", "To", "egress", writer);
    } else {
        writer.write(1, "Not affecting egress traffic\n");
    }
    writer.write(1, fmt::format("Policy Types: {}\n", join_values(types, ", ")));
}

}  // namespace kubetab::kubectl::describe
