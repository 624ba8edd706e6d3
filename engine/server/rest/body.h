// Bodies of requests: JSON that is an object of the path's kind, or a patch; and how the API server words
// what is wrong.
#pragma once

#include <string>

#include "engine/api/access.h"
#include "engine/api/object.h"
#include "engine/api/transport.h"
#include "engine/base/json.h"
#include "engine/base/status.h"
#include "engine/server/server.h"

namespace kubetab::server {

// An object of the kind, or one that does not say what it is. upstream: serializer/json, codec_factory.go
base::Result<base::Json> read_object_document(const api::Kind& kind, const std::string& body);
// A patch of any type. upstream: endpoints/handlers/patch.go
base::Result<base::Json> read_patch_document(const std::string& body);

// The options of a delete. They may ask for a dry run.
base::Result<api::DeleteOptions> read_delete_options(const base::Json& body, DryRun& dry_run);

// `Pod in version "v1" cannot be handled as a Pod: <why>`
base::Status cannot_be_handled(const api::Kind& kind, const std::string& why);
// The failure of a patch whose result (`patched`) cannot be decoded.
base::Status undecodable_patch(const api::Request& request, const base::Json& patched,
                               const base::Status& failure);

}  // namespace kubetab::server
