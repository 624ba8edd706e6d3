// The REST contract of the API server (engine/api/transport.h) under the names that clients use.
#pragma once

#include "engine/api/transport.h"

namespace kubetab::client {

using api::LogStream;
using api::Request;
using api::Response;
using api::Transport;
using api::WatchStream;

}  // namespace kubetab::client
