#include "engine/kubectl/commands/forwarded_ports.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "engine/kubectl/describe/parts.h"
#include "engine/kubectl/errors.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using base::int_at;
using base::Json;
using base::Result;
using base::text_at;

using Ports = std::set<std::int64_t>;

// upstream: strconv.Atoi
std::optional<std::int64_t> integer(std::string_view text) {
    std::int64_t value = 0;
    if (text.starts_with('+')) text.remove_prefix(1);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::pair<std::string, std::string> split_port(const std::string& word) {
    const std::vector<std::string> parts = split(word, ':');
    return {parts.front(), parts.size() == 2 ? parts.back() : parts.front()};
}

// upstream: util.LookupContainerPortNumberByName
Result<std::int64_t> container_port(const Json& pod, const std::string& name) {
    for (const char* const list : {"initContainers", "containers"}) {
        for (const Json& container : describe::array_at(pod, {"spec", list})) {
            const bool runs_on = list[0] == 'c' || text_at(container, {"restartPolicy"}) == "Always";
            for (const Json& port : describe::array_at(container, {"ports"})) {
                if (runs_on && text_at(port, {"name"}) == name) return int_at(port, {"containerPort"});
            }
        }
    }
    return client_error("Pod '" + text_at(pod, {"metadata", "name"}) + "' does not have a named port '" +
                        name + "'");
}

// upstream: util.LookupServicePortNumberByName
Result<std::int64_t> service_port(const Json& service, const std::string& name) {
    for (const Json& port : describe::array_at(service, {"spec", "ports"})) {
        if (text_at(port, {"name"}) == name) return int_at(port, {"port"});
    }
    return client_error("Service '" + text_at(service, {"metadata", "name"}) +
                        "' does not have a named port '" + name + "'");
}

// upstream: util.LookupContainerPortNumberByServicePort
Result<std::int64_t> target_port(const Json& service, const Json& pod, std::int64_t number) {
    for (const Json& port : describe::array_at(service, {"spec", "ports"})) {
        if (int_at(port, {"port"}) != number) continue;
        if (text_at(service, {"spec", "clusterIP"}) == "None") return number;
        const std::string name = text_at(port, {"targetPort"});
        if (!name.empty()) return container_port(pod, name);
        const std::int64_t target = int_at(port, {"targetPort"});
        return target == 0 ? number : target;
    }
    return client_error("Service " + text_at(service, {"metadata", "name"}) +
                        " does not have a service port " + std::to_string(number));
}

// Ports that are named with UDP and not with TCP.
Ports udp_only(const Json& object, bool service) {
    Ports udp;
    Ports tcp;
    const auto look = [&](const Json& holder, const char* number) {
        for (const Json& port : describe::array_at(holder, {"ports"})) {
            const std::string protocol = text_at(port, {"protocol"});
            if (protocol == "UDP") udp.insert(int_at(port, {number}));
            if (protocol == "TCP") tcp.insert(int_at(port, {number}));
        }
    };
    if (service) {
        look(describe::map_at(object, {"spec"}), "port");
    } else {
        for (const Json& container : describe::array_at(object, {"spec", "containers"}))
            look(container, "containerPort");
    }
    for (const std::int64_t port : tcp) udp.erase(port);
    return udp;
}

// The number that a word means at the object, named or not.
Result<std::int64_t> number_at(const std::string& word, const Json& object, bool service) {
    if (const std::optional<std::int64_t> number = integer(word)) return *number;
    return service ? service_port(object, word) : container_port(object, word);
}

// upstream: strconv.ParseUint(text, 10, 16)
Result<std::int32_t> sixteen_bits(const std::string& text, std::string_view which) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool number = !text.empty() && end == text.data() + text.size();
    if (number && error == std::errc() && value <= 65'535) return static_cast<std::int32_t>(value);
    return client_error("error parsing " + std::string(which) + " port '" + text +
                        "': strconv.ParseUint: parsing " + quote(text) +
                        (number ? ": value out of range" : ": invalid syntax"));
}

bool is_v4(const std::string& text) {
    const std::vector<std::string> parts = split(text, '.');
    return parts.size() == 4 && std::all_of(parts.begin(), parts.end(), [](const std::string& part) {
               const std::optional<std::int64_t> value = integer(part);
               return value && *value >= 0 && *value <= 255 && part.size() <= 3;
           });
}

bool is_v6(const std::string& text) {
    const std::vector<std::string> parts = split(text, ':');
    return parts.size() >= 3 && parts.size() <= 8 &&
           text.find_first_not_of("0123456789abcdefABCDEF:") == std::string::npos &&
           (parts.size() == 8 || text.find("::") != std::string::npos);
}

}  // namespace

// upstream: translateServicePortToTargetPort, convertPodNamedPortToNumber, checkUDPPorts
Result<std::vector<std::string>> ports_of_pod(const std::vector<std::string>& words, const Info& info,
                                              const Json& pod) {
    const bool service = info.resource.kind == "Service" && info.resource.group.empty();
    const Json& named = service ? info.object : pod;
    const Ports udp = udp_only(named, service);
    for (const std::string& word : words) {
        const std::string remote = split_port(word).second;
        if (udp.contains(TRY(number_at(remote, named, service))))
            return client_error("UDP protocol is not supported for " + remote);
    }
    std::vector<std::string> translated;
    for (const std::string& word : words) {
        auto [local, remote] = split_port(word);
        const std::int64_t number = TRY(number_at(remote, named, service));
        const bool same = local == remote;
        if (service) {
            if (same) local = std::to_string(number);
            remote = std::to_string(TRY(target_port(info.object, pod, number)));
            translated.push_back(local == remote ? remote : local + ":" + remote);
        } else {
            const std::string port = integer(remote) ? remote : std::to_string(number);
            translated.push_back(same ? port : local + ":" + port);
        }
    }
    return translated;
}

// upstream: parsePorts
Result<std::vector<ForwardedPort>> parse_forwarded(const std::vector<std::string>& words) {
    std::vector<ForwardedPort> ports;
    for (const std::string& word : words) {
        const std::vector<std::string> parts = split(word, ':');
        if (parts.size() > 2) return client_error("invalid port format '" + word + "'");
        ForwardedPort port;
        const bool any = parts.size() == 2 && parts.front().empty();
        port.local = TRY(sixteen_bits(any ? "0" : parts.front(), "local"));
        port.remote = TRY(sixteen_bits(parts.back(), "remote"));
        if (port.remote == 0) return client_error("remote port must be > 0");
        ports.push_back(port);
    }
    return ports;
}

// upstream: parseAddresses
Result<std::vector<ListenAddress>> parse_addresses(const std::vector<std::string>& words) {
    std::map<std::string, bool> found;
    for (const std::string& word : words) {
        if (word == "localhost") {
            found.emplace("127.0.0.1", true);
            found.emplace("::1", true);
        } else if (is_v4(word) || is_v6(word)) {
            found[word] = false;
        } else {
            return client_error(word + " is not a valid IP");
        }
    }
    std::vector<ListenAddress> addresses;
    for (const auto& [address, of_localhost] : found) addresses.push_back({address, of_localhost});
    return addresses;
}

std::string host_and_port(const ListenAddress& address, std::int32_t port) {
    const std::string host = address.is_v6() ? "[" + address.address + "]" : address.address;
    return host + ":" + std::to_string(port);
}

}  // namespace kubetab::kubectl
