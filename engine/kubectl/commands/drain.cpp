// drain: cordons nodes and evicts their pods.
// upstream: staging/src/k8s.io/kubectl/pkg/cmd/drain/drain.go, pkg/drain/drain.go
#include <fmt/format.h>

#include <algorithm>

#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/commands/cordon.h"
#include "engine/kubectl/commands/drain_filters.h"
#include "engine/kubectl/printer.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

constexpr sim::Duration kRetry = sim::seconds(5);      // after a disruption budget said no
constexpr sim::Duration kLookAgain = sim::seconds(1);  // whether an evicted pod has gone

enum class Stage { Evict, Leave, Done, Failed };

// One pod on its way off the node.
struct Departure {
    PodReference pod{};
    Stage stage = Stage::Evict;
    sim::Instant next{};
    std::string error{};
};

class DrainProcess : public sim::Process {
public:
    DrainProcess(Context& context, std::vector<Info> nodes, DryRun dry_run, bool by_eviction)
        : context_(context), nodes_(std::move(nodes)), dry_run_(dry_run), by_eviction_(by_eviction) {}

    sim::Poll poll(sim::Io& io) override {
        while (next_ < nodes_.size()) {
            if (!planned_ && !plan(io)) continue;
            step(io);
            if (unfinished()) return sim::Poll::change(wake());
            finish(io);
        }
        return end(io);
    }

private:
    std::string removing() const { return by_eviction_ ? "evicting" : "deleting"; }

    // Lists the node's pods. False when the node is done with already.
    bool plan(sim::Io& io) {
        const base::Result<DrainPlan> plan = plan_drain(context_, nodes_[next_].name);
        if (!plan.ok() || !plan->errors.empty()) {
            give_up(io, plan.ok() ? plan->errors : std::vector<std::string>{plan.error().message});
            return false;
        }
        if (!plan->warnings.empty()) context_.warn(plan->warnings);
        departures_.clear();
        for (const PodReference& pod : plan->pods) {
            if (dry_run_ == DryRun::Client) {
                io.out(fmt::format("evicting pod {} (dry run)\n", pod.text()));
            } else {
                departures_.push_back({pod, Stage::Evict, io.now(), ""});
            }
        }
        const sim::Duration timeout = context_.flags.duration("timeout");
        deadline_.reset();
        if (timeout.ns > 0) deadline_ = io.now() + timeout;
        planned_ = true;
        return true;
    }

    void step(sim::Io& io) {
        const bool too_late = deadline_ && io.now() >= *deadline_;
        for (Departure& departure : departures_) {
            if (departure.stage == Stage::Evict && departure.next <= io.now() && !too_late)
                evict(io, departure);
        }
        for (Departure& departure : departures_) {
            if (departure.stage == Stage::Leave) look(io, departure);
        }
        if (!too_late) return;
        for (Departure& departure : departures_) {
            if (departure.stage != Stage::Evict && departure.stage != Stage::Leave) continue;
            fail(departure, fmt::format("global timeout reached: {}", context_.flags.text("timeout")));
        }
    }

    void fail(Departure& departure, const std::string& why) {
        departure.stage = Stage::Failed;
        departure.error = fmt::format("error when {} pods/\"{}\" -n \"{}\": {}", removing(),
                                      departure.pod.name, departure.pod.namespace_, why);
    }

    base::Result<base::Json> request_removal(const PodReference& pod) {
        const std::string path = "/api/v1/namespaces/" + pod.namespace_ + "/pods/" + pod.name;
        base::Json options = base::Json::object();
        if (context_.flags.number("grace-period") >= 0) {
            options["gracePeriodSeconds"] = context_.flags.number("grace-period");
        }
        if (dry_run_ == DryRun::Server) options["dryRun"] = base::Json::array({"All"});
        if (!by_eviction_) return delete_object(context_, path, options);
        base::Json eviction{{"apiVersion", "policy/v1"},
                            {"kind", "Eviction"},
                            {"metadata", {{"name", pod.name}, {"namespace", pod.namespace_}}}};
        if (!options.empty()) eviction["deleteOptions"] = options;
        return post_json(context_, path + "/eviction", eviction);
    }

    void evict(sim::Io& io, Departure& departure) {
        const PodReference& pod = departure.pod;
        const std::string suffix = dry_run_ == DryRun::Server ? " (server dry run)" : "";
        if (by_eviction_) io.out(fmt::format("evicting pod {}{}\n", pod.text(), suffix));
        const base::Result<base::Json> answer = request_removal(pod);
        if (answer.ok()) {
            departure.stage = Stage::Leave;
        } else if (answer.error().reason == base::Reason::NotFound) {
            departure.stage = Stage::Done;
        } else if (answer.error().reason == base::Reason::TooManyRequests) {
            io.err(fmt::format("error when evicting pods/\"{}\" -n \"{}\" (will retry after 5s): {}\n",
                               pod.name, pod.namespace_, answer.error().message));
            departure.next = io.now() + kRetry;
        } else {
            fail(departure, answer.error().message);
        }
    }

    void look(sim::Io& io, Departure& departure) {
        const PodReference& pod = departure.pod;
        if (dry_run_ == DryRun::None) {
            const base::Result<base::Json> still =
                get_json(context_, "/api/v1/namespaces/" + pod.namespace_ + "/pods/" + pod.name);
            const bool gone = !still.ok() ? still.error().reason == base::Reason::NotFound
                                          : base::text_at(*still, {"metadata", "uid"}) != pod.uid;
            if (!gone && still.ok()) return;
            if (!gone) return fail(departure, still.error().message);
        }
        departure.stage = Stage::Done;
        io.out(fmt::format("pod/{} {}{}\n", pod.name, by_eviction_ ? "evicted" : "deleted",
                           dry_run_ == DryRun::Server ? " (server dry run)" : ""));
    }

