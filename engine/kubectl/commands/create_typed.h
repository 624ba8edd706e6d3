// What the `create <kind>` commands share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/kubectl/command.h"

namespace kubetab::kubectl {

// The flags of every `create <kind>`.
FlagTable typed_create_flags();

// The one NAME argument. Failure: `exactly one NAME is required, got 2`.
base::Result<std::string> created_name(const Context& context);

// The words after "--", taken off the arguments.
std::vector<std::string> take_command(Context& context);

// {"apiVersion":…,"kind":…,"metadata":{"creationTimestamp":null,"name":…}}
base::Json created_object(std::string_view api_version, std::string_view kind, const std::string& name);

// Sends the object, or prints it with --dry-run=client. A failure reads `failed to create <what>: …`; with an
// empty `what` it is the server's own.
Outcome create_typed(Context& context, base::Json object, std::string_view what);

// key=value of --from-literal, files of --from-file and lines of --from-env-file, as text, in the order
// given. `kind` ("ConfigMap", "Secret") names the object in messages.
base::Result<std::vector<std::pair<std::string, std::string>>> sources_of(const Context& context,
                                                                          const std::string& kind);
FlagTable source_flags();

}  // namespace kubetab::kubectl
