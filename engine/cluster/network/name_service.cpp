#include "engine/cluster/network/name_service.h"

#include <algorithm>

#include "engine/base/words.h"
#include "engine/cluster/network/addresses.h"

namespace kubetab::cluster {
namespace {

using runtime::DnsAnswer;
using runtime::DnsRecord;
using runtime::RecordType;
using Code = DnsAnswer::Code;

constexpr std::string_view kZone = "cluster.local";
constexpr std::string_view kReverseZone = ".in-addr.arpa";
constexpr std::string_view kServiceName = "kubernetes.io/service-name";

DnsAnswer no_such_name() {
    return {Code::NoSuchName, {}, {}, {}};
}

// The name exists; whether it has records of the type that was asked for is seen from them.
DnsAnswer found(std::vector<DnsRecord> records) {
    const Code code = records.empty() ? Code::NoData : Code::Found;
    return {code, std::move(records), {}, {}};
}

std::string zone_name(const api::Service& service) {
    return service.metadata.name + "." + service.metadata.namespace_ + ".svc." + std::string(kZone) + ".";
}

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return result;
}

std::string dashed(std::string_view address) {
    std::string result(address);
    std::replace(result.begin(), result.end(), '.', '-');
    return result;
}

bool is_headless(const api::Service& service) {
    return service.spec.clusterIP == "None";
}

std::string srv_value(std::int32_t port, const std::string& host) {
    return "0 100 " + std::to_string(port) + " " + host;
}

}  // namespace

DnsAnswer NameService::answer(std::string_view asked, RecordType type) const {
    std::string name = lower(asked);
    if (name.ends_with('.')) name.pop_back();
    if (name.ends_with(kReverseZone)) return reverse(name, type);
    if (name == kZone) return found({});
    const std::string end = "." + std::string(kZone);
    if (!name.ends_with(end)) return {Code::Failed, {}, {}, {}};
    return in_zone(name + ".", base::words::split(name.substr(0, name.size() - end.size()), '.'), type);
}

DnsAnswer NameService::in_zone(const std::string& name, std::vector<std::string> labels,
                               RecordType type) const {
    if (labels.empty()) return no_such_name();
    const std::string branch = labels.back();
    labels.pop_back();
    if (branch != "svc" && branch != "pod") return no_such_name();
    if (labels.empty()) return found({});
    if (!has_namespace(labels.back())) return no_such_name();
    if (labels.size() == 1) return found({});
    if (branch == "svc") return of_services(name, labels, type);
    std::string address = labels.front();
    std::replace(address.begin(), address.end(), '-', '.');
    if (labels.size() != 2 || !ipv4_of(address)) return no_such_name();
    if (type != RecordType::A) return found({});
    return found({{name, RecordType::A, address}});
}

// `labels` end with the namespace, before it the service.
DnsAnswer NameService::of_services(const std::string& name, const std::vector<std::string>& labels,
                                   RecordType type) const {
    const std::size_t count = labels.size();
    const auto stored = store_.get(api::kind_of<api::Service>(),
                                   {api::Text(labels[count - 1]), api::Text(labels[count - 2])});
    if (!stored) return no_such_name();
    const auto& service = static_cast<const api::Service&>(*stored);
    if (count == 2) return of_service(name, service, type);
    if (count == 4) return of_port(name, service, labels[0], labels[1], type);
    if (count != 3 || !is_headless(service)) return no_such_name();
    std::vector<DnsRecord> records;
    bool exists = false;
    for (const Host& host : hosts_of(service)) {
        if (host.name != labels[0]) continue;
        exists = true;
        if (type == RecordType::A) records.push_back({name, RecordType::A, host.address});
    }
    return exists ? found(std::move(records)) : no_such_name();
}

