#include <catch2/catch_test_macros.hpp>
#include <string>
#include <string_view>

#include "engine/lessons/course_files.h"
#include "engine/lessons/lesson.h"

namespace kubetab::lessons {
namespace {

constexpr std::string_view kLesson = R"(id: test/one
title: One
cluster: {nodes: 2, seed: 5}
files:
  a.yaml: |
    kind: Pod
steps:
  - id: first
    title: The first
    say: |
      Type this.
    hint: "look"
    done_when:
      - {say: it is there, get: deployment/web}
      - say: three are ready
        get: deployment/web
        path: .status.readyReplicas
        is: 3
    solution: ["kubectl apply -f a.yaml"]
    almost:
      - do: ["kubectl run web"]
        reply: That is a pod.
ends_with: Done.
)";

std::string with(std::string_view from, std::string_view to) {
    std::string text(kLesson);
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

std::string mistake_of(std::string_view yaml) {
    const base::Result<Lesson> lesson = parse_lesson(yaml);
    return lesson.ok() ? "none" : lesson.error().message;
}

}  // namespace

TEST_CASE("a lesson says whether its cluster serves the versions of 2017") {
    const base::Result<Lesson> today = parse_lesson(kLesson);
    REQUIRE(today.ok());
    CHECK(today->apis == api::ServedApis::Today);
    const base::Result<Lesson> former = parse_lesson(with("seed: 5}", "seed: 5, apis: 2017}"));
    REQUIRE(former.ok());
    CHECK(former->apis == api::ServedApis::Of2017);
    CHECK(mistake_of(with("seed: 5}", "seed: 5, apis: 2018}")) ==
          "lesson: line 3: cluster.apis: must be today or 2017");
}

TEST_CASE("a lesson is read with all its parts") {
    const base::Result<Lesson> lesson = parse_lesson(kLesson);
    REQUIRE(lesson.ok());
    CHECK(lesson->id == "test/one");
    CHECK(lesson->nodes == 2);
    CHECK(lesson->seed == 5);
    REQUIRE(lesson->files.size() == 1);
    CHECK(lesson->files[0].first == "a.yaml");
    CHECK(lesson->files[0].second == "kind: Pod\n");
    REQUIRE(lesson->steps.size() == 1);
    const Step& step = lesson->steps[0];
    CHECK(step.say == "Type this.\n");
    CHECK(step.hints == std::vector<std::string>{"look"});
    REQUIRE(step.done_when.size() == 2);
    CHECK(step.done_when[0].line == 14);
    CHECK(step.done_when[1].line == 15);
    CHECK(step.done_when[1].is == "3");
    REQUIRE(step.almost.size() == 1);
    CHECK(step.almost[0].reply == "That is a pod.");
    CHECK(lesson->ends_with == "Done.");
}

TEST_CASE("every lesson of the course can be read") {
    REQUIRE(!course_files().empty());
    for (const CourseFile& file : course_files()) {
        INFO(file.path);
        REQUIRE(mistake_of(file.text) == "none");
        const std::optional<Lesson> lesson = find_lesson(file.id);
        REQUIRE(lesson);
        CHECK(lesson->id == file.id);
        CHECK(lesson->title == file.title);
        CHECK(lesson->chapter == file.chapter);
    }
    CHECK_FALSE(find_lesson("introduction/none"));
}

TEST_CASE("a mistake in a lesson is told with its line and its field") {
    CHECK(mistake_of(with("title: One", "titel: One")) == "lesson: line 2: titel: unknown field");
    CHECK(mistake_of(with("title: One\n", "")) == "lesson: line 1: needs id and title");
    CHECK(mistake_of(with("title: One", "title: [One]")) == "lesson: line 2: title: must be text");
    CHECK(mistake_of(with("nodes: 2", "nodes: 0")) ==
          "lesson: line 3: cluster.nodes: must be a number between 1 and 100");
    CHECK(mistake_of(with("nodes: 2", "nodes: two")) ==
          "lesson: line 3: cluster.nodes: must be a number between 1 and 100");
    CHECK(mistake_of(with("a.yaml: |\n    kind: Pod", "a.yaml: 3")) ==
          "lesson: line 5: files.a.yaml: must be text");
    CHECK(mistake_of(with("files:\n  a.yaml: |\n    kind: Pod", "files: [a]")) ==
          "lesson: line 4: files: must be a mapping of names to texts");
    CHECK(mistake_of(with("    title: The first\n", "")) ==
          "lesson: line 8: steps[0]: needs id, title and say");
    CHECK(mistake_of(with("hint: \"look\"", "hint: {a: b}")) ==
          "lesson: line 12: steps[0].hint: must be a list of texts");
    CHECK(mistake_of(with("solution: [\"kubectl apply -f a.yaml\"]", "solution: []")) ==
          "lesson: line 8: steps[0]: needs solution");
    CHECK(mistake_of(with("say: three are ready\n        get", "get")) ==
          "lesson: line 15: steps[0].done_when[1]: needs say: what the learner reads while it does not hold");
    CHECK(mistake_of(with("get: deployment/web}", "got: deployment/web}")) ==
          "lesson: line 14: steps[0].done_when[0].got: unknown field");
    CHECK(mistake_of(with("get: deployment/web}", "get: deployment/web, event: Killing}")) ==
          "lesson: line 14: steps[0].done_when[0]: needs either get or event");
    CHECK(mistake_of(with("get: deployment/web}", "get: deploymnet/web}")) ==
          "lesson: line 14: steps[0].done_when[0]: get: no such kind: deploymnet/web");
    CHECK(mistake_of(with("        is: 3\n", "")) ==
          "lesson: line 15: steps[0].done_when[1]: path: needs is or is_not");
    CHECK(mistake_of(with("get: deployment/web}", "get: pods, count: many}")) ==
          "lesson: line 14: steps[0].done_when[0].count: must be a number between 0 and 10000");
    CHECK(mistake_of(with("reply: That is a pod.", "replies: x")) ==
          "lesson: line 22: steps[0].almost[0].replies: unknown field");
    CHECK(mistake_of(with("steps:", "step:")) == "lesson: line 7: step: unknown field");
    CHECK(mistake_of("id: a\ntitle: b\nsteps: none\n") == "lesson: line 3: steps: must be a list");
    CHECK(mistake_of("id: a\ntitle: b\n") == "lesson: line 1: needs steps");
    CHECK(mistake_of(with("title: One", "title: One\ntitle: Two")) ==
          "lesson: line 3: the key \"title\" is there twice");
}

TEST_CASE("what is no YAML mapping is no lesson") {
    CHECK(mistake_of("") == "lesson: line 1: must be a mapping");
    CHECK(mistake_of("- a\n- b\n") == "lesson: line 1: must be a mapping");
    CHECK(mistake_of("id: a\n\ttitle: b\n") ==
          "lesson: yaml: line 2: found a tab character that violates indentation");
    CHECK(mistake_of("id: \"a\n") == "lesson: yaml: line 2: found unexpected end of stream");
    CHECK(mistake_of(std::string("id: a\0b", 7)) == "lesson: yaml: control characters are not allowed");
}

TEST_CASE("two steps cannot have one id") {
    std::string text(kLesson);
    const std::size_t from = text.find("  - id: first");
    const std::size_t to = text.find("ends_with");
    text.insert(to, text.substr(from, to - from));
    CHECK(mistake_of(text) == "lesson: line 23: steps[1].id: there is another step \"first\"");
}

}  // namespace kubetab::lessons
