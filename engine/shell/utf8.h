// UTF-8 (engine/base/utf8.h) under the names that the shell uses.
#pragma once

#include "engine/base/utf8.h"

namespace kubetab::shell {

using base::append_utf8;
using base::cell_width;
using base::from_utf8;
using base::incomplete_tail;
using base::next_code;
using base::to_utf8;

}  // namespace kubetab::shell
