// Place: where a network tool runs and so what it reaches, and NetworkTool, the process that all of them are.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/runtime/network.h"
#include "engine/shell/tools/tool.h"
#include "engine/sim/local_ports.h"
#include "engine/sim/process.h"

namespace kubetab::runtime {

// How the address of a host name was found.
struct HostAddress {
    std::string address{};  // "" when none was found
    DnsAnswer::Code code = DnsAnswer::Code::NoSuchName;
    sim::Duration waited{};  // before that was known
};

// What stands in /etc/resolv.conf.
struct NameServers {
    std::string server{};
    std::vector<std::string> search{};
    std::int64_t ndots = 1;

    // The names that a resolver tries for a name, in its order, without final dots.
    std::vector<std::string> candidates(std::string_view name) const;
};
NameServers name_servers(const sim::Invocation& invocation);

// What stands in /etc/hosts: names with their addresses.
using Hosts = std::vector<std::pair<std::string, std::string>>;
Hosts hosts_of(const sim::Invocation& invocation);

struct Place {
    Network* network = nullptr;              // null: unreachable
    const Container* from = nullptr;         // null: the learner's machine
    const sim::LocalPorts* ports = nullptr;  // of the learner's machine; null in containers
    bool musl = false;                       // whose words the system's errors have
    NameServers servers{};
    Hosts hosts{};

    bool is_own(std::string_view address) const { return ports != nullptr && address.starts_with("127."); }
    HostAddress resolve(std::string_view name) const;
    HttpOutcome call(std::string_view address, HttpRequest request) const;
    Dial dial(std::string_view address, std::int32_t port) const;
    // "Connection refused"; "" for Connected.
    std::string_view error_text(Dial dial) const;
};

// The place of a process in a container.
Place place_of(const sim::Invocation& invocation);

struct Url {
    std::string scheme = "http";
    std::string user{};  // user:password
    std::string host{};
    std::int32_t port = 80;
    bool says_port = false;
    std::string target = "/";
    std::string_view problem{};  // in the words of curl; "" is none

    std::string authority() const { return says_port ? host + ":" + std::to_string(port) : host; }
    std::string text() const { return scheme + "://" + authority() + target; }
    // The last part of the path.
    std::string file_name() const;
    // Where a Location header leads from here.
    std::string joined(std::string_view location) const;
};
Url parse_url(std::string_view text);

bool is_address(std::string_view text);
// "2.1.96.10.in-addr.arpa"
std::string reverse_name(std::string_view address);
std::string without_dot(std::string_view name);
// The head of a response with its empty line.
std::string head_of(const HttpResponse& response, std::string_view method);
std::string_view header_of(const HttpResponse& response, std::string_view name);
// Seconds with decimals, e.g. "0.5"; nullopt for anything else.
std::optional<sim::Duration> seconds_of(std::string_view text);

// A process that does one step after the other and waits between them.
class NetworkTool : public sim::Process {
public:
    sim::Poll poll(sim::Io& io) final;
    void interrupt() override { interrupted_ = true; }

protected:
    NetworkTool(const sim::Invocation& invocation, const Place& place)
        : invocation_(invocation), place_(place) {}
    // The exit code once it is done.
    virtual std::optional<int> step(sim::Io& io) = 0;
    virtual int on_interrupt(sim::Io& io) {
        (void)io;
        return 130;
    }
    // The next step comes that much later.
    void wait(sim::Duration duration) { pause_ = pause_ + duration; }
    // Like an error of the command, "NAME: MESSAGE"; gives the exit code.
    int fail(sim::Io& io, std::string_view message, int code = 1) const;
    // "" when it is written.
    std::string write_file(std::string_view path, std::string_view text) const;

    const sim::Invocation invocation_;
    const Place place_;

private:
    sim::Duration pause_{};
    sim::Instant next_{};
    bool interrupted_ = false;
};

}  // namespace kubetab::runtime
