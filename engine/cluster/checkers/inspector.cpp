#include "engine/cluster/checkers/inspector.h"

#include <set>

#include "engine/base/ensure.h"

namespace kubetab::cluster {
namespace {

std::optional<Finding> found(const Checker& checker, const Violation& violation) {
    if (!violation) return std::nullopt;
    return Finding{std::string(checker.invariant()), *violation};
}

// What goes on for ever in a cluster at rest, and changes nothing for its controllers.
bool is_background(const api::Kind& kind) {
    return &kind == &api::kind_of<api::Lease>() || &kind == &api::kind_of<api::Node>() ||
           &kind == &api::kind_of<api::Event>();
}

}  // namespace

Inspector::Inspector(Cluster& cluster) : cluster_(cluster), checkers_(make_checkers(cluster.server())) {
    ENSURE(cluster_.store().compacted() == 0);
    for (const store::Write& write : cluster_.store().log()) wrote(write);
    cluster_.observe(this);
}

void Inspector::wrote(const store::Write& write) {
    for (const std::unique_ptr<Checker>& checker : checkers_) {
        if (!finding_) finding_ = found(*checker, checker->see(write));
    }
}

std::optional<Finding> Inspector::inspect() {
    if (finding_) return finding_;
    const store::Store& store = cluster_.store();
    for (const std::unique_ptr<Checker>& checker : checkers_) {
        if (auto finding = found(*checker, checker->look(store))) return finding;
    }
    return std::nullopt;
}

std::optional<Finding> Inspector::inspect_settled() {
    if (auto finding = inspect()) return finding;
    for (const std::unique_ptr<Checker>& checker : checkers_) {
        if (auto finding = found(*checker, checker->look_settled(cluster_.store(), cluster_.now())))
            return finding;
    }
    return std::nullopt;
}

std::optional<Finding> Inspector::inspect_idempotence() {
    if (auto finding = inspect()) return finding;
    std::set<std::string> actors;
    for (const std::unique_ptr<client::Controller>& controller : cluster_.controllers()) {
        actors.insert(controller->name());
        for (const api::Kind* kind : api::all_kinds()) {
            // No controller works on events, of which there are most.
            if (kind == &api::kind_of<api::Event>()) continue;
            for (const auto& [key, object] : cluster_.store().all(*kind)) {
                controller->enqueue(key, 0);
                controller->enqueue({"", object->metadata.uid}, 0);  // As the garbage collector names them.
            }
        }
    }
    const store::Revision before = cluster_.store().revision();
    cluster_.simulation().run_until(cluster_.now() + kTimeToAct);
    for (store::Revision at = before + 1; at <= cluster_.store().revision(); ++at) {
        const store::Write* write = cluster_.store().find_write(at);
        ENSURE(write != nullptr);
        const bool by_controller = actors.contains(write->cause.actor);
        // Once somebody else has changed something (a container failed again, say), controllers answer to
        // that.
        if (!by_controller && !is_background(*write->kind)) break;
        if (!by_controller || write->cause.revision > before) continue;
        return Finding{"controllers leave a cluster at rest alone",
                       write->cause.actor + " writes " + name_of(*write->kind, *write->object) +
                           (write->cause.reason.empty() ? "" : ": " + write->cause.reason)};
    }
    return inspect();
}

}  // namespace kubetab::cluster
