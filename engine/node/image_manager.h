// ImageManager: which images the node has, pulling one after the other, and the back-off after a failed pull.
//
// ensure() is called again after each answer: first Waiting, then, once the worker has been woken by
// Timer::Pull, Present or Failed. Records the events of a pull.
//
// upstream: pkg/kubelet/images/image_manager.go
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/node/back_off.h"
#include "engine/node/node_context.h"
#include "engine/runtime/registry.h"

namespace kubetab::node {

struct ImageAnswer {
    enum class State { Present, Waiting, Failed } state = State::Waiting;
    runtime::ImageRef image{};
    std::string asked{};      // as the pod named it when the pull began
    std::string reference{};  // docker.io/library/nginx:1.25
    std::string reason{};     // ErrImagePull, ImagePullBackOff, ErrImageNeverPull, InvalidImageName
    std::string message{};
};

struct ImageRequest {
    std::int64_t worker = 0;
    const api::Pod* pod = nullptr;
    const api::Container* container = nullptr;
    std::string field_path{};
};

class ImageManager {
public:
    ImageManager(NodeContext& context, runtime::Registry& registry);

    ImageAnswer ensure(const ImageRequest& request);
    // The pull at the head of the queue is over. Returns its worker.
    std::int64_t pull_finished();
    // Forgets what concerns a pod that is gone.
    void forget(std::int64_t worker, const std::string& pod_uid);
    // Power was lost: pulls end without an answer; the images stay.
    void lose_pulls();
    // Takes an image without a pull. Fails like a pull.
    base::Result<void> preload(const std::string& reference);
    // The largest fifty, as the Node object lists them.
    std::vector<api::ContainerImage> list() const;
    // Removes the images that are not among those references; their bytes, each image once.
    std::int64_t remove_unused(const std::set<std::string>& used);
    // True once after the list has changed.
    bool take_changed() { return std::exchange(changed_, false); }

private:
    struct Pull {
        std::int64_t worker = 0;
        std::string container{};
        std::string pod_uid{};
        api::ObjectReference pod{};
        std::string field_path{};
        std::string image{};  // as the pod says
        runtime::ImageReference reference{};
        sim::Instant asked{};
        sim::Duration duration{};
        sim::EventId event = 0;
    };
    struct Trouble {
        BackOff back_off{};
        sim::Instant at{};
        std::string message{};
    };
    using Key = std::pair<std::int64_t, std::string>;  // worker, container

    ImageAnswer missing(const ImageRequest& request, ImageAnswer answer, const std::string& policy);
    void enqueue(const ImageRequest& request, const runtime::ImageReference& reference);
    void start_next();
    void record(const Pull& pull, client::EventType type, const char* reason, std::string message) const;

    NodeContext& context_;
    runtime::Registry& registry_;
    std::map<std::string, runtime::ImageRef> present_{};  // by complete reference
    std::deque<Pull> queue_{};
    std::map<Key, ImageAnswer> answers_{};
    std::map<std::pair<std::string, std::string>, Trouble> troubles_{};  // by pod uid and image
    bool changed_ = false;
};

// The policy that applies: what the container says, else by its tag.
std::string pull_policy(const api::Container& container);

}  // namespace kubetab::node
