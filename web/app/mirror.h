// The window's content as hidden DOM, and the actions of its buttons.
#pragma once

#include <string_view>

#include "engine/session/session.h"
#include "web/app/platform.h"
#include "web/app/ui.h"
#include "web/panels/cluster_model.h"

namespace kubetab::web {

// Notes in `ui` when the texts need more letters than are loaded.
void mirror_all(Platform& platform, const session::Session& session, const ClusterModel& model, Ui& ui);

// "run LINE", "lesson REQUEST", "open LESSON", "select KIND KEY", "speed N", "jump settled", "jump next",
// "now", "undo", "restore kept"
void activate_mirrored(std::string_view action, Ui& ui);

}  // namespace kubetab::web
