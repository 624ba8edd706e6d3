#include "engine/cluster/cluster.h"

#include <utility>

#include "engine/api/codec.h"
#include "engine/api/reviews.h"
#include "engine/api/served_kinds.h"
#include "engine/base/digest.h"
#include "engine/base/json.h"
#include "engine/base/yaml.h"
#include "engine/cluster/bootstrap.h"
#include "engine/cluster/faults/fault_board.h"
#include "engine/cluster/machines.h"
#include "engine/cluster/network/cluster_network.h"
#include "engine/cluster/proxying.h"
#include "engine/cluster/system_objects.h"
#include "engine/controllers/controllers.h"
#include "engine/node/port_forward.h"
#include "engine/server/rest/versions.h"

namespace kubetab::cluster {

using api::ObjectKey;
using api::Pod;
using base::Reason;
using base::Result;
using base::Status;

namespace {

// The cluster is simulated and nothing is encrypted: what stands in the certificate says so.
constexpr std::string_view kCertificate =
    "-----BEGIN CERTIFICATE-----\n"
    "c2ltdWxhdGVkIGNsdXN0ZXIsIHNpbXVsYXRlZCBjZXJ0aWZpY2F0ZQ==\n"
    "-----END CERTIFICATE-----\n";

// A network of /16 has 256 ranges for nodes; that of many nodes is made larger. The control plane's machine
// has the first; it is no node here, and where kubelets are hollow it runs none.
controllers::NodeRanges node_ranges(const ClusterSpec& spec) {
    constexpr int kUsual = 256;
    constexpr int kMost = 3072;
    return {spec.hollow_nodes ? 0 : 1, spec.nodes < kUsual ? kUsual : kMost};
}

}  // namespace

Cluster::Cluster(const ClusterSpec& spec, store::Store kept, std::unique_ptr<api::CustomKinds> custom_kinds)
    : spec_(spec),
      simulation_(spec.seed, spec.start),
      server_(simulation_, spec.admission, std::move(kept), std::move(custom_kinds)),
      rest_(server_, this,
            {.tokens = {spec.token_key, spec.static_tokens}, .address = api_server_address(spec.api_port)}),
      front_(rest_, api_server_address(spec.api_port)),
      doors_{{simulation_, server_, "door/controllers"},
             {simulation_, server_, "door/scheduler"},
             {simulation_, server_, "door/nodes"}} {
    faults_ = std::make_unique<FaultBoard>(*this);
    network_ = std::make_unique<ClusterNetwork>(*this);
    platform_.network = network_.get();
    server_.serve(spec_.apis);
    const bool is_new = server_.store().revision() == 0;
    if (spec_.hollow_nodes) platform_.make_hollow();
    if (spec_.pull) platform_.registry.set_pull_duration(*spec_.pull);
    const std::string certificate = spec_.certificate.empty() ? std::string(kCertificate) : spec_.certificate;
    if (is_new) {
        create_system_objects(server_, spec_.api_port);
        place_system_objects(server_, spec_, certificate);
    } else {
        move_api_server(server_, spec_.api_port);
    }
    if (spec_.cloud.present) cloud_ = std::make_unique<Cloud>(*this);
    informers_ = std::make_unique<client::InformerFactory>(doors_.controllers);
    controllers_ = controllers::make_controllers(
        simulation_, *informers_,
        {certificate, &rest_.metrics(), spec_.sign, node_ranges(spec_), this, cloud_.get()});
    scheduler_ = std::make_unique<scheduler::Scheduler>(simulation_, doors_.scheduler, scheduler::Options{});
    if (!spec_.scheduler) scheduler_->set_running(false);
    if (spec_.system_pods && is_new) {
        // The accounts of the namespaces come first; without them no pod is admitted.
        simulation_.run_until(simulation_.now() + sim::seconds(1));
        create_addons(server_);
    }
    for (int i = 0; i < spec_.nodes; ++i) add_node();
    if (spec_.cloud.present && spec_.cloud.autoscaled())
        autoscaler_ = std::make_unique<Autoscaler>(*this, doors_.controllers, *informers_);
    if (is_new) simulation_.run_until(simulation_.now() + spec_.boot);
}

// Kubelets and controllers let go of their watches before the server goes.
Cluster::~Cluster() {
    autoscaler_.reset();
    scrapped_.clear();
    kubelets_.clear();
    scheduler_.reset();
    controllers_.clear();
    informers_.reset();
}

std::string Cluster::add_node() {
    const int number = ++nodes_added_;
    node::NodeSpec worker = make_worker(number, spec_.system_pods ? SystemPods::Yes : SystemPods::No);
    if (spec_.hollow_nodes) make_hollow(worker, number);
    if (spec_.cloud.present && worker.provider_id.empty()) worker.provider_id = "kubetab://" + worker.name;
    if (!spec_.node_address.empty()) worker.address = spec_.node_address;
    start_kubelet(std::move(worker));
    return worker_name(number);
}

void Cluster::remove_machine(const std::string& name) {
    const auto found = kubelets_.find(name);
    if (found == kubelets_.end()) return;
    faults_->end_all_of(name);
    found->second->stop();
    scrapped_.push_back(std::move(found->second));
    kubelets_.erase(found);
}

void Cluster::start_kubelet(node::NodeSpec spec) {
    const std::string name = spec.name;
    kubelets_[name] = std::make_unique<node::Kubelet>(simulation_, doors_.nodes, platform_, std::move(spec),
                                                      &informers_->of<api::Service>());
}

node::Kubelet* Cluster::kubelet(const std::string& node) {
    const auto it = kubelets_.find(node);
    return it == kubelets_.end() ? nullptr : it->second.get();
}

const node::Kubelet* Cluster::kubelet(const std::string& node) const {
    const auto it = kubelets_.find(node);
    return it == kubelets_.end() ? nullptr : it->second.get();
}

Result<void> Cluster::stop_node(const std::string& name) {
    node::Kubelet* machine = kubelet(name);
    if (machine == nullptr) return server::not_found(api::kind_of<api::Node>(), name);
    machine->stop();
    return {};
}

Result<void> Cluster::start_node(const std::string& name) {
    node::Kubelet* machine = kubelet(name);
    if (machine == nullptr) return server::not_found(api::kind_of<api::Node>(), name);
    machine->start();
    return {};
}

Result<void> Cluster::partition_node(const std::string& name, Link link) {
    node::Kubelet* machine = kubelet(name);
    if (machine == nullptr) return server::not_found(api::kind_of<api::Node>(), name);
    machine->set_connected(link == Link::Connected);
    return {};
}

Result<void> Cluster::crash_kubelet(const std::string& name) {
    node::Kubelet* machine = kubelet(name);
    if (machine == nullptr) return server::not_found(api::kind_of<api::Node>(), name);
    machine->crash();
    return {};
}

void Cluster::set_controllers_running(bool running) {
    controllers_running_ = running;
    for (const std::unique_ptr<client::Controller>& controller : controllers_)
        controller->set_running(running);
}

bool Cluster::component_answers(std::string_view component) const {
    return component == "scheduler" ? scheduler_->running() : controllers_running_;
}

std::vector<std::string> Cluster::machines() const {
    std::vector<std::string> names;
    for (const auto& [name, machine] : kubelets_) names.push_back(name);
    return names;
}

bool Cluster::node_running(const std::string& name) const {
    const node::Kubelet* machine = kubelet(name);
    return machine != nullptr && machine->power() != node::Power::Off;
}

bool Cluster::node_connected(const std::string& name) const {
    const node::Kubelet* machine = kubelet(name);
    return machine != nullptr && machine->connected();
}

Result<void> Cluster::crash_container(const ObjectKey& key, const std::string& container) {
    const api::Ref<api::Object> stored = TRY(server_.get(api::kind_of<Pod>(), key));
    const auto& pod = static_cast<const Pod&>(*stored);
    node::Kubelet* machine = kubelet(pod.spec->nodeName);
    if (machine == nullptr)
        return base::failure(Reason::BadRequest, "pod \"" + key.name + "\" runs on no node yet");
    return machine->crash_container(key, container);
}

Result<void> Cluster::apply_given(std::string_view yaml) {
    for (const std::string& text : base::split_yaml_documents(yaml)) {
        const base::Json document = TRY(base::parse_yaml(text));
        if (document.is_null()) continue;
        const std::string version = base::text_at(document, {"apiVersion"});
        const std::size_t slash = version.find('/');
        const bool core = slash == std::string::npos;
        const api::Kind* kind =
            server_.find_kind(core ? "" : version.substr(0, slash),
                              core ? version : version.substr(slash + 1), base::text_at(document, {"kind"}));
        if (kind == nullptr || api::is_review(*kind) || api::is_made_when_asked(*kind)) {
            return base::failure(Reason::BadRequest,
                                 "no such kind: " + version + " " + base::text_at(document, {"kind"}));
        }
        api::StrictIssues issues;
        std::shared_ptr<api::Object> object = TRY(server::decode_served(*kind, document, issues));
        if (!issues.empty()) return base::failure(Reason::BadRequest, issues.front());
        if (kind->namespaced && object->metadata.namespace_.empty()) object->metadata.namespace_ = "default";
        TRY(server_.create(api::stored_kind(*kind), std::move(object),
                           {.actor = "lesson", .reason = "the lesson begins with it"}));
    }
    return {};
}

Result<std::string> Cluster::read_log(const Pod& pod, const server::LogOptions& options) {
    const node::Kubelet* machine = kubelet(pod.spec->nodeName);
    const ObjectKey key = ObjectKey::of(pod.metadata);
    if (machine == nullptr) return waiting_for_node(pod);
    if (!machine->answers()) return unreachable(machine->spec());
    return TRY(machine->logs(key, log_request(options))).text;
}

Result<std::unique_ptr<api::LogStream>> Cluster::follow_log(const Pod& pod,
                                                            const server::LogOptions& options) {
    TRY(read_log(pod, options));
    return std::unique_ptr<api::LogStream>(std::make_unique<FollowedLog>(
        *kubelet(pod.spec->nodeName), ObjectKey::of(pod.metadata), log_request(options)));
}

Result<std::unique_ptr<sim::Process>> Cluster::connect(const Pod& pod,
                                                       const server::ConnectOptions& options) {
    node::Kubelet* machine = kubelet(pod.spec->nodeName);
    if (machine == nullptr) return waiting_for_node(pod);
    if (!machine->answers()) return no_connection(machine->spec());
    const ObjectKey key = ObjectKey::of(pod.metadata);
    if (!options.attach) return machine->exec(key, options.container, options.command);
    return machine->attach(key, options.container, {.input = options.input, .terminal = options.terminal});
}

Result<std::unique_ptr<api::PortForward>> Cluster::forward(const Pod& pod) {
    node::Kubelet* machine = kubelet(pod.spec->nodeName);
    if (machine == nullptr) return waiting_for_node(pod);
    if (!machine->answers()) return no_connection(machine->spec());
    return node::forward_ports(*machine, ObjectKey::of(pod.metadata));
}

Result<server::ForwardedAnswer> Cluster::ask_pod(const Pod& pod, const server::ForwardedRequest& request) {
    return cluster::ask_pod(kubelet(pod.spec->nodeName), pod, request);
}

Result<server::ForwardedAnswer> Cluster::ask_node(const api::Node& node,
                                                  const server::ForwardedRequest& request) {
    return cluster::ask_node(kubelet(node.metadata.name), node, request);
}

std::optional<server::ContainerUsage> Cluster::usage(const Pod& pod, const std::string& container) const {
    const node::Kubelet* machine = kubelet(pod.spec->nodeName);
    if (machine == nullptr || !machine->answers()) return std::nullopt;
    const runtime::Usage used = machine->usage(ObjectKey::of(pod.metadata), container);
    return server::ContainerUsage{used.cpu_milli, used.memory_bytes};
}

std::string Cluster::log_of(const ObjectKey& key, const std::string& container, int tail_lines) const {
    const api::Ref<api::Object> stored = server_.store().get(api::kind_of<Pod>(), key);
    if (!stored) return "";
    const node::Kubelet* machine = kubelet(static_cast<const Pod&>(*stored).spec->nodeName);
    if (machine == nullptr) return "";
    node::LogRequest request;
    request.container = container;
    request.tail_lines = tail_lines;
    const Result<node::LogView> view = machine->logs(key, request);
    return view.ok() ? view->text : "";
}

std::uint64_t Cluster::digest() const {
    base::Digest digest;
    digest.add(simulation_.now().ns);
    digest.add(static_cast<std::int64_t>(simulation_.events_run()));
    digest.add(server_.store().revision());
    for (const api::Kind* kind : api::all_kinds()) {
        for (const auto& [key, object] : server_.store().all(*kind)) digest.add(api::encode(*kind, *object));
    }
    for (const api::Kind* kind : server_.custom_kinds()) {
        for (const auto& [key, object] : server_.store().all(*kind)) digest.add(api::encode(*kind, *object));
    }
    return digest.value();
}

}  // namespace kubetab::cluster
