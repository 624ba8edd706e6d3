#include "engine/node/kubelet.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "engine/api/pod_resources.h"

namespace kubetab::node {
namespace {

using base::Reason;

constexpr sim::Duration kRelistInterval = sim::seconds(1);
constexpr sim::Duration kStaticPodRetry = sim::seconds(10);
constexpr std::int64_t kLargestHost = 16'382;

std::uint64_t hash(std::string_view text) {
    std::uint64_t value = 14695981039346656037ULL;
    for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return value;
}

// "10.244.1.0/24" → the address of that host in the range; "" when it is outside.
std::string address_in(const std::string& cidr, std::int64_t host) {
    std::uint32_t base = 0;
    std::uint32_t part = 0;
    std::size_t at = 0;
    for (; at < cidr.size() && cidr[at] != '/'; ++at) {
        if (cidr[at] == '.') {
            base = base << 8 | part;
            part = 0;
        } else {
            part = part * 10 + static_cast<std::uint32_t>(cidr[at] - '0');
        }
    }
    base = base << 8 | part;
    std::uint32_t length = 0;
    for (++at; at < cidr.size(); ++at) length = length * 10 + static_cast<std::uint32_t>(cidr[at] - '0');
    if (length < 8 || length > 30 || host + 1 >= std::int64_t{1} << (32 - length)) return {};
    const std::uint32_t address = base + static_cast<std::uint32_t>(host);
    return fmt::format("{}.{}.{}.{}", address >> 24, address >> 16 & 255, address >> 8 & 255, address & 255);
}

}  // namespace

Kubelet::Kubelet(sim::Simulation& simulation, client::ApiServer& server, runtime::Platform& platform,
                 NodeSpec spec, const client::Informer<api::Service>* services)
    : spec_(std::move(spec)),
      client_(server, (platform.hollow ? "hollow-kubelet/" : "kubelet/") + spec_.name),
      recorder_(simulation, client_, "kubelet", spec_.name),
      context_{simulation, client_, recorder_, spec_},
      runtime_(simulation, platform, spec_.name, *this),
      images_(context_, platform.registry),
      probes_(context_),
      execs_(context_),
      evictions_(context_, *this),
      reporter_(context_),
      pods_(server, spec_.name) {
    context_.component = simulation.add("kubelet/" + spec_.name, *this);
    context_.runtime = &runtime_;
    context_.platform = &platform;
    context_.images = &images_;
    context_.probes = &probes_;
    context_.execs = &execs_;
    context_.evictions = &evictions_;
    context_.pod_cidr = spec_.pod_cidr;
    context_.host_ips.push_back({spec_.address});
    if (services != nullptr) context_.services = &services_.emplace(*services);
    for (const std::string& image : spec_.images)
        (void)images_.preload(image);  // What does not exist is pulled, and fails.
    pods_.on_change([this](const client::Change& change) { pod_changed(change); });
    run();
}

Kubelet::~Kubelet() {
    workers_.clear();
    context_.simulation.remove(context_.component);
}

// The kubelet's process begins.
void Kubelet::run() {
    // Kubelets are not in step with each other.
    booted_ = context_.now() - sim::milliseconds(static_cast<std::int64_t>(hash(spec_.name) % 1000));
    reporter_.start();
    context_.schedule(Timer::Lease, kLeaseInterval, 0, sim::Cadence::Heartbeat);
    context_.schedule(Timer::NodeStatus, kStatusInterval, 0, sim::Cadence::Heartbeat);
    if (!spec_.static_pods.empty()) context_.schedule(Timer::StaticPods, {}, 0);
    if (context_.faults.memory_left || context_.faults.disk_left || context_.faults.pids_left)
        evictions_.resources_changed();
    take_stock();
}

void Kubelet::handle(const sim::Event& event) {
    const auto timer = static_cast<Timer>(event.kind);
    if (timer == Timer::Grace && power_ == Power::KubeletDown) return;
    if (power_ != Power::On) return;
    if (paused()) return held_.push_back(event);
    switch (timer) {
        case Timer::Lease:
            reporter_.renew_lease();
            context_.schedule(Timer::Lease, kLeaseInterval, 0, sim::Cadence::Heartbeat);
            return;
        case Timer::NodeStatus:
            reporter_.report();
            reporter_.collect_images();
            context_.schedule(Timer::NodeStatus, kStatusInterval, 0, sim::Cadence::Heartbeat);
            return;
        case Timer::Relist: return relist();
        case Timer::StaticPods: return create_static_pods();
        case Timer::Probe: return probes_.tick(event.value);
        case Timer::ProbeTimeout: return probes_.timed_out(event.value);
        case Timer::Pressure: return evictions_.look();
        case Timer::Exec: {
            const std::optional<ExecOutcome> outcome = execs_.proceed(event.value);
            if (outcome) dispatch_exec(*outcome);
            return;
        }
        case Timer::Pull: {
            PodWorker* waiting = worker(images_.pull_finished());
            if (waiting != nullptr) waiting->pull_done();
            return;
        }
        case Timer::Grace:
        case Timer::Hook: {
            PodWorker* owner = worker_of_container(event.value);
            if (owner == nullptr) return;
            return timer == Timer::Grace ? owner->grace_over(event.value) : owner->hook_due(event.value);
        }
        default: break;
    }
    PodWorker* target = worker(event.value);
    if (target == nullptr) return;
    if (timer == Timer::Sync) target->sync();
    if (timer == Timer::Volumes) target->volumes_due();
    if (timer == Timer::Deadline) target->deadline_over();
    if (timer == Timer::Status) target->status_due();
    if (timer == Timer::Finish) {
        target->finish();
        if (target->gone()) forget_pod(*target->pod());
    }
}

void Kubelet::dispatch_exec(const ExecOutcome& outcome) {
    if (outcome.purpose == ExecPurpose::Probe) return probes_.exec_finished(outcome);
    PodWorker* owner = worker_of_container(outcome.target);
    if (owner != nullptr) owner->exec_finished(outcome);
}

PodWorker* Kubelet::worker(std::int64_t id) {
    const auto place = std::lower_bound(
        workers_.begin(), workers_.end(), id,
        [](const std::unique_ptr<PodWorker>& known, std::int64_t wanted) { return known->id() < wanted; });
    return place == workers_.end() || (*place)->id() != id ? nullptr : place->get();
}

// The latest of that name: one before it may still be ending.
PodWorker* Kubelet::worker(const api::ObjectKey& pod) const {
    const auto found = std::find_if(workers_.rbegin(), workers_.rend(), [&](const auto& known) {
        const api::ObjectMeta& metadata = known->pod()->metadata;
        return metadata.name == pod.name && metadata.namespace_ == pod.namespace_;
    });
    return found == workers_.rend() ? nullptr : found->get();
}

PodWorker* Kubelet::worker_of_uid(const api::Text& uid) const {
    const auto found = std::find_if(workers_.begin(), workers_.end(),
                                    [&](const auto& known) { return known->pod()->metadata.uid == uid; });
    return found == workers_.end() ? nullptr : found->get();
}

PodWorker* Kubelet::worker_of_container(std::int64_t number) {
    const runtime::Container* container = runtime_.find(number);
    return container == nullptr ? nullptr : worker(container->config().owner);
}

// --- pods ---

void Kubelet::pod_changed(const client::Change& change) {
    if (power_ != Power::On) return;  // take_stock() makes up for it.
    if (change.type == client::ChangeType::Deleted) {
        PodWorker* const removed = worker_of_uid(change.object->metadata.uid);
        if (removed == nullptr) return;
        removed->pod_removed();
        if (removed->state() == PodWorker::State::Terminated) forget_pod(*change.object);
        if (change.object->metadata.annotations.contains("kubernetes.io/config.mirror")) {
            context_.schedule(Timer::StaticPods, sim::seconds(1), 0);
        }
        return;
    }
    see_pod(api::cast<api::Pod>(change.object), change.revision);
}

void Kubelet::see_pod(const api::Ref<api::Pod>& pod, std::int64_t revision) {
    PodWorker* const known = worker_of_uid(pod->metadata.uid);
    if (known != nullptr) return known->update(pod, revision);
    const bool has_ended = pod->status.phase == "Succeeded" || pod->status.phase == "Failed";
    if (has_ended && !pod->metadata.deletionTimestamp.is_set()) return;
    const std::int64_t id = ++last_worker_;
    WorkerHost& host = *this;
    PodWorker& added = *workers_.emplace_back(std::make_unique<PodWorker>(context_, host, id, pod));
    if (const std::optional<Rejection> rejection = rejection_of(*pod))
        return added.reject(rejection->reason, rejection->message);
    added.update(pod, revision);
    if (added.state() == PodWorker::State::Syncing) added.sync();
}

// upstream: canAdmitPod
std::optional<Rejection> Kubelet::rejection_of(const api::Pod& pod) {
    if (pod.status.startTime.is_set() || pod.metadata.deletionTimestamp.is_set()) return std::nullopt;
    const std::string pressure = evictions_.refusal(pod);
    if (!pressure.empty()) return Rejection{"Evicted", pressure};
    const base::Result<api::Ref<api::Node>> node = client_.get<api::Node>({"", spec_.name});
    if (!node.ok()) return std::nullopt;
    // Most pods want nothing that others could have taken, but their place among them.
    const std::int64_t places = (*node)->status.allocatable.value_or("pods", {}).units();
    const bool easy = static_cast<std::int64_t>(workers_.size()) <= places &&
                      api::pod_requests(*pod.spec).empty() && api::host_ports(*pod.spec).empty();
    return reject_pod(pod, **node, easy ? std::vector<api::Ref<api::Pod>>{} : pods_besides(pod));
}

std::vector<api::Ref<api::Pod>> Kubelet::pods_besides(const api::Pod& pod) const {
    std::vector<api::Ref<api::Pod>> others;
    for (const std::unique_ptr<PodWorker>& known : workers_) {
        const api::Ref<api::Pod>& other = known->pod();
        const api::Ref<api::Pod> present = pods_.find(known->key());
        const bool ended = other->status.phase == "Succeeded" || other->status.phase == "Failed";
        const bool same = present && present->metadata.uid == other->metadata.uid;
        if (same && !ended && other->metadata.uid != pod.metadata.uid) others.push_back(other);
    }
    return others;
}

void Kubelet::forget_pod(const api::Object& pod) {
    const PodWorker* const known = worker_of_uid(pod.metadata.uid);
    if (known == nullptr) return;
    changed_.erase(known->id());
    std::erase_if(workers_, [known](const auto& one) { return one.get() == known; });
}

void Kubelet::take_stock() {
    for (const auto& [key, object] : pods_.objects()) see_pod(api::cast<api::Pod>(object), pods_.revision());
    std::map<api::Text, PodWorker*> removed;  // by uid
    for (const std::unique_ptr<PodWorker>& known : workers_) {
        const api::Ref<api::Pod> present = pods_.find(known->key());
        const api::Text& uid = known->pod()->metadata.uid;
        if (!present || present->metadata.uid != uid) removed.emplace(uid, known.get());
    }
    for (const auto& [uid, gone] : removed) {
        gone->pod_removed();
        if (gone->state() == PodWorker::State::Terminated) forget_pod(*gone->pod());
    }
}

// --- changes of containers ---

void Kubelet::container_exited(runtime::Container& container) {
    PodWorker* owner = worker(container.config().owner);
    if (owner == nullptr) return;
    if (power_ == Power::On) return owner->container_exited(container);
    mark_changed(*owner);
}

void Kubelet::mark_changed(PodWorker& worker) {
    changed_.insert(worker.id());
    if (relist_event_ != 0 || power_ != Power::On) return;
    relist_event_ = context_.schedule(Timer::Relist, until_relist(), 0);
}

sim::Duration Kubelet::until_relist() const {
    const std::int64_t interval = kRelistInterval.ns;
    return {interval - (context_.now() - booted_ + relist_phase()).ns % interval};
}

// Kubelets look at their containers at instants of their own, so that pods of several nodes do not change at
// once.
sim::Duration Kubelet::relist_phase() const {
    return sim::milliseconds(static_cast<std::int64_t>(hash(spec_.name) % 1000));
}

sim::Duration Kubelet::until_tick_after(sim::Duration wait) const {
    const std::int64_t interval = kRelistInterval.ns;
    const std::int64_t due = (context_.now() - booted_ + relist_phase()).ns + wait.ns;
    return {wait.ns + (interval - due % interval) % interval};
}

void Kubelet::relist() {
    relist_event_ = 0;
    const std::set<std::int64_t> changed = std::exchange(changed_, {});
    for (const std::int64_t id : changed) {
        PodWorker* target = worker(id);
        if (target != nullptr) target->sync();
    }
}

std::string Kubelet::allocate_address() {
    if (context_.pod_cidr.empty() && context_.reachable) {
        const base::Result<api::Ref<api::Node>> node = client_.get<api::Node>({"", spec_.name});
        if (node.ok()) context_.pod_cidr = (*node)->spec.podCIDR;
    }
    if (context_.pod_cidr.empty()) return {};
    for (std::int64_t tried = 0; tried < kLargestHost; ++tried) {
        ++last_address_;
        std::string address = address_in(context_.pod_cidr, last_address_);
        if (address.empty()) {
            last_address_ = 1;
            continue;
        }
        const bool taken = std::any_of(workers_.begin(), workers_.end(),
                                       [&](const auto& known) { return known->address() == address; });
        if (!taken) return address;
    }
    return {};
}

// --- static pods ---

// upstream: pkg/kubelet/pod/mirror_client.go
// differs: deleting a mirror pod ends its containers too, and they start anew with the next mirror.
void Kubelet::create_static_pods() {
    bool failed = false;
    for (const api::Pod& source : spec_.static_pods) {
        const api::ObjectKey key{source.metadata.namespace_, source.metadata.name + "-" + spec_.name};
        if (pods_.find(key)) continue;
        api::Pod mirror = source;
        mirror.metadata.name = key.name;
        base::StringMap& annotations = mirror.metadata.annotations;
        const std::string digest = fmt::format("{:016x}{:016x}", hash(key.text()), hash(key.name));
        annotations["kubernetes.io/config.hash"] = digest;
        annotations["kubernetes.io/config.mirror"] = digest;
        annotations["kubernetes.io/config.seen"] = runtime::format_nanoseconds(context_.now());
        annotations["kubernetes.io/config.source"] = "file";
        mirror.spec.edit().nodeName = spec_.name;
        const base::Result<api::Ref<api::Node>> node = client_.get<api::Node>({"", spec_.name});
        if (node.ok()) {
            api::OwnerReference owner;
            owner.apiVersion = "v1";
            owner.kind = "Node";
            owner.name = spec_.name;
            owner.uid = (*node)->metadata.uid;
            owner.controller = true;
            mirror.metadata.ownerReferences = {owner};
        }
        client_.because(0, "static pod of the node");
        const bool created = context_.reachable && client_.create(std::move(mirror)).ok();
        failed = failed || !created;
    }
    if (failed) context_.schedule(Timer::StaticPods, kStaticPodRetry, 0, sim::Cadence::Heartbeat);
}

// --- faults ---

void Kubelet::lose_process() {
    ++lives_;
    execs_.clear();
    probes_.halt();
    images_.lose_pulls();
    evictions_.forget();
    held_.clear();
    changed_.clear();
    context_.simulation.cancel(relist_event_);
    relist_event_ = 0;
}

void Kubelet::crash() {
    if (power_ != Power::On) return;
    power_ = Power::KubeletDown;
    lose_process();
    for (const std::unique_ptr<PodWorker>& lost : workers_) lost->process_lost();
}

void Kubelet::stop() {
    if (power_ == Power::Off) return;
    power_ = Power::Off;
    runtime_.lose_all(255, "Unknown");
    lose_process();
    for (const std::unique_ptr<PodWorker>& lost : workers_) lost->power_lost();
    reporter_.power_lost();
}

void Kubelet::start() {
    if (power_ == Power::On) return;
    power_ = Power::On;
    for (const std::unique_ptr<PodWorker>& back : workers_) back->process_back();
    run();
    for (const std::unique_ptr<PodWorker>& back : workers_) mark_changed(*back);
}

void Kubelet::set_connected(bool connected) {
    if (context_.reachable == connected) return;
    context_.reachable = connected;
    pods_.set_connected(connected && !paused());
    if (!connected || paused() || power_ != Power::On) return;
    reporter_.report();
    reporter_.renew_lease();
    tell_of_pods();
}

// What it could not write in the meantime.
void Kubelet::tell_of_pods() {
    for (const std::unique_ptr<PodWorker>& back : workers_) {
        if (back->state() == PodWorker::State::Terminated) back->finish();
        mark_changed(*back);
    }
}

base::Result<runtime::Container*> Kubelet::running_container(const api::ObjectKey& pod,
                                                             const std::string& name) const {
    const PodWorker* owner = worker(pod);
    if (owner == nullptr || power_ == Power::Off || paused()) {
        return base::failure(Reason::NotFound,
                             "pod \"" + pod.name + "\" is not running on node \"" + spec_.name + "\"");
    }
    for (const ContainerSlot& slot : owner->slots()) {
        if (name.empty() ? slot.init : slot.name != name) continue;
        runtime::Container* container = owner->container(slot);
        if (container != nullptr && container->running()) return container;
        return base::failure(Reason::InternalError,
                             "unable to upgrade connection: container not found (\"" + slot.name + "\")");
    }
    return base::failure(Reason::BadRequest, "container " + name + " is not valid for pod " + pod.name);
}

base::Result<void> Kubelet::crash_container(const api::ObjectKey& pod, const std::string& container,
                                            std::int32_t exit_code, const std::string& reason) {
    runtime::Container* target = TRY(running_container(pod, container));
    const std::string usual = exit_code == 0 ? "Completed" : "Error";
    runtime_.kill(*target, exit_code, reason.empty() ? usual : reason);
    return {};
}

void Kubelet::set_paused(bool paused) {
    if (context_.faults.paused == paused) return;
    context_.faults.paused = paused;
    runtime_.set_paused(paused);
    pods_.set_connected(connected() && !paused);
    for (sim::Event& event : std::exchange(held_, {})) {
        context_.simulation.schedule({.component = context_.component,
                                      .kind = event.kind,
                                      .cadence = event.cadence,
                                      .key = std::move(event.key),
                                      .value = event.value});
    }
    if (!paused && connected() && power_ == Power::On) tell_of_pods();
}

api::Text Kubelet::uid_of(const api::ObjectKey& pod) const {
    const PodWorker* owner = worker(pod);
    return owner == nullptr ? api::Text{} : owner->pod()->metadata.uid;
}

std::optional<sim::Instant> Kubelet::running_since(const api::ObjectKey& pod,
                                                   const std::string& container) const {
    const base::Result<runtime::Container*> found = running_container(pod, container);
    if (!found.ok()) return std::nullopt;
    return (*found)->started_at();
}

std::int64_t Kubelet::remove_unused_images() {
    std::set<std::string> used;
    for (const std::unique_ptr<PodWorker>& known : workers_) {
        for (const ContainerSlot& slot : known->slots()) used.insert(slot.image_reference.str());
    }
    return images_.remove_unused(used);
}

std::vector<PodWorker*> Kubelet::pods_to_evict() {
    std::vector<PodWorker*> pods;
    for (const std::unique_ptr<PodWorker>& known : workers_) {
        if (known->state() == PodWorker::State::Syncing) pods.push_back(known.get());
    }
    return pods;
}

base::Result<std::unique_ptr<sim::Process>> Kubelet::exec(const api::ObjectKey& pod,
                                                          const std::string& container,
                                                          const std::vector<std::string>& command) {
    runtime::Container* target = TRY(running_container(pod, container));
    return runtime_.exec(*target, command);
}

base::Result<std::unique_ptr<sim::Process>> Kubelet::attach(const api::ObjectKey& pod,
                                                            const std::string& container,
                                                            const runtime::AttachOptions& options) {
    runtime::Container* target = TRY(running_container(pod, container));
    return runtime_.attach(*target, options);
}

std::optional<runtime::HttpResponse> Kubelet::request(const api::ObjectKey& pod,
                                                      const runtime::HttpRequest& request) {
    PodWorker* owner = worker(pod);
    if (owner == nullptr || power_ == Power::Off) return std::nullopt;
    runtime::Container* listener = owner->listener(request.port);
    return listener == nullptr ? std::nullopt : listener->serve(request);
}

bool Kubelet::listens_on(const api::ObjectKey& pod, std::int32_t port) {
    PodWorker* owner = worker(pod);
    return owner != nullptr && power_ != Power::Off && owner->listener(port) != nullptr;
}

runtime::Usage Kubelet::usage(const api::ObjectKey& pod, const std::string& container) const {
    const base::Result<runtime::Container*> found = running_container(pod, container);
    return found.ok() ? (*found)->usage() : runtime::Usage{};
}

}  // namespace kubetab::node
