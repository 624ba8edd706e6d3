// The keyboard of the terminal panel.
#pragma once

#include <imgui.h>

#include <string>

#include "web/app/ui.h"

namespace kubetab::web {

// Turns this frame's keys, text and paste into inputs. Ctrl+C copies `selected` when there is some, else
// interrupts. True when something was typed.
bool read_terminal_keys(const std::string& selected, Ui& ui);

// Says that text is typed at that place of the window, for input methods and on-screen keyboards.
void want_text_input(ImVec2 at, float line_height);

}  // namespace kubetab::web
