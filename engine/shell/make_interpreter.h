// Makes the interpreter behind a shell from its options: state, streams and surroundings.
#pragma once

#include <memory>

#include "engine/shell/interpreter.h"
#include "engine/shell/shell_process.h"

namespace kubetab::shell {

enum class Interaction { Script, Interactive };

std::unique_ptr<Interpreter> make_interpreter(const ShellOptions& options, std::shared_ptr<OuterIo> outer,
                                              Interaction interaction);

}  // namespace kubetab::shell
