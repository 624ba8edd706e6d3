// `kubectl why`: the causal chain of an object in the terminal. A plugin of kubectl, because only the session
// knows what caused what.
#pragma once

#include <memory>

#include "engine/kubectl/configuration.h"
#include "engine/sim/process.h"
#include "engine/store/store.h"

namespace kubetab::session {

// Both outlive the command.
std::unique_ptr<sim::Command> make_why(const store::Store& store,
                                       const kubectl::Configuration& configuration);

}  // namespace kubetab::session
