// --raw: a request to a path as the user wrote it; what the server answers is printed as it is.
//
// upstream: kubectl/pkg/rawhttp/raw.go
#pragma once

#include <string>

#include "engine/kubectl/command.h"

namespace kubetab::kubectl {

// GET. Refuses what get knows besides.
Outcome raw_get(Context& context);
// POST, PUT or DELETE, with the body that -f names, of which there may be one.
Outcome raw_write(Context& context, const std::string& method);

}  // namespace kubetab::kubectl
