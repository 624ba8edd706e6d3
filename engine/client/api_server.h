// The typed contract of the API server (engine/api/access.h) under the names that clients use.
#pragma once

#include "engine/api/access.h"

namespace kubetab::client {

using api::ApiServer;
using api::Cause;
using api::Change;
using api::ChangeType;
using api::DeleteOptions;
using api::ObjectList;
using api::Propagation;
using api::Watcher;
using api::WatchId;
using api::WatchScope;

}  // namespace kubetab::client
