// Where the panels stand in the window.
#pragma once

#include "web/panels/panels.h"

namespace kubetab::web {

void draw_layout(const session::Session& session, const ClusterModel& model, Motion& motion, Ui& ui);

}  // namespace kubetab::web
