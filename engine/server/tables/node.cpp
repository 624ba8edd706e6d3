// upstream: pkg/printers/internalversion/printers.go printNode

#include "engine/server/tables/table.h"

namespace kubetab::server {
namespace {

using base::Json;

constexpr std::string_view kRolePrefix = "node-role.kubernetes.io/";
constexpr std::string_view kRoleLabel = "kubernetes.io/role";

std::string status_of(const api::Node& node) {
    std::string status = "Unknown";
    for (const api::NodeCondition& condition : node.status.conditions) {
        if (condition.type == "Ready") status = condition.status == "True" ? "Ready" : "NotReady";
    }
    if (node.spec.unschedulable) status += ",SchedulingDisabled";
    return status;
}

std::string address_of(const api::Node& node, std::string_view type) {
    for (const api::NodeAddress& address : node.status.addresses) {
        if (address.type == type) return address.address;
    }
    return "<none>";
}

std::string or_unknown(const std::string& text) {
    return text.empty() ? "<unknown>" : text;
}

Json node_cells(const api::Object& object, sim::Instant now) {
    const auto& node = static_cast<const api::Node&>(object);
    std::vector<std::string> roles;
    for (const auto& [key, value] : node.metadata.labels) {
        if (key.starts_with(kRolePrefix) && key.size() > kRolePrefix.size()) {
            roles.push_back(key.substr(kRolePrefix.size()));
        } else if (key == kRoleLabel && !value.empty()) {
            roles.push_back(value);
        }
    }
    const api::NodeSystemInfo& info = node.status.nodeInfo;
    return {node.metadata.name,
            status_of(node),
            joined_or_none(roles),
            age_cell(node, now),
            info.kubeletVersion,
            address_of(node, "InternalIP"),
            address_of(node, "ExternalIP"),
            or_unknown(info.osImage),
            or_unknown(info.kernelVersion),
            or_unknown(info.containerRuntimeVersion)};
}

}  // namespace

TableKind node_table() {
    return {{{"Name", "string", "name", 0, "The node's name."},
             {"Status", "string", "", 0, "Whether it is ready and takes pods."},
             {"Roles", "string", "", 0, "Its roles, from labels."},
             {"Age", "string", "", 0, "Time since the object was created."},
             {"Version", "string", "", 0, "Version of its kubelet."},
             {"Internal-IP", "string", "", 1, "Its address inside the cluster."},
             {"External-IP", "string", "", 1, "Its address outside the cluster."},
             {"OS-Image", "string", "", 1, "Its operating system."},
             {"Kernel-Version", "string", "", 1, "Its kernel."},
             {"Container-Runtime", "string", "", 1, "Its container runtime."}},
            &node_cells};
}

}  // namespace kubetab::server
