#include "web/platform/page_window.h"

#include <backends/imgui_impl_sdl2.h>
#include <emscripten/emscripten.h>
#include <emscripten/html5.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

#include "web/app/settings.h"

namespace kubetab::web {
namespace {

constexpr int kSettlingFrames = 3;
constexpr double kHoverDelayMs = 600;

// The canvas in device pixels.
ImVec2 canvas_size() {
    int width = 0;
    int height = 0;
    emscripten_get_canvas_element_size("#canvas", &width, &height);
    return {static_cast<float>(width), static_cast<float>(height)};
}

// Whether a key or button is held: ImGui repeats it by itself.
bool anything_held() {
    const ImGuiIO& io = ImGui::GetIO();
    for (const bool down : io.MouseDown) {
        if (down) return true;
    }
    for (int key = ImGuiKey_Tab; key <= ImGuiKey_KeypadEqual; ++key) {
        if (key >= ImGuiKey_LeftCtrl && key <= ImGuiKey_RightSuper) continue;
        if (ImGui::IsKeyDown(static_cast<ImGuiKey>(key))) return true;
    }
    return false;
}

}  // namespace

PageWindow::PageWindow() {
    open_canvas();
    if (context_ == nullptr) return;
    set_up_imgui();
    renderer_.set_up();
    follow_look(saved_look(platform_));
    app_.emplace(platform_);
}

void PageWindow::open_canvas() {
    SDL_SetHint(SDL_HINT_EMSCRIPTEN_KEYBOARD_ELEMENT, "#stage");
    if (SDL_Init(SDL_INIT_VIDEO) != 0) return;
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_ES);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, 0);
    SDL_GL_SetAttribute(SDL_GL_DEPTH_SIZE, 0);
    SDL_GL_SetAttribute(SDL_GL_STENCIL_SIZE, 0);
    constexpr Uint32 kFlags = SDL_WINDOW_OPENGL | SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI;
    window_ = SDL_CreateWindow("kubetab", 0, 0, 1280, 720, kFlags);
    if (window_ != nullptr) context_ = SDL_GL_CreateContext(window_);
}

void PageWindow::set_up_imgui() {
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.ConfigInputTextCursorBlink = false;
    io.ConfigMacOSXBehaviors = platform_.on_mac();
    io.ConfigWindowsMoveFromTitleBarOnly = true;
    ImGui_ImplSDL2_InitForOpenGL(window_, context_);
    io.ClipboardUserData = this;
    io.GetClipboardTextFn = clipboard_text;
    io.SetClipboardTextFn = set_clipboard_text;
    io.SetPlatformImeDataFn = set_ime_place;
    ImGui::GetMainViewport()->PlatformHandleRaw = this;
    SDL_AddEventWatch(on_event, this);
}

void PageWindow::start() {
    if (app_) platform_.start();
}

// Runs inside the browser's event, before SDL queues it.
int PageWindow::on_event(void* self, SDL_Event* event) {
    // SDL reports things of its own, too, at every poll: those must not ask for another frame.
    switch (event->type) {
        case SDL_KEYDOWN:
        case SDL_KEYUP:
        case SDL_TEXTINPUT:
        case SDL_TEXTEDITING:
        case SDL_MOUSEMOTION:
        case SDL_MOUSEBUTTONDOWN:
        case SDL_MOUSEBUTTONUP:
        case SDL_MOUSEWHEEL:
        case SDL_FINGERDOWN:
        case SDL_FINGERUP:
        case SDL_FINGERMOTION:
        case SDL_WINDOWEVENT: static_cast<PageWindow*>(self)->note_input(); break;
        default: break;
    }
    return 1;
}

void PageWindow::note_input() {
    settling_frames_ = kSettlingFrames;
    platform_.request_frame();
}

const char* PageWindow::clipboard_text(void* self) {
    return static_cast<PageWindow*>(self)->clipboard_.c_str();
}

void PageWindow::set_clipboard_text(void* self, const char* text) {
    auto* const window = static_cast<PageWindow*>(self);
    window->clipboard_ = text;
    window->platform_.copy_to_clipboard(text);
}

void PageWindow::set_ime_place(ImGuiViewport* viewport, ImGuiPlatformImeData* data) {
    auto* const window = static_cast<PageWindow*>(viewport->PlatformHandleRaw);
    window->platform_.place_keyboard(data->InputPos.x, data->InputPos.y, data->InputLineHeight);
}

// In the order in which things happened. What follows a paste waits until its text has been taken.
void PageWindow::read_input() {
    if (pasting_ && ImGui::GetCurrentContext()->InputEventsQueue.Size > 0) return;
    pasting_ = false;
    SDL_Event event;
    while (!pasting_ && SDL_PollEvent(&event) != 0) {
        if (event.type == SDL_MOUSEMOTION) hover_until_ms_ = emscripten_get_now() + kHoverDelayMs;
        if (event.type == SDL_USEREVENT) {
            clipboard_ = std::move(pastes_.front());
            pastes_.pop_front();
            press_shortcut(ImGuiKey_V);
            pasting_ = true;
        } else {
            ImGui_ImplSDL2_ProcessEvent(&event);
        }
    }
    if (pasting_) platform_.request_frame();
}

