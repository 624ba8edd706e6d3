// How a process finds the address of a host name.
#pragma once

#include <string>
#include <string_view>

#include "engine/runtime/network.h"

namespace kubetab::runtime {

struct HostAddress {
    std::string address{};  // "" when none was found
    DnsAnswer::Code code = DnsAnswer::Code::NoSuchName;
    sim::Duration waited{};  // before that was known
};

inline HostAddress resolve_host(Network& network, const Container* from, std::string_view name) {
    const DnsAnswer answer = network.ask(from, name, RecordType::A);
    HostAddress found{"", answer.code, answer.waited};
    for (const DnsRecord& record : answer.records) {
        if (record.type == RecordType::A && found.address.empty()) found.address = record.value;
    }
    return found;
}

}  // namespace kubetab::runtime
