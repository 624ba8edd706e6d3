// Requests that the API server passes on to pods and nodes, at the machine that they reach.
#pragma once

#include "engine/api/kinds.h"
#include "engine/base/status.h"
#include "engine/node/kubelet.h"
#include "engine/server/rest/proxying.h"

namespace kubetab::cluster {

// The machine is null when there is none. A failure is what Go says when it cannot connect.
base::Result<server::ForwardedAnswer> ask_pod(node::Kubelet* machine, const api::Pod& pod,
                                              const server::ForwardedRequest& request);
base::Result<server::ForwardedAnswer> ask_node(node::Kubelet* machine, const api::Node& node,
                                               const server::ForwardedRequest& request);

}  // namespace kubetab::cluster
