#include "web/panels/terminal_keys.h"

#include <imgui_internal.h>

namespace kubetab::web {
namespace {

using session::Input;
using shell::KeyCode;

struct Named {
    ImGuiKey key;
    KeyCode code;
};

constexpr Named kNamed[] = {
    {ImGuiKey_Enter, KeyCode::Enter},       {ImGuiKey_KeypadEnter, KeyCode::Enter},
    {ImGuiKey_Tab, KeyCode::Tab},           {ImGuiKey_Backspace, KeyCode::Backspace},
    {ImGuiKey_Delete, KeyCode::Delete},     {ImGuiKey_LeftArrow, KeyCode::Left},
    {ImGuiKey_RightArrow, KeyCode::Right},  {ImGuiKey_UpArrow, KeyCode::Up},
    {ImGuiKey_DownArrow, KeyCode::Down},    {ImGuiKey_Home, KeyCode::Home},
    {ImGuiKey_End, KeyCode::End},           {ImGuiKey_PageUp, KeyCode::PageUp},
    {ImGuiKey_PageDown, KeyCode::PageDown}, {ImGuiKey_Escape, KeyCode::Escape},
};

Input key_input(KeyCode code, char32_t character) {
    const ImGuiIO& io = ImGui::GetIO();
    Input input;
    input.kind = Input::Kind::Key;
    input.key.code = code;
    input.key.character = character;
    input.key.control = io.KeyCtrl;
    input.key.alt = io.KeyAlt;
    input.key.shift = io.KeyShift;
    return input;
}

void append_utf8(std::string& out, unsigned code) {
    char bytes[5] = {};
    ImTextCharToUtf8(bytes, code);
    out += bytes;
}

std::string typed_text() {
    std::string text;
    const ImGuiIO& io = ImGui::GetIO();
    if (io.KeyCtrl && !io.KeyAlt) return text;
    for (const ImWchar code : io.InputQueueCharacters) {
        if (code >= 32 && code != 127) append_utf8(text, code);
    }
    return text;
}

bool read_control_keys(const std::string& selected, Ui& ui) {
    const ImGuiIO& io = ImGui::GetIO();
    bool typed = false;
    for (int key = ImGuiKey_A; key <= ImGuiKey_Z; ++key) {
        const auto letter = static_cast<char32_t>('a' + (key - ImGuiKey_A));
        const bool chord = io.KeyCtrl || io.KeyAlt || io.KeySuper;
        if (!chord || !ImGui::IsKeyPressed(static_cast<ImGuiKey>(key))) continue;
        const bool command = io.KeyCtrl || io.KeySuper;
        if (command && letter == U'v') {
            Input input;
            input.kind = Input::Kind::Paste;
            input.text = ImGui::GetClipboardText();
            ui.inputs.push_back(std::move(input));
            typed = true;
        } else if (command && letter == U'c' && !selected.empty()) {
            ImGui::SetClipboardText(selected.c_str());
        } else if (io.KeyCtrl || io.KeyAlt) {
            ui.inputs.push_back(key_input(KeyCode::Character, letter));
            typed = true;
        }
    }
    return typed;
}

}  // namespace

bool read_terminal_keys(const std::string& selected, Ui& ui) {
    bool typed = false;
    if (std::string text = typed_text(); !text.empty()) {
        Input input;
        input.kind = Input::Kind::Text;
        input.text = std::move(text);
        ui.inputs.push_back(std::move(input));
        typed = true;
    }
    for (const Named& named : kNamed) {
        if (!ImGui::IsKeyPressed(named.key)) continue;
        ui.inputs.push_back(key_input(named.code, 0));
        typed = true;
    }
    return read_control_keys(selected, ui) || typed;
}

void want_text_input(ImVec2 at, float line_height) {
    ImGuiContext& context = *ImGui::GetCurrentContext();
    context.WantTextInputNextFrame = 1;
    context.PlatformImeData.WantVisible = true;
    context.PlatformImeData.InputPos = at;
    context.PlatformImeData.InputLineHeight = line_height;
}

}  // namespace kubetab::web
