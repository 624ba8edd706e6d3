// Network policies: whether one end may open a connection to another.
//
// upstream: the description of the kind; enforced as the node's network plugin does, at both ends
#pragma once

#include <cstdint>
#include <string>

#include "engine/api/kinds.h"
#include "engine/store/store.h"

namespace kubetab::cluster {

// One end of a connection. Without a pod it is a node, or somebody outside.
struct NetworkEnd {
    std::string address{};
    std::string node{};  // on which it is; "" is outside
    api::Ref<api::Pod> pod{};
};

// Whether policies let `from` reach that port of `to`. Protocols are "TCP", "UDP" and "SCTP".
bool may_connect(const store::Store& store, const NetworkEnd& from, const NetworkEnd& to, std::int32_t port,
                 std::string_view protocol);

}  // namespace kubetab::cluster
