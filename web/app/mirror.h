// The window's content as hidden DOM, and the actions of its buttons.
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>

#include "engine/session/session.h"
#include "web/app/platform.h"
#include "web/app/ui.h"
#include "web/panels/cluster_model.h"

namespace kubetab::web {

enum class Pace {
    Calm,
    Hurried
};  // Hurried: time jumps or runs fast, so that all is different in each frame

// Keeps the mirror saying what the window shows. While time hurries the lists lag behind by up to half a
// second, because nobody reads that fast; what the person typed or chose shows at once, a long paste when it
// is taken.
class WindowMirror {
public:
    // What the last frame showed; after it, or between it and the next. `model_number` tells models apart.
    // Notes in `ui` when the texts need more letters than are loaded.
    void show(Platform& platform, const session::Session& session, const ClusterModel& model,
              std::uint64_t model_number, Ui& ui, Pace pace, double now_ms);
    // When show() has to be called again even if nothing else asks for it, because the lists lag; infinity
    // when not.
    double due_at_ms() const { return due_at_ms_; }
    // The session is another one.
    void forget();

private:
    bool lists_wait(const session::Session& session, const Ui& ui, Pace pace, double now_ms);

    std::uint64_t terminal_revision_ = 0;
    std::uint64_t model_number_ = 0;
    Selection selection_{};
    int speed_ = 0;
    bool past_ = false;
    double lists_ms_ = -std::numeric_limits<double>::infinity();
    double due_at_ms_ = std::numeric_limits<double>::infinity();
};

// "run LINE", "lesson REQUEST", "open LESSON", "select KIND KEY", "speed N", "jump settled", "jump next",
// "now", "undo", "restore kept"
void activate_mirrored(std::string_view action, Ui& ui);

}  // namespace kubetab::web
