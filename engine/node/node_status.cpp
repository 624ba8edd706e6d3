#include "engine/node/node_status.h"

#include <algorithm>
#include <array>

#include "engine/api/pod_status.h"
#include "engine/node/eviction.h"

namespace kubetab::node {
namespace {

using client::EventType;

constexpr std::string_view kLeaseNamespace = "kube-node-lease";
constexpr std::int32_t kLeaseSeconds = 40;
constexpr sim::Duration kImageCollection = sim::minutes(5);

struct KnownCondition {
    std::string_view type;
    std::string_view status;
    std::string_view reason;
    std::string_view message;
    std::string_view event;
};

constexpr std::array kConditions = {
    KnownCondition{"MemoryPressure", "False", "KubeletHasSufficientMemory",
                   "kubelet has sufficient memory available", "NodeHasSufficientMemory"},
    KnownCondition{"DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure",
                   "NodeHasNoDiskPressure"},
    KnownCondition{"PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available",
                   "NodeHasSufficientPID"},
    KnownCondition{"Ready", "True", "KubeletReady", "kubelet is posting ready status", "NodeReady"},
};
// The first three under pressure; EvictionManager::Resource has the same order.
constexpr std::array kUnderPressure = {
    KnownCondition{"MemoryPressure", "True", "KubeletHasInsufficientMemory",
                   "kubelet has insufficient memory available", "NodeHasInsufficientMemory"},
    KnownCondition{"DiskPressure", "True", "KubeletHasDiskPressure", "kubelet has disk pressure",
                   "NodeHasDiskPressure"},
    KnownCondition{"PIDPressure", "True", "KubeletHasInsufficientPID",
                   "kubelet has insufficient PID available", "NodeHasInsufficientPID"},
};

constexpr KnownCondition kNotReady = {"Ready", "False", "KubeletNotReady", kNetworkNotReady, "NodeNotReady"};

// What the node's conditions are now.
std::array<KnownCondition, kConditions.size()> present_conditions(const NodeContext& context) {
    std::array<KnownCondition, kConditions.size()> present = kConditions;
    for (std::size_t i = 0; i < kUnderPressure.size(); ++i) {
        const auto resource = static_cast<EvictionManager::Resource>(i);
        if (context.evictions->under_pressure(resource)) present[i] = kUnderPressure[i];
    }
    if (!context.network_ready()) present.back() = kNotReady;
    return present;
}

}  // namespace

NodeReporter::NodeReporter(NodeContext& context) : context_(context) {
    const std::string& known = context_.spec.machine_id;
    machine_id_ = known.empty() ? context_.simulation.random().hex(32) : known;
    boot_id_ = context_.simulation.random().uuid();
}

void NodeReporter::record(EventType type, std::string reason, std::string message) const {
    if (!context_.reachable) return;
    api::ObjectReference node;
    node.kind = "Node";
    node.name = context_.spec.name;
    node.uid = context_.spec.name;  // upstream refers to its node by name here
    context_.recorder.record_for(node, {type, std::move(reason), std::move(message), {}});
}

void NodeReporter::set_conditions(api::NodeStatus& status) const {
    const api::Time now(context_.clock());
    for (const KnownCondition& known : present_conditions(context_)) {
        const api::NodeCondition* before = api::find_condition(status.conditions, known.type);
        const bool turns = before == nullptr || before->status != known.status;
        api::NodeCondition condition;
        condition.type = known.type;
        condition.status = known.status;
        condition.reason = known.reason;
        condition.message = known.message;
        condition.lastHeartbeatTime = now;
        api::set_condition(status.conditions, std::move(condition), now);
        // upstream: initialNode, for the container manager and again to register, before it is ready
        const bool twice = context_.platform->hollow && before == nullptr && known.type != "Ready";
        for (int times = turns ? (twice ? 2 : 1) : 0; times > 0; --times) {
            record(EventType::Normal, std::string(known.event),
                   "Node " + context_.spec.name + " status is now: " + std::string(known.event));
        }
    }
}

void NodeReporter::fill_status(api::NodeStatus& status) const {
    const NodeSpec& spec = context_.spec;
    status.addresses = {{spec.address, "InternalIP"}, {spec.name, "Hostname"}};
    status.capacity["cpu"] = api::Quantity::of_milli(spec.cpu_milli);
    const auto binary = api::Quantity::Format::BinarySI;
    status.capacity["memory"] = api::Quantity::of_units(spec.memory_bytes, binary);
    status.capacity["ephemeral-storage"] = api::Quantity::of_units(spec.storage_bytes, binary);
    status.capacity["pods"] = api::Quantity::of_units(spec.max_pods);
    status.allocatable = status.capacity;
    status.daemonEndpoints.kubeletEndpoint.Port = spec.port;
    status.images = context_.images->list();
    api::NodeSystemInfo& info = status.nodeInfo;
    info.architecture = "amd64";
    info.operatingSystem = "linux";
    info.bootID = boot_id_;
    info.machineID = machine_id_;
    info.systemUUID = machine_id_.substr(0, 8) + "-" + machine_id_.substr(8, 4) + "-" +
                      machine_id_.substr(12, 4) + "-" + machine_id_.substr(16, 4) + "-" +
                      machine_id_.substr(20);
    info.containerRuntimeVersion = "containerd://1.7.24";
    info.kernelVersion = "6.1.0-28-amd64";
    info.kubeletVersion = context_.spec.kubelet_version;
    info.kubeProxyVersion = context_.spec.kubelet_version;
    info.osImage = "Debian GNU/Linux 12 (bookworm)";
}

api::Node NodeReporter::make_node() const {
    const NodeSpec& spec = context_.spec;
    api::Node node;
    node.metadata.name = spec.name;
    node.metadata.annotations = spec.annotations;
    if (spec.controller_attaches)
        node.metadata.annotations["volumes.kubernetes.io/controller-managed-attach-detach"] = "true";
    base::StringMap& labels = node.metadata.labels;
    labels = spec.labels;
    labels["beta.kubernetes.io/arch"] = "amd64";
    labels["beta.kubernetes.io/os"] = "linux";
    labels["kubernetes.io/arch"] = "amd64";
    labels["kubernetes.io/hostname"] = spec.name;
    labels["kubernetes.io/os"] = "linux";
    node.spec.providerID = spec.provider_id;
    node.spec.taints = spec.taints;
    return node;
}

// upstream: registerWithAPIServer
void NodeReporter::start() {
    record(EventType::Normal, "Starting", "Starting kubelet.");
    if (rebooted_) {
        boot_id_ = context_.simulation.random().uuid();
        record(EventType::Warning, "Rebooted",
               "Node " + context_.spec.name + " has been rebooted, boot id: " + boot_id_);
        rebooted_ = false;
    }
    context_.started = context_.now();
    if (!context_.reachable) return;
    if (!context_.client.get<api::Node>({"", context_.spec.name}).ok()) {
        context_.client.because(0, "the kubelet has started");
        (void)context_.client.create(make_node());  // A failure shows when the status is reported.
    }
    reported_ = {};
    collected_ = context_.now();
    report();
    renew_lease();
}

// upstream: StartGarbageCollection, whose failures are told from the second one in a row on
void NodeReporter::collect_images() {
    if (!context_.platform->hollow || context_.now() - collected_ < kImageCollection) return;
    collected_ = context_.now();
    record(EventType::Warning, "ImageGCFailed", "imageFs information is unavailable");
}

// upstream: tryUpdateNodeStatus
void NodeReporter::report() {
    if (!context_.reachable) return;
    base::Result<api::Ref<api::Node>> stored = context_.client.get<api::Node>({"", context_.spec.name});
    if (!stored.ok()) {
        context_.client.because(0, "the node's object is gone");
        stored = context_.client.create(make_node());
        if (!stored.ok()) return;
    }
    api::Node node = **stored;
    if (!node.spec.podCIDR.empty()) context_.pod_cidr = node.spec.podCIDR;
    bool changed = context_.images->take_changed() || node.status.nodeInfo.bootID != boot_id_;
    changed = changed || node.status.nodeInfo.kubeletVersion != context_.spec.kubelet_version;
    for (const KnownCondition& known : present_conditions(context_)) {
        const api::NodeCondition* before = api::find_condition(node.status.conditions, known.type);
        changed = changed || before == nullptr || before->status != known.status;
    }
    if (!changed && context_.now() - reported_ < kReportInterval) return;
    set_conditions(node.status);
    fill_status(node.status);
    reported_ = context_.now();
    context_.client.because(0,
                            changed ? "the node's state has changed" : "nothing has changed for 5 minutes");
    (void)context_.client.update_status(std::move(node));  // Comes again with the next report.
}

void NodeReporter::renew_lease() {
    if (!context_.reachable) return;
    context_.client.because(0, "the node is alive");
    const std::string& name = context_.spec.name;
    const base::Result<api::Ref<api::Lease>> stored =
        context_.client.get<api::Lease>({std::string(kLeaseNamespace), name});
    if (stored.ok()) {
        api::Lease lease = **stored;
        lease.spec.renewTime = api::MicroTime(context_.clock());
        (void)context_.client.update(std::move(lease));  // The next renewal is near.
        return;
    }
    const base::Result<api::Ref<api::Node>> node = context_.client.get<api::Node>({"", name});
    if (!node.ok()) return;
    api::Lease lease;
    lease.metadata.name = name;
    lease.metadata.namespace_ = kLeaseNamespace;
    api::OwnerReference owner;
    owner.apiVersion = "v1";
    owner.kind = "Node";
    owner.name = name;
    owner.uid = (*node)->metadata.uid;
    lease.metadata.ownerReferences = {owner};
    lease.spec.holderIdentity = name;
    lease.spec.leaseDurationSeconds = kLeaseSeconds;
    lease.spec.renewTime = api::MicroTime(context_.clock());
    (void)context_.client.create(std::move(lease));
}

}  // namespace kubetab::node
