// Parts of `kubectl get` that stand in files of their own.
#pragma once

#include "engine/kubectl/command.h"
#include "engine/kubectl/printers/table_printer.h"
#include "engine/kubectl/resources.h"

namespace kubetab::kubectl {

// What the flags of `get` say about tables.
TableOptions table_options(const Context& context);

// `get --watch`: lists (unless --watch-only) and goes on with every change, until interrupted or until the
// server or
// --request-timeout ends it. `human` means tables.
Outcome start_watch(Context& context, ResourceQuery query, bool human);

}  // namespace kubetab::kubectl
