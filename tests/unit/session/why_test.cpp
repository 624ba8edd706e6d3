#include <catch2/catch_test_macros.hpp>

#include "tests/unit/session/learner.h"

namespace kubetab::session {
namespace {

// "actor action (reason)" for each link, newest first.
std::vector<std::string> told(const Session& session, const api::Kind& kind, const api::ObjectKey& key) {
    std::vector<std::string> lines;
    for (const WhyStep& step : session.why(kind, key)) lines.push_back(step.actor + " " + step.action);
    return lines;
}

bool contains(const std::vector<std::string>& lines, std::string_view wanted) {
    for (const std::string& line : lines) {
        if (line.find(wanted) != std::string::npos) return true;
    }
    return false;
}

std::string all_of(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return text;
}

}  // namespace

TEST_CASE("why a pod is there ends at the learner's command") {
    Learner learner;
    learner.run("kubectl apply -f web-deployment.yaml");
    learner.wait(sim::minutes(1));
    const api::ObjectKey pod = learner.pod("web-");
    const std::vector<std::string> lines = told(*learner.session, api::kind_of<api::Pod>(), pod);
    INFO(all_of(lines));
    REQUIRE(lines.size() >= 5);
    CHECK(contains(lines, "reported Running and ready"));
    CHECK(contains(lines, "chose node-"));
    CHECK(contains(lines, "made it"));
    CHECK(contains(lines, "made replicaset web-"));
    CHECK(lines.back() == "You made deployment web");
    const std::vector<WhyStep> steps = learner.session->why(api::kind_of<api::Pod>(), pod);
    CHECK(steps.back().by_person);
    for (std::size_t i = 1; i < steps.size(); ++i) CHECK(steps[i - 1].when >= steps[i].when);
}

TEST_CASE("why a replacement is there tells of the deleted pod") {
    Learner learner;
    learner.run("kubectl apply -f web-deployment.yaml");
    learner.wait(sim::minutes(1));
    const api::ObjectKey first = learner.pod("web-");
    const sim::Instant when = learner.session->now();
    learner.run("kubectl delete pod " + first.name);
    learner.wait(sim::minutes(1));
    api::ObjectKey replacement;
    for (const auto& [key, object] : learner.session->view().objects(api::kind_of<api::Pod>())) {
        if (key.name.starts_with("web-") &&
            object->metadata.creationTimestamp.seconds >= when.unix_seconds()) {
            replacement = key;
        }
    }
    REQUIRE(!replacement.name.empty());
    const std::vector<std::string> lines = told(*learner.session, api::kind_of<api::Pod>(), replacement);
    INFO(all_of(lines));
    CHECK(contains(lines, "asked pod " + first.name + " to end"));
    CHECK(lines.back().starts_with("You "));
}

TEST_CASE("every link of a chain is a sentence") {
    Learner learner;
    learner.run("kubectl apply -f web-deployment.yaml");
    learner.run("kubectl apply -f web-service.yaml");
    learner.wait(sim::minutes(1));
    learner.run("kubectl set image deployment/web web=nginx:1.99");
    learner.run("kubectl cordon node-1");
    learner.wait(sim::minutes(2));
    learner.run("chaos stop node node-2");
    learner.wait(sim::minutes(10));
    for (const api::Kind* kind : api::all_kinds()) {
        for (const auto& [key, object] : learner.session->view().objects(*kind)) {
            for (const WhyStep& step : learner.session->why(*kind, key)) {
                INFO(std::string(kind->kind) + " " + key.name + ": " + step.actor + " " + step.action);
                CHECK(!step.actor.empty());
                CHECK(!step.action.empty());
                CHECK(step.action.find("  ") == std::string::npos);
                CHECK(step.revision > 0);
            }
        }
    }
}

TEST_CASE("the timeline tells commands, faults and warnings apart") {
    Learner learner;
    learner.run("kubectl create deployment web --image=nginx:1.99");
    learner.wait(sim::minutes(1));
    learner.run("chaos stop node node-1");
    learner.wait(sim::seconds(1));
    bool command = false;
    bool warning = false;
    bool fault = false;
    sim::Instant last{};
    for (const Tick& tick : learner.session->timeline()) {
        command = command || (tick.kind == Tick::Kind::Command && tick.label == "made deployment web");
        warning = warning || (tick.kind == Tick::Kind::Warning && tick.label == "Failed");
        fault = fault || (tick.kind == Tick::Kind::Fault && tick.label == "node-crash node-1");
        CHECK(tick.when >= last);
        last = tick.when;
    }
    CHECK(command);
    CHECK(warning);
    CHECK(fault);
}

}  // namespace kubetab::session
