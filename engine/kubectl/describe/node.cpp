#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "engine/kubectl/describe/describers.h"
#include "engine/kubectl/describe/node_resources.h"
#include "engine/kubectl/describe/parts.h"

namespace kubetab::kubectl::describe {
namespace {

constexpr std::string_view kRolePrefix = "node-role.kubernetes.io/";

std::string roles_of(const Json& labels) {
    std::set<std::string> roles;
    for (const auto& [key, value] : labels.items()) {
        if (key.starts_with(kRolePrefix) && key.size() > kRolePrefix.size())
            roles.insert(key.substr(kRolePrefix.size()));
        if (key == "kubernetes.io/role" && !text_of(&value).empty()) roles.insert(text_of(&value));
    }
    return or_none(join({roles.begin(), roles.end()}, ","));
}

void write_lease(const Subject& subject, Writer& writer) {
    writer.add("Lease:\n");
    const base::Result<Json> lease = subject.lookup.get(
        "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/" + subject.name());
    if (!lease.ok()) {
        writer.write(1, "Failed to get lease: " + lease.error().message + "\n");
        return;
    }
    const std::string acquired = base::text_at(*lease, {"spec", "acquireTime"});
    const std::string renewed = base::text_at(*lease, {"spec", "renewTime"});
    writer.field(1, "HolderIdentity", value_at(*lease, {"spec", "holderIdentity"}, "<unset>"));
    writer.field(1, "AcquireTime", acquired.empty() ? "<unset>" : date_of(acquired));
    writer.field(1, "RenewTime", renewed.empty() ? "<unset>" : date_of(renewed));
}

void write_conditions(const Json& conditions, Writer& writer) {
    if (conditions.empty()) return;
    writer.add("Conditions:\n  Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage\n");
    writer.add("  ----\t------\t-----------------\t------------------\t------\t-------\n");
    for (const Json& condition : conditions) {
        writer.add(fmt::format("  {} \t{} \t{} \t{} \t{} \t{}\n", base::text_at(condition, {"type"}),
                               base::text_at(condition, {"status"}),
                               date_of(base::text_at(condition, {"lastHeartbeatTime"})),
                               date_of(base::text_at(condition, {"lastTransitionTime"})),
                               base::text_at(condition, {"reason"}), base::text_at(condition, {"message"})));
    }
}

void write_amounts(std::string_view title, const Json& amounts, Writer& writer) {
    if (amounts.empty()) return;
    writer.add(fmt::format("{}:\n", title));
    for (const auto& [name, amount] : amounts.items()) writer.field(1, name, text_of(&amount));
}

void write_system_info(const Json& info, Writer& writer) {
    struct Row {
        std::string_view title;
        std::string_view key;
    };
    static constexpr Row kRows[] = {
        {"Machine ID", "machineID"},
        {"System UUID", "systemUUID"},
        {"Boot ID", "bootID"},
        {"Kernel Version", "kernelVersion"},
        {"OS Image", "osImage"},
        {"Operating System", "operatingSystem"},
        {"Architecture", "architecture"},
        {"Container Runtime Version", "containerRuntimeVersion"},
        {"Kubelet Version", "kubeletVersion"},
        {"Kube-Proxy Version", "kubeProxyVersion"},
    };
    writer.add("System Info:\n");
    for (const Row& row : kRows) writer.field(1, row.title, base::text_at(info, {row.key}));
}

struct Allocatable {
    ResourceSums amounts{};

