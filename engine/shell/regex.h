// Regex (engine/base/regex.h) under the names that the shell and its tools use.
#pragma once

#include "engine/base/regex.h"

namespace kubetab::shell {

using base::Regex;
using base::RegexOptions;
using base::RegexSpan;

}  // namespace kubetab::shell
