// LocalPorts: what listens on the learner's own machine ("localhost"), such as kubectl port-forward.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <utility>

#include "engine/sim/byte_stream.h"

namespace kubetab::sim {

class LocalPorts {
public:
    // Makes the near end of a new connection, or null when whoever listens refuses it.
    using Accept = std::function<std::unique_ptr<ByteStream>()>;

    // False when something listens there already.
    bool listen(std::int32_t port, Accept accept) { return accepts_.emplace(port, std::move(accept)).second; }
    void close(std::int32_t port) { accepts_.erase(port); }
    bool listens(std::int32_t port) const { return accepts_.contains(port); }
    // Null when nobody listens.
    std::unique_ptr<ByteStream> connect(std::int32_t port) const {
        const auto found = accepts_.find(port);
        return found == accepts_.end() ? nullptr : found->second();
    }

private:
    std::map<std::int32_t, Accept> accepts_{};
};

}  // namespace kubetab::sim
