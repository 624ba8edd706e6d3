#include <algorithm>

#include "web/panels/actions.h"
#include "web/panels/cluster_parts.h"
#include "web/panels/panels.h"
#include "web/widgets/widgets.h"

namespace kubetab::web {
namespace {

void header(const ClusterModel& model, const session::Session& session, Ui& ui) {
    const Palette& palette = theme().palette();
    const float scale = theme().scale();
    const float top = ImGui::GetCursorPosY();
    ImGui::SetCursorPosY(top + 5 * scale);
    text("Cluster", Face::Strong, palette.text);
    ImGui::SameLine(0, 12 * scale);
    ImGui::SetCursorPosY(top);
    if (tab("Nodes", ui.cluster_tab == ClusterTab::Nodes)) ui.cluster_tab = ClusterTab::Nodes;
    ImGui::SameLine(0, 4 * scale);
    ImGui::SetCursorPosY(top);
    if (tab("Objects", ui.cluster_tab == ClusterTab::Objects)) ui.cluster_tab = ClusterTab::Objects;
    ImGui::SameLine(0, 4 * scale);
    ImGui::SetCursorPosY(top - 1 * scale);
    if (button("+ node", ButtonLook::Quiet)) ui.run("chaos add node");
    const float width = text_width(model.summary, Face::Caption);
    ImGui::SameLine(ImGui::GetContentRegionMax().x - width);
    ImGui::SetCursorPosY(top + 7 * scale);
    text(model.summary, Face::Caption, palette.dim);
    ImGui::SetCursorPosY(top + 34 * scale);
    if (!session.view().past()) return;
    const ImVec2 from = ImGui::GetCursorScreenPos();
    const float room = ImGui::GetContentRegionAvail().x;
    fill(from, ImVec2(room, 30 * scale), palette.warn_surface, 6 * scale, faded(palette.warn, 0.5F));
    ImGui::SetCursorScreenPos(ImVec2(from.x + 12 * scale, from.y + 7 * scale));
    text("You are looking at the past. Nothing can be changed here.", Face::Body, palette.warn);
    ImGui::SetCursorScreenPos(
        ImVec2(from.x + room - button_width("Back to now") - 2 * scale, from.y + 1 * scale));
    if (button("Back to now", ButtonLook::Quiet)) ui.look_at = 0;
    ImGui::SetCursorScreenPos(ImVec2(from.x, from.y + 38 * scale));
}

void services(const ClusterModel& model, Ui& ui) {
    const float right = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x;
    bool first = true;
    for (const ServiceChip& chip : model.services) {
        const float width = service_chip_width(chip);
        if (!first) {
            ImGui::SameLine(0, 8 * theme().scale());
            if (ImGui::GetCursorScreenPos().x + width > right) ImGui::NewLine();
        }
        first = false;
        draw_service_chip(chip, ui);
    }
    ImGui::Dummy(ImVec2(1, 2));
}

void waiting(const ClusterModel& model, Motion& motion, Ui& ui) {
    if (model.waiting.empty()) return;
    const Palette& palette = theme().palette();
    const float scale = theme().scale();
    text("Waiting for a node", Face::CaptionStrong, palette.warn);
    const float room = ImGui::GetContentRegionAvail().x;
    std::size_t shown = 0;
    for (const PodTile* pod : model.waiting) {
        if (++shown > 4) {
            text("and " + std::to_string(model.waiting.size() - 4) + " more", Face::Caption, palette.dim);
            break;
        }
        const ImVec2 from = ImGui::GetCursorScreenPos();
        draw_tile(*pod, ImVec2(130 * scale, 44 * scale), motion, ui);
        ImGui::SetCursorScreenPos(ImVec2(from.x + 142 * scale, from.y + 14 * scale));
        text_within(pod->reason.empty() ? "the scheduler has not looked at it yet" : pod->reason,
                    Face::Caption, palette.dim, room - 150 * scale);
        ImGui::SetCursorScreenPos(ImVec2(from.x, from.y + 50 * scale));
    }
    ImGui::Dummy(ImVec2(1, 4 * scale));
}

void nodes(const ClusterModel& model, Motion& motion, Ui& ui) {
    const float scale = theme().scale();
    const float room = ImGui::GetContentRegionAvail().x;
    const float gap = 14 * scale;
    const auto columns = static_cast<std::size_t>(std::max(1.0F, (room + gap) / (212 * scale + gap)));
    const std::size_t used = std::max<std::size_t>(1, std::min(columns, model.nodes.size()));
    const float width =
        std::min((room - gap * static_cast<float>(used - 1)) / static_cast<float>(used), 340 * scale);
    const bool dots = model.pod_count > 500 || model.nodes.size() > 30;
    for (std::size_t i = 0; i < model.nodes.size(); i += used) {
        const ImVec2 from = ImGui::GetCursorScreenPos();
        float height = 0;
        for (std::size_t j = i; j < std::min(i + used, model.nodes.size()); ++j) {
            height = std::max(height, card_height(model.nodes[j], width, dots));
        }
        for (std::size_t j = i; j < std::min(i + used, model.nodes.size()); ++j) {
            ImGui::SetCursorScreenPos(ImVec2(from.x + static_cast<float>(j - i) * (width + gap), from.y));
            if (ImGui::IsRectVisible(ImVec2(width, height))) {
                draw_card(model.nodes[j], ImVec2(width, height), dots, motion, ui);
            }
        }
        ImGui::SetCursorScreenPos(ImVec2(from.x, from.y + height + gap));
        ImGui::Dummy(ImVec2(1, 1));
    }
    if (model.nodes.empty()) text("The cluster has no nodes.", Face::Body, theme().palette().dim);
}

}  // namespace

void draw_cluster_panel(const session::Session& session, const ClusterModel& model, Motion& motion, Ui& ui) {
    header(model, session, ui);
    if (ui.cluster_tab == ClusterTab::Objects) {
        ImGui::BeginChild("objects");
        draw_objects(session, ui);
        ImGui::EndChild();
        action_menu(session, ui);
        return;
    }
    ImGui::BeginChild("nodes");
    services(model, ui);
    waiting(model, motion, ui);
    nodes(model, motion, ui);
    ImGui::EndChild();
    action_menu(session, ui);
}

}  // namespace kubetab::web
