// NameService: what the cluster's DNS server answers, from the services and endpoints in the store.
//
// Knows the zone cluster.local and the reverse names of services and endpoints. Names of the world outside
// fail, because there is none.
//
// upstream: coredns plugin/kubernetes, with "pods insecure" and ttl 30 as kubeadm sets it up
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/api/kinds.h"
#include "engine/runtime/network.h"
#include "engine/store/store.h"

namespace kubetab::cluster {

class NameService {
public:
    // The store outlives it.
    explicit NameService(const store::Store& store) : store_(store) {}

    // `name` may be of any case, with or without the final dot.
    runtime::DnsAnswer answer(std::string_view name, runtime::RecordType type) const;

private:
    using Records = std::vector<runtime::DnsRecord>;

    struct Host {
        std::string name{};  // as its label in the zone
        std::string address{};
    };

    runtime::DnsAnswer in_zone(const std::string& name, std::vector<std::string> labels,
                               runtime::RecordType type) const;
    runtime::DnsAnswer of_services(const std::string& name, const std::vector<std::string>& labels,
                                   runtime::RecordType type) const;
    runtime::DnsAnswer of_service(const std::string& name, const api::Service& service,
                                  runtime::RecordType type) const;
    runtime::DnsAnswer of_port(const std::string& name, const api::Service& service, std::string_view port,
                               std::string_view protocol, runtime::RecordType type) const;
    runtime::DnsAnswer reverse(const std::string& name, runtime::RecordType type) const;
    bool has_namespace(const std::string& name) const;
    // The endpoints that a headless service's name leads to.
    std::vector<Host> hosts_of(const api::Service& service) const;

    const store::Store& store_;
};

}  // namespace kubetab::cluster
