#include "web/panels/cluster_parts.h"

#include <algorithm>
#include <cmath>

#include "web/widgets/widgets.h"

namespace kubetab::web {
namespace {

constexpr float kTileHeight = 48;
constexpr float kGap = 8;
constexpr float kPad = 14;
constexpr float kHead = 86;  // name and meters
constexpr float kDot = 9;

float scaled(float pixels) {
    return pixels * theme().scale();
}

void menu_on_right_click(const Selection& selection, Ui& ui) {
    if (ImGui::IsItemClicked(ImGuiMouseButton_Right)) ui.menu_for = selection;
}

void state_mark(ImVec2 centre, PodState state, float radius) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImU32 colour = colour_of(state);
    const float line = scaled(1.5F);
    switch (state) {
        case PodState::Ready:
        case PodState::Done: list.AddCircleFilled(centre, radius, colour); break;
        case PodState::Coming:
            list.AddCircle(centre, radius, colour, 0, line);
            list.PathArcTo(centre, radius, 1.5708F, 4.7124F);
            list.PathFillConvex(colour);
            break;
        case PodState::Pending:
        case PodState::Ending:
            for (int i = 0; i < 6; ++i) {
                const float at = static_cast<float>(i) * 1.0472F;
                list.PathArcTo(centre, radius, at, at + 0.6F);
                list.PathStroke(colour, 0, line);
            }
            break;
        case PodState::Failing:
            list.AddLine({centre.x - radius, centre.y - radius}, {centre.x + radius, centre.y + radius},
                         colour, line * 1.3F);
            list.AddLine({centre.x - radius, centre.y + radius}, {centre.x + radius, centre.y - radius},
                         colour, line * 1.3F);
            break;
        case PodState::Unknown: {
            const FaceScope scope(Face::CaptionStrong);
            const ImVec2 size = ImGui::CalcTextSize("?");
            list.AddText({centre.x - size.x / 2, centre.y - size.y / 2}, colour, "?");
            break;
        }
    }
}

void caption_in(ImVec2 at, const std::string& words, Face face, ImU32 colour, float width) {
    const std::string shown = within(words, face, width);
    const FaceScope scope(face);
    ImGui::GetWindowDrawList()->AddText(at, colour, shown.c_str());
}

void system_chip(const PodTile& tile, Ui& ui) {
    const Palette& palette = theme().palette();
    const std::string& words = tile.title;
    const ImVec2 size(text_width(words, Face::Caption) + scaled(20), scaled(22));
    const ImVec2 from = ImGui::GetCursorScreenPos();
    ImGui::PushID(tile.key.name.c_str());
    if (ImGui::InvisibleButton("chip", size)) ui.select(api::kind_of<api::Pod>(), tile.key);
    menu_on_right_click({&api::kind_of<api::Pod>(), tile.key}, ui);
    ImGui::PopID();
    const bool chosen = ui.selection == Selection{&api::kind_of<api::Pod>(), tile.key};
    fill(from, size, palette.tile, scaled(5), chosen ? palette.accent : palette.tile_line);
    const bool well = tile.state == PodState::Ready;
    fill({from.x + scaled(5), from.y + scaled(6)}, {scaled(2.5F), scaled(10)},
         well ? palette.bar_filled : colour_of(tile.state), 1);
    const FaceScope scope(Face::Caption);
    ImGui::GetWindowDrawList()->AddText({from.x + scaled(12), from.y + scaled(4)},
                                        well ? palette.dim : colour_of(tile.state), words.c_str());
}

void system_row(const NodeCard& card, float width, Ui& ui) {
    if (card.system_pods.empty()) return;
    text("kube-system", Face::Caption, theme().palette().dim);
    const ImVec2 from = ImGui::GetCursorScreenPos();
    float x = 0;
    float y = 0;
    for (const PodTile* tile : card.system_pods) {
        const float needed = text_width(tile->title, Face::Caption) + scaled(20);
        if (x > 0 && x + needed > width) {
            x = 0;
            y += scaled(27);
        }
        ImGui::SetCursorScreenPos({from.x + x, from.y + y});
        system_chip(*tile, ui);
        x += needed + scaled(6);
    }
}

float system_height(const NodeCard& card, float width) {
    if (card.system_pods.empty()) return 0;
    float x = 0;
    float rows = 1;
    for (const PodTile* tile : card.system_pods) {
        const float needed = text_width(tile->title, Face::Caption) + scaled(20);
        if (x > 0 && x + needed > width) {
            x = 0;
            ++rows;
        }
        x += needed + scaled(6);
    }
    return scaled(26) + rows * scaled(27);
}

void meter_row(const char* label, std::int64_t used, std::int64_t total, const std::string& words,
               float width) {
    const Palette& palette = theme().palette();
    const ImVec2 from = ImGui::GetCursorScreenPos();
    text(label, Face::Caption, palette.dim);
    ImGui::SetCursorScreenPos({from.x + scaled(36), from.y + scaled(5)});
    const float fraction = total > 0 ? static_cast<float>(used) / static_cast<float>(total) : 0;
    meter(fraction, width - scaled(128), fraction > 0.9F ? palette.warn : palette.bar_filled);
    ImGui::SetCursorScreenPos({from.x + width - text_width(words, Face::Caption), from.y});
    text(words, Face::Caption, palette.dim);
    ImGui::SetCursorScreenPos({from.x, from.y + scaled(20)});
}

void card_head(const NodeCard& card, ImVec2 from, float width) {
    const Palette& palette = theme().palette();
    const ImU32 colour = card.ready ? palette.ok : palette.bad;
    const float inner = width - scaled(2 * kPad);
    ImGui::GetWindowDrawList()->AddCircleFilled({from.x + scaled(kPad + 4), from.y + scaled(22)}, scaled(4),
                                                colour);
    ImGui::SetCursorScreenPos({from.x + scaled(kPad + 16), from.y + scaled(13)});
    text(card.name, Face::Strong, palette.text);
    const float room = inner - text_width(card.name, Face::Strong) - scaled(28);
    const float needed = std::min(room, text_width(card.status, Face::Caption));
    ImGui::SetCursorScreenPos({from.x + width - scaled(kPad) - needed, from.y + scaled(15)});
    text_within(card.status, Face::Caption, card.ready ? palette.dim : palette.bad, room);
    ImGui::SetCursorScreenPos({from.x + scaled(kPad), from.y + scaled(40)});
    const bool report = card.known;
    meter_row("CPU", report ? card.cpu_used : 0, card.cpu_total,
              report ? cpu_text(card.cpu_used) + " of " + cpu_text(card.cpu_total) : "no report", inner);
    meter_row("Mem", report ? card.memory_used : 0, card.memory_total,
              report ? memory_text(card.memory_used) + " of " + memory_text(card.memory_total) + " Gi"
                     : "no report",
              inner);
}

struct Grid {
    std::size_t columns = 1;
    float width = 0;
    float height = 0;
    float gap = 0;
};

Grid grid_of(const NodeCard&, float inner, bool dots) {
    if (dots)
        return {static_cast<std::size_t>(std::max(1.0F, inner / scaled(kDot + 3))), scaled(kDot),
                scaled(kDot), scaled(3)};
    const auto columns = static_cast<std::size_t>(std::max(1.0F, (inner + scaled(kGap)) / scaled(88 + kGap)));
    const float width =
        (inner - scaled(kGap) * static_cast<float>(columns - 1)) / static_cast<float>(columns);
    return {columns, width, scaled(kTileHeight), scaled(kGap)};
}

void draw_dot(const PodTile& tile, ImVec2 size, Ui& ui) {
    const ImVec2 from = ImGui::GetCursorScreenPos();
    ImGui::PushID(tile.key.name.c_str());
    if (ImGui::InvisibleButton("dot", size)) ui.select(api::kind_of<api::Pod>(), tile.key);
    if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s\n%s", tile.key.name.c_str(), tile.word.c_str());
    ImGui::PopID();
    const ImU32 colour = tile.state == PodState::Ready ? theme().owner(tile.owner) : colour_of(tile.state);
    fill(from, size, tile.state == PodState::Ending ? faded(colour, 0.4F) : colour, 2);
}

}  // namespace

