#include "engine/runtime/programs/kuard_memq.h"

#include <fmt/format.h>

#include "engine/base/json.h"
#include "engine/runtime/container_log.h"

namespace kubetab::runtime {

using base::Json;

HttpResponse MemoryQueues::serve(const HttpRequest& request, std::string_view path, sim::Instant now) {
    if (path == "/stats") return HttpResponse::json(200, stats());
    const std::string_view prefix = "/queues/";
    if (!path.starts_with(prefix)) return HttpResponse::text(404, "404 page not found\n");
    path.remove_prefix(prefix.size());
    const std::size_t slash = path.find('/');
    const std::string name(path.substr(0, slash));
    if (slash != std::string_view::npos) return on_queue(request, name, path.substr(slash + 1), now);
    if (request.method == "PUT") {
        const bool added = queues_.try_emplace(name).second;
        return added ? HttpResponse::text(200, "") : HttpResponse::text(400, "already exists\n");
    }
    if (request.method == "DELETE") {
        return queues_.erase(name) > 0 ? HttpResponse::text(200, "")
                                       : HttpResponse::text(400, "does not exist\n");
    }
    return HttpResponse::text(405, "Method Not Allowed\n");
}

HttpResponse MemoryQueues::on_queue(const HttpRequest& request, const std::string& name,
                                    std::string_view action, sim::Instant now) {
    if (request.method != "POST") return HttpResponse::text(405, "Method Not Allowed\n");
    const auto found = queues_.find(name);
    if (found == queues_.end()) return HttpResponse::text(400, "does not exist\n");
    Queue& queue = found->second;
    const auto as_json = [](const Message& message) {
        return Json{{"kind", "message"},
                    {"id", message.id},
                    {"body", message.body},
                    {"creationTimestamp", message.created}}
            .dump();
    };
    if (action == "enqueue") {
        if (queue.messages.size() >= kMaxMessages) return HttpResponse::text(500, "queue is full\n");
        ++queue.enqueued;
        queue.messages.push_back({fmt::format("{:032x}", ++last_id_ * 0x9e3779b97f4a7c15ULL), request.body,
                                  format_nanoseconds(now)});
        return HttpResponse::json(200, as_json(queue.messages.back()));
    }
    if (action == "dequeue") {
        if (queue.messages.empty()) return HttpResponse::text(204, "");
        ++queue.dequeued;
        const Message message = queue.messages.front();
        queue.messages.pop_front();
        return HttpResponse::json(200, as_json(message));
    }
    if (action == "drain") {
        queue.drained += static_cast<std::int64_t>(queue.messages.size());
        queue.messages.clear();
        return HttpResponse::text(200, "");
    }
    return HttpResponse::text(404, "404 page not found\n");
}

std::string MemoryQueues::stats() const {
    Json list = Json::array();
    for (const auto& [name, queue] : queues_) {
        list.push_back({{"name", name},
                        {"depth", queue.messages.size()},
                        {"enqueued", queue.enqueued},
                        {"dequeued", queue.dequeued},
                        {"drained", queue.drained}});
    }
    return Json{{"kind", "stats"}, {"queues", list}}.dump();
}

}  // namespace kubetab::runtime
