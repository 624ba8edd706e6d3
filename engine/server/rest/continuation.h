// Where a limited list goes on. Opaque to clients, and yet written as upstream does, so that what is wrong
// with a token is said in the same words. upstream: staging/src/k8s.io/apiserver/pkg/storage/continue.go
// differs: the list goes on in the present state, not in that of the token's revision.
#pragma once

#include <cstdint>
#include <string>

#include "engine/api/object.h"
#include "engine/base/status.h"

namespace kubetab::server {

// A token for the objects behind `last`, in a list of one namespace or of all ("").
std::string encode_continuation(const api::ObjectKey& last, const std::string& namespace_,
                                std::int64_t revision);
// The last object of the part before. BadRequest when it is no such token.
base::Result<api::ObjectKey> decode_continuation(const std::string& token, const std::string& namespace_);

}  // namespace kubetab::server
