// What stands behind a volume that outlives its pod: a claim's PersistentVolume, a directory of the node, a
// share of a file server; and what keeps it from being mounted.
//
// upstream: pkg/kubelet/volumemanager/populator/desired_state_of_world_populator.go,
// pkg/volume/{hostpath,csi}
#pragma once

#include <optional>
#include <string>

#include "engine/api/storage_systems.h"
#include "engine/node/node_context.h"

namespace kubetab::node {

struct VolumeBacking {
    enum class State {
        Ready,
        Unknown,   // the pod names what does not exist or is not ready to be used
        Detached,  // the node waits for it to be attached
        Broken     // mounting it fails
    };
    State state = State::Ready;
    std::string name{};     // in messages: the PersistentVolume's, or the pod's own name for the volume
    std::string message{};  // of Unknown and Broken
    api::StoragePlace place{};
    std::string host_type{};  // of a directory of the node: what must be there or is made
};

// Nothing for a volume that lives and dies with the pod.
std::optional<VolumeBacking> backing_of(const NodeContext& context, const api::Pod& pod,
                                        const api::Volume& volume);
// Makes what the type of a directory of the node asks for, or says what is wrong with what is there.
std::string prepare_host_path(const VolumeBacking& backing, shell::MemoryFiles& files);

}  // namespace kubetab::node
