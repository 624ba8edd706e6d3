#include "engine/kubectl/commands/commands.h"

namespace kubetab::kubectl {

CommandSpec rollout_command() {
    CommandSpec command;
    command.path = "rollout";
    command.summary = "Manage the rollout of a resource";
    command.usage = "rollout SUBCOMMAND [options]";
    command.examples =
        "  # Go back to the previous revision of a deployment\n"
        "  kubectl rollout undo deployment/abc\n\n"
        "  # Follow the rollout of a daemon set\n"
        "  kubectl rollout status daemonset/foo\n\n"
        "  # Replace the pods of a deployment one after another\n"
        "  kubectl rollout restart deployment/abc\n";
    command.group = "Deploy Commands";
    return command;
}

}  // namespace kubetab::kubectl
