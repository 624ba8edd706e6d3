#include "engine/session/session.h"

#include <algorithm>
#include <utility>

#include "engine/session/greeting.h"
#include "engine/session/why.h"

namespace kubetab::session {
namespace {

// An event takes microseconds or, seldom, milliseconds.
constexpr int kEventsBetweenBudgetChecks = 4;

std::unique_ptr<shell::Terminal> make_terminal(Workstation& workstation) {
    shell::TerminalOptions options;
    options.shell = workstation.shell_options();
    options.home = std::string(kHome);
    options.greeting = greeting();
    return std::make_unique<shell::Terminal>(std::move(options));
}

}  // namespace

// The store as it is.
class Session::Present : public View {
public:
    explicit Present(const cluster::Cluster& cluster) : cluster_(cluster) {}
    sim::Instant when() const override { return cluster_.now(); }
    std::int64_t revision() const override { return cluster_.store().revision(); }
    bool past() const override { return false; }
    const api::ObjectMap& objects(const api::Kind& kind) const override { return cluster_.store().all(kind); }

private:
    const cluster::Cluster& cluster_;
};

// A copy of what the store was.
class Session::Past : public View {
public:
    static std::unique_ptr<Past> at(const cluster::Cluster& cluster, std::int64_t revision) {
        auto past = std::make_unique<Past>();
        past->revision_ = revision;
        const store::Write* write = cluster.store().find_write(revision);
        past->when_ = write != nullptr ? write->when : cluster.spec().start;
        for (const api::Kind* kind : api::all_kinds()) {
            base::Result<api::ObjectMap> objects = cluster.store().all_at(*kind, revision);
            if (!objects.ok()) return nullptr;
            past->objects_.emplace(kind, std::move(*objects));
        }
        return past;
    }
    sim::Instant when() const override { return when_; }
    std::int64_t revision() const override { return revision_; }
    bool past() const override { return true; }
    const api::ObjectMap& objects(const api::Kind& kind) const override { return objects_.at(&kind); }

private:
    std::int64_t revision_ = 0;
    sim::Instant when_{};
    std::map<const api::Kind*, api::ObjectMap> objects_{};  // looked up only
};

Session::Session(SessionSpec spec)
    : spec_(std::move(spec)),
      workstation_(spec_.cluster),
      terminal_(make_terminal(workstation_)),
      present_(std::make_unique<Present>(workstation_.cluster())) {
    lesson_.start(lessons::find_lesson(spec_.lesson));
    if (lesson_.lesson() != nullptr) workstation_.prepare(*lesson_.lesson());
    end_instant();
    terminal_->poll(now());
}

Session::~Session() = default;

sim::Instant Session::now() const {
    return workstation_.cluster().now();
}

void Session::submit(const Input& input) {
    has_work_ = has_work_ || input.kind != Input::Kind::Resize;
    if (journal_.size() < kJournalLimit) {
        journal_.push_back({now(), workstation_.cluster().simulation().events_run(), input});
    }
    apply(input);
}

void Session::apply(const Input& input) {
    ++version_;
    switch (input.kind) {
        case Input::Kind::Key: terminal_->key(input.key); break;
        case Input::Kind::Text: terminal_->text(input.text); break;
        case Input::Kind::Paste: terminal_->paste(input.text); break;
        case Input::Kind::Line: terminal_->run_line(input.text); break;
        case Input::Kind::Resize: terminal_->resize(input.columns, input.rows); break;
        case Input::Kind::Lesson: apply_lesson(input.text); break;
    }
    terminal_->poll(now());
    if (terminal_->history().size() != commands_seen_ && !terminal_->history().empty()) {
        lesson_.saw_command(terminal_->history().back());
    }
    commands_seen_ = terminal_->history().size();
    end_instant();
}

void Session::apply_lesson(const std::string& request) {
    if (request == "hint") lesson_.show_hint();
    if (request == "solution") lesson_.show_solution();
    if (request == "next") lesson_.next();
    if (request == "back") lesson_.back();
    const std::string_view start = "start ";
    if (!request.starts_with(start)) return;
    lesson_.start(lessons::find_lesson(std::string_view(request).substr(start.size())));
    if (lesson_.lesson() != nullptr) workstation_.prepare(*lesson_.lesson());
}

bool Session::run_instant(sim::Instant instant, const Budget& budget) {
    sim::Simulation& simulation = workstation_.cluster().simulation();
    int since_check = 0;
    while (simulation.next_due() <= instant) {
        simulation.step();
        if (++since_check < kEventsBetweenBudgetChecks) continue;
        since_check = 0;
        if (budget && budget()) return false;
    }
    return true;
}

bool Session::advance_to(sim::Instant target, const Budget& budget) {
    sim::Simulation& simulation = workstation_.cluster().simulation();
    for (;;) {
        sim::Instant next = simulation.next_due();
        if (const std::optional<sim::Instant> wake = terminal_->wake())
            next = std::min(next, std::max(*wake, now()));
        if (next > target) break;
        if (!run_instant(next, budget)) return false;
        simulation.run_until(next);
        end_instant();
        if (budget && budget()) return false;
    }
    simulation.run_until(target);
    return true;
}

// What follows once everything of one instant has happened: the terminal's commands see it, the lesson looks
// again.
void Session::end_instant() {
    const std::int64_t revision = workstation_.cluster().store().revision();
    const bool changed = revision != polled_revision_;
    polled_revision_ = revision;
    if (changed) terminal_->changed();
    const std::optional<sim::Instant> wake = terminal_->wake();
    const std::uint64_t shown = terminal_->revision();
    if ((changed && terminal_->waits_for_change()) || (wake && *wake <= now())) terminal_->poll(now());
    if (terminal_->revision() != shown) ++version_;
    const bool shows = changed && note_writes();
    const bool fault = note_faults();
    while (timeline_.size() > kTimelineLimit) timeline_.pop_front();
    if (shows || fault) ++version_;
    if (shows) lesson_.check(workstation_.cluster().transport());
}

bool Session::note_writes() {
    bool shows = false;
    const store::Store& store = workstation_.cluster().store();
    for (std::int64_t revision = noted_revision_ + 1; revision <= store.revision(); ++revision) {
        const store::Write* write = store.find_write(revision);
        if (write == nullptr) continue;
        shows = shows || write->kind != &api::kind_of<api::Lease>();
        if (const std::optional<Tick> tick = tick_of(*write)) timeline_.push_back(*tick);
    }
    noted_revision_ = store.revision();
    return shows;
}

bool Session::note_faults() {
    std::vector<std::string> faults = workstation_.take_faults();
    const std::int64_t revision = workstation_.cluster().store().revision();
    for (std::string& fault : faults)
        timeline_.push_back({Tick::Kind::Fault, now(), revision, std::move(fault)});
    return !faults.empty();
}

sim::Instant Session::next_change() const {
    sim::Instant next = workstation_.cluster().simulation().next_once_due();
    if (const std::optional<sim::Instant> wake = terminal_->wake())
        next = std::min(next, std::max(*wake, now()));
    return next;
}

sim::Instant Session::next_due() const {
    sim::Instant next = workstation_.cluster().simulation().next_due();
    if (const std::optional<sim::Instant> wake = terminal_->wake())
        next = std::min(next, std::max(*wake, now()));
    return next;
}

bool Session::settled() const {
    return workstation_.cluster().simulation().settled() && !terminal_->wake();
}

const View& Session::view() const {
    return past_ ? *past_ : *present_;
}

bool Session::look_back_to(std::int64_t revision) {
    if (revision > workstation_.cluster().store().revision()) return false;
    std::unique_ptr<View> past = Past::at(workstation_.cluster(), revision);
    if (!past) return false;
    past_ = std::move(past);
    ++version_;
    return true;
}

void Session::look_at_present() {
    if (!past_) return;
    past_.reset();
    ++version_;
}

std::int64_t Session::revision_at(sim::Instant when) const {
    return workstation_.cluster().store().revision_at(when);
}

std::vector<WhyStep> Session::why(const api::Kind& kind, const api::ObjectKey& key) const {
    return causal_chain(workstation_.cluster().store(), kind, key, view().revision());
}

std::string Session::log_of(const api::ObjectKey& pod, const std::string& container, int tail_lines) const {
    return workstation_.cluster().log_of(pod, container, tail_lines);
}

std::uint64_t Session::version() const {
    return version_;
}

std::uint64_t Session::digest() const {
    return workstation_.cluster().digest();
}

}  // namespace kubetab::session
