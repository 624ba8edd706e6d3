// What a subresource answers that made something without a body of its own.
#pragma once

#include "engine/api/transport.h"

namespace kubetab::server {

api::Response created_response();

}  // namespace kubetab::server
