#include <catch2/catch_test_macros.hpp>
#include <map>
#include <string>

#include "engine/lessons/condition_check.h"
#include "engine/lessons/lesson_run.h"
#include "engine/sim/process.h"

namespace kubetab::lessons {
namespace {

// Answers GET with the documents it was given; everything else is not found.
class FixedAnswers : public api::Transport {
public:
    std::map<std::string, std::string> bodies{};

    api::Response send(const api::Request& request) override {
        std::string path = request.path;
        for (const auto& [name, value] : request.query) path += "?" + name + "=" + value;
        const auto body = bodies.find(path);
        api::Response response;
        response.code = body == bodies.end() ? 404 : 200;
        response.body = body == bodies.end() ? "{}" : body->second;
        return response;
    }
    sim::Instant now() const override { return {}; }
    std::unique_ptr<api::WatchStream> watch(const api::Request&, api::Response&) override { return nullptr; }
    std::unique_ptr<api::LogStream> follow_log(const api::Request&, api::Response&) override {
        return nullptr;
    }
    std::unique_ptr<sim::Process> connect(const api::Request&, api::Response&) override { return nullptr; }
    std::unique_ptr<api::PortForward> forward(const api::Request&, api::Response&) override {
        return nullptr;
    }
};

constexpr const char* kWeb = "/apis/apps/v1/namespaces/default/deployments/web";
constexpr const char* kEvents = "/api/v1/namespaces/default/events";

Condition get(std::string what, std::string path = "", std::string is = "") {
    Condition condition;
    condition.text = "it is so";
    condition.get = std::move(what);
    condition.path = std::move(path);
    condition.is = std::move(is);
    return condition;
}

Lesson lesson_of(std::vector<std::vector<Condition>> steps) {
    Lesson lesson;
    lesson.id = "test";
    for (std::vector<Condition>& conditions : steps) {
        Step step;
        step.id = "step";
        step.hints = {"one", "two"};
        step.done_when = std::move(conditions);
        step.almost.push_back({{"kubectl run web"}, "That is a pod."});
        lesson.steps.push_back(std::move(step));
    }
    return lesson;
}

}  // namespace

TEST_CASE("a condition looks up an object, a field, an item by number or type") {
    FixedAnswers cluster;
    CHECK(!check_condition(cluster, get("deployment/web")).met);
    CHECK(check_condition(cluster, get("deployment/web")).found == "not there");
    cluster.bodies[kWeb] = R"({"status": {"readyReplicas": 2, "conditions": [{"type": "A", "status": "True"},
        {"type": "B", "status": "False"}]}, "items": ["x", {"name": "y"}]})";
    CHECK(check_condition(cluster, get("deployment/web")).met);
    CHECK(check_condition(cluster, get("deploy/web", ".status.readyReplicas", "2")).met);
    const Outcome outcome = check_condition(cluster, get("deploy/web", ".status.readyReplicas", "3"));
    CHECK(!outcome.met);
    CHECK(outcome.found == "2");
    CHECK(check_condition(cluster, get("deploy web", ".status.conditions[B].status", "False")).met);
    CHECK(check_condition(cluster, get("deploy web", ".status.conditions[0].status", "True")).met);
    CHECK(check_condition(cluster, get("deploy web", ".status.conditions[9].status", "True")).found.empty());
    CHECK(check_condition(cluster, get("deploy web", ".items[1].name", "y")).met);
    CHECK(check_condition(cluster, get("deploy web", ".nothing[", "y")).found.empty());
}

TEST_CASE("a condition can ask for absence, another value and a count") {
    FixedAnswers cluster;
    CHECK(check_condition(cluster, get("deployment/web", "", "absent")).met);
    cluster.bodies[kWeb] = R"({"spec": {"replicas": 2}})";
    CHECK(!check_condition(cluster, get("deployment/web", "", "absent")).met);
    Condition other = get("deployment/web", ".spec.replicas");
    other.is_not = "3";
    CHECK(check_condition(cluster, other).met);
    other.is_not = "2";
    CHECK(!check_condition(cluster, other).met);
    cluster.bodies["/api/v1/namespaces/shop/pods?labelSelector=app=web?limit=100"] = R"({"items": [{}, {}]})";
    Condition count = get("pods -l app=web -n shop");
    count.count = 2;
    CHECK(check_condition(cluster, count).met);
    count.count = 3;
    CHECK(check_condition(cluster, count).found == "2");
    cluster.bodies["/api/v1/namespaces/shop/pods?labelSelector=app=web?limit=100"] =
        R"({"items": [{}, {}], "metadata": {"continue": "next"}})";
    CHECK(check_condition(cluster, count).found == "more than 2");
}

