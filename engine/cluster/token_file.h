// Files of agreed tokens, one a line: TOKEN,USER,UID[,"GROUP,GROUP"]
// upstream: staging/src/k8s.io/apiserver/pkg/authentication/token/tokenfile
#pragma once

#include <string_view>

#include "engine/base/status.h"
#include "engine/server/authorization/tokens.h"

namespace kubetab::cluster {

// Of such a file's text. Fails with the line that is wrong. Every user is authenticated, too.
base::Result<server::StaticTokens> parse_token_file(std::string_view text);

}  // namespace kubetab::cluster