ImU32 colour_of(PodState state) {
    const Palette& palette = theme().palette();
    switch (state) {
        case PodState::Ready: return palette.ok;
        case PodState::Coming: return palette.warn;
        case PodState::Pending: return palette.warn;
        case PodState::Failing: return palette.bad;
        case PodState::Unknown: return palette.dim;
        case PodState::Ending: return palette.dim;
        case PodState::Done: return palette.dim;
    }
    return palette.dim;
}

void draw_tile(const PodTile& tile, ImVec2 size, Motion& motion, Ui& ui) {
    const Palette& palette = theme().palette();
    const float arrival = motion.arrival(tile);
    const float pulse = motion.pulse(tile);
    ImVec2 from = ImGui::GetCursorScreenPos();
    ImGui::PushID(tile.key.text().c_str());
    if (ImGui::InvisibleButton("tile", size)) ui.select(api::kind_of<api::Pod>(), tile.key);
    const bool hovered = ImGui::IsItemHovered();
    if (hovered) ImGui::SetTooltip("%s\n%s", tile.key.name.c_str(), tile.word.c_str());
    menu_on_right_click({&api::kind_of<api::Pod>(), tile.key}, ui);
    ImGui::PopID();
    from.y -= (1 - arrival) * scaled(10);
    const bool weak =
        tile.state == PodState::Ending || tile.state == PodState::Unknown || tile.state == PodState::Done;
    const float opacity = arrival * (weak ? 0.55F : 1.0F);
    const bool chosen = ui.selection == Selection{&api::kind_of<api::Pod>(), tile.key};
    const ImU32 border =
        chosen ? palette.accent
               : (tile.state == PodState::Coming || tile.state == PodState::Pending
                      ? faded(palette.warn, 0.6F)
                      : (tile.state == PodState::Failing ? faded(palette.bad, 0.7F) : palette.tile_line));
    fill(from, size, faded(palette.tile, opacity), scaled(7), faded(border, opacity));
    ImDrawList& list = *ImGui::GetWindowDrawList();
    if (chosen)
        list.AddRect(from, {from.x + size.x, from.y + size.y}, palette.accent, scaled(7), 0, scaled(2));
    if (hovered) fill(from, size, faded(palette.accent, 0.08F), scaled(7));
    if (pulse > 0) {
        const float grow = (1 - pulse) * scaled(6);
        list.AddRect({from.x - grow, from.y - grow}, {from.x + size.x + grow, from.y + size.y + grow},
                     faded(palette.ok, pulse), scaled(7) + grow, 0, scaled(2));
    }
    fill({from.x, from.y + scaled(8)}, {scaled(3), size.y - scaled(16)},
         faded(theme().owner(tile.owner), opacity), 1.5F);
    const float words = size.x - scaled(30);
    const float top = from.y + (size.y - scaled(34)) / 2;
    caption_in({from.x + scaled(11), top}, tile.title, Face::CaptionStrong, faded(palette.text, opacity),
               words);
    const bool bad = tile.state == PodState::Failing;
    caption_in({from.x + scaled(11), top + scaled(17)}, tile.detail, Face::Caption,
               faded(bad ? palette.bad : palette.dim, opacity), size.x - scaled(16));
    state_mark({from.x + size.x - scaled(13), top + scaled(8)}, tile.state, scaled(4));
    if (tile.restarts > 0) {
        const std::string count = "↻" + std::to_string(tile.restarts);
        caption_in({from.x + size.x - scaled(24), top + scaled(18)}, count, Face::Small, palette.warn,
                   scaled(24));
    }
}

