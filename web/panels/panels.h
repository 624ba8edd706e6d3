// The panels of the window, each in a file of its own. A panel reads the session, draws, and may add to the
// Ui's inputs; it never changes the session. Each fills the current ImGui child window.
#pragma once

#include "engine/session/session.h"
#include "web/app/ui.h"
#include "web/panels/cluster_model.h"
#include "web/panels/motion.h"

namespace kubetab::web {

void draw_top_bar(const session::Session& session, Ui& ui);
void draw_lesson_panel(const session::Session& session, Ui& ui);
void draw_cluster_panel(const session::Session& session, const ClusterModel& model, Motion& motion, Ui& ui);
void draw_terminal_panel(const session::Session& session, Ui& ui);
void draw_inspector_panel(const session::Session& session, Ui& ui);
void draw_timeline_panel(const session::Session& session, Ui& ui);

// What was selected in the terminal, and where it is scrolled to, lives as long as the panel.
void forget_terminal_selection();

}  // namespace kubetab::web
