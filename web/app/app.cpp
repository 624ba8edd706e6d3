#include "web/app/app.h"

#include <algorithm>
#include <chrono>
#include <deque>
#include <iterator>

#include "web/app/layout.h"
#include "web/app/mirror.h"
#include "web/app/settings.h"
#include "web/panels/panels.h"

namespace kubetab::web {
namespace {

constexpr double kSliceMs = 6;       // of work for the engine in one call
constexpr double kJumpSliceMs = 12;  // while time jumps, nobody watches single frames
constexpr double kJumpFrameMs = 200;
constexpr double kFrameShare = 8;       // drawing takes at most an eighth of the time that hurries
constexpr double kLongestStepMs = 250;  // real time that is caught up after a pause of the page
constexpr double kSaveAfterMs = 800;    // a tab that is killed loses at most a second
constexpr double kClockMs = 1000;       // the clock moves at least so often when time is fast
constexpr double kMotionMs = 16;
constexpr sim::Duration kSettleLimit = sim::minutes(30);

double machine_ms() {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

}  // namespace

struct App::State {
    explicit State(Platform& machine) : platform(machine) {
        load_settings(platform, ui);
        session = open_session(platform, ui);
        target = session->now();
    }

    void replace(std::unique_ptr<session::Session> other) {
        session = std::move(other);
        target = session->now();
        jump = TimeJump::None;
        ui.selection = {};
        waiting.clear();
        forget_terminal_selection();
        mirror.forget();
        mirror_late = false;
        model_version = 0;
        unsaved = true;
        // The address keeps saying what a reload would open.
        if (!platform.address_fragment().empty()) platform.set_address_fragment(fragment_of(session->spec()));
    }
    void follow_address();
    void restore_kept();
    void pass_time(double now_ms);
    bool run_slice();
    void submit_waiting(double now_ms);
    void carry_out(double now_ms);
    void carry_out_time();
    void keep(double now_ms);
    void make_model();
    void show_mirror(double now_ms);
    bool stands_still() const { return session->view().past() || (ui.speed == 0 && jump == TimeJump::None); }
    bool hurries() const { return !stands_still() && (ui.speed > 1 || jump != TimeJump::None); }
    bool frame_due(double now_ms) const;
    double frame_pause_ms() const;
    double next_call(double now_ms, bool behind) const;