float card_height(const NodeCard& card, float width, bool dots) {
    const float inner = width - scaled(2 * kPad);
    const Grid grid = grid_of(card, inner, dots);
    const std::size_t rows = (card.pods.size() + grid.columns - 1) / grid.columns;
    const float pods = static_cast<float>(rows) * (grid.height + grid.gap);
    return std::max(scaled(190), scaled(kHead) + pods + system_height(card, inner) + scaled(20));
}

void draw_card(const NodeCard& card, ImVec2 size, bool dots, Motion& motion, Ui& ui) {
    const Palette& palette = theme().palette();
    const ImVec2 from = ImGui::GetCursorScreenPos();
    ImGui::PushID(card.name.c_str());
    ImGui::SetNextItemAllowOverlap();
    if (ImGui::InvisibleButton("card", size)) ui.select(api::kind_of<api::Node>(), {"", card.name});
    menu_on_right_click({&api::kind_of<api::Node>(), {"", card.name}}, ui);
    const bool chosen = ui.selection == Selection{&api::kind_of<api::Node>(), {"", card.name}};
    const ImU32 border = chosen ? palette.accent : (card.ready ? palette.line : faded(palette.bad, 0.5F));
    fill(from, size, card.ready ? palette.panel : palette.bad_surface, scaled(10), border);
    card_head(card, from, size.x);
    const float inner = size.x - scaled(2 * kPad);
    const Grid grid = grid_of(card, inner, dots);
    const ImVec2 start(from.x + scaled(kPad), from.y + scaled(kHead));
    for (std::size_t i = 0; i < card.pods.size(); ++i) {
        const auto column = static_cast<float>(i % grid.columns);
        const auto row = static_cast<float>(i / grid.columns);
        ImGui::SetCursorScreenPos(
            {start.x + column * (grid.width + grid.gap), start.y + row * (grid.height + grid.gap)});
        if (dots) {
            draw_dot(*card.pods[i], {grid.width, grid.height}, ui);
        } else {
            draw_tile(*card.pods[i], {grid.width, grid.height}, motion, ui);
        }
    }
    const std::size_t rows = (card.pods.size() + grid.columns - 1) / grid.columns;
    ImGui::SetCursorScreenPos(
        {start.x, start.y + static_cast<float>(rows) * (grid.height + grid.gap) + scaled(6)});
    ImGui::BeginGroup();
    system_row(card, inner, ui);
    ImGui::EndGroup();
    ImGui::PopID();
}

