#include "engine/session/chaos_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "engine/api/core/persistent_volume_claim.h"
#include "engine/cluster/faults/fault_board.h"

namespace kubetab::session {
namespace {

using cluster::ActsOn;
using cluster::Fault;
using cluster::FaultBoard;

constexpr std::string_view kChaosUsage =
    "Usage: chaos FAULT [TARGET] [PARAMETER=VALUE…] [for=DURATION]\n"
    "\n"
    "  chaos list                        every fault, and what can be chosen\n"
    "  chaos status                      the faults that are active now\n"
    "  chaos end FAULT [TARGET]          end one\n"
    "  chaos end all                     end all of them\n"
    "\n"
    "A pod or claim of another namespace is named NAMESPACE/NAME, or with -n NAMESPACE.\n"
    "\n"
    "The most frequent ones in words:\n"
    "\n"
    "  chaos stop node NAME              switch a node off\n"
    "  chaos start node NAME             switch it on again\n"
    "  chaos partition node NAME         cut a node off from the control plane; its pods go on running\n"
    "  chaos heal node NAME              end the partition\n"
    "  chaos crash pod NAME [CONTAINER]  make a container fail\n"
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

// What was typed behind the fault's name.
struct Words {
    std::vector<std::string> targets{};
    FaultBoard::Values values{};
    std::string namespace_ = "default";
    std::string problem{};
};

Words read_words(const std::vector<std::string>& words, std::size_t from) {
    Words read;
    for (std::size_t i = from; i < words.size(); ++i) {
        const std::string& word = words[i];
        const std::size_t equals = word.find('=');
        if (word == "-n" || word == "--namespace") {
            if (++i < words.size()) read.namespace_ = words[i];
            else read.problem = "-n needs a namespace";
        } else if (word.starts_with("-")) {
            read.problem = "unknown flag: " + word;
        } else if (equals != std::string::npos) {
            read.values.insert_or_assign(word.substr(0, equals), word.substr(equals + 1));
        } else {
            read.targets.push_back(word);
        }
    }
    return read;
}

// "node-2", "default/web", "nginx:1.25"
std::string full_target(const Fault& fault, const Words& words) {
    if (words.targets.empty()) return "";
    std::string target = words.targets.front();
    const bool namespaced =
        fault.acts_on == ActsOn::Pod || fault.acts_on == ActsOn::Claim || fault.acts_on == ActsOn::Service;
    const std::string_view kind = cluster::name_of(fault.acts_on);
    if (fault.acts_on != ActsOn::Image && target.starts_with(std::string(kind) + "/"))
        target.erase(0, kind.size() + 1);
    if (namespaced && target.find('/') == std::string::npos) target = words.namespace_ + "/" + target;
    return target;
}

// "node/node-2", "pod/web", "image nginx:1.25"
std::string shown_target(const Fault& fault, const std::string& target) {
    if (fault.acts_on == ActsOn::Image) return "image " + target;
    const std::string shown = target.starts_with("default/") ? target.substr(8) : target;
    return std::string(cluster::name_of(fault.acts_on)) + "/" + shown;
}

std::string parameters_of(const Fault& fault) {
    std::string text;
    for (const cluster::FaultParameter& parameter : fault.parameters) {
        text += fmt::format(" [{}={}]", parameter.name, parameter.usual.empty() ? "NAME" : parameter.usual);
    }
    if (!fault.lasts.empty()) text += fmt::format(" [for={}]", fault.lasts);
    return text;
}

std::string list_text() {
    std::string text;
    for (const Fault& fault : cluster::faults()) {
        std::string target(cluster::name_of(fault.acts_on));
        if (fault.acts_on == ActsOn::Claim) target = "claim";
        std::transform(target.begin(), target.end(), target.begin(),
                       [](char c) { return static_cast<char>(c - 'a' + 'A'); });
        const std::string usage =
            std::string(fault.name) + (target.empty() ? "" : " " + target) + parameters_of(fault);
        text += fmt::format("{:<48} {}{}\n", usage, fault.help, fault.end == nullptr ? " (at once)" : "");
    }
    return text;
}

class Chaos : public sim::Command {
public:
    Chaos(cluster::Cluster& cluster, std::function<void(std::string)> caused)
        : cluster_(cluster), caused_(std::move(caused)) {}

    std::string_view name() const override { return "chaos"; }
    std::string_view summary() const override { return "cause a fault: stop a node, crash a container, …"; }

