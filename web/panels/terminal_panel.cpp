#include <algorithm>
#include <optional>

#include "web/panels/panels.h"
#include "web/panels/terminal_keys.h"
#include "web/widgets/widgets.h"

namespace kubetab::web {
namespace {

using shell::Terminal;
using Cell = shell::Terminal::Cell;

// What the mouse has selected, and how far the view is scrolled back.
struct TerminalView {
    std::optional<Cell> from{};
    std::optional<Cell> to{};
    bool selecting = false;
    int scrolled = 0;  // rows above the end
    std::uint64_t revision = 0;
};

TerminalView& view_state() {
    // One terminal per ImGui context; the window is single.
    static TerminalView state;
    return state;
}

struct Metrics {
    ImVec2 origin{};
    float cell = 0;
    float row = 0;
    int columns = 80;
    int rows = 24;
    int first = 0;
};

ImU32 colour_of(const shell::Color& colour, ImU32 otherwise) {
    const Palette& palette = theme().palette();
    if (colour.kind == shell::Color::Kind::Rgb) {
        return IM_COL32(colour.value >> 16 & 255, colour.value >> 8 & 255, colour.value & 255, 255);
    }
    if (colour.kind != shell::Color::Kind::Palette) return otherwise;
    if (colour.value < 16) return palette.ansi[colour.value];
    if (colour.value >= 232) {
        const int grey = static_cast<int>(colour.value - 232) * 10 + 8;
        return IM_COL32(grey, grey, grey, 255);
    }
    const auto level = [](std::uint32_t step) { return step == 0 ? 0U : 55U + 40U * step; };
    const std::uint32_t cube = colour.value - 16;
    return IM_COL32(level(cube / 36), level(cube / 6 % 6), level(cube % 6), 255);
}

void append_utf8(std::string& out, char32_t code) {
    char bytes[5] = {};
    const auto value = static_cast<std::uint32_t>(code);
    if (value < 0x80) {
        bytes[0] = static_cast<char>(value);
    } else if (value < 0x800) {
        bytes[0] = static_cast<char>(0xC0 | value >> 6);
        bytes[1] = static_cast<char>(0x80 | (value & 63));
    } else if (value < 0x10000) {
        bytes[0] = static_cast<char>(0xE0 | value >> 12);
        bytes[1] = static_cast<char>(0x80 | (value >> 6 & 63));
        bytes[2] = static_cast<char>(0x80 | (value & 63));
    } else {
        bytes[0] = static_cast<char>(0xF0 | value >> 18);
        bytes[1] = static_cast<char>(0x80 | (value >> 12 & 63));
        bytes[2] = static_cast<char>(0x80 | (value >> 6 & 63));
        bytes[3] = static_cast<char>(0x80 | (value & 63));
    }
    out += bytes;
}

// Cells of one style are drawn as one text.
void draw_row(const shell::Line& line, ImVec2 at, float cell, float height, Ui& ui) {
    const Palette& palette = theme().palette();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    std::size_t begin = 0;
    while (begin < line.cells.size()) {
        const shell::Style style = line.cells[begin].style;
        std::size_t end = begin;
        std::string words;
        bool blank = true;
        while (end < line.cells.size() && line.cells[end].style == style) {
            const char32_t code = line.cells[end].code;
            if (code != 0) append_utf8(words, code < 32 ? U' ' : code);
            blank = blank && (code == U' ' || code == 0);
            ++end;
        }
        ui.all_letters = ui.all_letters || beyond_western(words);
        ImU32 front = colour_of(style.foreground, palette.text);
        ImU32 back = colour_of(style.background, 0);
        if (style.inverse) std::swap(front, back);
        if (style.inverse && front == 0) front = palette.sunken;
        if (style.inverse && back == 0) back = palette.text;
        if (style.dim) front = faded(front, 0.65F);
        const ImVec2 from(at.x + static_cast<float>(begin) * cell, at.y);
        const ImVec2 to(at.x + static_cast<float>(end) * cell, at.y + height);
        if (back != 0) list.AddRectFilled(from, to, back);
        if (!blank) {
            const FaceScope scope(style.bold ? Face::MonoStrong : Face::Mono);
            list.AddText({from.x, from.y + (height - ImGui::GetFontSize()) / 2}, front, words.c_str());
        }
        if (style.underline) list.AddLine({from.x, to.y - 2}, {to.x, to.y - 2}, front);
        begin = end;
    }
}

Metrics measure(const Terminal& terminal) {
    const FaceScope scope(Face::Mono);
    Metrics metrics;
    metrics.origin = ImGui::GetCursorScreenPos();
    metrics.cell = ImGui::CalcTextSize("MMMMMMMMMMMMMMMM").x / 16;
    metrics.row = 18.5F * theme().scale();
    const ImVec2 room = ImGui::GetContentRegionAvail();
    metrics.columns = std::clamp(static_cast<int>(room.x / metrics.cell), 20, 400);
    metrics.rows = std::clamp(static_cast<int>(room.y / metrics.row), 3, 200);
    TerminalView& state = view_state();
    const int last_top = std::max(0, terminal.line_count() - metrics.rows);
    state.scrolled = std::clamp(state.scrolled, 0, last_top);
    metrics.first = std::clamp(std::min(terminal.first_visible(), last_top) - state.scrolled, 0, last_top);
    if (state.scrolled == 0) metrics.first = last_top;
    return metrics;
}

Cell cell_at(const Metrics& metrics, ImVec2 mouse, int lines) {
    const int row = metrics.first + static_cast<int>((mouse.y - metrics.origin.y) / metrics.row);
    const int column = static_cast<int>((mouse.x - metrics.origin.x) / metrics.cell + 0.5F);
    return {std::clamp(row, 0, std::max(0, lines - 1)), std::clamp(column, 0, metrics.columns)};
}

void select_by_mouse(const Terminal& terminal, const Metrics& metrics, bool hovered, Ui& ui) {
    TerminalView& state = view_state();
    const ImGuiIO& io = ImGui::GetIO();
    if (hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) {
        ui.terminal_focused = true;
        state.from = cell_at(metrics, io.MousePos, terminal.line_count());
        state.to.reset();
        state.selecting = true;
    }
    if (state.selecting && ImGui::IsMouseDragging(ImGuiMouseButton_Left, 3)) {
        state.to = cell_at(metrics, io.MousePos, terminal.line_count());
    }
    if (ImGui::IsMouseReleased(ImGuiMouseButton_Left)) state.selecting = false;
    if (hovered && io.MouseWheel != 0) state.scrolled += static_cast<int>(io.MouseWheel * 3);
}

std::string selected_text(const Terminal& terminal) {
    const TerminalView& state = view_state();
    if (!state.from || !state.to) return "";
    return terminal.text_between(std::min(*state.from, *state.to), std::max(*state.from, *state.to));
}

void draw_selection(const Metrics& metrics, int row, float y) {
    const TerminalView& state = view_state();
    if (!state.from || !state.to) return;
    const Cell from = std::min(*state.from, *state.to);
    const Cell to = std::max(*state.from, *state.to);
    if (row < from.row || row > to.row) return;
    const int begin = row == from.row ? from.column : 0;
    const int end = row == to.row ? to.column : metrics.columns;
    fill({metrics.origin.x + static_cast<float>(begin) * metrics.cell, y},
         {static_cast<float>(end - begin) * metrics.cell, metrics.row}, theme().palette().selection);
}

void draw_cursor(const Terminal& terminal, const Metrics& metrics, const Ui& ui) {
    const std::optional<Cell> cursor = terminal.cursor();
    if (!cursor || cursor->row < metrics.first || cursor->row >= metrics.first + metrics.rows) return;
    const ImVec2 from(metrics.origin.x + static_cast<float>(cursor->column) * metrics.cell,
                      metrics.origin.y + static_cast<float>(cursor->row - metrics.first) * metrics.row);
    const ImU32 colour = theme().palette().accent;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImVec2 to(from.x + metrics.cell, from.y + metrics.row);
    if (ui.terminal_focused) {
        list.AddRectFilled(from, to, faded(colour, 0.75F));
    } else {
        list.AddRect(from, to, colour);
    }
}

void draw_rows(const Terminal& terminal, const Metrics& metrics, Ui& ui) {
    const int end = std::min(terminal.line_count(), metrics.first + metrics.rows);
    for (int row = metrics.first; row < end; ++row) {
        const float y = metrics.origin.y + static_cast<float>(row - metrics.first) * metrics.row;
        draw_selection(metrics, row, y);
        draw_row(terminal.line(row), {metrics.origin.x, y}, metrics.cell, metrics.row, ui);
    }
    draw_cursor(terminal, metrics, ui);
}

}  // namespace

void forget_terminal_selection() {
    view_state() = {};
}

void draw_terminal_panel(const session::Session& session, Ui& ui) {
    const Terminal& terminal = session.terminal();
    TerminalView& state = view_state();
    const Metrics metrics = measure(terminal);
    if (metrics.columns != terminal.columns() || metrics.rows != terminal.rows()) {
        session::Input resize;
        resize.kind = session::Input::Kind::Resize;
        resize.columns = metrics.columns;
        resize.rows = metrics.rows;
        ui.inputs.push_back(resize);
    }
    const bool hovered = ImGui::IsWindowHovered();
    select_by_mouse(terminal, metrics, hovered, ui);
    if (hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_TextInput);
    if (ImGui::IsMouseClicked(ImGuiMouseButton_Left) && !hovered && !ImGui::IsAnyItemHovered())
        ui.terminal_focused = true;
    if (ui.terminal_focused && read_terminal_keys(selected_text(terminal), ui)) {
        state = {};
    }
    draw_rows(terminal, metrics, ui);
    want_text_input({metrics.origin.x, metrics.origin.y + static_cast<float>(metrics.rows - 1) * metrics.row},
                    metrics.row);
}

}  // namespace kubetab::web
