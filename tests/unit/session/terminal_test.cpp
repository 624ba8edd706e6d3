#include <catch2/catch_test_macros.hpp>

#include "engine/lessons/course_files.h"
#include "tests/unit/session/learner.h"

namespace kubetab::session {
namespace {

constexpr std::string_view kManifest =
    "apiVersion: v1\n"
    "kind: ConfigMap\n"
    "metadata:\n"
    "  name: pasted\n"
    "data:\n"
    "  a: b\n";

bool has_config_map(const Learner& learner, const char* name) {
    return learner.session->view().find<api::ConfigMap>({"default", name}) != nullptr;
}

}  // namespace

TEST_CASE("a manifest pasted at the prompt is applied when the learner agrees") {
    Learner learner;
    learner.paste(kManifest);
    CHECK(learner.shows("That is a manifest of 6 lines. Apply this manifest? [Y/n]"));
    CHECK(!has_config_map(learner, "pasted"));
    learner.press(shell::KeyCode::Enter);
    learner.wait(sim::seconds(1));
    CHECK(learner.shows("configmap/pasted created"));
    CHECK(has_config_map(learner, "pasted"));
}

TEST_CASE("a manifest pasted at the prompt is dropped when the learner declines") {
    Learner learner;
    learner.paste(kManifest);
    learner.type("n");
    learner.press(shell::KeyCode::Enter);
    learner.wait(sim::seconds(1));
    CHECK(!has_config_map(learner, "pasted"));
    CHECK(!learner.shows("command not found"));
}

TEST_CASE("a manifest pasted into a here-document is the document's") {
    Learner learner;
    learner.type("kubectl apply -f - <<END");
    learner.press(shell::KeyCode::Enter);
    learner.paste(std::string(kManifest) + "END\n");
    learner.wait(sim::seconds(1));
    CHECK(learner.shows("configmap/pasted created"));
}

TEST_CASE("Tab completes commands, kinds, names and flags") {
    Learner learner;
    learner.type("kubec");
    learner.press(shell::KeyCode::Tab);
    CHECK(learner.session->terminal().edited_line() == "kubectl ");
    learner.type("get names");
    learner.press(shell::KeyCode::Tab);
    CHECK(learner.session->terminal().edited_line() == "kubectl get namespaces ");
    learner.type("kube-p");
    learner.press(shell::KeyCode::Tab);
    CHECK(learner.session->terminal().edited_line() == "kubectl get namespaces kube-public ");
    learner.type("--show-l");
    learner.press(shell::KeyCode::Tab);
    CHECK(learner.session->terminal().edited_line().starts_with(
        "kubectl get namespaces kube-public --show-labels"));
}

TEST_CASE("Ctrl+C ends a command that would go on, and the next one runs") {
    Learner learner;
    learner.run("kubectl get pods -A -w");
    learner.wait(sim::minutes(1));
    CHECK(learner.session->terminal().busy());
    learner.control('c');
    learner.wait(sim::milliseconds(100));
    CHECK(!learner.session->terminal().busy());
    learner.run("echo still here");
    CHECK(learner.shows("\nstill here"));
}

TEST_CASE("watch shows its command's output again and again until Ctrl+C") {
    Learner learner;
    learner.run("watch -n 2 kubectl get nodes -o name");
    learner.wait(sim::seconds(1));
    CHECK(learner.shows("Every 2.0s: kubectl get nodes -o name"));
    CHECK(learner.shows("node/node-2"));
    CHECK(!learner.shows("node/node-3"));
    learner.session->submit({.kind = Input::Kind::Resize, .columns = 90, .rows = 20});
    learner.session->cluster().add_node();
    learner.wait(sim::seconds(5));
    CHECK(learner.shows("node/node-3"));
    learner.control('c');
    learner.wait(sim::milliseconds(100));
    CHECK(!learner.session->terminal().busy());
    CHECK(!learner.shows("Every 2.0s"));
}

TEST_CASE("a click runs its command and gives the line that was being typed back") {
    Learner learner;
    learner.type("kubectl get no");
    learner.run("echo clicked");
    learner.wait(sim::milliseconds(100));
    CHECK(learner.shows("\nclicked"));
    CHECK(learner.session->terminal().edited_line() == "kubectl get no");
}

TEST_CASE("a likely wrong try is answered, however it was typed") {
    const lessons::Lesson first = *lessons::find_lesson(lessons::course_files().front().id);
    REQUIRE(!first.steps.front().almost.empty());
    const lessons::Almost& almost = first.steps.front().almost.front();
    Learner learner({.cluster = {.seed = first.seed, .nodes = first.nodes}, .lesson = first.id});
    learner.type(almost.commands.front());
    learner.press(shell::KeyCode::Enter);
    learner.wait(sim::seconds(1));
    CHECK(learner.session->lesson().reply() == almost.reply);
}

}  // namespace kubetab::session
