// Network: what a process can reach from where it runs: names, addresses and ports.
//
// A question or a call is complete at once, like an HTTP exchange (http.h). What takes time on a real
// network, such as a packet that nobody answers, comes back with how long the caller waits before it knows;
// waiting is the caller's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/runtime/http.h"
#include "engine/sim/time.h"

namespace kubetab::runtime {

class Container;

// What became of an attempt to connect.
enum class Dial : std::uint8_t { Connected, Refused, NoRoute, TimedOut };

enum class RecordType : std::uint8_t { A, AAAA, CNAME, SRV, PTR };

struct DnsRecord {
    std::string name{};  // with the final dot
    RecordType type = RecordType::A;
    // An address, a name with the final dot, or "0 100 80 web.default.svc.cluster.local."
    std::string value{};
    std::int32_t ttl_seconds = 30;
};

struct DnsAnswer {
    // Silent: no server has answered. NoData: the name exists, and has no record of that type.
    enum class Code : std::uint8_t { Found, NoData, NoSuchName, Failed, Silent } code = Code::NoSuchName;
    std::vector<DnsRecord> records{};  // CNAMEs first, then what they lead to
    std::string server{};              // whose answer it is: "10.96.0.10"
    sim::Duration waited{};            // before that was known
};

struct HttpOutcome {
    Dial dial = Dial::Refused;
    std::optional<HttpResponse> response{};  // absent when not connected, or when who listens speaks no HTTP
    sim::Duration waited{};                  // before that was known
};

class Network {
public:
    virtual ~Network() = default;

    // `from` is the container that the process runs in; null: the learner's own machine, outside of the
    // cluster.

    // Asks a name server, by its address, for exactly that name: no search list.
    virtual DnsAnswer ask(const Container* from, std::string_view server, std::string_view name,
                          RecordType type) = 0;
    // Opens a TCP connection to an address ("10.96.0.1") and closes it.
    virtual Dial dial(const Container* from, std::string_view address, std::int32_t port) = 0;
    // Sends a request to request.port of an address. `request.remote` is filled in on the way.
    virtual HttpOutcome call(const Container* from, std::string_view address, HttpRequest request) = 0;
    // Whether an echo request is answered.
    virtual bool answers_ping(const Container* from, std::string_view address) = 0;
};

}  // namespace kubetab::runtime
