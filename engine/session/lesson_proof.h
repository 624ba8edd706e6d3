// Proves that a lesson can be taught: nothing is done at the start, each step is done by its solution and not
// before, the commands that its text shows work and do the step, too, and no likely wrong try passes.
#pragma once

#include <string>
#include <vector>

#include "engine/lessons/lesson.h"

namespace kubetab::session {

// What is wrong with the lesson, in sentences; empty when it is proved.
std::vector<std::string> prove_lesson(const lessons::Lesson& lesson);

}  // namespace kubetab::session
