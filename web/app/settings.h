// What the window remembers between visits, and how a session begins.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "engine/session/session.h"
#include "web/app/platform.h"
#include "web/app/ui.h"

namespace kubetab::web {

void load_settings(Platform& platform, Ui& ui);
// Cheap when nothing changed.
void save_settings(Platform& platform, const Ui& ui);

// What the page's address asks for; else the session that was saved; else the first lesson. A saved session
// that the address asks for, too, goes on. A saved session of another cluster, or one that cannot be read, is
// kept under another name and the notice says so.
std::unique_ptr<session::Session> open_session(Platform& platform, Ui& ui);
// The session that a shared link put aside, or null.
std::unique_ptr<session::Session> kept_session(Platform& platform);
std::unique_ptr<session::Session> open_lesson(std::string_view id);

// "lesson=…&seed=7&nodes=3"
std::string fragment_of(const session::SessionSpec& spec);
// Fails with what is wrong.
base::Result<session::SessionSpec> spec_from_fragment(std::string_view fragment);

}  // namespace kubetab::web
