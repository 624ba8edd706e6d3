// Fault: one thing that can go wrong, as data: what it acts on, what can be chosen, and how it begins and
// ends. The list of all of them is faults().
//
// Faults of one place may overlap in any order: each brings the place to what all active ones together say,
// so that the end of one does not end another. Nothing of a fault outlives its end but what the cluster has
// made of it.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/object.h"
#include "engine/base/status.h"
#include "engine/sim/time.h"

namespace kubetab::cluster {

class Cluster;
class FaultBoard;

enum class ActsOn : std::uint8_t { Cluster, Node, Pod, Image, Claim, Service };

struct FaultParameter {
    std::string_view name;
    std::string_view usual;  // when nothing is said; "" is what the fault finds itself
    std::string_view help;
    bool may_be_negative = false;
};

// One use of a fault: on what, with which choices, and what it remembers.
struct FaultUse {
    Cluster& cluster;
    FaultBoard& board;
    std::string target{};  // "node-1", "default/web-1", "nginx:1.25"; "" is the cluster
    std::map<std::string, std::string> values{};
    sim::Instant since{};
    std::string note{};   // meaning private to the fault
    std::int64_t at = 0;  // the same

    api::ObjectKey key() const { return api::ObjectKey::parse(target); }
    const std::string& value(const std::string& name) const { return values.at(name); }
    // Checked before the fault begins: every value is one of the kind that its usual value is of.
    std::int64_t number(const std::string& name) const;
    sim::Duration duration(const std::string& name) const;
    std::int64_t quantity(const std::string& name) const;
};

struct Fault {
    std::string_view name;
    ActsOn acts_on = ActsOn::Cluster;
    std::string_view help;  // a clause: "a node's machine is switched off"
    base::Result<void> (*begin)(FaultUse&) = nullptr;
    // Null: over as soon as it has begun.
    void (*end)(FaultUse&) = nullptr;
    // Once a second while it is active; false when it is over.
    bool (*step)(FaultUse&) = nullptr;
    std::string_view lasts{};  // ends by itself after that long, when nothing else is said; "" is for ever
    std::vector<FaultParameter> parameters{};
};

// All of them, in the order in which they are listed.
const std::vector<Fault>& faults();
const Fault* find_fault(std::string_view name);
std::string_view name_of(ActsOn target);  // "node"; "" for the cluster

// The families, each in the file of its name.
void add_node_power_faults(std::vector<Fault>& faults);
void add_node_faults(std::vector<Fault>& faults);
void add_container_faults(std::vector<Fault>& faults);
void add_registry_faults(std::vector<Fault>& faults);
void add_control_plane_faults(std::vector<Fault>& faults);
void add_api_faults(std::vector<Fault>& faults);
void add_volume_faults(std::vector<Fault>& faults);
void add_cloud_faults(std::vector<Fault>& faults);
void add_upgrade_faults(std::vector<Fault>& faults);

}  // namespace kubetab::cluster
