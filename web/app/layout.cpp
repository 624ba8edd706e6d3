#include "web/app/layout.h"

#include <algorithm>

#include "web/widgets/widgets.h"

namespace kubetab::web {
namespace {

constexpr float kBar = 44;
constexpr float kTimeline = 72;
constexpr float kNarrow = 1100;     // below: the inspector is a drawer
constexpr float kVeryNarrow = 800;  // below: the lesson too

struct Area {
    ImVec2 from{};
    ImVec2 size{};
};

// A panel's child window with its surface and padding. The surface is drawn as the child's first content:
// what the child lies over is drawn after what belongs to the parent, where ImGui often puts a child's own
// background.
template <class Draw>
void panel(const char* id, const Area& area, ImU32 surface, ImVec2 padding, Draw draw) {
    if (area.size.x < 8 || area.size.y < 8) return;
    ImGui::SetCursorScreenPos(area.from);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, padding);
    ImGui::BeginChild(id, area.size, ImGuiChildFlags_AlwaysUseWindowPadding, ImGuiWindowFlags_NoBackground);
    ImGui::PushClipRect(area.from, {area.from.x + area.size.x, area.from.y + area.size.y}, false);
    fill(area.from, area.size, surface);
    ImGui::PopClipRect();
    draw();
    ImGui::EndChild();
    ImGui::PopStyleVar();
}

struct Frame {
    Area top{};
    Area lesson{};
    Area cluster{};
    Area terminal{};
    Area inspector{};
    Area timeline{};
    bool narrow = false;
    bool very_narrow = false;
};

Frame frame_of(ImVec2 size, const Ui& ui) {
    const float scale = theme().scale();
    Frame frame;
    frame.narrow = size.x < kNarrow * scale;
    frame.very_narrow = size.x < kVeryNarrow * scale;
    const float bar = kBar * scale;
    const float timeline = kTimeline * scale;
    const float height = std::max(100.0F, size.y - bar - timeline);
    const float lesson = std::min(ui.lesson_width * scale, size.x * 0.45F);
    const float inspector = std::min(ui.inspector_width * scale, size.x * 0.45F);
    const float left = frame.very_narrow ? 0 : lesson;
    const float right = frame.narrow ? 0 : inspector;
    const float middle = size.x - left - right;
    const float terminal = std::clamp(height * ui.terminal_share, 120.0F, std::max(120.0F, height - 140));
    frame.top = {{0, 0}, {size.x, bar}};
    frame.timeline = {{0, size.y - timeline}, {size.x, timeline}};
    frame.lesson = {{0, bar}, {lesson, height}};
    frame.cluster = {{left, bar}, {middle, height - terminal}};
    frame.terminal = {{left, bar + height - terminal}, {middle, terminal}};
    frame.inspector = {{size.x - inspector, bar}, {inspector, height}};
    return frame;
}

void splitters(const Frame& frame, ImVec2 size, Ui& ui) {
    const float scale = theme().scale();
    const float height = frame.lesson.size.y;
    if (!frame.very_narrow) {
        float width = ui.lesson_width * scale;
        splitter("lesson splitter", Bar::Vertical, {frame.cluster.from.x, frame.lesson.from.y}, height,
                 &width, 1, 260 * scale, size.x * 0.45F);
        ui.lesson_width = width / scale;
    }
    if (!frame.narrow) {
        float width = ui.inspector_width * scale;
        splitter("inspector splitter", Bar::Vertical, {frame.inspector.from.x, frame.lesson.from.y}, height,
                 &width, -1, 240 * scale, size.x * 0.45F);
        ui.inspector_width = width / scale;
    }
    float terminal = frame.terminal.size.y;
    splitter("terminal splitter", Bar::Horizontal, frame.terminal.from, frame.terminal.size.x, &terminal, -1,
             120, height - 140);
    ui.terminal_share = terminal / height;
}

void lines(const Frame& frame) {
    const Palette& palette = theme().palette();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float bottom = frame.lesson.from.y + frame.lesson.size.y;
    if (!frame.very_narrow)
        list.AddLine({frame.cluster.from.x, frame.lesson.from.y}, {frame.cluster.from.x, bottom},
                     palette.line);
    if (!frame.narrow)
        list.AddLine({frame.inspector.from.x, frame.lesson.from.y}, {frame.inspector.from.x, bottom},
                     palette.line);
    const ImVec2 left = frame.terminal.from;
    list.AddLine(left, {left.x + frame.terminal.size.x, left.y}, palette.line);
}

constexpr const char* kBackToMine = "Back to mine";

void notice(ImVec2 size, Ui& ui) {
    if (ui.notice.empty()) return;
    const Palette& palette = theme().palette();
    const float scale = theme().scale();
    const float offer = ui.offer_kept ? button_width(kBackToMine) + 8 * scale : 0;
    const float width = text_width(ui.notice, Face::Body) + offer + button_width("OK") + 44 * scale;
    const ImVec2 from((size.x - width) / 2, size.y - (kTimeline + 54) * scale);
    ImGui::SetNextWindowPos(from);
    ImGui::SetNextWindowSize({width, 44 * scale});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {16 * scale, 8 * scale});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 8 * scale);
    ImGui::PushStyleColor(ImGuiCol_WindowBg, palette.raised);
    ImGui::Begin("notice", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings);
    ImGui::SetCursorPosY(13 * scale);
    text(ui.notice, Face::Body, palette.text);
    ImGui::SameLine(0, 14 * scale);
    ImGui::SetCursorPosY(8 * scale);
    if (ui.offer_kept) {
        if (button(kBackToMine)) ui.restore_kept = true;
        ImGui::SameLine(0, 8 * scale);
        ImGui::SetCursorPosY(8 * scale);
    }
    if (button("OK")) {
        ui.notice.clear();
        ui.offer_kept = false;
    }
    ImGui::End();
    ImGui::PopStyleColor();
    ImGui::PopStyleVar(2);
}