TEST_CASE("events are counted by reason and by what they are about") {
    FixedAnswers cluster;
    const std::string a =
        R"({"reason": "Killing", "count": 2, "involvedObject": {"kind": "Pod", "name": "a"}})";
    const std::string b = R"({"reason": "Killing", "involvedObject": {"kind": "Pod", "name": "b"}})";
    const std::string events = kEvents + std::string("?fieldSelector=reason=Killing");
    cluster.bodies[events] = R"({"items": [)" + a + "," + b + "]}";
    cluster.bodies[events + ",involvedObject.kind=Pod"] = R"({"items": [)" + a + "," + b + "]}";
    cluster.bodies[events + ",involvedObject.kind=Pod,involvedObject.name=a"] = R"({"items": [)" + a + "]}";
    Condition killing;
    killing.event = "Killing";
    killing.times = 3;
    CHECK(check_condition(cluster, killing).met);
    killing.of = "pods";
    CHECK(check_condition(cluster, killing).met);
    killing.of = "pod/a";
    CHECK(!check_condition(cluster, killing).met);
    CHECK(check_condition(cluster, killing).found == "2 of 3");
    killing.of = "rs";
    CHECK(check_condition(cluster, killing).found == "0 of 3");
}

TEST_CASE("a step is done once all its conditions hold, and stays done") {
    FixedAnswers cluster;
    const Lesson lesson = lesson_of({{get("deployment/web"), get("deployment/web", ".spec.replicas", "3")},
                                     {get("deployment/web", ".spec.replicas", "4")}});
    LessonRun run;
    run.start(lesson);
    CHECK(run.check(cluster));
    CHECK(!run.check(cluster));
    CHECK(!run.step_done());
    cluster.bodies[kWeb] = R"({"spec": {"replicas": 2}})";
    CHECK(run.check(cluster));
    CHECK(run.conditions()[0].met);
    CHECK(!run.conditions()[1].met);
    CHECK(run.conditions()[1].found == "2");
    run.next();
    CHECK(run.step() == 0);
    cluster.bodies[kWeb] = R"({"spec": {"replicas": 3}})";
    CHECK(run.check(cluster));
    CHECK(run.step_done());
    cluster.bodies.clear();
    CHECK(!run.check(cluster));
    CHECK(run.step_done());
    run.next();
    CHECK(run.step() == 1);
    CHECK(!run.step_done());
    cluster.bodies[kWeb] = R"({"spec": {"replicas": 4}})";
    run.check(cluster);
    run.next();
    CHECK(run.finished());
    run.back();
    CHECK(run.step() == 1);
}

TEST_CASE("hints come one by one; a likely wrong try gets its reply") {
    FixedAnswers cluster;
    const Lesson lesson = lesson_of({{get("deployment/web")}});
    LessonRun run;
    run.show_hint();
    run.start(lesson);
    CHECK(run.hints_shown() == 0);
    for (int i = 0; i < 5; ++i) run.show_hint();
    CHECK(run.hints_shown() == 2);
    run.show_solution();
    CHECK(run.solution_shown());
    run.saw_command("kubectl get pods");
    CHECK(run.reply().empty());
    run.saw_command("kubectl run web");
    CHECK(run.reply() == "That is a pod.");
    cluster.bodies[kWeb] = "{}";
    run.check(cluster);
    CHECK(run.reply().empty());
}

TEST_CASE("without a lesson nothing happens") {
    FixedAnswers cluster;
    LessonRun run;
    run.start(std::nullopt);
    CHECK(!run.check(cluster));
    run.next();
    run.back();
    run.show_hint();
    run.saw_command("ls");
    CHECK(!run.finished());
    CHECK(run.step() == 0);
}

}  // namespace kubetab::lessons