    std::unique_ptr<sim::Process> start(const sim::Invocation& invocation) override {
        const std::vector<std::string> words(invocation.words.begin() + 1, invocation.words.end());
        if (words.empty() || words[0] == "help" || words[0] == "--help" || words[0] == "-h")
            return said(std::string(kChaosUsage));
        if (words.size() == 2 && words[0] == "add" && words[1] == "node") {
            const std::string added = cluster_.add_node();
            caused_("add node " + added);
            return said("node/" + added + " added\n");
        }
        if (words.size() == 1 && words[0] == "list") return said(list_text());
        if (words.size() == 1 && words[0] == "status") return said(status_text());
        if (words[0] == "end") return end(words);
        if (words.size() >= 2 && words[0] == "crash" && words[1] == "pod") return crash(words);
        if (words.size() == 2 && words[1] == "node") return refused("which node?");
        if (words.size() == 3 && words[1] == "node") return node_in_words(words[0], words[2]);
        return begin(words);
    }

    std::vector<std::string> complete(const sim::Invocation& invocation) override;

private:
    // Words for who typed "stop node".
    struct Spelling {
        std::string_view verb;
        std::string_view past;
        std::string_view fault;
        bool ends;
    };
    static constexpr std::array<Spelling, 4> kSpellings{
        {{"stop", "stopped", "node-crash", false},
         {"start", "started", "node-crash", true},
         {"partition", "partitioned", "node-partition", false},
         {"heal", "healed", "node-partition", true}}};

    base::Result<const Fault*> fault_named(const std::string& name) const {
        const Fault* fault = cluster::find_fault(name);
        if (fault != nullptr) return fault;
        return base::failure(base::Reason::BadRequest,
                             "there is no fault \"" + name + "\"; `chaos list` shows all");
    }

    std::unique_ptr<sim::Process> begin(const std::vector<std::string>& words) {
        const base::Result<const Fault*> fault = fault_named(words[0]);
        if (!fault.ok()) return refused(fault.error().message);
        const Words read = read_words(words, 1);
        if (!read.problem.empty()) return refused(read.problem);
        if (read.targets.size() > 1)
            return refused("one target at a time, not also \"" + read.targets[1] + "\"");
        const std::string target = full_target(**fault, read);
        const base::Result<void> begun = cluster_.faults().begin(**fault, target, read.values);
        if (!begun.ok()) return refused(begun.error().message);
        const std::string verb = (*fault)->end == nullptr ? " done" : " begun";
        return said(std::string((*fault)->name) + verb +
                    (target.empty() ? "" : ": " + shown_target(**fault, target)) + "\n");
    }

    std::unique_ptr<sim::Process> end(const std::vector<std::string>& words) {
        if (words.size() == 1) return refused("which fault? `chaos status` shows the active ones");
        if (words.size() == 2 && words[1] == "all") {
            const int ended = cluster_.faults().end_all();
            return said(fmt::format("{} fault{} ended\n", ended, ended == 1 ? "" : "s"));
        }
        const base::Result<const Fault*> fault = fault_named(words[1]);
        if (!fault.ok()) return refused(fault.error().message);
        const Words read = read_words(words, 2);
        if (!read.problem.empty()) return refused(read.problem);
        const std::string target = full_target(**fault, read);
        const base::Result<void> ended = cluster_.faults().end(**fault, target);
        if (!ended.ok()) return refused(ended.error().message);
        return said(std::string((*fault)->name) + " ended" +
                    (target.empty() ? "" : ": " + shown_target(**fault, target)) + "\n");
    }

    std::unique_ptr<sim::Process> node_in_words(const std::string& verb, const std::string& node) {
        const auto spelling = std::find_if(kSpellings.begin(), kSpellings.end(),
                                           [&](const Spelling& one) { return one.verb == verb; });
        if (spelling == kSpellings.end()) return refused("there is no fault \"" + verb + " node\"");
        if (cluster_.kubelet(node) == nullptr)
            return refused(server::not_found(api::kind_of<api::Node>(), node).message);
        const Fault& fault = *cluster::find_fault(spelling->fault);
        FaultBoard& board = cluster_.faults();
        if (spelling->ends) {
            // Whatever keeps it off.
            for (const std::string_view name : {"node-crash", "node-reboot", "kubelet-down"}) {
                if (verb == "start" && board.is_active(name, node))
                    (void)board.end(*cluster::find_fault(name), node);
            }
            if (verb == "heal" && board.is_active(fault.name, node)) (void)board.end(fault, node);
        } else if (const base::Result<void> begun = board.begin(fault, node, {}); !begun.ok()) {
            return refused(begun.error().message);
        }
        return said("node/" + node + " " + std::string(spelling->past) + "\n");
    }

