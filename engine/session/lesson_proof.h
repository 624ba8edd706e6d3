// Proves that a lesson can be taught: nothing is done at the start, each step is done by its solution and not
// before, the commands that its text shows work and do the step, too, and no likely wrong try passes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kubetab::session {

// Ids of the lessons that are built in, in the order of the course.
std::vector<std::string> course_lessons();
// What is wrong with that lesson of the course, in sentences; empty when it is proved.
std::vector<std::string> prove_lesson(std::string_view id);

}  // namespace kubetab::session
