#include "web/panels/panels.h"
#include "web/widgets/widgets.h"

namespace kubetab::web {
namespace {

// A label with its value, as a chip that says where the learner is.
float chip_width(std::string_view label, std::string_view value) {
    return text_width(label, Face::Body) + text_width(value, Face::Body) + 30 * theme().scale();
}

void chip(std::string_view label, std::string_view value) {
    const Palette& palette = theme().palette();
    const float scale = theme().scale();
    const ImVec2 from = ImGui::GetCursorScreenPos();
    const ImVec2 size(chip_width(label, value), 28 * scale);
    fill(from, size, palette.raised, 6 * scale, palette.line);
    const FaceScope scope(Face::Body);
    const float y = from.y + (size.y - ImGui::GetFontSize()) / 2;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddText(ImVec2(from.x + 12 * scale, y), palette.dim, label.data(), label.data() + label.size());
    const float x = from.x + 18 * scale + text_width(label, Face::Body);
    list.AddText(ImVec2(x, y), palette.text, value.data(), value.data() + value.size());
    ImGui::Dummy(size);
}

void breadcrumb(const session::Session& session, Ui& ui) {
    const Palette& palette = theme().palette();
    const lessons::Lesson* lesson = session.lesson().lesson();
    const bool open = lesson != nullptr;
    const float words = ImGui::GetCursorPosY() + (28 * theme().scale() - line_height(Face::Body)) / 2;
    if (button(open ? lesson->chapter.c_str() : "Lessons", ButtonLook::Quiet))
        ui.lesson_list = !ui.lesson_list;
    if (!open) return;
    ImGui::SameLine(0, 4);
    ImGui::SetCursorPosY(words);
    text("›", Face::Body, palette.faint);
    ImGui::SameLine(0, 10);
    ImGui::SetCursorPosY(words);
    text_within(lesson->title, Face::Body, palette.text,
                ImGui::GetContentRegionAvail().x - 420 * theme().scale());
}

}  // namespace

void draw_top_bar(const session::Session& session, Ui& ui) {
    const Palette& palette = theme().palette();
    const float scale = theme().scale();
    const float height = ImGui::GetWindowHeight();
    const ImVec2 origin = ImGui::GetWindowPos();
    ImGui::SetCursorPos(ImVec2(16 * scale, (height - line_height(Face::Title)) / 2));
    text("kube", Face::Title, palette.text);
    ImGui::SameLine(0, 0);
    text("tab", Face::Title, palette.accent);
    ImGui::SetCursorPos(ImVec2(112 * scale, (height - 28 * scale) / 2));
    breadcrumb(session, ui);

    const std::string seed = std::to_string(session.spec().cluster.seed);
    const std::string nodes = std::to_string(session.view().objects(api::kind_of<api::Node>()).size());
    const float gap = 8 * scale;
    const float right = chip_width("nodes", nodes) + chip_width("seed", seed) + button_width("Start over") +
                        button_width("Share") + button_width("Light") + button_width("Aa") + 5 * gap +
                        16 * scale;
    ImGui::SetCursorPos(ImVec2(ImGui::GetWindowWidth() - right, (height - 28 * scale) / 2));
    chip("nodes", nodes);
    ImGui::SameLine(0, gap);
    chip("seed", seed);
    ImGui::SameLine(0, gap);
    if (button("Start over")) ui.reset = true;
    ImGui::SameLine(0, gap);
    if (button("Share")) ui.share = true;
    ImGui::SameLine(0, gap);
    if (button(ui.light ? "Dark" : "Light")) ui.light = !ui.light;
    ImGui::SameLine(0, gap);
    if (button("Aa")) ui.text_scale = ui.text_scale < 1.2F ? 1.25F : (ui.text_scale < 1.4F ? 1.5F : 1.0F);
    ImGui::GetWindowDrawList()->AddLine(ImVec2(origin.x, origin.y + height - 1),
                                        ImVec2(origin.x + ImGui::GetWindowWidth(), origin.y + height - 1),
                                        palette.line);
}

}  // namespace kubetab::web
