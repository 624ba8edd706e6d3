// Errors: what a failed command prints.
//
// Two kinds travel as base::Status: answers of the API server (HTTP code >= 400) and the client's own errors,
// whose code is 0 (client_error). Several errors of one command are reported together, one line each.
// upstream: staging/src/k8s.io/kubectl/pkg/cmd/util/helpers.go
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/json.h"
#include "engine/base/status.h"
#include "engine/client/transport.h"

namespace kubetab::kubectl {

// An error of kubectl itself; printed as "error: " + message.
base::Status client_error(std::string message);
bool is_client_error(const base::Status& status);

// "error: <message>\nSee '<command path> -h' for help and examples".
base::Status usage_error(std::string_view command_path, std::string_view message);

// The failure that a response carries. The response must have a code >= 400.
base::Status status_of(const client::Response& response);
base::Status status_from_json(const base::Json& body);

// `error when <verb> "<source>": ` put before the message, for objects read from a file. An empty source
// changes nothing.
base::Status with_source(std::string_view verb, std::string_view source, base::Status status);

// Two errors at least are printed one per line in this form; one alone as error_text() says.
std::string message_for(const base::Status& status);

// What to print for the errors of a command, with the final newline. Empty for none.
std::string error_text(const std::vector<base::Status>& errors);

}  // namespace kubetab::kubectl
