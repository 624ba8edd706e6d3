// What the cluster panel shows, worked out from a View: nodes with their pods, pods that wait, services. No
// drawing.
#pragma once

#include <map>
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
    std::vector<PodTile> pods{};
    std::vector<PodTile> system_pods{};
};

struct WaitingPod {
    PodTile tile{};
    std::string reason{};  // why it has no node yet
};

struct ServiceChip {
    api::ObjectKey key{};
    std::string address{};
    std::size_t endpoints = 0;
};

struct ClusterModel {
    std::vector<NodeCard> nodes{};
    std::vector<WaitingPod> waiting{};
    std::vector<ServiceChip> services{};
    std::string summary{};  // "8 pods running · 1 pending"
    std::size_t pod_count = 0;
};

ClusterModel make_cluster_model(const session::View& view);

PodState state_of(const api::Pod& pod);
// The STATUS column of `kubectl get pods`, for the usual cases.
std::string word_of(const api::Pod& pod);
// ● ◔ ◌ ✕ ?
const char* glyph_of(PodState state);
// "1.8" of a node's CPU, "5.0 Gi" of its memory.
std::string cpu_text(std::int64_t milli);
std::string memory_text(std::int64_t bytes);

}  // namespace kubetab::web
