#include "engine/lessons/course_files.h"
#include "web/panels/panels.h"
#include "web/widgets/widgets.h"

namespace kubetab::web {
namespace {

using lessons::LessonRun;

void gap(float pixels) {
    ImGui::Dummy(ImVec2(1, pixels * theme().scale()));
}

void progress(std::size_t done, std::size_t total, float width) {
    const Palette& palette = theme().palette();
    const float space = 6 * theme().scale();
    const float each = (width - space * static_cast<float>(total - 1)) / static_cast<float>(total);
    const ImVec2 from = ImGui::GetCursorScreenPos();
    for (std::size_t i = 0; i < total; ++i) {
        const ImU32 colour = i < done ? palette.ok : (i == done ? palette.accent : palette.line);
        fill(ImVec2(from.x + static_cast<float>(i) * (each + space), from.y),
             ImVec2(each, 4 * theme().scale()), colour, 2);
    }
    ImGui::Dummy(ImVec2(width, 4 * theme().scale()));
}

// A command on a surface of its own with a Run button.
void command_block(const std::string& command, float width, int id, Ui& ui) {
    const Palette& palette = theme().palette();
    const float scale = theme().scale();
    ImGui::PushID(id);
    const ImVec2 from = ImGui::GetCursorScreenPos();
    const float run = button_width("Run");
    const float room = width - run - 30 * scale;
    const FaceScope scope(Face::Mono);
    const ImVec2 words = ImGui::CalcTextSize(command.c_str(), nullptr, false, room);
    const float height = words.y + 22 * scale;
    fill(from, ImVec2(width, height), palette.sunken, 8 * scale, palette.line);
    ImGui::SetCursorScreenPos(ImVec2(from.x + 12 * scale, from.y + 11 * scale));
    ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + room);
    ImGui::PushStyleColor(ImGuiCol_Text, palette.text);
    ImGui::TextUnformatted(command.c_str());
    ImGui::PopStyleColor();
    ImGui::PopTextWrapPos();
    ImGui::SetCursorScreenPos(ImVec2(from.x + width - run - 8 * scale, from.y + (height - 28 * scale) / 2));
    if (button("Run")) ui.run(command);
    ImGui::SetCursorScreenPos(from);
    ImGui::Dummy(ImVec2(width, height));
    ImGui::PopID();
}

// Paragraphs; one that is a single piece of code is a command to run.
void say(const std::string& words, float width, Ui& ui) {
    std::size_t at = 0;
    int id = 0;
    while (at < words.size()) {
        std::size_t end = words.find("\n\n", at);
        if (end == std::string::npos) end = words.size();
        std::string paragraph = words.substr(at, end - at);
        while (!paragraph.empty() && (paragraph.back() == '\n' || paragraph.back() == ' '))
            paragraph.pop_back();
        at = end + 2;
        if (paragraph.empty()) continue;
        const bool command = paragraph.size() > 2 && paragraph.front() == '`' &&
                             paragraph.find('`', 1) == paragraph.size() - 1;
        if (command) {
            command_block(paragraph.substr(1, paragraph.size() - 2), width, id++, ui);
        } else {
            rich_text(paragraph, width, theme().palette().prose);
        }
        gap(6);
    }
}

void missing(const LessonRun& run, float width) {
    const Palette& palette = theme().palette();
    const float scale = theme().scale();
    const ImVec2 from = ImGui::GetCursorScreenPos();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.ChannelsSplit(2);
    list.ChannelsSetCurrent(1);
    ImGui::SetCursorScreenPos(ImVec2(from.x + 14 * scale, from.y + 12 * scale));
    ImGui::BeginGroup();
    text(run.step_done() ? "Done" : "What is still missing", Face::Strong, palette.text);
    gap(2);
    for (const lessons::ConditionState& state : run.conditions()) {
        const ImVec2 at = ImGui::GetCursorScreenPos();
        const ImVec2 centre(at.x + 7 * scale, at.y + 9 * scale);
        if (state.met) {
            list.AddCircleFilled(centre, 7 * scale, palette.ok);
            const ImVec2 points[] = {{centre.x - 3 * scale, centre.y},
                                     {centre.x - 1 * scale, centre.y + 2.5F * scale},
                                     {centre.x + 3.5F * scale, centre.y - 2.5F * scale}};
            list.AddPolyline(points, 3, palette.on_accent, 0, 1.6F * scale);
        } else {
            list.AddCircle(centre, 6.5F * scale, palette.warn, 0, 1.4F * scale);
        }
        ImGui::SetCursorScreenPos(ImVec2(at.x + 23 * scale, at.y));
        const bool tell = !state.met && !state.found.empty();
        rich_text(tell ? state.text + ": " + state.found : state.text, width - 52 * scale, palette.text);
    }
    ImGui::EndGroup();
    const float height = ImGui::GetItemRectSize().y + 24 * scale;
    list.ChannelsSetCurrent(0);
    fill(from, ImVec2(width, height), run.step_done() ? palette.ok_surface : palette.warn_surface, 8 * scale,
         run.step_done() ? faded(palette.ok, 0.4F) : faded(palette.warn, 0.35F));
    list.ChannelsMerge();
    ImGui::SetCursorScreenPos(from);
    ImGui::Dummy(ImVec2(width, height));
}

void help(const LessonRun& run, const lessons::Step& step, float width, Ui& ui) {
    const Palette& palette = theme().palette();
    for (std::size_t i = 0; i < run.hints_shown(); ++i) {
        text("Hint " + std::to_string(i + 1), Face::CaptionStrong, palette.dim);
        std::string pressed;
        rich_text(step.hints[i], width, palette.prose, &pressed);
        if (!pressed.empty()) ui.run(pressed);
        gap(4);
    }
    if (run.solution_shown()) {
        text("Solution", Face::CaptionStrong, palette.dim);
        int id = 100;
        for (const std::string& command : step.solution) command_block(command, width, id++, ui);
        gap(4);
    }
    if (!run.reply().empty()) {
        rich_text(run.reply(), width, palette.warn);
        gap(4);
    }
}

void buttons(const LessonRun& run, const lessons::Step& step, Ui& ui) {
    if (run.step_done()) {
        const bool last = run.step() + 1 == run.lesson()->steps.size();
        if (button(last ? "Finish" : "Next step", ButtonLook::Chosen)) ui.ask_lesson("next");
        return;
    }
    const std::size_t total = step.hints.size();
    if (run.hints_shown() < total) {
        const std::string label =
            "Hint " + std::to_string(run.hints_shown() + 1) + " of " + std::to_string(total);
        if (button(label.c_str())) ui.ask_lesson("hint");
        ImGui::SameLine();
    }
    if (!run.solution_shown() && button("Show solution")) ui.ask_lesson("solution");
}

void lesson_list(const session::Session& session, float width, Ui& ui) {
    const Palette& palette = theme().palette();
    text("Lessons", Face::Title, palette.text);
    gap(4);
    rich_text("Each lesson is an experiment on a cluster of its own. Or skip them and use the terminal.",
              width, palette.prose);
    gap(8);
    std::string_view chapter;
    for (const lessons::CourseFile& file : lessons::course_files()) {
        if (file.chapter != chapter) {
            chapter = file.chapter;
            text("CHAPTER " + std::string(chapter), Face::CaptionStrong, palette.accent);
            gap(2);
        }
        const lessons::Lesson* const opened = session.lesson().lesson();
        const bool open = opened != nullptr && opened->id == file.id;
        const std::string id(file.id);
        if (link(id.c_str(), file.title, open ? Face::Strong : Face::Body)) {
            ui.open_lesson = id;
            ui.lesson_list = false;
        }
        gap(4);
    }
}

}  // namespace

