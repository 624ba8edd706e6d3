// Ephemeral containers as the kubelet starts them: like any other container, but once and for all.
// upstream: pkg/kubelet/kuberuntime/kuberuntime_manager.go ephemeralContainerStartSpec
#pragma once

#include <optional>
#include <string_view>

#include "engine/api/core/pod.h"

namespace kubetab::node {

// What it has in common with the others.
api::Container as_container(const api::EphemeralContainer& ephemeral);
// The ephemeral container of that name, if there is one.
std::optional<api::Container> find_ephemeral(const api::PodSpec& spec, std::string_view name);

}  // namespace kubetab::node
