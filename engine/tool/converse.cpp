// kubetab converse: a session driven by another program, one JSON text a line.
//
//   {"run": "kubectl get pods", "limit_ms": 60000}  → {"code": 0, "out": "…", "err": "…"}
//   {"advance_ms": 300}                              → {}
//   {"put": "/home/learner/a.yaml", "text": "…"}      → {}
#include <cstdio>
#include <iostream>

#include "engine/base/json.h"
#include "engine/session/script_session.h"
#include "engine/tool/cluster_flags.h"
#include "engine/tool/tool.h"

namespace kubetab::tool {
namespace {

using base::Json;

constexpr std::int64_t kDefaultLimitMs = 60'000;

// The directories above a path.
base::Result<void> put(session::ScriptSession& session, const std::string& path, const std::string& text) {
    shell::MemoryFiles& files = session.workstation().files();
    const std::size_t slash = path.rfind('/');
    if (slash != std::string::npos && slash > 0) TRY(files.make_directories(path.substr(0, slash)));
    TRY(files.put(path, text));
    return {};
}

Json answer(session::ScriptSession& session, const Json& request) {
    if (base::find(request, "run") != nullptr) {
        const sim::Duration limit = sim::milliseconds(base::int_at(request, {"limit_ms"}, kDefaultLimitMs));
        const int code = session.run(base::text_at(request, {"run"}), limit);
        return {{"code", code}, {"out", session.take_output()}, {"err", session.take_errors()}};
    }
    if (base::find(request, "advance_ms") != nullptr) {
        session.advance(sim::milliseconds(base::int_at(request, {"advance_ms"})));
        return Json::object();
    }
    if (base::find(request, "put") != nullptr) {
        const auto done = put(session, base::text_at(request, {"put"}), base::text_at(request, {"text"}));
        return done ? Json::object() : Json{{"error", done.error().message}};
    }
    return {{"error", "no such request"}};
}

}  // namespace

int converse(const std::vector<std::string>& words) {
    cluster::ClusterSpec spec;
    for (const std::string& word : words) {
        if (!read_cluster_flag(word, spec)) {
            std::fputs(
                "kubetab: converse [--no-system-pods] [--quick-pulls] [--hollow-nodes] [--apis=2017] "
                "[--cloud[=MIN:MAX]]\n"
                "                  [--node-address=IP]\n",
                stderr);
            return 2;
        }
    }
    session::ScriptSession session(spec);
    std::string line;
    while (std::getline(std::cin, line)) {
        const auto request = base::parse_json(line);
        const Json reply = request ? answer(session, *request) : Json{{"error", request.error().message}};
        std::cout << reply.dump(-1, ' ', false, Json::error_handler_t::replace) << std::endl;
    }
    return 0;
}

}  // namespace kubetab::tool
