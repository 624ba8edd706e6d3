// DomPlatform: the page as App sees it. Everything goes to the functions of web/page/page.js.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "web/app/platform.h"

namespace kubetab::web {

class DomPlatform : public Platform {
public:
    void request_frame() override;
    std::optional<std::string> load(std::string_view name) override;
    void save(std::string_view name, std::string_view value) override;
    std::string address_fragment() override;
    void set_address_fragment(std::string_view fragment) override;
    std::string address() override;
    void copy_to_clipboard(std::string_view text) override;
    void download(std::string_view file_name, std::string_view content) override;
    void warn_before_leaving(bool warn) override;
    void share_keys(Keys keys) override;
    void mirror(Mirror part, std::span<const MirrorItem> items) override;
    bool prefers_reduced_motion() override;

    // For the main loop alone.
    void start();
    void wake_after(double delay_ms);  // negative: never
    void focus_keyboard(bool text_wanted);
    void place_keyboard(float x, float y, float height);
    bool on_mac();

private:
    std::map<Mirror, std::vector<MirrorItem>> mirrored_{};
    bool warns_ = false;
    Keys keys_ = Keys::Browser;
};

}  // namespace kubetab::web
