// The window's own controls. All draw at the cursor of the current ImGui window and advance it.
#pragma once

#include <imgui.h>

#include <string>
#include <string_view>
#include <vector>

#include "web/theme/theme.h"

namespace kubetab::web {

enum class ButtonLook { Plain, Chosen, Quiet };

// A rounded button; true when it was pressed.
bool button(const char* label, ButtonLook look = ButtonLook::Plain);
// The width a button of that label takes.
float button_width(const char* label);
// A tab of a row: quiet, with a surface when it is the chosen one.
bool tab(const char* label, bool chosen);

// One line of text in a face and colour.
void text(std::string_view words, Face face, ImU32 colour);
// The same, ended with … when it is wider than `width`; the whole text as a tooltip then.
void text_within(std::string_view words, Face face, ImU32 colour, float width);
// The words, ended with … when they are wider than `width`.
std::string within(std::string_view words, Face face, float width);
float text_width(std::string_view words, Face face);
float line_height(Face face);

// A clickable name; true when it was pressed.
bool link(const char* id, std::string_view words, Face face = Face::Body);

// Running text with `code` and **bold**, wrapped at `width`. The index of a pressed piece of code goes to
// `pressed`.
void rich_text(std::string_view words, float width, ImU32 colour, std::string* pressed = nullptr);

// A meter of 0 to 1.
void meter(float fraction, float width, ImU32 colour);

// A filled panel behind what follows, from the cursor on.
void fill(ImVec2 from, ImVec2 size, ImU32 colour, float rounding = 0, ImU32 border = 0);

// A bar between two areas that can be dragged; changes `value` by the drag along x (vertical bar) or y.
enum class Bar { Vertical, Horizontal };
bool splitter(const char* id, Bar bar, ImVec2 from, float length, float* value, float sign, float least,
              float most);

}  // namespace kubetab::web
