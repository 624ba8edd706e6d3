// Evaluates one condition of a lesson against the cluster, through the same REST door as kubectl.
#pragma once

#include <string>

#include "engine/api/transport.h"
#include "engine/lessons/lesson.h"

namespace kubetab::lessons {

struct Outcome {
    bool met = false;
    std::string found{};  // what is there instead, for the learner; may be empty
};

Outcome check_condition(api::Transport& transport, const Condition& condition);

}  // namespace kubetab::lessons
