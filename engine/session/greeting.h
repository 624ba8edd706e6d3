// What the terminal says first.
#pragma once

#include <string>

namespace kubetab::session {

std::string greeting();

}  // namespace kubetab::session
