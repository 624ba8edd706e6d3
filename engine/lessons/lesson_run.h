// LessonRun: where a learner stands in a lesson.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/lessons/lesson.h"

namespace kubetab::api {
class Transport;
}

namespace kubetab::lessons {

struct ConditionState {
    std::string text{};  // what is wanted, in words
    bool met = false;
    std::string found{};  // what is there instead, e.g. "2"
};

class LessonRun {
public:
    // nullopt: no lesson.
    void start(std::optional<Lesson> lesson);
    // Null when there is none.
    const Lesson* lesson() const { return lesson_ ? &*lesson_ : nullptr; }
    // Index of the present step; steps().size() when all are done.
    std::size_t step() const { return step_; }
    bool finished() const { return lesson_ && step_ >= lesson_->steps.size(); }
    // How many hints of the present step are shown, and whether its solution is.
    std::size_t hints_shown() const { return hints_shown_; }
    bool solution_shown() const { return solution_shown_; }
    const std::vector<ConditionState>& conditions() const { return conditions_; }
    // True when the present step's conditions hold; the learner goes on with next().
    bool step_done() const { return step_done_; }
    // The reply to a likely wrong try, or "".
    const std::string& reply() const { return reply_; }

    void next();
    void back();
    void show_hint();
    void show_solution();
    // Looks at the cluster again. True when something visible changed.
    bool check(api::Transport& transport);
    // A command the learner ran: compared with the step's likely wrong tries.
    void saw_command(std::string_view line);

private:
    void enter(std::size_t step);

    std::optional<Lesson> lesson_{};
    std::size_t step_ = 0;
    std::size_t hints_shown_ = 0;
    bool solution_shown_ = false;
    bool step_done_ = false;
    std::string reply_{};
    std::vector<ConditionState> conditions_{};
};

}  // namespace kubetab::lessons
