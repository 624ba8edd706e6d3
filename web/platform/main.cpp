// Where the page starts, and the functions that web/page/page.js calls.

#include <emscripten/emscripten.h>

#include <memory>

#include "web/platform/page_window.h"

namespace {

std::unique_ptr<kubetab::web::PageWindow> page_window;

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE void kt_frame() {
    page_window->frame();
}
EMSCRIPTEN_KEEPALIVE void kt_tick() {
    page_window->tick();
}
EMSCRIPTEN_KEEPALIVE void kt_text(const char* text) {
    page_window->type(text);
}
EMSCRIPTEN_KEEPALIVE void kt_paste(const char* text) {
    page_window->paste(text);
}
EMSCRIPTEN_KEEPALIVE void kt_shortcut(int letter) {
    page_window->shortcut(static_cast<char>(letter));
}
EMSCRIPTEN_KEEPALIVE void kt_activate(const char* action) {
    page_window->activate(action);
}
EMSCRIPTEN_KEEPALIVE void kt_context_restored() {
    page_window->context_restored();
}
EMSCRIPTEN_KEEPALIVE void kt_address_changed() {
    page_window->activate("address");
}
}

int main() {
    page_window = std::make_unique<kubetab::web::PageWindow>();
    page_window->start();
    return 0;
}
