// Tolerations under the scheduler's name.
#pragma once

#include "engine/api/tolerations.h"

namespace kubetab::scheduler {

using api::tolerates;

}  // namespace kubetab::scheduler
