#include "engine/lessons/lesson_run.h"

#include <algorithm>
#include <utility>

#include "engine/lessons/condition_check.h"

namespace kubetab::lessons {

void LessonRun::start(std::optional<Lesson> lesson) {
    lesson_ = std::move(lesson);
    enter(0);
}

void LessonRun::enter(std::size_t step) {
    step_ = step;
    hints_shown_ = 0;
    solution_shown_ = false;
    step_done_ = false;
    reply_.clear();
    conditions_.clear();
    if (!lesson_ || finished()) return;
    for (const Condition& condition : lesson_->steps[step_].done_when)
        conditions_.push_back({condition.text, false, ""});
}

void LessonRun::next() {
    if (lesson_ && step_done_ && !finished()) enter(step_ + 1);
}

void LessonRun::back() {
    if (lesson_ && step_ > 0) enter(step_ - 1);
}

void LessonRun::show_hint() {
    if (!lesson_ || finished()) return;
    hints_shown_ = std::min(hints_shown_ + 1, lesson_->steps[step_].hints.size());
}

void LessonRun::show_solution() {
    if (lesson_ && !finished()) solution_shown_ = true;
}

bool LessonRun::check(api::Transport& transport) {
    if (!lesson_ || finished() || step_done_) return false;
    const Step& step = lesson_->steps[step_];
    bool changed = false;
    bool all = true;
    for (std::size_t i = 0; i < step.done_when.size(); ++i) {
        const Outcome outcome = check_condition(transport, step.done_when[i]);
        ConditionState& state = conditions_[i];
        changed = changed || state.met != outcome.met || state.found != outcome.found;
        state.met = outcome.met;
        state.found = outcome.found;
        all = all && outcome.met;
    }
    if (all) {
        step_done_ = true;
        reply_.clear();
    }
    return changed;
}

void LessonRun::saw_command(std::string_view line) {
    if (!lesson_ || finished() || step_done_) return;
    for (const Almost& almost : lesson_->steps[step_].almost) {
        if (std::find(almost.commands.begin(), almost.commands.end(), line) != almost.commands.end()) {
            reply_ = almost.reply;
            return;
        }
    }
}

}  // namespace kubetab::lessons
