// What the window remembers between visits, and how a session begins.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "engine/session/session.h"
#include "web/app/platform.h"
#include "web/app/ui.h"
#include "web/theme/theme.h"

namespace kubetab::web {

void load_settings(Platform& platform, Ui& ui);
Look look_of(const Ui& ui);
// What the settings say about the look, for whoever has to know before there is an App.
Look saved_look(Platform& platform);
// Writes them unless they are as `saved`, which is what was written last.
void save_settings(Platform& platform, const Ui& ui, std::string& saved);

// What the page's address asks for; else the session that was saved; else the first lesson. A session that
// was saved or put aside and that the address asks for, too, goes on. A saved session of another cluster is
// put aside under that cluster's address, one that cannot be read under a name of its own, and the notice
// says so.
std::unique_ptr<session::Session> open_session(Platform& platform, Ui& ui);
// Puts a session aside, as Session::save() gives it.
void keep_session(Platform& platform, const session::SessionSpec& spec, std::string_view saved);
// The session that a shared link put aside last. Failure when there is none or it cannot be read.
base::Result<std::unique_ptr<session::Session>> kept_session(Platform& platform);
std::unique_ptr<session::Session> open_lesson(std::string_view id);

// "lesson=…&seed=7&nodes=3"
std::string fragment_of(const session::SessionSpec& spec);
// Fails with what is wrong.
base::Result<session::SessionSpec> spec_from_fragment(std::string_view fragment);

}  // namespace kubetab::web
