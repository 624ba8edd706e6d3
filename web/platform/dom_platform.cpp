#include "web/platform/dom_platform.h"

#include <emscripten/em_js.h>

#include <algorithm>
#include <cstdlib>

// clang-format off
EM_JS(void, page_start, (), { kubetabPage.start(); });
EM_JS(void, page_request_frame, (), { kubetabPage.requestFrame(); });
EM_JS(void, page_wake_after, (double delay), { kubetabPage.wakeAfter(delay); });
EM_JS(void, page_focus_keyboard, (bool wanted), { kubetabPage.focusKeyboard(wanted); });
EM_JS(void, page_place_keyboard, (float x, float y, float height), { kubetabPage.placeKeyboard(x, y, height); });
EM_JS(bool, page_on_mac, (), { return kubetabPage.onMac; });
EM_JS(char*, page_load, (const char* name), {
    const value = kubetabPage.load(UTF8ToString(name));
    return value === null ? 0 : stringToNewUTF8(value);
});
EM_JS(void, page_save, (const char* name, const char* value), {
    kubetabPage.save(UTF8ToString(name), UTF8ToString(value));
});
EM_JS(char*, page_fragment, (), { return stringToNewUTF8(location.hash.slice(1)); });
EM_JS(char*, page_address, (), { return stringToNewUTF8(location.href); });
EM_JS(void, page_set_fragment, (const char* fragment), {
    const text = UTF8ToString(fragment);
    history.replaceState(null, "", text ? "#" + text : location.pathname + location.search);
});
EM_JS(void, page_copy, (const char* text), { kubetabPage.copy(UTF8ToString(text)); });
EM_JS(void, page_download, (const char* name, const char* content), {
    kubetabPage.download(UTF8ToString(name), UTF8ToString(content));
});
EM_JS(void, page_warn_before_leaving, (bool warn), { kubetabPage.warnBeforeLeaving(warn); });
EM_JS(void, page_share_keys, (bool terminal), { kubetabPage.shareKeys(terminal); });
EM_JS(void, page_mirror, (int part, int from, int count, const char* items, int length), {
    kubetabPage.mirror(part, from, count, items, length);
});
EM_JS(bool, page_matches, (const char* query), { return kubetabPage.matches(UTF8ToString(query)); });
// clang-format on

namespace kubetab::web {
namespace {

// Takes over a string that JavaScript allocated.
std::string taken(char* text) {
    std::string result(text);
    std::free(text);
    return result;
}

void append_field(std::string_view text, std::string& packed) {
    for (const char letter : text) packed += letter == '\0' ? ' ' : letter;
    packed += '\0';
}

// As one string: each that crosses to JavaScript costs a call and a decoding of its own.
std::string packed(std::span<const MirrorItem> items) {
    std::string result;
    for (const MirrorItem& item : items) {
        append_field(item.text, result);
        append_field(item.action, result);
        append_field(item.heading ? "h" : "", result);
    }
    return result;
}

void replace_entries(Mirror part, std::size_t from, std::size_t count, std::span<const MirrorItem> items) {
    const std::string text = packed(items);
    page_mirror(static_cast<int>(part), static_cast<int>(from), static_cast<int>(count), text.data(),
                static_cast<int>(text.size()));
}

}  // namespace

void DomPlatform::request_frame() {
    page_request_frame();
}

std::optional<std::string> DomPlatform::load(std::string_view name) {
    char* const value = page_load(std::string(name).c_str());
    if (value == nullptr) return std::nullopt;
    return taken(value);
}

void DomPlatform::save(std::string_view name, std::string_view value) {
    page_save(std::string(name).c_str(), std::string(value).c_str());
}

std::string DomPlatform::address_fragment() {
    return taken(page_fragment());
}

void DomPlatform::set_address_fragment(std::string_view fragment) {
    page_set_fragment(std::string(fragment).c_str());
}

std::string DomPlatform::address() {
    return taken(page_address());
}

void DomPlatform::copy_to_clipboard(std::string_view text) {
    page_copy(std::string(text).c_str());
}

void DomPlatform::download(std::string_view file_name, std::string_view content) {
    page_download(std::string(file_name).c_str(), std::string(content).c_str());
}

void DomPlatform::warn_before_leaving(bool warn) {
    if (warn == warns_) return;
    warns_ = warn;
    page_warn_before_leaving(warn);
}

void DomPlatform::share_keys(Keys keys) {
    if (keys == keys_) return;
    keys_ = keys;
    page_share_keys(keys == Keys::Terminal);
}

// Tells the page only what changed. What scrolls goes at the front and comes at the end.
void DomPlatform::mirror(Mirror part, std::span<const MirrorItem> items) {
    std::vector<MirrorItem>& before = mirrored_[part];
    if (std::equal(items.begin(), items.end(), before.begin(), before.end())) return;
    const auto first = items.empty() ? before.end() : std::find(before.begin(), before.end(), items.front());
    if (first != before.begin() && first != before.end()) {
        replace_entries(part, 0, static_cast<std::size_t>(first - before.begin()), {});
        before.erase(before.begin(), first);
    }
    const std::size_t common = std::min(items.size(), before.size());
    std::size_t front = 0;
    while (front < common && items[front] == before[front]) ++front;
    std::size_t back = 0;
    while (back < common - front && items[items.size() - 1 - back] == before[before.size() - 1 - back])
        ++back;
    replace_entries(part, front, before.size() - front - back,
                    items.subspan(front, items.size() - front - back));
    before.assign(items.begin(), items.end());
}

bool DomPlatform::prefers_reduced_motion() {
    return page_matches("(prefers-reduced-motion: reduce)");
}

void DomPlatform::start() {
    page_start();
}

void DomPlatform::wake_after(double delay_ms) {
    page_wake_after(delay_ms);
}

void DomPlatform::focus_keyboard(bool text_wanted) {
    page_focus_keyboard(text_wanted);
}

void DomPlatform::place_keyboard(float x, float y, float height) {
    page_place_keyboard(x, y, height);
}

bool DomPlatform::on_mac() {
    return page_on_mac();
}

}  // namespace kubetab::web
