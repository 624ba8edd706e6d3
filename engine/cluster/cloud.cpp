#include "engine/cluster/cloud.h"

#include <algorithm>

#include "engine/cluster/cluster.h"

namespace kubetab::cluster {
namespace {

using base::Reason;
using base::Result;

constexpr std::string_view kNetwork = "203.0.113.";
constexpr std::int32_t kHosts = 254;

bool is_own(std::string_view address) {
    if (!address.starts_with(kNetwork)) return false;
    const std::string_view host = address.substr(kNetwork.size());
    for (std::int32_t i = 1; i <= kHosts; ++i) {
        if (host == std::to_string(i)) return true;
    }
    return false;
}

}  // namespace

Cloud::Cloud(Cluster& cluster) : cluster_(cluster), component_(cluster.simulation().add("cloud", *this)) {}

Cloud::~Cloud() {
    cluster_.simulation().remove(component_);
}

Result<void> Cloud::add_machines(std::int32_t count) {
    TRY(check_answering());
    for (; count > 0; --count, ++arriving_)
        cluster_.simulation().schedule({.component = component_, .after = some_time(60, 90)});
    return {};
}

Result<void> Cloud::remove_machine(const std::string& node) {
    TRY(check_answering());
    if (leaving_.insert(node).second)
        cluster_.simulation().schedule({.component = component_, .after = some_time(10, 30), .key = node});
    return {};
}

// A machine comes, or that of the key goes.
void Cloud::handle(const sim::Event& event) {
    if (event.key.empty()) {
        --arriving_;
        (void)cluster_.add_node();
    } else {
        leaving_.erase(event.key);
        cluster_.remove_machine(event.key);
    }
}

Result<void> Cloud::check_answering() const {
    if (answering_) return {};
    return base::failure(Reason::Unknown,
                         "Post \"https://cloud.example/v1\": net/http: request canceled while waiting for "
                         "connection (Client.Timeout exceeded while awaiting headers)");
}

sim::Duration Cloud::some_time(std::int64_t least_seconds, std::int64_t most_seconds) {
    const auto span = static_cast<std::uint64_t>(most_seconds - least_seconds + 1);
    return sim::seconds(least_seconds +
                        static_cast<std::int64_t>(cluster_.simulation().random().below(span)));
}

const Cloud::LoadBalancer* Cloud::find(const std::string& address) const {
    for (const auto& [uid, balancer] : balancers_) {
        if (balancer.address != address) continue;
        return balancer.ready <= cluster_.now() ? &balancer : nullptr;
    }
    return nullptr;
}

bool Cloud::is_taken(const std::string& address) const {
    return std::any_of(balancers_.begin(), balancers_.end(),
                       [&](const auto& entry) { return entry.second.address == address; });
}

Result<std::string> Cloud::address_for(const api::Service& service) {
    const std::string& wanted = service.spec.loadBalancerIP;
    if (!wanted.empty()) {
        if (is_own(wanted) && !is_taken(wanted)) return wanted;
        return base::failure(
            Reason::BadRequest,
            "requested ip \"" + wanted +
                (is_own(wanted) ? "\" is already in use"
                                : "\" is not one of this cloud's, 203.0.113.1 to 203.0.113.254"));
    }
    for (std::int32_t tried = 0; tried < kHosts; ++tried) {
        last_host_ = last_host_ % kHosts + 1;
        std::string address = std::string(kNetwork) + std::to_string(last_host_);
        if (!is_taken(address)) return address;
    }
    return base::failure(Reason::BadRequest, "no address is free");
}

Result<Cloud::Progress> Cloud::ensure_load_balancer(const api::Service& service, const Hosts& hosts) {
    TRY(check_answering());
    const std::string uid = service.metadata.uid;
    const std::string& wanted = service.spec.loadBalancerIP;
    auto known = balancers_.find(uid);
    const bool moves = known != balancers_.end() && !wanted.empty() && known->second.address != wanted;
    if (known == balancers_.end() || moves) {
        const auto& shown = service.status.loadBalancer.ingress;
        const std::string kept = shown.empty() || !is_own(shown.front().ip) ? "" : shown.front().ip.str();
        // What the cloud does not know and the service already shows was made before the cluster was kept.
        const bool adopts =
            known == balancers_.end() && !kept.empty() && !lost_.contains(uid) && !is_taken(kept);
        LoadBalancer made;
        made.service = api::ObjectKey::of(service.metadata);
        made.address = adopts ? kept : TRY(address_for(service));
        made.ready = cluster_.now() + (adopts ? sim::Duration{} : some_time(30, 60));
        known = balancers_.insert_or_assign(uid, std::move(made)).first;
        lost_.erase(uid);
    }
    known->second.hosts = hosts;
    known->second.gone = {};
    const sim::Duration left = std::max(known->second.ready - cluster_.now(), sim::Duration{});
    return Progress{left, known->second.address};
}

Result<void> Cloud::update_load_balancer(const api::Service& service, const Hosts& hosts) {
    TRY(check_answering());
    const auto known = balancers_.find(service.metadata.uid);
    if (known != balancers_.end()) known->second.hosts = hosts;
    return {};
}

Result<bool> Cloud::has_load_balancer(const api::Service& service) const {
    TRY(check_answering());
    return balancers_.contains(service.metadata.uid);
}

Result<Cloud::Progress> Cloud::remove_load_balancer(const api::Service& service) {
    TRY(check_answering());
    const auto known = balancers_.find(service.metadata.uid);
    if (known == balancers_.end()) return Progress{};
    LoadBalancer& balancer = known->second;
    if (balancer.gone == sim::Instant{}) balancer.gone = cluster_.now() + some_time(10, 20);
    const sim::Duration left = balancer.gone - cluster_.now();
    if (left.ns > 0) return Progress{left, ""};
    balancers_.erase(known);
    return Progress{};
}

bool Cloud::lose_load_balancer(const api::ObjectKey& service) {
    for (const auto& [uid, balancer] : balancers_) {
        if (balancer.service != service) continue;
        lost_.insert(uid);
        balancers_.erase(uid);
        return true;
    }
    return false;
}

Result<Cloud::Machine> Cloud::machine_of(const api::Node& node) const {
    TRY(check_answering());
    const node::Kubelet* machine = cluster_.kubelet(node.metadata.name);
    if (machine == nullptr) return Machine::Gone;
    return machine->power() == node::Power::Off ? Machine::Off : Machine::Running;
}

}  // namespace kubetab::cluster