// ImGui deals with the press in one frame and with the release in the next.
void PageWindow::press_shortcut(ImGuiKey key) {
    ImGuiIO& io = ImGui::GetIO();
    const ImGuiKey modifier = platform_.on_mac() ? ImGuiMod_Super : ImGuiMod_Ctrl;
    const SDL_Keymod held = platform_.on_mac() ? KMOD_GUI : KMOD_CTRL;
    io.AddKeyEvent(modifier, true);
    io.AddKeyEvent(key, true);
    io.AddKeyEvent(key, false);
    if ((SDL_GetModState() & held) == 0) io.AddKeyEvent(modifier, false);
}

void PageWindow::set_display_size() {
    ImGuiIO& io = ImGui::GetIO();
    const ImVec2 pixels = canvas_size();
    io.DisplaySize = ImVec2(pixels.x / ratio_, pixels.y / ratio_);
    io.DisplayFramebufferScale = ImVec2(ratio_, ratio_);
}

void PageWindow::follow_look(const Look& look) {
    const auto ratio = static_cast<float>(emscripten_get_device_pixel_ratio());
    if (ratio == ratio_ && look == theme_.look()) return;
    ratio_ = ratio;
    theme_.apply(look, ratio);
    renderer_.load_fonts();
}

void PageWindow::frame() {
    follow_look(app_->look());
    read_input();
    const Wish wish = app_->advance(emscripten_get_now(), App::Before::Frame);

    ImGui_ImplSDL2_NewFrame();
    set_display_size();
    ImGui::NewFrame();
    const double draw_again_at_ms = app_->draw(emscripten_get_now());
    ImGui::Render();
    renderer_.draw(*ImGui::GetDrawData(), ImGui::ColorConvertU32ToFloat4(theme_.palette().background));

    platform_.focus_keyboard(ImGui::GetIO().WantTextInput);
    plan_next(wish, draw_again_at_ms);
}

void PageWindow::plan_next(const Wish& wish, double draw_again_at_ms) {
    const double now = emscripten_get_now();
    const bool queued = ImGui::GetCurrentContext()->InputEventsQueue.Size > 0;
    if (settling_frames_ > 0) --settling_frames_;
    if (settling_frames_ > 0 || queued || anything_held() || draw_again_at_ms <= now) {
        platform_.request_frame();
    }
    draw_again_at_ms_ = draw_again_at_ms;
    double next = std::min(wish.again_at_ms, draw_again_at_ms);
    if (hover_until_ms_ > now) next = std::min(next, hover_until_ms_);
    platform_.wake_after(std::isinf(next) ? -1 : std::max(0.0, next - now));
}

// A timer ran out: the engine goes on, and a frame follows if it shows.
void PageWindow::tick() {
    const double now = emscripten_get_now();
    const Wish wish = app_->advance(now);
    const bool tooltip = hover_until_ms_ > 0 && hover_until_ms_ <= now + 1;
    if (tooltip) hover_until_ms_ = 0;
    const bool draw = wish.draw || draw_again_at_ms_ <= now + 1;
    if (draw || tooltip) platform_.request_frame();
    if (draw) return;  // The frame plans what follows.
    const double next = std::min(wish.again_at_ms, draw_again_at_ms_);
    platform_.wake_after(std::isinf(next) ? -1 : std::max(0.0, next - now));
}

// Through SDL's queue, so that text and keys keep their order.
void PageWindow::type(std::string_view text) {
    while (!text.empty()) {
        SDL_Event event{};
        event.type = SDL_TEXTINPUT;
        std::size_t length = std::min(text.size(), sizeof(event.text.text) - 1);
        // Never in the middle of a character.
        while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) --length;
        std::copy_n(text.begin(), length, event.text.text);
        SDL_PushEvent(&event);
        text.remove_prefix(length);
    }
}

// Through SDL's queue, too.
void PageWindow::paste(std::string text) {
    pastes_.push_back(std::move(text));
    SDL_Event event{};
    event.type = SDL_USEREVENT;
    SDL_PushEvent(&event);
    note_input();
}

// Runs its frames at once: a copy event takes the text only while it lasts.
void PageWindow::shortcut(char letter) {
    press_shortcut(static_cast<ImGuiKey>(ImGuiKey_A + (letter - 'A')));
    do {
        frame();
    } while (ImGui::GetCurrentContext()->InputEventsQueue.Size > 0);
    note_input();
}

void PageWindow::activate(std::string_view action) {
    app_->activate(action);
    note_input();
}

void PageWindow::context_restored() {
    renderer_.set_up();
    renderer_.load_fonts();
}

}  // namespace kubetab::web
