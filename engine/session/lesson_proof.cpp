#include "engine/session/lesson_proof.h"

#include "engine/lessons/lesson_run.h"
#include "engine/session/script_session.h"

namespace kubetab::session {
namespace {

constexpr sim::Duration kStart = sim::minutes(2);
constexpr sim::Duration kSettle = sim::minutes(2);

struct Trial {
    explicit Trial(const lessons::Lesson& lesson) : session({.seed = lesson.seed, .nodes = lesson.nodes}) {
        session.workstation().prepare(lesson);
        run.start(&lesson);
        session.advance(kStart);
    }
    void look() { run.check(session.cluster().transport()); }
    void give(const std::vector<std::string>& commands) {
        for (const std::string& command : commands) session.run(command);
        session.advance(kSettle);
        look();
    }

    ScriptSession session;
    lessons::LessonRun run{};
};

std::string missing(const lessons::LessonRun& run) {
    std::string text;
    for (const lessons::ConditionState& state : run.conditions()) {
        if (!state.met) text += " [" + state.text + "; found: " + state.found + "]";
    }
    return text;
}

// Brings a fresh trial to the beginning of a step.
void skip_to(Trial& trial, const lessons::Lesson& lesson, std::size_t step) {
    for (std::size_t i = 0; i < step; ++i) {
        trial.give(lesson.steps[i].solution);
        trial.run.next();
    }
}

}  // namespace

std::vector<std::string> prove_lesson(const lessons::Lesson& lesson) {
    std::vector<std::string> problems;
    Trial trial(lesson);
    for (std::size_t i = 0; i < lesson.steps.size(); ++i) {
        const lessons::Step& step = lesson.steps[i];
        trial.look();
        if (trial.run.step_done()) problems.push_back("step " + step.id + " is done before its solution");
        trial.give(step.solution);
        if (!trial.run.step_done()) {
            problems.push_back("step " + step.id + " is not done by its solution:" + missing(trial.run));
            return problems;
        }
        trial.run.next();
        for (const lessons::Almost& almost : step.almost) {
            Trial wrong(lesson);
            skip_to(wrong, lesson, i);
            wrong.give(almost.commands);
            if (wrong.run.step_done()) problems.push_back("step " + step.id + " is done by \"" + almost.commands.front() + "\"");
        }
    }
    return problems;
}

}  // namespace kubetab::session
