#include "engine/cluster/machines.h"

namespace kubetab::cluster {
namespace {

constexpr std::int32_t kHollowPort = 21'000;  // plus the node's number, because they are one process

// kube-proxy runs on every node, here as a static pod: so it is there on a node that no controller has seen
// yet.
api::Pod kube_proxy() {
    api::Pod pod;
    pod.metadata.name = "kube-proxy";
    pod.metadata.namespace_ = "kube-system";
    pod.metadata.labels = {{"k8s-app", "kube-proxy"}};
    api::PodSpec& spec = pod.spec.edit();
    spec.shared.edit().hostNetwork = true;
    spec.shared.edit().priorityClassName = "system-node-critical";
    api::Container& container = spec.containers.emplace_back();
    container.name = "kube-proxy";
    container.image = "registry.k8s.io/kube-proxy:v1.32.13";
    container.shared.edit().command = {"/usr/local/bin/kube-proxy"};
    spec.tolerations.emplace_back().operator_ = "Exists";
    return pod;
}

}  // namespace

std::string worker_name(int number) {
    return "node-" + std::to_string(number);
}

node::NodeSpec make_worker(int number, SystemPods system_pods) {
    node::NodeSpec spec;
    spec.name = worker_name(number);
    spec.address = "172.18." + std::to_string(number / 250) + "." + std::to_string(number % 250 + 2);
    if (system_pods == SystemPods::Yes) spec.static_pods.push_back(kube_proxy());
    return spec;
}

api::Node machine_template(const std::string& name) {
    const node::NodeSpec spec;
    api::Node node;
    node.metadata.name = name;
    node.metadata.uid = name;
    base::StringMap& labels = node.metadata.labels;
    for (const std::string_view prefix : {"beta.kubernetes.io/", "kubernetes.io/"}) {
        labels[std::string(prefix) + "arch"] = "amd64";
        labels[std::string(prefix) + "os"] = "linux";
    }
    labels["kubernetes.io/hostname"] = name;
    api::NodeStatus& status = node.status;
    const auto binary = api::Quantity::Format::BinarySI;
    status.capacity["cpu"] = api::Quantity::of_milli(spec.cpu_milli);
    status.capacity["memory"] = api::Quantity::of_units(spec.memory_bytes, binary);
    status.capacity["ephemeral-storage"] = api::Quantity::of_units(spec.storage_bytes, binary);
    status.capacity["pods"] = api::Quantity::of_units(spec.max_pods);
    status.allocatable = status.capacity;
    return node;
}

// upstream: pkg/kubemark/hollow_kubelet.go; the fake cadvisor tells neither disks nor a machine's id
void make_hollow(node::NodeSpec& worker, int number) {
    worker.provider_id = "kubemark://" + worker.name;
    worker.machine_id = "0123456789abcdef0123456789abcdef";
    worker.port = kHollowPort + number;
    worker.storage_bytes = 0;
    worker.controller_attaches = false;
}

node::LogRequest log_request(const server::LogOptions& options) {
    node::LogRequest request;
    request.container = options.container;
    request.previous = options.previous;
    request.timestamps = options.timestamps;
    if (options.tail_lines >= 0) request.tail_lines = options.tail_lines;
    if (options.limit_bytes > 0) request.limit_bytes = options.limit_bytes;
    if (options.since_seconds > 0) request.since_seconds = options.since_seconds;
    if (options.since_time > 0) request.since = sim::Instant{options.since_time * 1'000'000'000};
    return request;
}

base::Status waiting_for_node(const api::Pod& pod) {
    return base::failure(base::Reason::BadRequest,
                         "pod " + pod.metadata.name + " does not have a host assigned");
}

base::Status unreachable(const node::NodeSpec& node) {
    base::Status status = base::failure(base::Reason::InternalError,
                                        "Get \"https://" + node.address + ":" + std::to_string(node.port) +
                                            "/containerLogs\": dial tcp " + node.address + ":" +
                                            std::to_string(node.port) + ": connect: no route to host");
    return status;
}

base::Status no_connection(const node::NodeSpec& node) {
    return base::failure(base::Reason::Unknown, "error dialing backend: dial tcp " + node.address + ":" +
                                                    std::to_string(node.port) +
                                                    ": connect: no route to host");
}

std::string FollowedLog::take() {
    const base::Result<node::LogView> view = kubelet_.logs(pod_, request_);
    if (!view.ok() || (!run_.empty() && run_ != view->run)) {
        ended_ = true;
        return "";
    }
    run_ = view->run;
    request_.from = view->next;
    request_.tail_lines.reset();
    ended_ = view->ended;
    return view->text;
}

}  // namespace kubetab::cluster
