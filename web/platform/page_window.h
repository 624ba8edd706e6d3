// PageWindow: the canvas, its WebGL context and Dear ImGui in it, and the loop that draws on demand.
//
// A frame is drawn when something asked for it: input, App, a timer, a new size. When nothing does, nothing
// runs. After input a few frames follow, because ImGui settles hovering, popups and scrolling one frame late.
#pragma once

#include <SDL.h>

#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "web/app/app.h"
#include "web/platform/dom_platform.h"
#include "web/platform/gl_renderer.h"
#include "web/theme/theme.h"

namespace kubetab::web {

class PageWindow {
public:
    // Opens the window on #canvas.
    PageWindow();
    ~PageWindow() = default;
    PageWindow(const PageWindow&) = delete;
    PageWindow& operator=(const PageWindow&) = delete;

    // Lets frames be drawn. Without WebGL nothing happens; the page has said so.
    void start();

    // Called by the page.
    void frame();
    void tick();
    void type(std::string_view text);
    void paste(std::string text);
    void shortcut(char letter);
    void activate(std::string_view action);
    void context_restored();

private:
    void open_canvas();
    void set_up_imgui();
    void read_input();
    void press_shortcut(ImGuiKey key);
    void follow_look(const Look& look);
    void set_display_size();
    void plan_next(const Wish& wish, double draw_again_at_ms);
    void note_input();

    static int on_event(void* self, SDL_Event* event);
    static const char* clipboard_text(void* self);
    static void set_clipboard_text(void* self, const char* text);
    static void set_ime_place(ImGuiViewport* viewport, ImGuiPlatformImeData* data);

    DomPlatform platform_{};
    SDL_Window* window_ = nullptr;
    SDL_GLContext context_ = nullptr;
    GlRenderer renderer_{};
    Theme theme_{};
    float ratio_ = 0;           // of the fonts loaded; 0: none yet
    std::optional<App> app_{};  // made last: while it starts, the graphics process does what it was told
    std::string clipboard_{};   // what a paste brought
    std::deque<std::string> pastes_{};  // whose events are still in SDL's queue
    bool pasting_ = false;              // the clipboard has a text that is about to be taken
    int settling_frames_ = 0;
    double draw_again_at_ms_ = kNever;  // what App said when it was last drawn
    double hover_until_ms_ = 0;         // a tooltip may still appear
};

}  // namespace kubetab::web