    Platform& platform;
    Ui ui{};
    std::unique_ptr<session::Session> session{};
    std::deque<session::Input> waiting{};
    Motion motion{};
    ClusterModeler modeler{};
    const ClusterModel* model = nullptr;
    std::uint64_t model_version = 0;
    std::uint64_t model_number = 0;
    WindowMirror mirror{};
    bool mirror_late = false;
    std::uint64_t drawn_version = 0;
    std::uint64_t saved_version = 0;
    sim::Instant target{};
    TimeJump jump = TimeJump::None;
    sim::Instant jump_limit{};
    double last_ms = -1;
    double changed_ms = 0;
    double clock_ms = 0;  // when the last frame was drawn
    double draw_ms = 0;   // and how long that took
    bool unsaved = false;
    std::string saved_settings{};
};

App::App(Platform& platform) : state_(std::make_unique<State>(platform)) {}

App::~App() = default;

// How far virtual time should be by now.
void App::State::pass_time(double now_ms) {
    const double elapsed = last_ms < 0 ? 0 : std::clamp(now_ms - last_ms, 0.0, kLongestStepMs);
    last_ms = now_ms;
    if (stands_still()) {
        target = std::max(target, session->now());
        return;
    }
    // Time that could not be simulated in time is not owed for ever.
    target = std::min(target, session->now() + sim::milliseconds(static_cast<std::int64_t>(kLongestStepMs) *
                                                                 std::max(1, ui.speed)));
    target = target + sim::microseconds(static_cast<std::int64_t>(elapsed * 1000) * ui.speed);
    if (jump == TimeJump::UntilSettled) {
        if (session->settled() || session->now() >= jump_limit) {
            jump = TimeJump::None;
            target = session->now();
        } else {
            target = jump_limit;
        }
    }
}

// True when the engine is where it should be.
bool App::State::run_slice() {
    if (session->view().past()) return true;
    const double end = machine_ms() + (jump == TimeJump::None ? kSliceMs : kJumpSliceMs);
    if (jump != TimeJump::UntilSettled)
        return session->advance_to(target, [end] { return machine_ms() > end; });
    while (!session->settled() && session->now() < jump_limit) {
        const sim::Instant next = std::min(jump_limit, std::max(session->next_change(), session->now()));
        if (!session->advance_to(next, [end] { return machine_ms() > end; })) return false;
        if (machine_ms() > end) return false;
    }
    jump = TimeJump::None;
    target = session->now();
    return true;
}

double App::State::next_call(double now_ms, bool behind) const {
    if (behind || jump != TimeJump::None) return now_ms;
    double next = kNever;
    if (!stands_still()) {
        const sim::Instant due = session->next_due();
        const double wait = static_cast<double>((due - session->now()).ns) / 1e6 / std::max(1, ui.speed);
        // Often enough that no time is taken for a pause of the page, even if the timer comes late.
        next = now_ms + std::clamp(wait, 1.0, kLongestStepMs / 2);
        if (ui.speed > 1) next = std::min(next, now_ms + 50);
    }
    if (unsaved) next = std::min(next, changed_ms + kSaveAfterMs);
    return next;
}

// From the beginning of one frame to that of the next, at least.
double App::State::frame_pause_ms() const {
    if (!hurries()) return 0;
    return std::max(jump == TimeJump::None ? 0 : kJumpFrameMs, kFrameShare * draw_ms);
}

bool App::State::frame_due(double now_ms) const {
    return session->version() != drawn_version && now_ms - clock_ms >= frame_pause_ms();
}

void App::State::show_mirror(double now_ms) {
    mirror.show(platform, *session, *model, model_number, ui, hurries() ? Pace::Hurried : Pace::Calm, now_ms);
    mirror_late = false;
}

Wish App::advance(double now_ms, Before what) {
    State& state = *state_;
    state.pass_time(now_ms);
    // With a jump's slice of the engine's work, a frame or a mirror that is due would take too long.
    bool busy = state.jump != TimeJump::None && (what == Before::Frame || state.frame_due(now_ms));
    // Nor should a frame look at a thousand pods that are new.
    if (what == Before::Rest && state.hurries() && state.frame_due(now_ms)) state.make_model();
    if (what == Before::Rest && (state.mirror_late || now_ms >= state.mirror.due_at_ms())) {
        state.show_mirror(now_ms);
        busy = busy || state.jump != TimeJump::None;
    }
    const bool caught_up = !busy && state.run_slice();
    state.keep(now_ms);
    Wish wish;
    wish.draw = state.frame_due(now_ms);
    if (state.ui.speed > 1 && !state.stands_still() && now_ms - state.clock_ms >= kClockMs) wish.draw = true;
    wish.again_at_ms = std::min(state.next_call(now_ms, !caught_up), state.mirror.due_at_ms());
    return wish;
}

// Saves what the person did, a moment after it was done.
void App::State::keep(double now_ms) {
    if (!session->has_work()) return;
    platform.warn_before_leaving(session->has_work());
    const std::uint64_t version = session->version();
    if (version != saved_version) {
        if (!unsaved) changed_ms = now_ms;
        unsaved = true;
    }
    if (!unsaved || now_ms - changed_ms < kSaveAfterMs) return;
    platform.save("session", session->save());
    saved_version = version;
    unsaved = false;
}

void App::State::carry_out_time() {
    if (ui.look_at) {
        if (*ui.look_at == 0) {
            session->look_at_present();
        } else if (!session->look_back_to(*ui.look_at)) {
            ui.notice = "That moment is no longer kept.";
        }
        ui.look_at.reset();
    }
    if (ui.jump == TimeJump::None) return;
    session->look_at_present();
    if (ui.jump == TimeJump::NextEvent) {
        if (session->next_change() < sim::Simulation::kFarFuture)
            target = std::max(session->now(), session->next_change());
    } else {
        jump = TimeJump::UntilSettled;
        jump_limit = session->now() + kSettleLimit;
    }
    if (ui.jump == TimeJump::NextEvent) session->advance_to(target);
    ui.jump = TimeJump::None;
}

// The person put another address into this tab.
void App::State::follow_address() {
    const std::string fragment = platform.address_fragment();
    if (fragment.empty() || fragment == fragment_of(session->spec())) return;
    if (session->has_work()) platform.save("session", session->save());
    replace(open_session(platform, ui));
}

// Back to the session that a link put aside; what was done in the one the link opened is put aside in turn.
void App::State::restore_kept() {
    base::Result<std::unique_ptr<session::Session>> kept = kept_session(platform);
    if (!kept.ok()) {
        ui.notice = "Your session could not be read: " + kept.error().message;
        return;
    }
    if (session->has_work()) keep_session(platform, session->spec(), session->save());
    replace(std::move(*kept));
    ui.notice.clear();
}

// Inputs in their order. While the terminal takes a long paste, those after it wait.
void App::State::submit_waiting(double now_ms) {
    const auto changes = [](const session::Input& input) {
        return input.kind != session::Input::Kind::Resize;
    };
    if (std::any_of(waiting.begin(), waiting.end(), changes)) session->look_at_present();
    while (!waiting.empty() && !session->terminal().feeding()) {
        const session::Input input = std::move(waiting.front());
        waiting.pop_front();
        session->submit(input);
        if (!changes(input)) continue;
        unsaved = true;
        changed_ms = now_ms;
    }
}

// What the panels asked for in this frame.
void App::State::carry_out(double now_ms) {
    std::move(ui.inputs.begin(), ui.inputs.end(), std::back_inserter(waiting));
    ui.inputs.clear();
    submit_waiting(now_ms);
    carry_out_time();
    if (ui.undo) {
        if (std::unique_ptr<session::Session> before = session->without_last_command())
            replace(std::move(before));
        ui.undo = false;
    }
    if (ui.branch) {
        if (session->view().past()) replace(session->branch_at(session->view().when()));
        ui.branch = false;
    }
    if (!ui.open_lesson.empty()) replace(open_lesson(ui.open_lesson));
    ui.open_lesson.clear();
    if (ui.reset) {
        replace(std::make_unique<session::Session>(session->spec()));
        platform.save("session", "");
        unsaved = false;
        ui.reset = false;
    }
    if (ui.restore_kept) {
        ui.restore_kept = false;
        ui.offer_kept = false;
        restore_kept();
    }
    if (ui.share) {
        platform.set_address_fragment(fragment_of(session->spec()));
        platform.copy_to_clipboard(platform.address());
        ui.notice = "The address of this cluster and lesson is copied.";
        ui.share = false;
    }
}

void App::State::make_model() {
    if (model_version == session->version()) return;
    model = &modeler.model_of(session->view());
    model_version = session->version();
    ++model_number;
}

double App::draw(double now_ms) {
    State& state = *state_;
    const double begin_ms = machine_ms();
    state.make_model();
    state.ui.reduced_motion = state.platform.prefers_reduced_motion();
    state.motion.begin(now_ms, state.ui.reduced_motion);
    const std::uint64_t version = state.session->version();
    const Look look = look_of(state.ui);
    draw_layout(*state.session, *state.model, state.motion, state.ui);
    state.motion.end();
    state.draw_ms = machine_ms() - begin_ms;
    state.platform.share_keys(state.ui.terminal_focused ? Keys::Terminal : Keys::Browser);
    state.carry_out(now_ms);
    // While time hurries, the next call between frames mirrors what this one shows.
    state.mirror_late = state.hurries();
    if (!state.mirror_late) state.show_mirror(now_ms);
    save_settings(state.platform, state.ui, state.saved_settings);
    state.drawn_version = version;
    state.clock_ms = now_ms;
    const bool more = !state.waiting.empty() || state.session->version() != version;
    if (more || look_of(state.ui) != look) return now_ms;
    const double mirror_due = state.mirror.due_at_ms();
    if (!state.motion.moving()) return mirror_due;
    return std::min(mirror_due, now_ms + std::max(kMotionMs, state.frame_pause_ms()));
}

void App::activate(std::string_view action) {
    if (action == "address") {
        state_->follow_address();
        return;
    }
    activate_mirrored(action, state_->ui);
    state_->carry_out(state_->last_ms);
}

Look App::look() const {
    return look_of(state_->ui);
}

}  // namespace kubetab::web
