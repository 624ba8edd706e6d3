// What curl tells of a transfer besides its body: the progress meter, and --write-out.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/sim/time.h"

namespace kubetab::runtime {

struct Transfer {
    std::int64_t received = 0;  // bytes of the body
    std::int64_t sent = 0;
    sim::Duration taken{};
    std::int32_t status = 0;
    std::string url{};
    std::string method = "GET";
    std::string address{};  // "" when not connected
    std::int32_t port = 0;
    std::string content_type{};
    std::string redirect{};  // where it would lead
    std::int64_t head_bytes = 0;
    std::int32_t redirects = 0;
    std::int32_t exit_code = 0;
    std::string error{};
};

// Both rows of the meter under its head; the last one stays.
std::string progress_meter(const Transfer& transfer);
// What --write-out prints. `problems` takes what goes to the standard error.
std::string write_out(std::string_view format, const Transfer& transfer, std::string& problems);

}  // namespace kubetab::runtime
