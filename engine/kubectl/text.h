// Small functions on text (engine/base/words.h) under the names that kubectl uses.
#pragma once

#include "engine/base/words.h"

namespace kubetab::kubectl {

using base::words::ends_with;
using base::words::join;
using base::words::lower;
using base::words::quote;
using base::words::split;
using base::words::starts_with;
using base::words::trim;

}  // namespace kubetab::kubectl
