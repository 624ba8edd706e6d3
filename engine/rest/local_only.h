// Who may ask: only programs of this machine. A page of another site that a browser shows here is kept out,
// whatever name it has made the browser find this machine by (DNS rebinding).
#pragma once

#include <cstdint>
#include <string_view>

#include "engine/rest/http.h"

namespace kubetab::rest {

// True when the Host header names this machine itself and that port, which may be left out when it is the
// scheme's own.
bool names_this_machine(std::string_view host, std::string_view scheme, std::uint16_t port);
// True when Host is this machine and no foreign page asks (Origin). `scheme` is "http" or "https".
bool is_local(const Headers& headers, std::string_view scheme, std::uint16_t port);

}  // namespace kubetab::rest
