// Forwarded ports: connections from outside to what listens inside of a pod, through its kubelet.
//
// Bytes that are HTTP are served by the program that listens there; a program that speaks something else
// hangs up. A connection ends with its pod, and all of them with the kubelet's process.
//
// upstream: pkg/kubelet/kubelet.go GetPortForward; containerd
// internal/cri/server/sandbox_portforward_linux.go
#pragma once

#include <memory>

#include "engine/api/transport.h"
#include "engine/node/kubelet.h"

namespace kubetab::node {

// The kubelet outlives what it returns.
base::Result<std::unique_ptr<api::PortForward>> forward_ports(Kubelet& kubelet, const api::ObjectKey& pod);

}  // namespace kubetab::node