float service_chip_width(const ServiceChip& chip) {
    const std::string rest = chip.address + "  → " + std::to_string(chip.endpoints);
    return text_width("Service ", Face::Caption) + text_width(chip.key.name, Face::CaptionStrong) +
           text_width("  " + rest, Face::Caption) + scaled(28);
}

void draw_service_chip(const ServiceChip& chip, Ui& ui) {
    const Palette& palette = theme().palette();
    const ImVec2 from = ImGui::GetCursorScreenPos();
    const ImVec2 size(service_chip_width(chip), scaled(26));
    ImGui::PushID(chip.key.text().c_str());
    if (ImGui::InvisibleButton("service", size)) ui.select(api::kind_of<api::Service>(), chip.key);
    const bool hovered = ImGui::IsItemHovered();
    ImGui::PopID();
    const bool chosen = ui.selection == Selection{&api::kind_of<api::Service>(), chip.key};
    fill(from, size, hovered ? palette.tile_line : palette.raised, size.y / 2,
         chosen ? palette.accent : palette.tile_line);
    ImGui::SetCursorScreenPos({from.x + scaled(14), from.y + scaled(6)});
    ImGui::BeginGroup();
    text("Service", Face::Caption, palette.dim);
    ImGui::SameLine(0, scaled(5));
    text(chip.key.name, Face::CaptionStrong, palette.text);
    ImGui::SameLine(0, scaled(8));
    text(chip.address + "  → " + std::to_string(chip.endpoints), Face::Caption, palette.dim);
    ImGui::EndGroup();
    ImGui::SetCursorScreenPos(from);
    ImGui::Dummy(size);
}

}  // namespace kubetab::web
