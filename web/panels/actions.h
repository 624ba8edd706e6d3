// What can be done to an object with a click: terminal lines, so that the learner sees the command each click
// is. Menus, the inspector and the mirrored DOM offer the same list.
#pragma once

#include <string>
#include <vector>

#include "engine/session/session.h"
#include "web/app/ui.h"

namespace kubetab::web {

struct Action {
    std::string label{};
    std::string line{};  // for the terminal
    bool ends_group = false;
};

// Empty for objects that have none, and while the past is looked at.
std::vector<Action> actions_of(const session::Session& session, const Selection& selection);

// The faults that act on the object, as lines that begin or end them; the label says which.
std::vector<Action> faults_of(const session::Session& session, const Selection& selection);

// The context menu of the object that was clicked with the right button. Once per frame, after what can be
// clicked.
void action_menu(const session::Session& session, Ui& ui);
// The actions as buttons, as many in a row as fit.
void action_buttons(const session::Session& session, const Selection& selection, Ui& ui);

}  // namespace kubetab::web
