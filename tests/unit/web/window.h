// A window without a display: App over a platform in memory, Dear ImGui without a renderer. Tests type,
// click, let time pass, and read the mirror, as a person with a screen reader would.
#pragma once

#include <imgui.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "web/app/app.h"
#include "web/theme/theme.h"

namespace kubetab::web {

class MemoryPlatform : public Platform {
public:
    void request_frame() override {}
    std::optional<std::string> load(std::string_view name) override {
        const auto it = stored.find(std::string(name));
        return it == stored.end() ? std::nullopt : std::optional(it->second);
    }
    void save(std::string_view name, std::string_view value) override { stored[std::string(name)] = value; }
    std::string address_fragment() override { return fragment; }
    void set_address_fragment(std::string_view text) override { fragment = text; }
    std::string address() override { return "http://localhost/#" + fragment; }
    void copy_to_clipboard(std::string_view text) override { clipboard = text; }
    void download(std::string_view, std::string_view) override {}
    void warn_before_leaving(bool warn) override { warns = warn; }
    void share_keys(Keys) override {}
    void mirror(Mirror part, std::span<const MirrorItem> items) override {
        mirrored[part] = {items.begin(), items.end()};
    }
    bool prefers_reduced_motion() override { return reduced_motion; }

    std::map<std::string, std::string> stored{};
    std::string fragment{};
    std::string clipboard{};
    bool warns = false;
    bool reduced_motion = false;
    std::map<Mirror, std::vector<MirrorItem>> mirrored{};
};

class TestWindow {
public:
    explicit TestWindow(MemoryPlatform& machine, ImVec2 size = {1440, 900}, float ratio = 1)
        : platform(machine) {
        context_ = ImGui::CreateContext();
        ImGuiIO& io = ImGui::GetIO();
        io.IniFilename = nullptr;
        io.LogFilename = nullptr;
        io.DisplaySize = size;
        io.DisplayFramebufferScale = {ratio, ratio};
        app_ = std::make_unique<App>(platform);
        theme_.apply(app_->look(), ratio);
        io.Fonts->Build();
        frame();
    }
    ~TestWindow() {
        app_.reset();
        ImGui::DestroyContext(context_);
    }
    TestWindow(const TestWindow&) = delete;
    TestWindow& operator=(const TestWindow&) = delete;

    // One frame, `ms` of real time after the last.
    void frame(double ms = 16) {
        now_ms_ += ms;
        ImGuiIO& io = ImGui::GetIO();
        io.DeltaTime = static_cast<float>(ms / 1000);
        app_->advance(now_ms_);
        ImGui::NewFrame();
        again_at_ms_ = app_->draw(now_ms_);
        ImGui::Render();
    }
    // Lets real time pass, as the page does while nobody touches it.
    void pass(double ms) {
        for (double left = ms; left > 0; left -= 100) frame(100);
    }
    // The same, but called only when it asks for it.
    void pass_as_asked(double ms) {
        const double end_ms = now_ms_ + ms;
        for (double at_ms = now_ms_; at_ms <= end_ms;) {
            const Wish wish = app_->advance(at_ms);
            if (wish.draw || again_at_ms_ <= at_ms) frame(at_ms - now_ms_);
            at_ms = std::max(std::min(wish.again_at_ms, again_at_ms_), at_ms + 1);
        }
        frame(end_ms - now_ms_);
    }
    void act(const std::string& action) {
        app_->activate(action);
        frame();
        frame();
    }
    void press(ImGuiKey key) {
        ImGui::GetIO().AddKeyEvent(key, true);
        frame();
        ImGui::GetIO().AddKeyEvent(key, false);
        frame();
    }
    void type(const char* text) {
        ImGui::GetIO().AddInputCharactersUTF8(text);
        frame();
        frame();
    }
    void click(ImVec2 at, ImGuiMouseButton which = ImGuiMouseButton_Left) {
        ImGuiIO& io = ImGui::GetIO();
        io.AddMousePosEvent(at.x, at.y);
        frame();
        io.AddMouseButtonEvent(which, true);
        frame();
        io.AddMouseButtonEvent(which, false);
        frame();
    }

    std::string mirrored(Mirror part) const {
        std::string all;
        for (const MirrorItem& item : platform.mirrored.at(part)) all += item.text + "\n";
        return all;
    }
    bool shows(Mirror part, std::string_view words) const {
        return mirrored(part).find(words) != std::string::npos;
    }
    // Until the mirror shows the words, at most so long.
    bool wait_for(Mirror part, std::string_view words, double limit_ms) {
        for (double passed = 0; passed < limit_ms && !shows(part, words); passed += 100) frame(100);
        return shows(part, words);
    }

    // When it wants to be drawn again by itself, from the last frame on.
    double again_in_ms() const { return again_at_ms_ - now_ms_; }

    // What the window wants to be able to show from the next frame on.
    Letters letters() const { return app_->look().letters; }

    MemoryPlatform& platform;

private:
    ImGuiContext* context_ = nullptr;
    Theme theme_{};
    std::unique_ptr<App> app_{};
    double now_ms_ = 1000;
    double again_at_ms_ = kNever;
};

}  // namespace kubetab::web