    bool unfinished() const {
        return std::any_of(departures_.begin(), departures_.end(), [](const Departure& departure) {
            return departure.stage == Stage::Evict || departure.stage == Stage::Leave;
        });
    }

    std::optional<sim::Instant> wake() const {
        std::optional<sim::Instant> soonest = deadline_;
        for (const Departure& departure : departures_) {
            if (departure.stage == Stage::Done || departure.stage == Stage::Failed) continue;
            const sim::Instant at =
                departure.stage == Stage::Evict ? departure.next : context_.now() + kLookAgain;
            if (!soonest || at < *soonest) soonest = at;
        }
        return soonest;
    }

    void finish(sim::Io& io) {
        std::vector<std::string> errors;
        for (const Departure& departure : departures_) {
            if (departure.stage == Stage::Failed) errors.push_back(departure.error);
        }
        if (errors.empty()) {
            const base::Result<void> printed =
                print_result(context_, nodes_[next_], nodes_[next_].object, "drained");
            if (!printed.ok()) io.err(error_text({printed.error()}));
            advance();
            return;
        }
        const base::Result<DrainPlan> pending = plan_drain(context_, nodes_[next_].name);
        if (pending.ok() && !pending->pods.empty()) {
            io.err(fmt::format("There are pending pods in node \"{}\" when an error occurred: {}\n",
                               nodes_[next_].name, together(errors)));
            for (const PodReference& pod : pending->pods) io.err("pod/" + pod.name + "\n");
        }
        give_up(io, errors);
    }

    static std::string together(const std::vector<std::string>& errors) {
        return errors.size() == 1 ? errors.front() : "[" + join(errors, ", ") + "]";
    }

    void give_up(sim::Io& io, const std::vector<std::string>& errors) {
        io.err(fmt::format("error: unable to drain node \"{}\" due to error: {}, continuing command...\n",
                           nodes_[next_].name, together(errors)));
        remaining_.push_back(nodes_[next_].name);
        fatal_.insert(fatal_.end(), errors.begin(), errors.end());
        advance();
    }

    void advance() {
        ++next_;
        planned_ = false;
        departures_.clear();
    }

    sim::Poll end(sim::Io& io) {
        if (remaining_.empty()) return sim::Poll::done(0);
        io.err("There are pending nodes to be drained:\n");
        for (const std::string& node : remaining_) io.err(" " + node + "\n");
        for (const std::string& error : fatal_) io.err(error + "\n");
        return sim::Poll::done(1);
    }

    Context& context_;
    std::vector<Info> nodes_;
    DryRun dry_run_;
    bool by_eviction_;
    std::size_t next_ = 0;
    bool planned_ = false;
    std::vector<Departure> departures_{};
    std::optional<sim::Instant> deadline_{};
    std::vector<std::string> remaining_{};
    std::vector<std::string> fatal_{};
};

Outcome run(Context& context) {
    const base::Result<void> allowed = require_nodes(context);
    if (!allowed.ok()) return allowed.error();
    const base::Result<DryRun> dry_run = dry_run_of(context);
    if (!dry_run.ok()) return dry_run.error();
    Found found = find_nodes(context);
    if (!found.errors.empty()) return found.errors;
    for (const Info& node : found.infos) {
        const base::Result<void> done = set_unschedulable(context, node, true, *dry_run);
        if (!done.ok()) return done.error();
    }
    const base::Result<const Discovery*> discovery = context.discovery();
    if (!discovery.ok()) return discovery.error();
    const ApiResource* pods = (*discovery)->find_kind("v1", "Pod");
    const bool by_eviction =
        pods != nullptr && pods->has_subresource("eviction") && !context.flags.truth("disable-eviction");
    return std::make_unique<DrainProcess>(context, std::move(found.infos), *dry_run, by_eviction);
}

}  // namespace

CommandSpec drain_command() {
    CommandSpec command;
    command.path = "drain";
    command.summary = "Drain node in preparation for maintenance";
    command.usage = "drain NODE [options]";
    command.examples =
        "  # Also the pods that no controller will replace\n"
        "  kubectl drain foo --force\n\n"
        "  # Leave the pods of daemon sets, and give the others 15 minutes to end\n"
        "  kubectl drain foo --ignore-daemonsets --grace-period=900\n";
    command.flags =
        FlagTable{
            {"chunk-size", 0, FlagType::Int, "500", "How many objects are read from the server at a time"},
            {"delete-emptydir-data", 0, FlagType::Bool, "false",
             "Go on when pods use emptyDir, whose data is lost"},
            {"disable-eviction", 0, FlagType::Bool, "false", "Delete pods, and so ignore disruption budgets"},
            {"force", 0, FlagType::Bool, "false", "Go on when there are pods that declare no controller"},
            {"grace-period", 0, FlagType::Int, "-1",
             "Seconds that each pod gets to end; negative means its own"},
            {"ignore-daemonsets", 0, FlagType::Bool, "false", "Leave pods that a DaemonSet manages"},
            {"pod-selector", 0, FlagType::Text, "", "Label selector of the pods to remove"},
            {"timeout", 0, FlagType::Duration, "0s",
             "How long to wait before giving up; zero means without end"}} +
        dry_run_flag() + selector_flag();
    command.run = run;
    command.group = "Cluster Management Commands";
    return command;
}

}  // namespace kubetab::kubectl
