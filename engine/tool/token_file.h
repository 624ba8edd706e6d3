// Files of agreed tokens, one a line: TOKEN,USER,UID[,"GROUP,GROUP"]
// upstream: staging/src/k8s.io/apiserver/pkg/authentication/token/tokenfile
#pragma once

#include <string>

#include "engine/base/status.h"
#include "engine/server/authorization/tokens.h"

namespace kubetab::tool {

// Fails with the file and the line that is wrong. Every user is authenticated, too.
base::Result<server::StaticTokens> read_token_file(const std::string& path);

}  // namespace kubetab::tool
