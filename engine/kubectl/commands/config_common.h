// What the `kubectl config` commands share.
#pragma once

#include <string>

#include "engine/kubectl/command.h"
#include "engine/kubectl/kubeconfig.h"

namespace kubetab::kubectl {

// Help on standard output and `error: Unexpected args: [a b]`. upstream: config.go helpErrorf
base::Status unexpected_config_arguments(Context& context);

// The file that this command is about.
base::Result<Kubeconfig> read_kubeconfig(const Context& context);

// Writes the file and then prints `said`.
Outcome save_kubeconfig(Context& context, const Kubeconfig& kubeconfig, const std::string& said);

// A command's function that wants the file, as one that reads it first.
template <Outcome (*run)(Context&, Kubeconfig&)>
Outcome with_kubeconfig(Context& context) {
    base::Result<Kubeconfig> kubeconfig = read_kubeconfig(context);
    if (!kubeconfig) return kubeconfig.error();
    return run(context, kubeconfig.value());
}

// A sub-command; `usage` without "config ".
CommandSpec config_subcommand(std::string name, std::string summary, std::string usage, std::string examples,
                              Outcome (*run)(Context&));

}  // namespace kubetab::kubectl
