// App: the whole window. The platform calls `advance` while something can happen by itself and `draw` when a
// frame is wanted; between those nothing runs.
//
// One App per ImGui context. `platform` outlives it. The theme is set up by the caller (web/theme/theme.h)
// before the first draw and again whenever pixel ratio, text size or colours change.
#pragma once

#include <limits>
#include <memory>
#include <string_view>

#include "web/app/platform.h"
#include "web/theme/theme.h"

namespace kubetab::web {

inline constexpr double kNever = std::numeric_limits<double>::infinity();

// What App wants next, by the platform's clock.
struct Wish {
    bool draw = false;            // something visible changed
    double again_at_ms = kNever;  // when to call `advance` next; a time in the past means as soon as possible
};

class App {
public:
    explicit App(Platform& platform);
    ~App();
    App(const App&) = delete;
    App& operator=(const App&) = delete;

    enum class Before { Rest, Frame };  // what follows in the same call

    // Lets virtual time pass up to `now_ms` (milliseconds of the platform's monotonic clock), within a few
    // milliseconds of work. Called before every draw too; a jump's work is then left to the calls between
    // frames, so that none takes too long.
    Wish advance(double now_ms, Before what = Before::Rest);

    // Draws one frame between ImGui::NewFrame and ImGui::Render. Returns when the next one is wanted even
    // without input, for animations; kNever when the window is at rest.
    double draw(double now_ms);

    // Does what a mirrored button stands for (MirrorItem::action). Unknown actions do nothing.
    void activate(std::string_view action);

    // How the window wants to look; the platform asks before every frame and rebuilds fonts when it changed.
    Look look() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace kubetab::web
