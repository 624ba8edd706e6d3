// SimWorld: one random run: the session that commands are typed into, and the chance that decides which.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/kinds.h"
#include "engine/session/script_session.h"
#include "engine/sim/random.h"

namespace kubetab::tool {

struct SimWorld {
    explicit SimWorld(std::uint64_t seed, const cluster::ClusterSpec& spec) : random(seed), session(spec) {}

    sim::Random random;
    session::ScriptSession session;
    std::vector<std::string> manifests{};  // files that were applied
    int made = 0;                          // names given so far

    cluster::Cluster& cluster() { return session.cluster(); }
    std::int64_t below(std::int64_t limit) {
        return static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(limit)));
    }
    bool chance(std::int64_t percent) { return below(100) < percent; }
    template <std::size_t N>
    std::string one_of(const char* const (&texts)[N]) {
        return texts[below(static_cast<std::int64_t>(N))];
    }

    // One object of a kind, or null when there is none. Those that make up the cluster itself are left out.
    api::Ref<api::Object> pick(const api::Kind& kind);
    // One namespace for the workload.
    std::string pick_namespace();
    // "-n team-1 web", or "" when there is no such object.
    std::string pick_argument(const api::Kind& kind);
    // Writes a file and returns "kubectl apply -f" with its name.
    std::string apply(const std::string& yaml);
};

// Something that may happen: does it and gives it in words, or gives "" when it cannot happen now.
struct SimAction {
    std::int64_t weight = 0;
    std::string (*act)(SimWorld& world) = nullptr;
};

std::span<const SimAction> workload_actions();
std::span<const SimAction> fault_actions();
// Does one of them, by weight.
std::string act_by_chance(SimWorld& world, std::span<const SimAction> actions);
// Types a line, waits for its end and gives it back.
std::string type_line(SimWorld& world, const std::string& line);

// Ends all faults, and takes away what holds objects or keeps pods from nodes.
void heal(SimWorld& world);

}  // namespace kubetab::tool
