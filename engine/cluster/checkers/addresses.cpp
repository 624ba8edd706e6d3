// Cluster addresses, node ports and the addresses of pods each belong to one holder at a time.

#include <map>
#include <set>

#include "engine/api/kinds.h"
#include "engine/api/pod_status.h"
#include "engine/cluster/checkers/checkers.h"

namespace kubetab::cluster {
namespace {

// What an object holds, e.g. "cluster IP 10.96.0.1".
std::set<std::string> held_by_service(const api::Service& service) {
    std::set<std::string> held;
    const std::string& address = service.spec.clusterIP;
    if (!address.empty() && address != "None") held.insert("cluster IP " + address);
    for (const api::ServicePort& port : service.spec.ports) {
        if (port.nodePort != 0)
            held.insert("node port " + std::to_string(port.nodePort) + "/" + port.protocol);
    }
    return held;
}

std::set<std::string> held_by_pod(const api::Pod& pod) {
    if (pod.spec->shared->hostNetwork || pod.status.podIP.empty() || api::is_pod_finished(pod)) return {};
    return {"pod IP " + pod.status.podIP};
}

class AddressesChecker : public Checker {
public:
    std::string_view invariant() const override { return "an address has one holder"; }

    Violation see(const store::Write& write) override {
        std::set<std::string> held;
        if (write.kind == &api::kind_of<api::Service>()) {
            held = held_by_service(static_cast<const api::Service&>(*write.object));
        } else if (write.kind == &api::kind_of<api::Pod>()) {
            held = held_by_pod(static_cast<const api::Pod&>(*write.object));
        } else {
            return {};
        }
        if (write.type == api::ChangeType::Deleted) held.clear();
        const std::string holder = name_of(*write.kind, *write.object);
        for (const std::string& address : held_[holder]) {
            if (!held.contains(address)) holders_.erase(address);
        }
        for (const std::string& address : held) {
            const auto [it, added] = holders_.emplace(address, holder);
            if (it->second != holder) return it->second + " and " + holder + " both have " + address;
        }
        if (held.empty()) {
            held_.erase(holder);
        } else {
            held_[holder] = std::move(held);
        }
        return {};
    }

private:
    std::map<std::string, std::string> holders_{};         // by address
    std::map<std::string, std::set<std::string>> held_{};  // by holder
};

}  // namespace

std::unique_ptr<Checker> make_addresses_checker() {
    return std::make_unique<AddressesChecker>();
}

}  // namespace kubetab::cluster
