#include "engine/session/chaos_command.h"

#include <array>
#include <utility>

namespace kubetab::session {
namespace {

constexpr std::string_view kUsage =
    "Usage: chaos FAULT\n"
    "\n"
    "  chaos stop node NAME              switch a node off\n"
    "  chaos start node NAME             switch it on again\n"
    "  chaos partition node NAME         cut a node off from the control plane; its pods go on running\n"
    "  chaos heal node NAME              end the partition\n"
    "  chaos crash pod NAME [CONTAINER]  make a container fail (-n NAMESPACE before the name)\n"
    "  chaos add node                    add a node to the cluster\n";

class Done : public sim::Process {
public:
    Done(int code, std::string out, std::string err)
        : code_(code), out_(std::move(out)), err_(std::move(err)) {}
    sim::Poll poll(sim::Io& io) override {
        if (!out_.empty()) io.out(out_);
        if (!err_.empty()) io.err(err_);
        return sim::Poll::done(code_);
    }

private:
    int code_;
    std::string out_;
    std::string err_;
};

std::unique_ptr<sim::Process> said(std::string out) {
    return std::make_unique<Done>(0, std::move(out), "");
}
std::unique_ptr<sim::Process> refused(std::string err) {
    return std::make_unique<Done>(1, "", "chaos: " + std::move(err) + "\n");
}

class Chaos : public sim::Command {
public:
    Chaos(cluster::Cluster& cluster, std::function<void(std::string)> caused)
        : cluster_(cluster), caused_(std::move(caused)) {}

    std::string_view name() const override { return "chaos"; }
    std::string_view summary() const override { return "cause a fault: stop a node, crash a container, …"; }

    std::unique_ptr<sim::Process> start(const sim::Invocation& invocation) override {
        std::vector<std::string> words(invocation.words.begin() + 1, invocation.words.end());
        if (words.empty() || words[0] == "help" || words[0] == "--help") return said(std::string(kUsage));
        if (words.size() == 2 && words[0] == "add" && words[1] == "node") {
            const std::string added = cluster_.add_node();
            caused_("add node " + added);
            return said("node/" + added + " added\n");
        }
        if (words.size() >= 2 && words[0] == "crash" && words[1] == "pod") return crash(words);
        if (words.size() == 2 && words[1] == "node") return refused("which node?");
        if (words.size() == 3 && words[1] == "node") return fault_of_node(words[0], words[2]);
        return std::make_unique<Done>(2, "", "chaos: unknown fault\n" + std::string(kUsage));
    }

    std::vector<std::string> complete(const sim::Invocation& invocation) override {
        const std::size_t at = invocation.words.size();
        if (at == 2) return {"add", "crash", "heal", "partition", "start", "stop"};
        if (at == 3) return {"node", "pod"};
        std::vector<std::string> names;
        const bool pods = invocation.words[2] == "pod";
        const api::Kind& kind = pods ? api::kind_of<api::Pod>() : api::kind_of<api::Node>();
        for (const auto& [key, object] : cluster_.store().all(kind)) names.push_back(key.name);
        return names;
    }

private:
    std::unique_ptr<sim::Process> fault_of_node(const std::string& verb, const std::string& node) {
        base::Result<void> result = base::failure(base::Reason::BadRequest, "unknown fault \"" + verb + "\"");
        if (verb == "stop") result = cluster_.stop_node(node);
        if (verb == "start") result = cluster_.start_node(node);
        if (verb == "partition") result = cluster_.partition_node(node, cluster::Link::Cut);
        if (verb == "heal") result = cluster_.partition_node(node, cluster::Link::Connected);
        if (!result.ok()) return refused(result.error().message);
        caused_(verb + " node " + node);
        static constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kPast{
            {{"stop", "stopped"}, {"start", "started"}, {"partition", "partitioned"}, {"heal", "healed"}}};
        for (const auto& [present, past] : kPast) {
            if (present == verb) return said("node/" + node + " " + std::string(past) + "\n");
        }
        return said("");
    }

    std::unique_ptr<sim::Process> crash(std::vector<std::string> words) {
        std::string space = "default";
        for (std::size_t i = 2; i + 1 < words.size(); ++i) {
            if (words[i] != "-n") continue;
            space = words[i + 1];
            words.erase(words.begin() + static_cast<std::ptrdiff_t>(i),
                        words.begin() + static_cast<std::ptrdiff_t>(i) + 2);
            break;
        }
        if (words.size() < 3) return refused("which pod?");
        const std::string container = words.size() > 3 ? words[3] : "";
        const base::Result<void> result = cluster_.crash_container({space, words[2]}, container);
        if (!result.ok()) return refused(result.error().message);
        caused_("crash pod " + words[2]);
        return said("pod/" + words[2] + " crashed\n");
    }

    cluster::Cluster& cluster_;
    std::function<void(std::string)> caused_;
};

}  // namespace

std::unique_ptr<sim::Command> make_chaos(cluster::Cluster& cluster, std::function<void(std::string)> caused) {
    return std::make_unique<Chaos>(cluster, std::move(caused));
}

}  // namespace kubetab::session
