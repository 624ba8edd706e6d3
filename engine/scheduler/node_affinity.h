// What a pod requires of a node, under the scheduler's name.
#pragma once

#include "engine/api/node_selection.h"

namespace kubetab::scheduler {

using api::has_required_affinity;
using api::matches_required_affinity;
using api::matches_term;

}  // namespace kubetab::scheduler
