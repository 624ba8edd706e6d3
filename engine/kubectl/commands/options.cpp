// kubectl options and kubectl completion: two commands that ask nobody.
#include "engine/kubectl/commands/client_commands.h"
#include "engine/kubectl/commands/commands.h"

namespace kubetab::kubectl {
namespace {

Outcome run_options(Context& context) {
    context.out(options_help());
    return 0;
}

Outcome run_completion(Context&) {
    return client_error(
        "completion scripts are not supported here: this terminal completes kubectl by itself, press Tab");
}

}  // namespace

CommandSpec options_command() {
    return {
        .path = "options",
        .aliases = {},
        .summary = "Print the list of flags inherited by all commands",
        .usage = "options",
        .examples = "  # Print flags inherited by all commands\n  kubectl options",
        .flags = {},
        .run = run_options,
        .group = "",
    };
}

CommandSpec completion_command() {
    return {
        .path = "completion",
        .aliases = {},
        .summary = "Output shell completion code for the specified shell (bash, zsh, fish, or powershell)",
        .usage = "completion SHELL",
        .examples = "",
        .flags = {},
        .run = run_completion,
        .group = "Settings Commands",
    };
}

}  // namespace kubetab::kubectl
