#include "web/app/mirror.h"

#include <algorithm>
#include <charconv>

#include "engine/lessons/course_files.h"
#include "web/panels/actions.h"
#include "web/panels/inspector_model.h"
#include "web/theme/theme.h"

namespace kubetab::web {
namespace {

using Items = std::vector<MirrorItem>;

constexpr double kHurriedListsMs = 500;
constexpr int kTerminalLines = 400;
constexpr std::size_t kPods = 200;  // more would be read by nobody

Items lesson_items(const session::Session& session) {
    Items items;
    const lessons::LessonRun& run = session.lesson();
    if (run.lesson() == nullptr || run.finished()) {
        if (run.lesson() != nullptr) items.push_back({run.lesson()->ends_with, "", false});
        for (const lessons::CourseFile& file : lessons::course_files())
            items.push_back({std::string(file.title), "open " + std::string(file.id), false});
        return items;
    }
    const lessons::Step& step = run.lesson()->steps[run.step()];
    items.push_back({run.lesson()->title + ": " + step.title, "", true});
    items.push_back({step.say, "", false});
    for (const lessons::ConditionState& state : run.conditions()) {
        const std::string found = state.met || state.found.empty() ? "" : " (" + state.found + ")";
        items.push_back({(state.met ? "done: " : "missing: ") + state.text + found, "", false});
    }
    for (const std::string& command : step.solution)
        items.push_back({"Run " + command, "run " + command, false});
    if (run.step_done()) {
        items.push_back({"Next step", "lesson next", false});
    } else {
        items.push_back({"Hint", "lesson hint", false});
        items.push_back({"Show solution", "lesson solution", false});
    }
    return items;
}

Items terminal_items(const shell::Terminal& terminal) {
    Items items;
    const int count = terminal.line_count();
    for (int row = std::max(0, count - kTerminalLines); row < count; ++row) {
        std::string text = terminal.line(row).text();
        while (!text.empty() && text.back() == ' ') text.pop_back();
        items.push_back({std::move(text), "", false});
    }
    while (!items.empty() && items.back().text.empty()) items.pop_back();
    return items;
}

MirrorItem pod_item(const PodTile& tile, const std::string& node) {
    std::string text =
        "Pod " + tile.key.name + " " + (tile.state == PodState::Unknown ? "Unknown" : tile.word);
    if (tile.state == PodState::Ready) text += " ready";
    return {text + " on " + node, "select Pod " + tile.key.text(), false};
}

Items cluster_items(const session::Session& session, const ClusterModel& model) {
    Items items;
    items.push_back({model.summary, "", false});
    for (const ServiceChip& chip : model.services) {
        items.push_back({"Service " + chip.key.name + " " + chip.address + ", " +
                             std::to_string(chip.endpoints) + " endpoints",
                         "select Service " + chip.key.text(), false});
    }
    std::size_t listed = 0;
    for (const PodTile* pod : model.waiting) {
        if (++listed > kPods) continue;
        items.push_back({"Pod " + pod->key.name + " " + pod->word + ", no node: " + pod->reason,
                         "select Pod " + pod->key.text(), false});
    }
    for (const NodeCard& card : model.nodes) {
        items.push_back({"Node " + card.name + " " + card.status, "select Node " + card.name, false});
        for (const auto* pods : {&card.pods, &card.system_pods}) {
            for (const PodTile* tile : *pods) {
                if (++listed <= kPods) items.push_back(pod_item(*tile, card.name));
            }
        }
        for (const Action& action : actions_of(session, {&api::kind_of<api::Node>(), {"", card.name}})) {
            items.push_back({action.label + " " + card.name, "run " + action.line, false});
        }
    }
    if (listed > kPods) items.push_back({"and " + std::to_string(listed - kPods) + " more pods", "", false});
    return items;
}

Items inspector_items(const session::Session& session, const Ui& ui) {
    Items items;
    if (!ui.selection) return items;
    const Inspection inspection = inspect(session.view(), ui.selection);
    items.push_back({inspection.kind + " " + ui.selection.key.name, "", false});
    for (const Fact& fact : inspection.facts) items.push_back({fact.name + ": " + fact.value, "", false});
    for (const Action& action : actions_of(session, ui.selection)) {
        items.push_back({action.label + " " + ui.selection.key.name, "run " + action.line, false});
    }
    for (const session::WhyStep& step : session.why(*ui.selection.kind, ui.selection.key)) {
        items.push_back({clock_text(step.when) + " " + step.actor + " " + step.action +
                             (step.reason.empty() ? "" : ": " + step.reason),
                         "look " + std::to_string(step.revision), false});
    }
    return items;
}

Items timeline_items(const session::Session& session, const Ui& ui) {
    Items items;
    items.push_back(
        {clock_text(session.view().when()) + (session.view().past() ? " (the past)" : ""), "", false});
    for (const int speed : kSpeeds) {
        const std::string label = speed == 0 ? "Pause" : std::to_string(speed) + "×";
        items.push_back(
            {label + (ui.speed == speed ? " (chosen)" : ""), "speed " + std::to_string(speed), false});
    }
    items.push_back({"Next event", "jump next", false});
    items.push_back({"Until settled", "jump settled", false});
    items.push_back({"Back to now", "now", false});
    items.push_back({"Undo", "undo", false});
    return items;
}

const api::Kind* kind_named(std::string_view name) {
    for (const api::Kind* kind : api::all_kinds()) {
        if (kind->kind == name) return kind;
    }
    return nullptr;
}

template <class Number>
Number number_of(std::string_view text, Number otherwise) {
    Number number = otherwise;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

}  // namespace

void WindowMirror::forget() {
    *this = {};
}

bool WindowMirror::lists_wait(const session::Session& session, const Ui& ui, Pace pace, double now_ms) {
    const bool past = session.view().past();
    const bool asked = ui.selection != selection_ || ui.speed != speed_ || past != past_;
    if (pace == Pace::Hurried && !asked && now_ms - lists_ms_ < kHurriedListsMs) {
        due_at_ms_ = lists_ms_ + kHurriedListsMs;
        return true;
    }
    due_at_ms_ = std::numeric_limits<double>::infinity();
    selection_ = ui.selection;
    speed_ = ui.speed;
    past_ = past;
    lists_ms_ = now_ms;
    return false;
}

void WindowMirror::show(Platform& platform, const session::Session& session, const ClusterModel& model,
                        std::uint64_t model_number, Ui& ui, Pace pace, double now_ms) {
    const auto say = [&](Mirror part, const Items& items) {
        ui.all_letters =
            ui.all_letters || std::any_of(items.begin(), items.end(),
                                          [](const MirrorItem& item) { return beyond_western(item.text); });
        platform.mirror(part, items);
    };
    say(Mirror::Lesson, lesson_items(session));
    const shell::Terminal& terminal = session.terminal();
    if (terminal.revision() != terminal_revision_ && !terminal.feeding()) {
        say(Mirror::Terminal, terminal_items(terminal));
        terminal_revision_ = terminal.revision();
    }
    Items status{{ui.notice, "", false}};
    if (ui.offer_kept) status.push_back({"Back to mine", "restore kept", false});
    say(Mirror::Status, status);
    if (lists_wait(session, ui, pace, now_ms)) return;
    if (model_number != model_number_) say(Mirror::Cluster, cluster_items(session, model));
    model_number_ = model_number;
    say(Mirror::Inspector, inspector_items(session, ui));
    say(Mirror::Timeline, timeline_items(session, ui));
}

void activate_mirrored(std::string_view action, Ui& ui) {
    const std::size_t space = action.find(' ');
    const std::string_view verb = action.substr(0, space);
    const std::string rest(space == std::string_view::npos ? std::string_view() : action.substr(space + 1));
    if (verb == "run") ui.run(rest);
    if (verb == "lesson") ui.ask_lesson(rest);
    if (verb == "open") ui.open_lesson = rest;
    if (verb == "speed") ui.speed = number_of(rest, ui.speed);
    if (verb == "look") ui.look_at = number_of<std::int64_t>(rest, 0);
    if (verb == "now") ui.look_at = 0;
    if (verb == "undo") ui.undo = true;
    if (verb == "restore") ui.restore_kept = true;
    if (verb == "jump") ui.jump = rest == "next" ? TimeJump::NextEvent : TimeJump::UntilSettled;
    if (verb != "select") return;
    const std::size_t at = rest.find(' ');
    const api::Kind* kind = kind_named(std::string_view(rest).substr(0, at));
    if (kind != nullptr && at != std::string::npos)
        ui.select(*kind, api::ObjectKey::parse(rest.substr(at + 1)));
}

}  // namespace kubetab::web
