#include <fmt/format.h>

#include "engine/kubectl/describe/describers.h"
#include "engine/kubectl/describe/parts.h"

namespace kubetab::kubectl::describe {
namespace {

std::string addresses_of(const Json& list) {
    std::vector<std::string> parts;
    for (const Json& address : list) parts.push_back(base::text_at(address, {"ip"}));
    return or_none(join(parts, ","));
}

void write_ports(const Json& ports, int level, Writer& writer) {
    writer.write(level, "Ports:\n");
    writer.write(level + 1, "Name\tPort\tProtocol\n");
    writer.write(level + 1, "----\t----\t--------\n");
    for (const Json& port : ports) {
        const std::string name = base::text_at(port, {"name"});
        writer.write(level + 1,
                     fmt::format("{}\t{}\t{}\n", name.empty() ? "<unset>" : name,
                                 value_at(port, {"port"}, "<unset>"), value_at(port, {"protocol"}, "TCP")));
    }
}

void write_endpoint(const Json& endpoint, Writer& writer) {
    writer.write(1, fmt::format("- Addresses:\t{}\n", join_values(array_at(endpoint, {"addresses"}), ",")));
    writer.write(2, "Conditions:\n");
    writer.field(3, "Ready", value_at(endpoint, {"conditions", "ready"}, "<unset>"));
    writer.field(2, "Hostname", value_at(endpoint, {"hostname"}, "<unset>"));
    if (const Json* target = base::find(endpoint, "targetRef"); target != nullptr && target->is_object()) {
        writer.field(2, "TargetRef",
                     base::text_at(*target, {"kind"}) + "/" + base::text_at(*target, {"name"}));
    }
    writer.field(2, "NodeName", value_at(endpoint, {"nodeName"}, "<unset>"));
    writer.field(2, "Zone", value_at(endpoint, {"zone"}, "<unset>"));
}

}  // namespace

void describe_endpoints(const Subject& subject, Writer& writer) {
    write_name(subject, writer);
    write_labels_and_annotations(subject, writer);
    writer.add("Subsets:\n");
    for (const Json& subset : array_at(subject.object, {"subsets"})) {
        writer.field(1, "Addresses", addresses_of(array_at(subset, {"addresses"})));
        writer.field(1, "NotReadyAddresses", addresses_of(array_at(subset, {"notReadyAddresses"})));
        const Json& ports = array_at(subset, {"ports"});
        if (!ports.empty()) write_ports(ports, 1, writer);
        writer.add("\n");
    }
    write_events(subject, writer);
}

void describe_endpoint_slice(const Subject& subject, Writer& writer) {
    write_name(subject, writer);
    write_labels_and_annotations(subject, writer);
    writer.field(0, "AddressType", base::text_at(subject.object, {"addressType"}));
    const Json& ports = array_at(subject.object, {"ports"});
    if (ports.empty()) {
        writer.field(0, "Ports", "<unset>");
    } else {
        write_ports(ports, 0, writer);
    }
    const Json& endpoints = array_at(subject.object, {"endpoints"});
    if (endpoints.empty()) {
        writer.field(0, "Endpoints", "<none>");
    } else {
        writer.add("Endpoints:\n");
        for (const Json& endpoint : endpoints) write_endpoint(endpoint, writer);
    }
    write_events(subject, writer);
}

}  // namespace kubetab::kubectl::describe
