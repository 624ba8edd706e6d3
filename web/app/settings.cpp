#include "web/app/settings.h"

#include <charconv>
#include <cstdio>
#include <span>

#include "engine/lessons/course_files.h"

namespace kubetab::web {
namespace {

constexpr const char* kFormat = "%f %f %f %d %d %f";
constexpr std::string_view kKept = "session.kept";  // the fragment of the one that was put aside last

std::string kept_name(const std::string& fragment) {
    return std::string(kKept) + "." + fragment;
}

std::string settings_text(const Ui& ui) {
    char text[160];
    std::snprintf(text, sizeof text, "%.1f %.1f %.4f %d %d %.2f", static_cast<double>(ui.lesson_width),
                  static_cast<double>(ui.inspector_width), static_cast<double>(ui.terminal_share), ui.speed,
                  ui.light ? 1 : 0, static_cast<double>(ui.text_scale));
    return text;
}

session::SessionSpec spec_of(const lessons::Lesson& lesson) {
    session::SessionSpec spec;
    spec.cluster.seed = lesson.seed;
    spec.cluster.nodes = lesson.nodes;
    spec.cluster.apis = lesson.apis;
    spec.cluster.cloud = lesson.cloud;
    spec.lesson = lesson.id;
    return spec;
}

// A cluster without a lesson runs in a cloud: who asks for a load balancer expects that one comes.
api::CloudChoice usual_cloud(std::string_view lesson) {
    if (lesson.empty()) return {.present = true};
    const std::optional<lessons::Lesson> found = lessons::find_lesson(lesson);
    return found ? found->cloud : api::CloudChoice{};
}

template <class Number>
bool read_number(std::string_view text, Number& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

void load_settings(Platform& platform, Ui& ui) {
    const std::optional<std::string> saved = platform.load("settings");
    if (!saved) return;
    Ui read = ui;
    int light = 0;
    const int count = std::sscanf(saved->c_str(), kFormat, &read.lesson_width, &read.inspector_width,
                                  &read.terminal_share, &read.speed, &light, &read.text_scale);
    const bool sane = count == 6 && read.lesson_width > 100 && read.lesson_width < 2000 &&
                      read.inspector_width > 100 && read.inspector_width < 2000 &&
                      read.terminal_share > 0.05F && read.terminal_share < 0.95F && read.text_scale >= 0.8F &&
                      read.text_scale <= 2 && read.speed >= 0 && read.speed <= 1000;
    if (!sane) return;
    ui = read;
    ui.light = light != 0;
}

Look look_of(const Ui& ui) {
    return {ui.light ? Scheme::Light : Scheme::Dark, ui.text_scale,
            ui.all_letters ? Letters::All : Letters::Western};
}

Look saved_look(Platform& platform) {
    Ui ui;
    load_settings(platform, ui);
    return look_of(ui);
}

void save_settings(Platform& platform, const Ui& ui, std::string& saved) {
    std::string text = settings_text(ui);
    if (text == saved) return;
    platform.save("settings", text);
    saved = std::move(text);
}

std::string fragment_of(const session::SessionSpec& spec) {
    const std::string cloud = api::cloud_word(spec.cluster.cloud);
    return "lesson=" + spec.lesson + "&seed=" + std::to_string(spec.cluster.seed) +
           "&nodes=" + std::to_string(spec.cluster.nodes) +
           (spec.cluster.apis == api::ServedApis::Of2017 ? "&apis=2017" : "") +
           (cloud == api::cloud_word(usual_cloud(spec.lesson)) ? "" : "&cloud=" + cloud);
}

base::Result<session::SessionSpec> spec_from_fragment(std::string_view fragment) {
    session::SessionSpec spec;
    std::optional<api::CloudChoice> asked_cloud;
    while (!fragment.empty()) {
        const std::size_t end = fragment.find('&');
        const std::string_view part = fragment.substr(0, end);
        fragment = end == std::string_view::npos ? std::string_view() : fragment.substr(end + 1);
        const std::size_t equals = part.find('=');
        const std::string_view name = part.substr(0, equals);
        const std::string_view value =
            equals == std::string_view::npos ? std::string_view() : part.substr(equals + 1);
        bool good = true;
        if (name == "lesson") {
            good = value.empty() || lessons::find_lesson(value).has_value();
            spec.lesson = value;
        } else if (name == "seed") {
            good = read_number(value, spec.cluster.seed);
        } else if (name == "nodes") {
            good = read_number(value, spec.cluster.nodes) && spec.cluster.nodes >= 0 &&
                   spec.cluster.nodes <= 1000;
        } else if (name == "apis") {
            const base::Result<api::ServedApis> apis = api::read_apis(value);
            good = apis.ok();
            if (good) spec.cluster.apis = *apis;
        } else if (name == "cloud") {
            const base::Result<api::CloudChoice> cloud = api::read_cloud(value);
            good = cloud.ok();
            if (good) asked_cloud = *cloud;
        } else {
            good = false;
        }
        if (!good)
            return base::failure(base::Reason::BadRequest, "the address asks for \"" + std::string(part) +
                                                               "\", which is not understood");
    }
    spec.cluster.cloud = asked_cloud ? *asked_cloud : usual_cloud(spec.lesson);
    return spec;
}

std::unique_ptr<session::Session> open_lesson(std::string_view id) {
    const std::optional<lessons::Lesson> lesson = lessons::find_lesson(id);
    session::SessionSpec spec;
    spec.cluster.cloud = usual_cloud("");
    return std::make_unique<session::Session>(lesson ? spec_of(*lesson) : spec);
}

void keep_session(Platform& platform, const session::SessionSpec& spec, std::string_view saved) {
    platform.save(kKept, fragment_of(spec));
    platform.save(kept_name(fragment_of(spec)), saved);
}

base::Result<std::unique_ptr<session::Session>> kept_session(Platform& platform) {
    return session::Session::restore(
        platform.load(kept_name(platform.load(kKept).value_or(""))).value_or(""));
}

std::unique_ptr<session::Session> open_session(Platform& platform, Ui& ui) {
    const std::string saved = platform.load("session").value_or("");
    const std::string fragment = platform.address_fragment();
    base::Result<session::SessionSpec> asked = spec_from_fragment(fragment);
    if (!asked) ui.notice = "Shared link: " + asked.error().message + ".";
    const bool by_link = asked.ok() && !fragment.empty();
    if (!saved.empty()) {
        base::Result<std::unique_ptr<session::Session>> restored = session::Session::restore(saved);
        if (!restored.ok()) {
            platform.save("session.damaged", saved);
            ui.notice = "Your last session could not be read: " + restored.error().message;
        } else if (!by_link || fragment_of((*restored)->spec()) == fragment_of(*asked)) {
            return std::move(*restored);
        } else {
            keep_session(platform, (*restored)->spec(), saved);
            ui.notice = "The link opened another cluster. Yours is kept.";
            ui.offer_kept = true;
        }
    }
    if (by_link) {
        // Was this cluster put aside before? Then it goes on.
        base::Result<std::unique_ptr<session::Session>> before =
            session::Session::restore(platform.load(kept_name(fragment_of(*asked))).value_or(""));
        return before.ok() ? std::move(*before) : std::make_unique<session::Session>(*asked);
    }
    const std::span<const lessons::CourseFile> course = lessons::course_files();
    return open_lesson(course.empty() ? "" : course.front().id);
}

}  // namespace kubetab::web