    explicit Allocatable(const Json& node) {
        const Json& allocatable = map_at(node, {"status", "allocatable"});
        const Json& used = allocatable.empty() ? map_at(node, {"status", "capacity"}) : allocatable;
        for (const auto& [name, amount] : used.items()) {
            const base::Result<api::Quantity> quantity = api::Quantity::parse(text_of(&amount));
            if (quantity.ok()) amounts[name] = *quantity;
        }
    }
    // "250m (12%)"
    std::string share(const std::string& resource, const ResourceSums& sums) const {
        const auto amount = sums.find(resource);
        const auto whole = amounts.find(resource);
        if (amount == sums.end()) return "0 (0%)";
        return fmt::format("{} ({}%)", amount->second.text(),
                           whole == amounts.end() ? 0 : percent(resource, amount->second, whole->second));
    }
};

void write_allocated(const Allocatable& allocatable, const RequestsAndLimits& total, Writer& writer) {
    writer.add("Allocated resources:\n  (Total limits may be over 100 percent, i.e., overcommitted.)\n");
    writer.add("  Resource\tRequests\tLimits\n  --------\t--------\t------\n");
    std::vector<std::string> shared = {"cpu", "memory", "ephemeral-storage"};
    std::vector<std::string> extended;
    for (const auto& [name, amount] : allocatable.amounts) {
        if (name.starts_with("hugepages-")) shared.push_back(name);
        if (name.find('/') != std::string::npos) extended.push_back(name);
    }
    for (const std::string& name : shared) {
        writer.add(fmt::format("  {}\t{}\t{}\n", name, allocatable.share(name, total.requests),
                               allocatable.share(name, total.limits)));
    }
    const auto amount_of = [](const ResourceSums& sums, const std::string& name) {
        const auto it = sums.find(name);
        return it == sums.end() ? std::string("0") : it->second.text();
    };
    for (const std::string& name : extended) {
        writer.add(fmt::format("  {}\t{}\t{}\n", name, amount_of(total.requests, name),
                               amount_of(total.limits, name)));
    }
}

void write_pods(const Subject& subject, Writer& writer) {
    const base::Result<std::vector<Json>> pods = subject.lookup.list(
        "/api/v1/pods", {{"fieldSelector", "spec.nodeName=" + subject.name() +
                                               ",status.phase!=Succeeded,status.phase!=Failed"}});
    if (!pods.ok()) {
        writer.field(0, "Pods", "not authorized");
        return;
    }
    const Allocatable allocatable(subject.object);
    RequestsAndLimits total;
    writer.field(0, "Non-terminated Pods", fmt::format("({} in total)", pods->size()));
    writer.write(1, "Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge\n");
    writer.write(1, "---------\t----\t\t------------\t----------\t---------------\t-------------\t---\n");
    for (const Json& pod : *pods) {
        const RequestsAndLimits wanted = pod_resources(pod);
        writer.write(
            1,
            fmt::format("{}\t{}\t\t{}\t{}\t{}\t{}\t{}\n", base::text_at(pod, {"metadata", "namespace"}),
                        base::text_at(pod, {"metadata", "name"}), allocatable.share("cpu", wanted.requests),
                        allocatable.share("cpu", wanted.limits), allocatable.share("memory", wanted.requests),
                        allocatable.share("memory", wanted.limits),
                        age_of(base::text_at(pod, {"metadata", "creationTimestamp"}), subject.now)));
        add_to(total.requests, wanted.requests);
        add_to(total.limits, wanted.limits);
    }
    write_allocated(allocatable, total, writer);
}

// A kubelet's first events carry the node's name as uid, because it does not know the real one yet.
void write_node_events(const Subject& subject, Writer& writer) {
    if (!subject.show_events) return;
    std::vector<Json> events = read_events(subject, base::text_at(subject.object, {"metadata", "uid"}));
    for (Json& event : read_events(subject, subject.name())) events.push_back(std::move(event));
    write_event_list(std::move(events), subject.now, writer);
}

}  // namespace

// upstream: staging/src/k8s.io/kubectl/pkg/describe/describe.go describeNode
void describe_node(const Subject& subject, Writer& writer) {
    const Json& node = subject.object;
    const Json& status = map_at(node, {"status"});
    writer.field(0, "Name", subject.name());
    writer.field(0, "Roles", roles_of(map_at(node, {"metadata", "labels"})));
    write_labels_and_annotations(subject, writer);
    writer.field(0, "CreationTimestamp", date_of(base::text_at(node, {"metadata", "creationTimestamp"})));
    write_taints(writer, "Taints", array_at(node, {"spec", "taints"}));
    writer.field(0, "Unschedulable", truth_at(node, {"spec", "unschedulable"}) ? "true" : "false");
    write_lease(subject, writer);
    write_conditions(array_at(status, {"conditions"}), writer);
    writer.add("Addresses:\n");
    for (const Json& address : array_at(status, {"addresses"})) {
        writer.field(1, base::text_at(address, {"type"}), base::text_at(address, {"address"}));
    }
    write_amounts("Capacity", map_at(status, {"capacity"}), writer);
    write_amounts("Allocatable", map_at(status, {"allocatable"}), writer);
    write_system_info(map_at(status, {"nodeInfo"}), writer);
    const std::string range = base::text_at(node, {"spec", "podCIDR"});
    const std::string ranges = join_values(array_at(node, {"spec", "podCIDRs"}), ",");
    const std::string provider = base::text_at(node, {"spec", "providerID"});
    if (!range.empty()) writer.field(0, "PodCIDR", range);
    if (!ranges.empty()) writer.field(0, "PodCIDRs", ranges);
    if (!provider.empty()) writer.field(0, "ProviderID", provider);
    write_pods(subject, writer);
    write_node_events(subject, writer);
}

}  // namespace kubetab::kubectl::describe