// A drawer's surface is that of other panels: a line, and a shadow on what it lies over, set it off.
void edge(float x, const Area& drawer, float direction) {
    const float scale = theme().scale();
    const float width = 14 * scale;
    const float bottom = drawer.from.y + drawer.size.y;
    const ImU32 dark = theme().palette().shadow;
    const ImU32 clear = faded(dark, 0);
    const float outside = x + direction * width;
    const bool left = direction < 0;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.PushClipRect({std::min(x, outside) - 1, drawer.from.y}, {std::max(x, outside) + 1, bottom});
    list.AddRectFilledMultiColor({std::min(x, outside), drawer.from.y}, {std::max(x, outside), bottom},
                                 left ? clear : dark, left ? dark : clear, left ? dark : clear,
                                 left ? clear : dark);
    list.AddLine({x, drawer.from.y}, {x, bottom}, theme().palette().line, scale);
    list.PopClipRect();
}

// The areas of a narrow window that lie over the others when they are open.
void drawers(const Frame& frame, const session::Session& session, Ui& ui) {
    const Palette& palette = theme().palette();
    const float scale = theme().scale();
    const ImVec2 padding(18 * scale, 16 * scale);
    if (frame.very_narrow && ui.lesson_open) {
        panel("lesson", frame.lesson, palette.panel, padding, [&] {
            edge(frame.lesson.from.x + frame.lesson.size.x, frame.lesson, 1);
            if (button("Close", ButtonLook::Quiet)) ui.lesson_open = false;
            draw_lesson_panel(session, ui);
        });
    } else if (frame.very_narrow) {
        ImGui::SetCursorScreenPos(
            {frame.terminal.from.x + frame.terminal.size.x - button_width("Lesson") - 12,
             frame.terminal.from.y + 8});
        if (button("Lesson")) ui.lesson_open = true;
    }
    if (frame.narrow && ui.inspector_open && ui.selection) {
        panel("inspector", frame.inspector, palette.panel, padding, [&] {
            edge(frame.inspector.from.x, frame.inspector, -1);
            if (button("Close", ButtonLook::Quiet)) ui.inspector_open = false;
            draw_inspector_panel(session, ui);
        });
    }
}

}  // namespace

void draw_layout(const session::Session& session, const ClusterModel& model, Motion& motion, Ui& ui) {
    const Palette& palette = theme().palette();
    const float scale = theme().scale();
    const ImVec2 size = ImGui::GetMainViewport()->Size;
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(size);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
    ImGui::Begin("kubetab", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoNav |
                     ImGuiWindowFlags_NoScrollWithMouse);
    ImGui::PopStyleVar();
    const Frame frame = frame_of(size, ui);
    const ImVec2 padding(18 * scale, 16 * scale);
    panel("top", frame.top, palette.panel, {0, 0}, [&] { draw_top_bar(session, ui); });
    if (!frame.very_narrow)
        panel("lesson", frame.lesson, palette.panel, padding, [&] { draw_lesson_panel(session, ui); });
    panel("cluster", frame.cluster, palette.background, {18 * scale, 12 * scale},
          [&] { draw_cluster_panel(session, model, motion, ui); });
    panel("terminal", frame.terminal, palette.sunken, {16 * scale, 10 * scale},
          [&] { draw_terminal_panel(session, ui); });
    if (!frame.narrow) {
        panel("inspector", frame.inspector, palette.panel, padding,
              [&] { draw_inspector_panel(session, ui); });
    }
    panel("timeline", frame.timeline, palette.panel, {0, 0}, [&] { draw_timeline_panel(session, ui); });
    drawers(frame, session, ui);
    lines(frame);
    splitters(frame, size, ui);
    ImGui::End();
    notice(size, ui);
}

}  // namespace kubetab::web
