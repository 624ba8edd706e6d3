// The message queues of kuard, in memory: lost when its container ends.
//
// upstream: github.com/kubernetes-up-and-running/kuard pkg/memq
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>

#include "engine/runtime/http.h"
#include "engine/sim/time.h"

namespace kubetab::runtime {

class MemoryQueues {
public:
    static constexpr std::size_t kMaxMessages = 10'000;

    // Answers what stands below /memq/server.
    HttpResponse serve(const HttpRequest& request, std::string_view path, sim::Instant now);

private:
    struct Message {
        std::string id{};
        std::string body{};
        std::string created{};
    };
    struct Queue {
        std::deque<Message> messages{};
        std::int64_t enqueued = 0;
        std::int64_t dequeued = 0;
        std::int64_t drained = 0;
    };

    HttpResponse on_queue(const HttpRequest& request, const std::string& name, std::string_view action,
                          sim::Instant now);
    std::string stats() const;

    std::map<std::string, Queue> queues_{};
    std::uint64_t last_id_ = 0;
};

}  // namespace kubetab::runtime