    std::unique_ptr<sim::Process> crash(const std::vector<std::string>& words) {
        const Words read = read_words(words, 2);
        if (!read.problem.empty()) return refused(read.problem);
        if (read.targets.empty()) return refused("which pod?");
        const Fault& fault = *cluster::find_fault("container-crash");
        FaultBoard::Values values = read.values;
        if (read.targets.size() > 1) values["container"] = read.targets[1];
        const base::Result<void> begun = cluster_.faults().begin(fault, full_target(fault, read), values);
        if (!begun.ok()) return refused(begun.error().message);
        return said("pod/" + read.targets[0] + " crashed\n");
    }

    std::string status_text() const {
        std::string text;
        for (const auto& [key, active] : cluster_.faults().active()) {
            const std::int64_t seconds = (cluster_.now() - active.use.since).whole_seconds();
            std::string line = std::string(active.fault->name);
            if (!active.use.target.empty()) line += " " + shown_target(*active.fault, active.use.target);
            for (const auto& [name, value] : active.use.values) {
                if (!value.empty()) line += " " + name + "=" + value;
            }
            text += fmt::format("{:<48} for {}s", line, seconds);
            if (active.until)
                text += fmt::format(", {}s to go", (*active.until - cluster_.now()).whole_seconds());
            text += "\n";
        }
        return text.empty() ? "No fault is active.\n" : text;
    }

    void add_targets(ActsOn acts_on, std::vector<std::string>& names) const;

    cluster::Cluster& cluster_;
    std::function<void(std::string)> caused_;
};

void Chaos::add_targets(ActsOn acts_on, std::vector<std::string>& names) const {
    if (acts_on == ActsOn::Node) {
        for (const std::string& machine : cluster_.machines()) names.push_back(machine);
    } else if (acts_on == ActsOn::Image) {
        for (const auto& [repository, tags] : cluster_.platform().registry.tags()) {
            for (const std::string& tag : tags) names.push_back(repository + ":" + tag);
        }
    } else if (acts_on != ActsOn::Cluster) {
        const api::Kind& kind =
            acts_on == ActsOn::Pod ? api::kind_of<api::Pod>() : api::kind_of<api::PersistentVolumeClaim>();
        for (const auto& [key, object] : cluster_.store().all(kind)) {
            names.push_back(key.namespace_ == "default" ? key.name.str() : key.text());
        }
    }
}

std::vector<std::string> Chaos::complete(const sim::Invocation& invocation) {
    const std::vector<std::string>& words = invocation.words;
    std::vector<std::string> names;
    const bool ending = words.size() > 2 && words[1] == "end";
    const std::size_t fault_at = ending ? 2 : 1;
    if (words.size() == 2) {
        names = {"add", "crash", "end", "heal", "list", "partition", "start", "status", "stop"};
        for (const Fault& fault : cluster::faults()) names.emplace_back(fault.name);
    } else if (ending && words.size() == 3) {
        names.emplace_back("all");
        for (const auto& [key, active] : cluster_.faults().active()) names.push_back(key.first);
    } else if (const Fault* fault = cluster::find_fault(words[fault_at])) {
        if (words.size() == fault_at + 2) add_targets(fault->acts_on, names);
        if (!ending) {
            for (const cluster::FaultParameter& parameter : fault->parameters)
                names.push_back(std::string(parameter.name) + "=");
            if (fault->end != nullptr) names.emplace_back("for=");
        }
    } else if (words.size() == 3) {
        names = words[1] == "crash" ? std::vector<std::string>{"pod"} : std::vector<std::string>{"node"};
    } else if (words.size() == 4 && words[1] != "add") {
        add_targets(words[2] == "pod" ? ActsOn::Pod : ActsOn::Node, names);
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

}  // namespace

std::unique_ptr<sim::Command> make_chaos(cluster::Cluster& cluster, std::function<void(std::string)> caused) {
    cluster.faults().on_change(caused);
    return std::make_unique<Chaos>(cluster, std::move(caused));
}

}  // namespace kubetab::session
