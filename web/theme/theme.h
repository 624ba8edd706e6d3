// The look of the window: every colour, type size and spacing comes from here.
//
// A Theme belongs to one ImGui context and is reached by theme() while that context is current, so that
// panels need not pass it around. Sizes are in CSS pixels; multiply with scale() what should grow with the
// text.
#pragma once

#include <imgui.h>

#include <array>
#include <cstdint>
#include <string_view>

namespace kubetab::web {

enum class Scheme { Dark, Light };

// Which letters can be shown. Making the glyphs of all takes a noticeable moment, so only the usual ones are
// there at first.
enum class Letters { Western, All };

// What the learner chose, and what the texts need.
struct Look {
    Scheme scheme = Scheme::Dark;
    float text_scale = 1.0F;  // 1.5 for presenters
    Letters letters = Letters::Western;

    bool operator==(const Look&) const = default;
};

// Typefaces by use, not by size.
enum class Face {
    Body,     // words, 13.5
    Strong,   // the same, semi-bold
    Caption,  // 11.5
    CaptionStrong,
    Small,  // 10.5: labels in tiles
    Title,  // 19
    Mono,   // whatever is typed or printed by a machine, 12.5
    MonoStrong,
    Clock,  // 16, mono
};
inline constexpr std::size_t kFaces = 9;

// Colours by meaning. All text colours reach 4.5 : 1 on the three surfaces.
struct Palette {
    ImU32 background;  // behind everything
    ImU32 panel;       // lesson, inspector, bars
    ImU32 raised;      // buttons, chosen tabs
    ImU32 sunken;      // terminal, code blocks
    ImU32 line;        // borders
    ImU32 shadow;      // at its darkest, of what lies over something else
    ImU32 text;
    ImU32 prose;      // running text, a little softer
    ImU32 dim;        // secondary text
    ImU32 faint;      // decoration only, never the sole carrier of meaning
    ImU32 accent;     // the one accent
    ImU32 link;       // clickable names
    ImU32 on_accent;  // text on an accent surface
    ImU32 chosen;     // background of what is chosen
    ImU32 ok;
    ImU32 warn;
    ImU32 bad;
    ImU32 ok_surface;
    ImU32 warn_surface;
    ImU32 bad_surface;
    ImU32 tile;  // a pod
    ImU32 tile_line;
    ImU32 code;  // inline code: background and text
    ImU32 code_text;
    ImU32 bar;  // a meter's track and filling
    ImU32 bar_filled;
    ImU32 selection;              // selected text
    std::array<ImU32, 8> owners;  // in order of appearance, repeating
    std::array<ImU32, 16> ansi;   // terminal colours
};

class Theme {
public:
    // Sets style and colours of the current context, loads the fonts for `pixel_ratio` device pixels per CSS
    // pixel, and makes this the context's theme. Replaces what an earlier call loaded; the renderer must
    // rebuild its font texture afterwards.
    void apply(const Look& look, float pixel_ratio);

    const Palette& palette() const { return *palette_; }
    const Look& look() const { return look_; }
    ImFont* font(Face face) const { return fonts_[static_cast<std::size_t>(face)]; }
    float scale() const { return look_.text_scale; }
    ImU32 owner(std::size_t order) const { return palette_->owners[order % palette_->owners.size()]; }

private:
    Look look_{};
    const Palette* palette_ = nullptr;
    std::array<ImFont*, kFaces> fonts_{};
};

// Whether a text needs Letters::All.
bool beyond_western(std::string_view text);

// The theme of the current ImGui context. Theme::apply must have run.
const Theme& theme();

const Palette& palette_of(Scheme scheme);

// Use a face for a scope: `const FaceScope face(Face::Mono);`
class FaceScope {
public:
    explicit FaceScope(Face face) { ImGui::PushFont(theme().font(face)); }
    ~FaceScope() { ImGui::PopFont(); }
    FaceScope(const FaceScope&) = delete;
    FaceScope& operator=(const FaceScope&) = delete;
};

// The same colour with its opacity multiplied, 0 to 1.
ImU32 faded(ImU32 colour, float opacity);

}  // namespace kubetab::web
