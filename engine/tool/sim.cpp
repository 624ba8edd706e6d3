// kubetab sim: random work and random faults, seed by seed, held against all invariants.

#include <charconv>
#include <chrono>
#include <cstdio>

#include "engine/cluster/checkers/inspector.h"
#include "engine/tool/processes.h"
#include "engine/tool/sim_world.h"
#include "engine/tool/tool.h"

namespace kubetab::tool {
namespace {

constexpr const char* kUsage =
    "kubetab: sim [--seeds N] [--first S] [--hours H] [--nodes N] [--jobs N] [--verbose] [--ask LINE]\n";
constexpr std::int64_t kMaxJobs = 64;
constexpr int kEventsPerInspection = 400;
// In which everything converges that has been healed, except what failed so often that it is tried again
// only after up to 1000 s.
constexpr sim::Duration kTimeToSettle = sim::minutes(10);
// With it longer than the longest progress deadline, back-off and toleration together.
constexpr sim::Duration kTimeToRest = sim::minutes(20);
constexpr sim::Duration kQuiet = sim::seconds(3);
constexpr sim::Duration kLongestUnrest = sim::minutes(10);

struct Options {
    std::int64_t seeds = 1;
    std::int64_t first = 1;
    std::int64_t hours = 2;
    std::int64_t nodes = 0;  // 0: by chance
    std::int64_t jobs = 1;   // processes that share the seeds
    bool verbose = false;
    std::string ask{};  // a line that is typed when a seed has ended
    bool good = true;
};

bool read_number(const std::string& text, std::int64_t& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() && number >= 0;
}

Options read_options(const std::vector<std::string>& words) {
    Options options;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        std::int64_t* number = word == "--seeds"   ? &options.seeds
                               : word == "--first" ? &options.first
                               : word == "--hours" ? &options.hours
                               : word == "--nodes" ? &options.nodes
                               : word == "--jobs"  ? &options.jobs
                                                   : nullptr;
        if (word == "--verbose") {
            options.verbose = true;
        } else if (word == "--ask" && i + 1 < words.size()) {
            options.ask = words[++i];
        } else {
            options.good =
                options.good && number != nullptr && i + 1 < words.size() && read_number(words[++i], *number);
        }
    }
    return options;
}

// One seed's run. Stops at the first finding.
class Run {
public:
    Run(std::uint64_t seed, const Options& options)
        : options_(options), world_(seed, spec_of(seed, options.nodes)), inspector_(world_.cluster()) {}

    std::optional<cluster::Finding> go() {
        const sim::Instant end = now() + sim::hours(options_.hours);
        while (now() < end && !finding_) disturb();
        if (finding_) return finding_;
        heal(world_);
        say("(everything is healed)");
        pass(kTimeToSettle);
        wait_for_quiet();
        if (!finding_) late_ = inspector_.inspect_settled();
        pass(kTimeToRest);
        wait_for_quiet();
        if (!finding_ && late_) finding_ = inspector_.inspect_settled();
        wait_until_nothing_is_due();
        if (!finding_) finding_ = inspector_.inspect_idempotence();
        return finding_;
    }
    // What had not converged in time, but then did.
    const std::optional<cluster::Finding>& late() const { return late_; }
    void ask() {
        if (options_.ask.empty()) return;
        (void)world_.session.take_output();
        type_line(world_, options_.ask);
        std::fputs(world_.session.take_output().c_str(), stdout);
        std::fputs(world_.session.take_errors().c_str(), stdout);
    }
    std::uint64_t digest() { return world_.cluster().digest(); }
    std::uint64_t events() { return world_.cluster().simulation().events_run(); }

private:
    static cluster::ClusterSpec spec_of(std::uint64_t seed, std::int64_t nodes) {
        sim::Random random(seed);
        cluster::ClusterSpec spec;
        spec.seed = seed;
        spec.nodes = 1 + static_cast<int>(random.below(7));
        if (nodes > 0) spec.nodes = static_cast<int>(nodes);
        spec.system_pods = random.below(2) == 0;
        return spec;
    }
    sim::Instant now() { return world_.cluster().now(); }

    void say(const std::string& what) {
        if (!options_.verbose) return;
        const std::int64_t seconds = (now() - cluster::kDefaultStart).whole_seconds();
        std::printf("%6lld s  %s\n", static_cast<long long>(seconds), what.c_str());
        const std::string errors = world_.session.take_errors();
        std::fputs(errors.c_str(), stdout);
        (void)world_.session.take_output();
    }

    // Something happens, then some time passes.
    void disturb() {
        const bool fault = world_.chance(30);
        const std::string done = act_by_chance(world_, fault ? fault_actions() : workload_actions());
        if (!done.empty()) say(done);
        inspect();
        const std::int64_t kind = world_.below(10);
        const std::int64_t seconds = kind == 0 ? 600 : kind < 4 ? 60 : 8;
        pass(sim::milliseconds(world_.below(seconds * 1000)));
    }

