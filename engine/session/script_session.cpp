#include "engine/session/script_session.h"

#include <algorithm>

namespace kubetab::session {

ScriptSession::ScriptSession(const cluster::ClusterSpec& spec)
    : workstation_(spec), runner_(workstation_.shell_options()) {}

// Everything of one instant, then the waiting command if that concerns it.
void ScriptSession::run_instant(sim::Instant instant) {
    sim::Simulation& simulation = cluster().simulation();
    simulation.run_until(instant);
    const std::int64_t revision = cluster().store().revision();
    const bool changed = std::exchange(polled_revision_, revision) != revision;
    if (!runner_.running()) return;
    const std::optional<sim::Instant> wake = runner_.wake();
    if ((changed && runner_.waits_for_change()) || (wake && *wake <= instant)) runner_.poll(instant);
}

int ScriptSession::run(std::string_view text, sim::Duration limit, std::string_view input) {
    sim::Simulation& simulation = cluster().simulation();
    const sim::Instant end = simulation.now() + limit;
    cut_off_ = false;
    runner_.run(text, input);
    runner_.poll(simulation.now());
    while (runner_.running()) {
        sim::Instant next = simulation.next_due();
        if (const std::optional<sim::Instant> wake = runner_.wake())
            next = std::min(next, std::max(*wake, simulation.now()));
        if (next > end) {
            cut_off_ = true;
            simulation.run_until(end);
            runner_.interrupt();
            runner_.poll(end);
            return 124;
        }
        run_instant(next);
    }
    return runner_.exit_code();
}

void ScriptSession::advance(sim::Duration duration) {
    sim::Simulation& simulation = cluster().simulation();
    simulation.run_until(simulation.now() + duration);
}

bool ScriptSession::settle(sim::Duration limit) {
    sim::Simulation& simulation = cluster().simulation();
    const sim::Instant end = simulation.now() + limit;
    while (!simulation.settled()) {
        if (simulation.next_due() > end) return false;
        simulation.run_until(simulation.next_due());
    }
    return true;
}

}  // namespace kubetab::session
