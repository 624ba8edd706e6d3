// A session with somebody at its terminal, for the tests of this folder.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "engine/session/session.h"

namespace kubetab::session {

struct Learner {
    explicit Learner(SessionSpec spec = {.cluster = {.seed = 3, .nodes = 2}})
        : session(std::make_unique<Session>(std::move(spec))) {}

    void wait(sim::Duration duration) { session->advance_to(session->now() + duration); }
    void run(std::string_view line) {
        session->submit({.kind = Input::Kind::Line, .text = std::string(line)});
    }
    void type(std::string_view text) {
        session->submit({.kind = Input::Kind::Text, .text = std::string(text)});
    }
    void press(shell::KeyCode code) { session->submit({.kind = Input::Kind::Key, .key = {.code = code}}); }
    void control(char32_t character) {
        session->submit({.kind = Input::Kind::Key, .key = {.character = character, .control = true}});
    }
    void paste(std::string_view text) {
        session->submit({.kind = Input::Kind::Paste, .text = std::string(text)});
    }
    void resize(int columns, int rows) {
        session->submit({.kind = Input::Kind::Resize, .columns = columns, .rows = rows});
    }
    void lesson(std::string_view request) {
        session->submit({.kind = Input::Kind::Lesson, .text = std::string(request)});
    }
    std::string screen() const { return session->terminal().all_text(); }
    bool shows(std::string_view text) const { return screen().find(text) != std::string::npos; }
    // The only pod whose name begins so.
    api::ObjectKey pod(std::string_view beginning) const {
        for (const auto& [key, object] : session->view().objects(api::kind_of<api::Pod>())) {
            if (key.name.starts_with(beginning)) return key;
        }
        return {};
    }

    std::unique_ptr<Session> session;
};

// Busy enough that every kind of input is in the journal, some at one instant, some while a command runs.
inline void work(Learner& learner) {
    learner.resize(100, 30);
    learner.type("kubectl app");
    learner.press(shell::KeyCode::Tab);
    learner.type("-f web-deployment.yaml");
    learner.press(shell::KeyCode::Enter);
    learner.wait(sim::milliseconds(1234));
    learner.run("kubectl get pods -w");
    learner.wait(sim::seconds(7));
    learner.control('c');
    learner.paste("echo one\necho two\n");
    learner.run("kubectl scale deployment web --replicas=5");
    learner.wait(sim::seconds(30));
    learner.run("chaos stop node node-2");
    learner.wait(sim::minutes(2));
}

}  // namespace kubetab::session
