#include "web/widgets/widgets.h"

#include <algorithm>

namespace kubetab::web {
namespace {

constexpr float kRounding = 6;

ImVec2 size_of(std::string_view words) {
    return ImGui::CalcTextSize(words.data(), words.data() + words.size());
}

}  // namespace

float text_width(std::string_view words, Face face) {
    const FaceScope scope(face);
    return size_of(words).x;
}

float line_height(Face face) {
    const FaceScope scope(face);
    return ImGui::GetFontSize();
}

void fill(ImVec2 from, ImVec2 size, ImU32 colour, float rounding, ImU32 border) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImVec2 to(from.x + size.x, from.y + size.y);
    list.AddRectFilled(from, to, colour, rounding);
    if (border != 0) list.AddRect(from, to, border, rounding);
}

float button_width(const char* label) {
    return text_width(label, Face::Body) + 24 * theme().scale();
}

bool button(const char* label, ButtonLook look) {
    const Palette& palette = theme().palette();
    const FaceScope scope(Face::Body);
    const float scale = theme().scale();
    const char* end = label;
    while (*end != '\0' && !(end[0] == '#' && end[1] == '#')) ++end;
    const std::string_view shown(label, static_cast<std::size_t>(end - label));
    const ImVec2 words = size_of(shown);
    const ImVec2 size(words.x + 24 * scale, 28 * scale);
    const ImVec2 from = ImGui::GetCursorScreenPos();
    const bool pressed = ImGui::InvisibleButton(label, size);
    const bool hovered = ImGui::IsItemHovered();
    ImU32 surface = look == ButtonLook::Chosen ? palette.chosen : palette.raised;
    if (look == ButtonLook::Quiet) surface = faded(palette.raised, hovered ? 1.0F : 0.0F);
    if (hovered && look == ButtonLook::Plain) surface = palette.tile_line;
    const ImU32 border =
        look == ButtonLook::Quiet ? 0 : (look == ButtonLook::Chosen ? palette.accent : palette.tile_line);
    fill(from, size, surface, kRounding * scale, border);
    const ImU32 colour = look == ButtonLook::Chosen ? palette.link : palette.text;
    ImGui::GetWindowDrawList()->AddText(ImVec2(from.x + 12 * scale, from.y + (size.y - words.y) / 2), colour,
                                        shown.data(), shown.data() + shown.size());
    if (hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    return pressed;
}

bool tab(const char* label, bool chosen) {
    const Palette& palette = theme().palette();
    const FaceScope scope(Face::Body);
    const float scale = theme().scale();
    const ImVec2 words = size_of(label);
    const ImVec2 size(words.x + 20 * scale, 26 * scale);
    const ImVec2 from = ImGui::GetCursorScreenPos();
    const bool pressed = ImGui::InvisibleButton(label, size);
    const bool hovered = ImGui::IsItemHovered();
    if (chosen || hovered) fill(from, size, palette.raised, kRounding * scale);
    ImGui::GetWindowDrawList()->AddText(ImVec2(from.x + 10 * scale, from.y + (size.y - words.y) / 2),
                                        chosen ? palette.text : palette.dim, label);
    if (hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    return pressed;
}

void text(std::string_view words, Face face, ImU32 colour) {
    const FaceScope scope(face);
    ImGui::PushStyleColor(ImGuiCol_Text, colour);
    ImGui::TextUnformatted(words.data(), words.data() + words.size());
    ImGui::PopStyleColor();
}

std::string within(std::string_view words, Face face, float width) {
    const FaceScope scope(face);
    std::string shown(words);
    if (size_of(shown).x <= width) return shown;
    while (!shown.empty() && size_of(shown + "…").x > width) {
        // A whole character: its continuation bytes and the one they follow.
        while (shown.size() > 1 && (static_cast<unsigned char>(shown.back()) & 0xC0U) == 0x80U)
            shown.pop_back();
        shown.pop_back();
    }
    return shown + "…";
}

void text_within(std::string_view words, Face face, ImU32 colour, float width) {
    const std::string shown = within(words, face, width);
    text(shown, face, colour);
    if (shown.size() != words.size() && ImGui::IsItemHovered()) {
        ImGui::SetTooltip("%.*s", static_cast<int>(words.size()), words.data());
    }
}

bool link(const char* id, std::string_view words, Face face) {
    const Palette& palette = theme().palette();
    const FaceScope scope(face);
    const ImVec2 size = size_of(words);
    const ImVec2 from = ImGui::GetCursorScreenPos();
    ImGui::PushID(id);
    const bool pressed = ImGui::InvisibleButton("link", ImVec2(std::max(1.0F, size.x), size.y));
    ImGui::PopID();
    const bool hovered = ImGui::IsItemHovered();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddText(from, palette.link, words.data(), words.data() + words.size());
    if (hovered) {
        list.AddLine(ImVec2(from.x, from.y + size.y), ImVec2(from.x + size.x, from.y + size.y), palette.link);
        ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    }
    return pressed;
}

void meter(float fraction, float width, ImU32 colour) {
    const Palette& palette = theme().palette();
    const float height = 5 * theme().scale();
    const ImVec2 from = ImGui::GetCursorScreenPos();
    fill(from, ImVec2(width, height), palette.bar, height / 2);
    const float filled = width * std::clamp(fraction, 0.0F, 1.0F);
    if (filled > height) fill(from, ImVec2(filled, height), colour, height / 2);
    ImGui::Dummy(ImVec2(width, height));
}

bool splitter(const char* id, Bar bar, ImVec2 from, float length, float* value, float sign, float least,
              float most) {
    constexpr float kThickness = 7;
    const Palette& palette = theme().palette();
    const bool vertical = bar == Bar::Vertical;
    const ImVec2 size = vertical ? ImVec2(kThickness, length) : ImVec2(length, kThickness);
    const ImVec2 at(vertical ? from.x - kThickness / 2 : from.x, vertical ? from.y : from.y - kThickness / 2);
    ImGui::SetCursorScreenPos(at);
    ImGui::InvisibleButton(id, size);
    const bool active = ImGui::IsItemActive();
    if (active || ImGui::IsItemHovered()) {
        ImGui::SetMouseCursor(vertical ? ImGuiMouseCursor_ResizeEW : ImGuiMouseCursor_ResizeNS);
        const ImVec2 to(vertical ? from.x : from.x + length, vertical ? from.y + length : from.y);
        ImGui::GetWindowDrawList()->AddLine(from, to, palette.accent, 2);
    }
    if (!active) return false;
    const ImVec2 delta = ImGui::GetIO().MouseDelta;
    const float before = *value;
    *value = std::clamp(*value + sign * (vertical ? delta.x : delta.y), least, std::max(least, most));
    return *value != before;
}

}  // namespace kubetab::web
