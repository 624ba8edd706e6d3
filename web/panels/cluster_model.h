// What the cluster panel shows, worked out from a View: nodes with their pods, pods that wait, services. No
// drawing.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/session/view.h"

namespace kubetab::web {

enum class PodState { Ready, Coming, Pending, Failing, Unknown, Ending, Done };

struct PodTile {
    api::ObjectKey key{};
    std::string title{};   // the end of the name that tells it from its siblings
    std::string detail{};  // the owner's name, or what it is doing
    PodState state = PodState::Pending;
    std::string word{};     // the state in a word: Running, ImagePullBackOff, …
    std::string reason{};   // why it has no node yet
    std::size_t owner = 0;  // number of its owner in order of appearance, for the colour
    bool system = false;    // of kube-system
    std::int64_t restarts = 0;
};

struct NodeCard {
    std::string name{};
    bool ready = false;
    bool known = true;  // false: Ready is Unknown
    bool cordoned = false;
    std::string status{};       // "Ready · 4 pods", "NotReady · 6m2s"
    std::int64_t cpu_used = 0;  // milli, what its pods ask for
    std::int64_t cpu_total = 0;
    std::int64_t memory_used = 0;  // bytes
    std::int64_t memory_total = 0;
    std::vector<const PodTile*> pods{};
    std::vector<const PodTile*> system_pods{};
};

struct ServiceChip {
    api::ObjectKey key{};
    std::string address{};
    std::size_t endpoints = 0;
};

struct ClusterModel {
    std::vector<NodeCard> nodes{};
    std::vector<const PodTile*> waiting{};  // for a node
    std::vector<ServiceChip> services{};
    std::string summary{};  // "8 pods running · 1 pending"
    std::size_t pod_count = 0;
};

// Works out one model after the other. What it finds out about a pod it keeps until the pod is written again:
// of a thousand pods only some differ from one frame to the next.
class ClusterModeler {
public:
    // Valid until the next call; so are the tiles that the model points to.
    const ClusterModel& model_of(const session::View& view);

private:
    // Numbers for names, from 0 on.
    class Numbers {
    public:
        std::size_t of(const std::string& name);
        const std::size_t* find(const std::string& name) const;
        std::size_t size() const { return numbers_.size(); }
        void clear() { numbers_.clear(); }

    private:
        std::map<std::string, std::size_t> numbers_{};
        std::map<std::string, std::size_t>::const_iterator last_{};  // asked for; often the next is the same
    };
    struct KnownPod {
        api::Ref<api::Object> pod{};
        PodTile tile{};
        PodState state{};        // without regard to its node
        bool finished = false;   // takes nothing of its node any more
        std::size_t family = 0;  // numbers
        std::size_t node = 0;
        std::int64_t cpu = 0;
        std::int64_t memory = 0;
    };

    void follow_pods(const api::ObjectMap& pods);
    // `before` is what was known of the pod before it was written, or null.
    std::unique_ptr<KnownPod> known(const api::Ref<api::Object>& object, const KnownPod* before);
    void add_pods();

    ClusterModel model_{};
    std::vector<std::unique_ptr<KnownPod>> pods_{};  // in the order of their keys
    Numbers families_{};
    Numbers nodes_{};
};

PodState state_of(const api::Pod& pod);
// The STATUS column of `kubectl get pods`, for the usual cases.
std::string word_of(const api::Pod& pod);
// ● ◔ ◌ ✕ ?
const char* glyph_of(PodState state);
// "1.8" of a node's CPU, "5.0 Gi" of its memory.
std::string cpu_text(std::int64_t milli);
std::string memory_text(std::int64_t bytes);

}  // namespace kubetab::web
