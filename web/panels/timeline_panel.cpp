#include <algorithm>

#include "web/panels/inspector_model.h"
#include "web/panels/panels.h"
#include "web/widgets/widgets.h"

namespace kubetab::web {
namespace {

using session::Tick;

constexpr float kShortest = 60;  // seconds that the strip shows at least

struct Strip {
    ImVec2 from{};
    float width = 0;
    float height = 0;
    sim::Instant begin{};
    sim::Instant end{};

    float x_of(sim::Instant instant) const {
        const auto total = static_cast<double>((end - begin).ns);
        const auto part = static_cast<double>((instant - begin).ns);
        return from.x + width * static_cast<float>(std::clamp(part / total, 0.0, 1.0));
    }
    sim::Instant instant_at(float x) const {
        const double part = std::clamp((x - from.x) / width, 0.0F, 1.0F);
        return begin +
               sim::nanoseconds(static_cast<std::int64_t>(part * static_cast<double>((end - begin).ns)));
    }
};

void speeds(Ui& ui) {
    const float gap = 6 * theme().scale();
    const bool paused = ui.speed == 0;
    if (button(paused ? "Go" : "Pause", paused ? ButtonLook::Chosen : ButtonLook::Plain))
        ui.speed = paused ? 1 : 0;
    for (const int speed : kSpeeds) {
        if (speed == 0) continue;
        ImGui::SameLine(0, gap);
        const std::string label = std::to_string(speed) + "×";
        if (button(label.c_str(), ui.speed == speed ? ButtonLook::Chosen : ButtonLook::Plain))
            ui.speed = speed;
    }
    ImGui::SameLine(0, gap * 2);
    if (button("Next event")) ui.jump = TimeJump::NextEvent;
    ImGui::SameLine(0, gap);
    if (button("Until settled")) ui.jump = TimeJump::UntilSettled;
}

ImU32 tick_colour(Tick::Kind kind) {
    const Palette& palette = theme().palette();
    switch (kind) {
        case Tick::Kind::Command: return palette.accent;
        case Tick::Kind::Fault: return palette.bad;
        case Tick::Kind::Warning: return palette.warn;
        case Tick::Kind::Write: return palette.bar_filled;
    }
    return palette.bar_filled;
}

void ticks(const session::Session& session, const Strip& strip) {
    const Palette& palette = theme().palette();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float ground = strip.from.y + strip.height;
    list.AddLine({strip.from.x, ground}, {strip.from.x + strip.width, ground}, palette.line);
    float labelled = -1e9F;
    float last_write = -1e9F;
    for (const Tick& tick : session.timeline()) {
        if (tick.when < strip.begin) continue;
        const float x = strip.x_of(tick.when);
        const bool plain = tick.kind == Tick::Kind::Write;
        if (plain && x - last_write < 2) continue;
        if (plain) last_write = x;
        const float height = (plain ? 7 : 14) * theme().scale();
        list.AddLine({x, ground - height}, {x, ground}, tick_colour(tick.kind), plain ? 1.0F : 2.0F);
        const bool speaks = tick.kind == Tick::Kind::Command || tick.kind == Tick::Kind::Fault;
        if (!speaks || x - labelled < 8) continue;
        const std::string words = (tick.kind == Tick::Kind::Fault ? "fault: " : "you: ") + tick.label;
        const float width = text_width(words, Face::Small);
        const float at = std::min(x, strip.from.x + strip.width - width);
        if (at < labelled) continue;
        const FaceScope scope(Face::Small);
        list.AddText({at, ground - height - 14 * theme().scale()}, palette.dim, words.c_str());
        labelled = at + width + 10;
    }
}

void scrub(const session::Session& session, const Strip& strip, Ui& ui) {
    const Palette& palette = theme().palette();
    ImGui::SetCursorScreenPos({strip.from.x, strip.from.y - 6});
    ImGui::InvisibleButton("strip", {strip.width, strip.height + 14});
    if (ImGui::IsItemActive()) {
        const sim::Instant wanted = strip.instant_at(ImGui::GetIO().MousePos.x);
        const bool now = ImGui::GetIO().MousePos.x >= strip.from.x + strip.width - 3;
        ui.look_at = now ? 0 : session.revision_at(wanted);
    }
    if (ImGui::IsItemHovered()) {
        ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
        if (!ImGui::IsItemActive())
            ImGui::SetTooltip("%s", clock_text(strip.instant_at(ImGui::GetIO().MousePos.x)).c_str());
    }
    const float x = strip.x_of(session.view().past() ? session.view().when() : session.now());
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImU32 colour = session.view().past() ? palette.warn : palette.accent;
    list.AddLine({x, strip.from.y - 2}, {x, strip.from.y + strip.height + 4}, colour, 1.5F);
    list.AddCircleFilled({x, strip.from.y - 2}, 4 * theme().scale(), colour);
}

}  // namespace

void draw_timeline_panel(const session::Session& session, Ui& ui) {
    const Palette& palette = theme().palette();
    const float scale = theme().scale();
    const ImVec2 origin = ImGui::GetWindowPos();
    const float height = ImGui::GetWindowHeight();
    const float width = ImGui::GetWindowWidth();
    ImGui::GetWindowDrawList()->AddLine(origin, {origin.x + width, origin.y}, palette.line);
    const float row = (height - 28 * scale) / 2;
    ImGui::SetCursorPos({16 * scale, row});
    speeds(ui);
    const float left = ImGui::GetItemRectMax().x - origin.x + 18 * scale;

    const float clock = 150 * scale;
    const float buttons = button_width("Undo") + button_width("Branch here") + 30 * scale;
    const float right = width - clock - buttons;
    if (right - left > 120 * scale) {
        Strip strip;
        strip.from = {origin.x + left, origin.y + 22 * scale};
        strip.width = right - left - 16 * scale;
        strip.height = 26 * scale;
        const sim::Instant least = session.now() - sim::seconds(static_cast<std::int64_t>(kShortest));
        const sim::Instant oldest =
            session.timeline().empty() ? session.now() : session.timeline().front().when;
        strip.begin = std::min(least, oldest);
        strip.end = std::max(session.now(), strip.begin + sim::seconds(1));
        ticks(session, strip);
        scrub(session, strip, ui);
    }
    ImGui::SetCursorPos({right, height / 2 - 18 * scale});
    ImGui::BeginGroup();
    text(clock_text(session.view().when()), Face::Clock, session.view().past() ? palette.warn : palette.text);
    const std::string pace = ui.speed == 0 ? "paused" : std::to_string(ui.speed) + "× real time";
    text(session.view().past() ? "the past" : pace, Face::Caption, palette.dim);
    ImGui::EndGroup();
    ImGui::SetCursorPos({width - buttons, row});
    if (button("Undo")) ui.undo = true;
    ImGui::SameLine(0, 8 * scale);
    if (button("Branch here")) ui.branch = true;
}

}  // namespace kubetab::web
