// Plugin: one rule of where a pod may run, or which node suits it better.
//
// A cycle asks every plugin pre_filter() once; one that answers Skip is left out of filter(). Nodes that pass
// all filters are scored by the plugins whose pre_score() does not skip; normalise() brings a plugin's
// numbers to 0..100. What pre_filter() and pre_score() work out stays in the plugin until the next cycle:
// there is one cycle at a time. filter() names its refusal by a number, `detail`; explain() gives its texts,
// so that texts are made only when shown. useful() is the queueing hint: may this change help a pod that the
// plugin refused?
//
// upstream: pkg/scheduler/framework/interface.go
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/scheduler/cache.h"
#include "engine/scheduler/pod_info.h"

namespace kubetab::client {
class Client;
class InformerFactory;
}  // namespace kubetab::client

namespace kubetab::scheduler {

inline constexpr std::int64_t kMaxNodeScore = 100;

// Unresolvable: removing pods from the node would not help.
enum class Verdict : std::uint8_t { Fits, Unschedulable, Unresolvable };

struct Refusal {
    Verdict verdict = Verdict::Fits;
    std::uint8_t plugin = 0;  // index in the list of plugins; filled in by the framework
    std::int32_t detail = 0;  // for Plugin::explain

    bool fits() const { return verdict == Verdict::Fits; }
};

struct PreFilterResult {
    enum class Kind : std::uint8_t { Run, Skip, Reject };
    Kind kind = Kind::Run;
    Verdict verdict = Verdict::Unresolvable;  // of Reject
    std::string message{};                    // of Reject
    // Only these nodes are worth a look.
    std::optional<api::Texts> node_names{};

    static PreFilterResult run() { return {}; }
    static PreFilterResult skip() { return {.kind = Kind::Skip}; }
    static PreFilterResult reject(std::string message) {
        return {.kind = Kind::Reject, .message = std::move(message)};
    }
};

enum class ScoreNeed : std::uint8_t { Run, Skip };

// Something that happened in the cluster that may make room for a waiting pod.
struct ClusterEvent {
    enum class Kind : std::uint8_t {
        NodeAdded,
        NodeChanged,
        NodeRemoved,
        AssignedPodAdded,
        AssignedPodChanged,  // its labels, or it asks for less
        AssignedPodRemoved,
        PodItselfChanged,  // the waiting pod's labels, tolerations or gates
        StorageChanged,    // a claim, volume or class; only plugins that watch storage are asked
    };
    Kind kind = Kind::NodeAdded;
    std::uint32_t node_changes = 0;  // node_change bits
    const NodeInfo* node = nullptr;  // after the change
    const api::Node* old_node = nullptr;
    const PodInfo* pod = nullptr;  // after the change; for Removed its last state
    const PodInfo* old_pod = nullptr;
    const api::Kind* storage_kind = nullptr;
    const api::Object* storage = nullptr;

    bool concerns_node() const { return kind == Kind::NodeAdded || kind == Kind::NodeChanged; }
    bool concerns_assigned_pod() const {
        return kind == Kind::AssignedPodAdded || kind == Kind::AssignedPodChanged ||
               kind == Kind::AssignedPodRemoved;
    }
};

// What has to be done, elsewhere too, before a pod can be bound to the node that was chosen for it.
struct Preparation {
    enum class State : std::uint8_t { Ready, Waiting, Failed };
    State state = State::Ready;
    std::string message{};  // of Failed
};

class Plugin {
public:
    virtual ~Plugin() = default;
    virtual std::string_view name() const = 0;

    virtual PreFilterResult pre_filter(const PodInfo&) { return PreFilterResult::skip(); }
    // True when what pre_filter() works out depends on the pods of other nodes: it is called again when a dry
    // run adds or removes pods.
    virtual bool counts_pods() const { return false; }
    virtual Refusal filter(const PodInfo&, const NodeInfo&) { return {}; }
    // The texts of a refusal, in upstream's words.
    virtual void explain(const PodInfo&, std::int32_t, std::vector<std::string>&) const {}

    // 0: does not score.
    virtual std::int64_t weight() const { return 0; }
    virtual ScoreNeed pre_score(const PodInfo&, std::span<const NodeInfo* const>) { return ScoreNeed::Run; }
    // One number for each node, in their order.
    virtual void score(const PodInfo&, std::span<const NodeInfo* const>, std::span<std::int64_t>) {}
    virtual void normalise(std::span<std::int64_t>) {}

    virtual bool useful(const ClusterEvent&, const PodInfo&) { return true; }
    // True when useful() understands changes of claims, volumes and classes.
    virtual bool watches_storage() const { return false; }

    // Begins what the pod needs on that node. upstream: Reserve, PreBind
    virtual Preparation prepare(const PodInfo&, const NodeInfo&) { return {}; }
    // How far it has come; asked when claims change. upstream: PreBind's waiting
    virtual Preparation progress(const PodInfo&) { return {}; }
};

// What plugins see besides pod and node.
struct Surroundings {
    Cache& cache;
    client::InformerFactory& informers;
    std::int64_t services_version = 0;  // counts changes of services
    client::Client* client = nullptr;   // for what is written before a pod is bound; null: nothing can be
};

// Scales numbers so that the largest becomes 100; Reversed: 100 becomes 0.
// upstream: pkg/scheduler/framework/plugins/helper/normalize_score.go
enum class Scale : std::uint8_t { Straight, Reversed };
void normalise_to_largest(std::span<std::int64_t> scores, Scale scale);

}  // namespace kubetab::scheduler
