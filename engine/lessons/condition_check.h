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

// What of a condition can never be looked up, in words for the lesson's author; "" when all of it can.
std::string unusable_part(const Condition& condition);

Outcome check_condition(api::Transport& transport, const Condition& condition);

}  // namespace kubetab::lessons
