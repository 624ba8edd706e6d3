#include <catch2/catch_test_macros.hpp>

#include "engine/base/json.h"
#include "engine/lessons/course_files.h"
#include "tests/unit/session/learner.h"

namespace kubetab::session {
namespace {

std::unique_ptr<Session> restored(const std::string& saved) {
    base::Result<std::unique_ptr<Session>> session = Session::restore(saved);
    INFO((session.ok() ? "" : session.error().message));
    REQUIRE(session.ok());
    return std::move(*session);
}

void check_equal(const Session& one, const Session& other) {
    CHECK(one.digest() == other.digest());
    CHECK(one.now() == other.now());
    CHECK(one.terminal().all_text() == other.terminal().all_text());
    CHECK(one.save() == other.save());
    CHECK(one.timeline().size() == other.timeline().size());
    CHECK(one.lesson().step() == other.lesson().step());
}

}  // namespace

TEST_CASE("a restored session is the saved one") {
    Learner learner;
    work(learner);
    const std::unique_ptr<Session> again = restored(learner.session->save());
    check_equal(*learner.session, *again);

    SECTION("and goes on as it would have") {
        Learner other;
        other.session = restored(learner.session->save());
        for (Learner* each : {&learner, &other}) {
            each->run("kubectl delete deployment web");
            each->wait(sim::minutes(7));
        }
        check_equal(*learner.session, *other.session);
    }
}

TEST_CASE("how finely time is cut does not matter") {
    Learner coarse;
    Learner fine;
    for (Learner* each : {&coarse, &fine})
        each->run("kubectl create deployment web --image=nginx:1.25 --replicas=4");
    coarse.wait(sim::seconds(60));
    for (int i = 0; i < 3'600; ++i) {
        const sim::Instant target = fine.session->now() + sim::nanoseconds(16'666'666);
        // A frame may also end early, and go on.
        while (!fine.session->advance_to(target, [] { return true; })) continue;
    }
    fine.session->advance_to(coarse.session->now());
    check_equal(*coarse.session, *fine.session);
}

TEST_CASE("input in the middle of an instant is replayed there") {
    Learner learner;
    learner.run("kubectl create deployment web --image=nginx:1.25 --replicas=40");
    int cuts = 0;
    for (int i = 0; i < 400; ++i) {
        if (learner.session->advance_to(learner.session->now() + sim::milliseconds(50), [] { return true; }))
            continue;
        if (++cuts % 7 == 0)
            learner.run("kubectl label nodes node-1 cut=" + std::to_string(cuts) + " --overwrite");
    }
    REQUIRE(cuts > 20);
    check_equal(*learner.session, *restored(learner.session->save()));
}

TEST_CASE("a session that is running a command is restored with it") {
    Learner learner;
    learner.run("sleep 100; echo awake");
    learner.wait(sim::seconds(40));
    learner.type("ahead");
    Learner other;
    other.session = restored(learner.session->save());
    CHECK(other.session->terminal().busy());
    CHECK(!other.shows("\nawake"));
    other.wait(sim::seconds(61));
    CHECK(other.shows("\nawake"));
    learner.wait(sim::seconds(61));
    check_equal(*learner.session, *other.session);
}

TEST_CASE("undo takes the last command back, with what was typed for it") {
    Learner learner;
    learner.run("kubectl apply -f web-deployment.yaml");
    learner.wait(sim::minutes(1));
    const std::uint64_t before = learner.session->digest();
    const sim::Instant when = learner.session->now();
    learner.type("kubectl delete deployment ");
    learner.type("web");
    learner.press(shell::KeyCode::Enter);
    learner.wait(sim::minutes(1));
    REQUIRE(learner.session->digest() != before);

    std::unique_ptr<Session> undone = learner.session->without_last_command();
    REQUIRE(undone != nullptr);
    CHECK(undone->digest() == before);
    CHECK(undone->now() == when);
    CHECK(undone->terminal().edited_line().empty());
    undone = undone->without_last_command();
    REQUIRE(undone != nullptr);
    CHECK(undone->view().objects(api::kind_of<api::Deployment>()).size() == 1);  // coredns
    CHECK(undone->without_last_command() == nullptr);
}

TEST_CASE("a branch is the session as it was at that moment") {
    Learner learner;
    learner.run("kubectl apply -f web-deployment.yaml");
    learner.wait(sim::seconds(20));
    const std::uint64_t then = learner.session->digest();
    const sim::Instant when = learner.session->now();
    learner.wait(sim::seconds(20));
    learner.run("kubectl delete deployment web");
    learner.wait(sim::seconds(40));

    const std::unique_ptr<Session> branch = learner.session->branch_at(when);
    CHECK(branch->digest() == then);
    CHECK(branch->now() == when);
    CHECK(branch->without_last_command() != nullptr);
    CHECK(learner.session->branch_at(learner.session->now())->digest() == learner.session->digest());
}

TEST_CASE("looking back shows a moment and changes nothing") {
    Learner learner;
    learner.run("kubectl apply -f web-deployment.yaml");
    learner.wait(sim::minutes(1));
    const std::int64_t full = learner.session->view().revision();
    learner.run("kubectl delete deployment web");
    learner.wait(sim::minutes(1));
    const std::uint64_t digest = learner.session->digest();
    const api::Kind& pods = api::kind_of<api::Pod>();
    const std::size_t now = learner.session->view().objects(pods).size();
    REQUIRE(learner.session->look_back_to(full));
    CHECK(learner.session->view().past());
    CHECK(learner.session->view().objects(pods).size() == now + 3);
    learner.session->look_at_present();
    CHECK(learner.session->view().objects(pods).size() == now);
    CHECK(learner.session->digest() == digest);
    CHECK(!learner.session->look_back_to(1'000'000));
}

TEST_CASE("the lesson's place is part of the session") {
    const lessons::Lesson first = *lessons::find_lesson(lessons::course_files().front().id);
    Learner learner({.cluster = {.seed = first.seed, .nodes = first.nodes}, .lesson = first.id});
    learner.lesson("hint");
    for (const std::string& line : first.steps.front().solution) learner.run(line);
    learner.wait(sim::minutes(2));
    REQUIRE(learner.session->lesson().step_done());
    learner.lesson("next");
    learner.lesson("hint");
    const std::unique_ptr<Session> again = restored(learner.session->save());
    CHECK(again->lesson().step() == 1);
    CHECK(again->lesson().hints_shown() == 1);
    check_equal(*learner.session, *again);
}

namespace {

std::string mistake_of(const std::string& saved) {
    const base::Result<std::unique_ptr<Session>> session = Session::restore(saved);
    return session.ok() ? "none" : session.error().message;
}

// A saved session with one value in its place changed; null takes it away.
std::string damaged(const char* place, const base::Json& value) {
    Learner learner;
    learner.resize(80, 24);
    learner.press(shell::KeyCode::Up);
    learner.run("ls");
    base::Json document = *base::parse_json(learner.session->save());
    const base::Json::json_pointer pointer(place);
    if (value.is_null()) {
        document.at(pointer.parent_pointer()).erase(pointer.back());
    } else {
        document[pointer] = value;
    }
    return document.dump();
}

}  // namespace

TEST_CASE("a damaged saved session is refused, with the place") {
    CHECK(mistake_of("") ==
          "saved session: parse error at line 1, column 1: syntax error while parsing value - unexpected end "
          "of input; "
          "expected '[', '{', or a literal");
    CHECK(mistake_of("[]") == "saved session: it was made by another version of kubetab");
    CHECK(mistake_of(damaged("/format", 2)) == "saved session: it was made by another version of kubetab");
    CHECK(mistake_of(damaged("/seed", "x")) == "saved session: seed: must be a whole number");
    CHECK(mistake_of(damaged("/nodes", 100'000)) ==
          "saved session: nodes: must be a whole number between 0 and 1000");
    CHECK(mistake_of(damaged("/systemPods", nullptr)) == "saved session: systemPods: must be true or false");
    CHECK(mistake_of(damaged("/apis", "2018")) == "saved session: apis: must be today or 2017");
    CHECK(mistake_of(damaged("/lesson", "none/such")) ==
          "saved session: lesson: there is no lesson \"none/such\"");
    CHECK(mistake_of(damaged("/journal", "x")) == "saved session: journal: must be a list");
    CHECK(mistake_of(damaged("/journal/1", 3)) == "saved session: journal[1].at: is missing");
    CHECK(mistake_of(damaged("/journal/2/kind", 17)) ==
          "saved session: journal[2].kind: must be a whole number between 0 and 5");
    CHECK(mistake_of(damaged("/journal/2/events", -1)) ==
          "saved session: journal[2].events: must be a whole number between 0 and 9223372036854775807");
    CHECK(mistake_of(damaged("/journal/2/text", 5)) == "saved session: journal[2].text: must be text");
    CHECK(mistake_of(damaged("/journal/1/key", "Up")) ==
          "saved session: journal[1].key: must be two numbers and three truths");
    CHECK(mistake_of(damaged("/journal/1/key/0", 99)) ==
          "saved session: journal[1].key[0]: must be a whole number between 0 and 13");
    CHECK(mistake_of(damaged("/journal/1/key/1", -5)) ==
          "saved session: journal[1].key[1]: must be a whole number between 0 and 1114111");
    CHECK(mistake_of(damaged("/journal/0/size/0", 1'000'000'000)) ==
          "saved session: journal[0].size[0]: must be a whole number between 1 and 2000");
    CHECK(mistake_of(damaged("/journal/0/size", nullptr)) ==
          "saved session: journal[0].size: must be two numbers");
    CHECK(mistake_of(damaged("/journal/1/at", 5))
              .starts_with("saved session: journal[1].at: must be a whole number"));
    CHECK(mistake_of(damaged("/now", INT64_MAX))
              .starts_with("saved session: now: must be a whole number between"));
    CHECK(mistake_of(damaged("/now", nullptr)) == "saved session: now: is missing");
}

TEST_CASE("a saved session that was cut off is refused, wherever the cut is") {
    Learner learner;
    learner.run("ls");
    const std::string saved = learner.session->save();
    for (std::size_t length = 0; length < saved.size(); ++length) {
        CHECK(mistake_of(saved.substr(0, length)).starts_with("saved session: "));
    }
}

TEST_CASE("a here-document of 100 KB can be pasted line by line") {
    Learner learner;
    std::string text = "cat > long.txt <<END\n";
    for (int i = 0; i < 4'000; ++i) text += "a line of a manifest there\n";
    learner.paste(text + "END\n");
    CHECK(learner.session->terminal().feeding());
    learner.run("wc -l long.txt");
    learner.wait({});
    CHECK(learner.shows("4000 long.txt"));
    check_equal(*learner.session, *restored(learner.session->save()));
}

TEST_CASE("a long paste is saved and restored") {
    Learner learner;
    for (int i = 0; i < 2; ++i)
        learner.paste("cat > long.txt <<END\n" + std::string(1'900'000, 'x') + "\nEND\n");
    learner.run("wc -c long.txt");
    CHECK(learner.shows("1900001 long.txt"));
    const std::string saved = learner.session->save();
    REQUIRE(saved.size() > base::kMaxDocumentBytes);
    check_equal(*learner.session, *restored(saved));
}

}  // namespace kubetab::session