void draw_lesson_panel(const session::Session& session, Ui& ui) {
    const Palette& palette = theme().palette();
    const float width = ImGui::GetContentRegionAvail().x;
    const LessonRun& run = session.lesson();
    if (run.lesson() == nullptr || ui.lesson_list) {
        lesson_list(session, width, ui);
        return;
    }
    const lessons::Lesson& lesson = *run.lesson();
    progress(run.step(), lesson.steps.size(), width);
    gap(8);
    if (run.finished()) {
        text("LESSON DONE", Face::CaptionStrong, palette.ok);
        gap(4);
        text(lesson.title, Face::Title, palette.text);
        gap(6);
        rich_text(lesson.ends_with, width, palette.prose);
        gap(10);
        if (button("More lessons", ButtonLook::Chosen)) ui.lesson_list = true;
        return;
    }
    const lessons::Step& step = lesson.steps[run.step()];
    text("STEP " + std::to_string(run.step() + 1) + " OF " + std::to_string(lesson.steps.size()),
         Face::CaptionStrong, palette.accent);
    gap(4);
    {
        const FaceScope scope(Face::Title);
        ImGui::PushTextWrapPos(0);
        ImGui::TextUnformatted(step.title.c_str());
        ImGui::PopTextWrapPos();
    }
    gap(8);
    say(step.say, width, ui);
    gap(4);
    missing(run, width);
    gap(8);
    help(run, step, width, ui);
    buttons(run, step, ui);
    gap(12);
}

}  // namespace kubetab::web
