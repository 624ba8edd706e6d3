#include "engine/session/lesson_proof.h"

#include <optional>
#include <utility>

#include "engine/lessons/course_files.h"
#include "engine/lessons/lesson_run.h"
#include "engine/session/script_session.h"

namespace kubetab::session {
namespace {

constexpr sim::Duration kStart = sim::minutes(2);
constexpr sim::Duration kSettle = sim::minutes(2);
// A shown command may be one that watches; then Ctrl+C ends it.
constexpr sim::Duration kLongestCommand = sim::minutes(10);

struct Trial {
    explicit Trial(const lessons::Lesson& lesson)
        : session({.seed = lesson.seed, .nodes = lesson.nodes, .apis = lesson.apis, .cloud = lesson.cloud}) {
        session.workstation().prepare(lesson);
        run.start(lesson);
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

// What goes wrong for who clicks every command of the step's text.
std::vector<std::string> try_shown_commands(const lessons::Lesson& lesson, std::size_t index) {
    const lessons::Step& step = lesson.steps[index];
    std::vector<std::string> problems;
    Trial trial(lesson);
    skip_to(trial, lesson, index);
    for (const std::string& command : lessons::shown_commands(step)) {
        const int code = trial.session.run(command, kLongestCommand);
        const std::string errors = trial.session.take_errors();
        if (code == 0 || trial.session.cut_off()) continue;
        problems.push_back("step " + step.id + ": \"" + command + "\" ends with " + std::to_string(code) +
                           ": " + errors);
    }
    trial.give({});
    if (!trial.run.step_done()) {
        problems.push_back("step " + step.id +
                           " is not done by the commands that its text shows:" + missing(trial.run));
    }
    return problems;
}

std::vector<std::string> try_almost(const lessons::Lesson& lesson, std::size_t index) {
    const lessons::Step& step = lesson.steps[index];
    std::vector<std::string> problems;
    for (const lessons::Almost& almost : step.almost) {
        Trial trial(lesson);
        skip_to(trial, lesson, index);
        trial.give(almost.commands);
        if (!trial.run.step_done()) continue;
        problems.push_back("step " + step.id + " is done by \"" + almost.commands.front() + "\"");
    }
    return problems;
}

}  // namespace

std::vector<std::string> course_lessons() {
    std::vector<std::string> ids;
    for (const lessons::CourseFile& file : lessons::course_files()) ids.emplace_back(file.id);
    return ids;
}

std::vector<std::string> prove_lesson(std::string_view id) {
    const std::optional<lessons::Lesson> found = lessons::find_lesson(id);
    if (!found) return {"there is no such lesson"};
    const lessons::Lesson& lesson = *found;
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
        for (std::string& problem : try_shown_commands(lesson, i)) problems.push_back(std::move(problem));
        for (std::string& problem : try_almost(lesson, i)) problems.push_back(std::move(problem));
    }
    return problems;
}

}  // namespace kubetab::session
