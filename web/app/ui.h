// Ui: the view state that panels share, and what they ask for. Nothing here is part of the simulated world.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/session/session.h"

namespace kubetab::web {

// An object that is chosen or pointed at.
struct Selection {
    const api::Kind* kind = nullptr;
    api::ObjectKey key{};

    explicit operator bool() const { return kind != nullptr; }
    bool operator==(const Selection&) const = default;
};

enum class ClusterTab { Nodes, Objects };
enum class InspectorTab { Why, Events, Yaml, Logs };

// How fast virtual time passes: virtual seconds per real second; 0 is paused.
inline constexpr int kSpeeds[] = {0, 1, 10, 100, 1000};

enum class TimeJump { None, NextEvent, UntilSettled };

struct Ui {
    // Kept between visits.
    float lesson_width = 372;
    float inspector_width = 336;
    float terminal_share = 0.42F;  // of the middle column's height
    int speed = 1;

    Selection selection{};
    Selection menu_for{};  // a context menu opens for it in this frame
    ClusterTab cluster_tab = ClusterTab::Nodes;
    InspectorTab inspector_tab = InspectorTab::Why;
    bool lesson_open = true;      // as a drawer, in a narrow window
    bool inspector_open = false;  // as a drawer, in a narrow window
    bool lesson_list = false;
    bool terminal_focused = true;
    float text_scale = 1.0F;
    bool light = false;
    bool all_letters = false;  // something shown needs Letters::All
    bool reduced_motion = false;
    std::string notice{};     // one line at the bottom of the window; "" is none
    bool offer_kept = false;  // the notice offers the session that a shared link put aside

    // Asked for in this frame; App carries it out after drawing.
    std::vector<session::Input> inputs{};
    TimeJump jump = TimeJump::None;
    std::optional<std::int64_t> look_at{};  // a revision; 0 is the present
    bool branch = false;
    bool undo = false;
    bool share = false;
    std::string open_lesson{};  // id of a lesson to begin, on a new cluster
    bool reset = false;
    bool restore_kept = false;
    bool animating = false;  // something moves: draw another frame soon

    void run(std::string line) {
        session::Input input;
        input.kind = session::Input::Kind::Line;
        input.text = std::move(line);
        inputs.push_back(std::move(input));
    }
    void ask_lesson(std::string request) {
        session::Input input;
        input.kind = session::Input::Kind::Lesson;
        input.text = std::move(request);
        inputs.push_back(std::move(input));
    }
    void select(const api::Kind& kind, const api::ObjectKey& key) {
        selection = {&kind, key};
        inspector_open = true;
    }
};

}  // namespace kubetab::web
