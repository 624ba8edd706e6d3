// The pieces of the cluster panel: node cards, pod tiles, service chips, the ownership tree.
#pragma once

#include <imgui.h>

#include "engine/session/session.h"
#include "web/app/ui.h"
#include "web/panels/cluster_model.h"
#include "web/panels/motion.h"

namespace kubetab::web {

void draw_tile(const PodTile& tile, ImVec2 size, Motion& motion, Ui& ui);
// `dots`: pods as small dots instead of tiles, for many pods.
float card_height(const NodeCard& card, float width, bool dots);
void draw_card(const NodeCard& card, ImVec2 size, bool dots, Motion& motion, Ui& ui);
float service_chip_width(const ServiceChip& chip);
void draw_service_chip(const ServiceChip& chip, Ui& ui);
// Deployment → ReplicaSet → Pods, CronJob → Job → Pods, and Service → endpoints.
void draw_objects(const session::Session& session, Ui& ui);
ImU32 colour_of(PodState state);

}  // namespace kubetab::web