    void inspect() {
        if (!finding_) finding_ = inspector_.inspect();
    }

    void pass(sim::Duration duration) {
        sim::Simulation& simulation = world_.cluster().simulation();
        const sim::Instant target = now() + duration;
        for (int events = 1; !finding_ && simulation.next_due() <= target; ++events) {
            simulation.step();
            if (events % kEventsPerInspection == 0) inspect();
        }
        if (finding_) return;
        simulation.run_until(target);
        inspect();
    }

    // What goes on for ever: heartbeats, and the events of what fails again and again.
    static bool is_background(const store::Write& write) {
        return write.kind == &api::kind_of<api::Lease>() || write.kind == &api::kind_of<api::Node>() ||
               write.kind == &api::kind_of<api::Event>();
    }

    // So that nothing falls due by the clock while the inspector lets controllers act, such as a pod that
    // becomes available; where containers are always about to do something, that cannot be had.
    void wait_until_nothing_is_due() {
        const sim::Instant limit = now() + sim::minutes(1);
        while (!finding_ && now() < limit &&
               world_.cluster().simulation().next_once_due() <= now() + cluster::Inspector::kTimeToAct) {
            pass(sim::milliseconds(700));
        }
    }

    // Until nobody has written for a moment: whatever follows from a write has been done by then.
    void wait_for_quiet() {
        const sim::Instant limit = now() + kLongestUnrest;
        while (!finding_ && now() < limit) {
            const std::deque<store::Write>& log = world_.cluster().store().log();
            auto last = log.rbegin();
            while (last != log.rend() && is_background(*last)) ++last;
            if (last == log.rend() || now() - last->when >= kQuiet) return;
            pass(sim::milliseconds(100));
        }
        if (!finding_)
            finding_ = cluster::Finding{"a healed cluster comes to rest", "somebody writes all the time"};
    }

    const Options& options_;
    SimWorld world_;
    cluster::Inspector inspector_;
    std::optional<cluster::Finding> finding_{};
    std::optional<cluster::Finding> late_{};
};

void report(std::string_view what, const cluster::Finding& finding, std::int64_t seed,
            const Options& options) {
    const std::string nodes = options.nodes > 0 ? " --nodes " + std::to_string(options.nodes) : "";
    std::printf(
        "%.*s: %s: %s; seed %lld; repeat: kubetab sim --first %lld --seeds 1 --hours %lld%s --verbose\n",
        static_cast<int>(what.size()), what.data(), finding.invariant.c_str(), finding.violation.c_str(),
        static_cast<long long>(seed), static_cast<long long>(seed), static_cast<long long>(options.hours),
        nodes.c_str());
    std::fflush(stdout);
}

// Every jobs-th seed, from that one on. Returns how many broke an invariant.
int run_share(const Options& options, std::int64_t share) {
    int violated = 0;
    for (std::int64_t i = share; i < options.seeds; i += options.jobs) {
        const std::int64_t seed = options.first + i;
        Run run(static_cast<std::uint64_t>(seed), options);
        const std::optional<cluster::Finding> finding = run.go();
        run.ask();
        if (!finding && run.late()) report("late", *run.late(), seed, options);
        if (finding) {
            ++violated;
            report("violated", *finding, seed, options);
        } else if (options.verbose) {
            std::printf("seed %lld digest %016llx events %llu\n", static_cast<long long>(seed),
                        static_cast<unsigned long long>(run.digest()),
                        static_cast<unsigned long long>(run.events()));
        }
    }
    return violated;
}

}  // namespace

int simulate(const std::vector<std::string>& words) {
    const Options options = read_options(words);
    if (!options.good || options.jobs < 1 || options.jobs > kMaxJobs) {
        std::fputs(kUsage, stderr);
        return 2;
    }
    const auto begin = std::chrono::steady_clock::now();
    const std::optional<int> violated = sum_of_processes(
        static_cast<int>(options.jobs), [&](int share) { return run_share(options, share); });
    if (!violated) {
        std::fputs("kubetab: sim: cannot start as many processes: leave --jobs out\n", stderr);
        return 2;
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    std::fprintf(stderr, "%.2f seeds/s\n", static_cast<double>(options.seeds) / took.count());
    if (*violated > 0) {
        std::printf("%d of %lld seeds violate an invariant\n", *violated,
                    static_cast<long long>(options.seeds));
        return 1;
    }
    std::printf("%lld seeds passed\n", static_cast<long long>(options.seeds));
    return 0;
}

}  // namespace kubetab::tool