DnsAnswer NameService::of_service(const std::string& name, const api::Service& service,
                                  RecordType type) const {
    Records records;
    if (service.spec.type == "ExternalName") {
        const std::string target = service.spec.externalName + ".";
        records.push_back({name, RecordType::CNAME, target});
        const DnsAnswer beyond = answer(target, type);
        records.insert(records.end(), beyond.records.begin(), beyond.records.end());
        return found(std::move(records));
    }
    if (!is_headless(service)) {
        if (type == RecordType::A) records.push_back({name, RecordType::A, service.spec.clusterIP});
        if (type == RecordType::SRV) {
            for (const api::ServicePort& port : service.spec.ports)
                records.push_back({name, RecordType::SRV, srv_value(port.port, zone_name(service))});
        }
        return found(std::move(records));
    }
    const std::vector<Host> hosts = hosts_of(service);
    if (hosts.empty()) return no_such_name();
    for (const Host& host : hosts) {
        if (type == RecordType::A) records.push_back({name, RecordType::A, host.address});
        if (type != RecordType::SRV) continue;
        for (const api::ServicePort& port : service.spec.ports) {
            records.push_back(
                {name, RecordType::SRV, srv_value(port.port, host.name + "." + zone_name(service))});
        }
    }
    return found(std::move(records));
}

// "_http._tcp.web…"
DnsAnswer NameService::of_port(const std::string& name, const api::Service& service, std::string_view port,
                               std::string_view protocol, RecordType type) const {
    for (const api::ServicePort& offered : service.spec.ports) {
        if ("_" + offered.name != port || "_" + lower(offered.protocol) != protocol) continue;
        if (type != RecordType::SRV) return found({});
        Records records;
        if (!is_headless(service)) {
            records.push_back({name, RecordType::SRV, srv_value(offered.port, zone_name(service))});
            return found(std::move(records));
        }
        for (const Host& host : hosts_of(service)) {
            records.push_back(
                {name, RecordType::SRV, srv_value(offered.port, host.name + "." + zone_name(service))});
        }
        return records.empty() ? no_such_name() : found(std::move(records));
    }
    return no_such_name();
}

DnsAnswer NameService::reverse(const std::string& name, RecordType type) const {
    std::vector<std::string> parts =
        base::words::split(name.substr(0, name.size() - kReverseZone.size()), '.');
    std::reverse(parts.begin(), parts.end());
    const std::string address = base::words::join(parts, ".");
    Records records;
    const auto add = [&](const std::string& value) {
        records.push_back({name + ".", RecordType::PTR, value});
    };
    for (const auto& [key, object] : store_.all(api::kind_of<api::Service>())) {
        const auto& service = static_cast<const api::Service&>(*object);
        if (service.spec.clusterIP == address) add(zone_name(service));
        if (!is_headless(service)) continue;
        for (const Host& host : hosts_of(service)) {
            if (host.address == address) add(host.name + "." + zone_name(service));
        }
    }
    if (records.empty()) return no_such_name();
    return type == RecordType::PTR ? found(std::move(records)) : found({});
}

bool NameService::has_namespace(const std::string& name) const {
    return store_.get(api::kind_of<api::Namespace>(), {"", api::Text(name)}) != nullptr;
}

std::vector<NameService::Host> NameService::hosts_of(const api::Service& service) const {
    std::vector<Host> hosts;
    for (const auto& [key, object] : store_.all(api::kind_of<api::EndpointSlice>())) {
        const auto& slice = static_cast<const api::EndpointSlice&>(*object);
        if (slice.metadata.namespace_ != service.metadata.namespace_) continue;
        if (slice.metadata.labels.value_or(kServiceName, "") != service.metadata.name) continue;
        for (const api::Endpoint& endpoint : slice.endpoints) {
            if (!endpoint.conditions.ready.value_or(true) || endpoint.addresses.empty()) continue;
            const std::string address = endpoint.addresses.front();
            hosts.push_back({endpoint.hostname ? endpoint.hostname->str() : dashed(address), address});
        }
    }
    return hosts;
}

}  // namespace kubetab::cluster
