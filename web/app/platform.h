// Platform: what the window may ask of the machine it runs on. The page implements it over the DOM; tests
// implement it in memory.
//
// Nothing here blocks and nothing fails loudly: storage that is refused (a private tab, a full quota) keeps
// nothing. Every call is made on the one thread of the page, between or during App's calls.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kubetab::web {

// The parts of the window that are mirrored as hidden DOM, for screen readers, find-in-page and browser
// tests.
enum class Mirror {
    Lesson,     // role=article: one paragraph per item
    Terminal,   // role=log: one line per item, oldest first
    Cluster,    // role=list
    Inspector,  // role=list
    Timeline,   // role=list
    Status,     // role=status: read out when it changes
};

// One entry of a mirrored part. With an `action` it becomes a button that calls App::activate(action).
struct MirrorItem {
    std::string text{};
    std::string action{};
    bool heading = false;

    bool operator==(const MirrorItem&) const = default;
};

// How key presses are shared with the browser.
enum class Keys {
    Browser,   // Ctrl+R, Ctrl+L and the like keep their meaning in the browser
    Terminal,  // the window takes every Ctrl and Alt combination that a page can take
};

class Platform {
public:
    virtual ~Platform() = default;

    // Asks for App::draw soon. Many calls before that frame make one frame.
    virtual void request_frame() = 0;

    // Small settings that outlive the page, by name. Names and values are UTF-8.
    virtual std::optional<std::string> load(std::string_view name) = 0;
    virtual void save(std::string_view name, std::string_view value) = 0;

    // The part of the page's address after '#', undecoded, and its replacement (which adds nothing to the
    // history).
    virtual std::string address_fragment() = 0;
    virtual void set_address_fragment(std::string_view fragment) = 0;
    // The address of the page with its fragment, to be shared.
    virtual std::string address() = 0;

    virtual void copy_to_clipboard(std::string_view text) = 0;
    // Offers `content` as a file to keep.
    virtual void download(std::string_view file_name, std::string_view content) = 0;

    // While true, closing or reloading the page asks first.
    virtual void warn_before_leaving(bool warn) = 0;
    virtual void share_keys(Keys keys) = 0;

    // Replaces what one part of the mirror says. Cheap when nothing changed.
    virtual void mirror(Mirror part, std::span<const MirrorItem> items) = 0;

    // What the person asked their system for.
    virtual bool prefers_reduced_motion() = 0;
};

}  // namespace kubetab::web
