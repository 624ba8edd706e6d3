// Interpreter: runs syntax as an explicit machine: a stack of frames, one per command that is not finished,
// stepped until it is done or has to wait. Subshells, pipeline stages, command substitutions and background
// jobs are interpreters of their own with a copy of the state; other commands are processes of the command
// table.
//
// Determinism: children are polled in the order they were started, and everything that could run for ever
// takes from one budget of steps per outermost poll. When that is used up the poll says "one millisecond
// later".
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/shell/command_table.h"
#include "engine/shell/condition.h"
#include "engine/shell/expand.h"
#include "engine/shell/parser.h"
#include "engine/shell/state.h"
#include "engine/shell/stream.h"
#include "engine/sim/process.h"

namespace kubetab::shell {

class Interpreter;

// What all interpreters of one shell share.
struct Surroundings {
    const CommandTable* commands = nullptr;
    sim::FileSystem* files = nullptr;
    Dialect dialect = Dialect::Ash;
    bool interactive = false;  // messages without line numbers, notices about jobs
    bool first_process = false;
    int depth = 0;  // how many shells are around this one
    sim::Instant now{};
    std::int64_t steps_left = 0;  // of this poll
    int interpreters = 0;         // alive now
    int last_process_id = 0;
    std::shared_ptr<OuterIo> outer{};
    std::shared_ptr<std::uint64_t> activity = std::make_shared<std::uint64_t>(0);
    CommandTable builtins{};  // echo, printf, test and others that every shell has

    static constexpr std::int64_t kStepsPerPoll = 20'000;
    static constexpr std::int64_t kStepsPerProcess = 20;  // what a poll of a process counts as
    static constexpr std::int64_t kStepsPerTurn = 1'000;  // of one child, before the next one has its turn
    static constexpr int kMaxInterpreters = 400;
};

// A process or an interpreter that another interpreter runs.
struct Child {
    std::unique_ptr<sim::Process> process{};
    std::unique_ptr<StreamIo> io{};
    std::unique_ptr<Interpreter> shell{};
    std::string name{};
    sim::Poll last{};
    bool started = false;
    bool done = false;
    bool interrupted = false;
    bool out_of_steps = false;  // its turn ended before it had to wait
    int code = 0;
};

class Interpreter {
public:
    Interpreter(std::shared_ptr<Surroundings> surroundings, State state, Descriptors descriptors, int depth);
    ~Interpreter();
    Interpreter(const Interpreter&) = delete;
    Interpreter& operator=(const Interpreter&) = delete;

    // Begins a script. Only when nothing is running.
    void start(std::string text);
    void start(NodePtr node, bool tested = false);
    // Runs as far as possible. Only the outermost interpreter of a shell is polled with poll(now).
    sim::Poll poll(sim::Instant now);
    sim::Poll poll();
    // Polls background jobs alone, when nothing is running.
    sim::Poll poll_jobs(sim::Instant now);
    bool running() const { return !frames_.empty(); }
    // After an `exit`, a failure under `set -e`, or a signal.
    bool exited() const { return exited_; }
    void interrupt();
    void terminate();
    // Runs the EXIT trap when there is one: true when there is something to poll.
    bool start_exit_trap();
    // "[1]+  Done   sleep 5" for jobs that ended since the last call.
    std::string job_notices();
    // Lets go of the pipes, so that others see their ends.
    void close_descriptors();

    State& state() { return state_; }
    const State& state() const { return state_; }
    Surroundings& surroundings() { return *surroundings_; }

    static constexpr std::size_t kMaxFrames = 2'000;
    static constexpr int kMaxDepth = 40;
    static constexpr std::size_t kMaxJobs = 100;

private:
    enum class Step { Again, Wait };
    enum class Flow { None, Break, Continue, Return, Exit, Interrupt, Discard };
    enum class Fields { Ready, Pending, Failed };

    struct SavedDescriptor {
        int descriptor = 0;
        StreamPtr stream{};
    };
    struct Frame {
        NodePtr node{};
        std::unique_ptr<Parser> parser{};  // a script that is read command by command
        bool call = false;                 // the body of a function, or of `.`: `return` ends it
        bool tested = false;               // set -e does not apply
        bool redirected = false;
        bool replaces_shell = false;  // exec
        int step = 0;
        std::size_t index = 0;
        std::size_t next = 0;
        std::size_t redirect = 0;
        std::vector<std::string> words{};          // of a simple command, or what `for` goes through
        std::vector<std::string> fields{};         // of the word being expanded
        std::vector<std::string> substitutions{};  // finished command substitutions of that word
        bool substituted = false;                  // at least one was run
        std::unique_ptr<Child> capture{};          // the one that runs now
        std::shared_ptr<CaptureStream> captured{};
        std::vector<std::unique_ptr<Child>> children{};
        std::vector<SavedDescriptor> saved{};
        std::map<std::string, std::optional<Variable>, std::less<>> locals{};
        std::optional<std::vector<std::string>> positional{};
        std::optional<int> status_after{};  // of a trap: what $? is again when it is done
        int code = 0;
        sim::Instant began{};
    };
    struct Job {
        int number = 0;
        int process_id = 0;
        std::string text{};
        std::unique_ptr<Child> child{};
        bool reported = false;
    };
    using Builtin = bool (Interpreter::*)(Frame& frame);

    // The machine (interpreter.cpp).
    Step step(Frame& frame);
    void push(NodePtr node, bool tested);
    void finish(int status);
    void pop();
    void unwind();
    sim::Poll waiting() const;
    bool poll_child(Child& child);
    void take_turn(Child& child);
    void poll_background();
    Step poll_children(Frame& frame);
    // Null, with a message, when there are too many already.
    std::unique_ptr<Child> make_child(NodePtr node, Descriptors descriptors, bool tested);
    void interrupt_child(Child& child);
    bool settle_interrupt();
    bool foreground_runs() const;
    void run_trap(const std::string& signal);
    void take_signals();
    void print_error(const std::string& message);
    std::string prefix() const;
    void stop(int status);
    void discard(int status);

    // Compound commands (interpreter_commands.cpp).
    Step step_source(Frame& frame);
    Step step_list(Frame& frame);
    Step step_and_or(Frame& frame);
    Step step_pipeline(Frame& frame);
    bool start_pipeline(Frame& frame);
    void finish_pipeline(Frame& frame);
    Step step_async(Frame& frame);
    Step step_subshell(Frame& frame);
    Step step_if(Frame& frame);
    Step step_loop(Frame& frame);
    Step step_for(Frame& frame);
    Step step_for_arithmetic(Frame& frame);
    Step step_case(Frame& frame);
    Step step_condition(Frame& frame);
    Step step_arithmetic(Frame& frame);

    // Words and simple commands (interpreter_simple.cpp).
    Fields expand(Frame& frame, const Word& word, Expander::Mode mode);
    Fields settle(Frame& frame, Expander& expander, Expander::Outcome outcome);
    Fields compute(Frame& frame, const Word& expression, std::int64_t& value);
    Fields redirect(Frame& frame);
    bool open_redirect(Frame& frame, const Redirect& redirect, const std::string& target);
    StreamPtr open_file(RedirectKind kind, const std::string& target, std::string& problem);
    void replace_descriptor(Frame& frame, int descriptor, StreamPtr stream);
    Step step_simple(Frame& frame);
    Fields assign(Frame& frame);
    Step dispatch(Frame& frame);
    void trace(const Frame& frame);
    Expander::Mode mode_of_word(const Frame& frame) const;
    void call_function(Frame& frame, NodePtr body);
    Step run_builtin(Frame& frame);
    Step start_command(Frame& frame);
    Step wait_for_command(Frame& frame);
    std::unique_ptr<sim::Process> find_process(Frame& frame);
    std::unique_ptr<sim::Process> find_by_path(Frame& frame, const sim::Invocation& invocation);
    std::unique_ptr<sim::Process> find_on_path(Frame& frame, const sim::Invocation& invocation);
    std::unique_ptr<sim::Process> start_script(Frame& frame, sim::Invocation invocation,
                                               const std::string& path);
    sim::Invocation invocation_of(const Frame& frame) const;
    void set_local(Frame& frame, const std::string& name);
    void restore_locals(Frame& frame);

    // Builtins (builtins.cpp, builtins_state.cpp, builtins_jobs.cpp). Each returns false while it has to
    // wait, else sets frame.code.
    static Builtin find_builtin(std::string_view name);
    bool builtin_nothing(Frame& frame);
    bool builtin_break(Frame& frame);
    bool builtin_return(Frame& frame);
    bool builtin_exit(Frame& frame);
    bool builtin_eval(Frame& frame);
    bool builtin_source(Frame& frame);
    bool builtin_exec(Frame& frame);
    bool builtin_command(Frame& frame);  // -v and -V
    bool builtin_cd(Frame& frame);
    bool builtin_pwd(Frame& frame);
    bool builtin_set(Frame& frame);
    bool set_option(const std::string& name, bool on);
    bool builtin_shift(Frame& frame);
    bool builtin_unset(Frame& frame);
    bool builtin_export(Frame& frame);
    bool builtin_readonly(Frame& frame);
    bool builtin_local(Frame& frame);
    bool builtin_alias(Frame& frame);
    bool builtin_unalias(Frame& frame);
    bool builtin_type(Frame& frame);
    bool builtin_let(Frame& frame);
    bool builtin_read(Frame& frame);
    void assign_fields(const std::vector<std::string>& names, const std::string& line);
    bool builtin_trap(Frame& frame);
    bool builtin_wait(Frame& frame);
    bool builtin_jobs(Frame& frame);
    bool builtin_kill(Frame& frame);
    bool builtin_fg(Frame& frame);
    bool builtin_umask(Frame& frame);
    std::string describe_command(const std::string& name, bool& found) const;
    bool assign_variable(const std::string& name, const std::string& value, Frame& frame);
    Frame* function_frame();
    Job* find_job(const std::string& name);
    // True when `kill` is about processes of which this shell knows nothing and another `kill` may know them.
    bool kills_others(const Frame& frame);
    void kill_job(Job& job, const std::string& signal);
    static std::optional<std::string> signal_name(std::string text);
    void out(std::string_view text);
    bool complain(Frame& frame, const std::string& message, int code = 1);
    void push_text(std::string text, bool call);

    std::shared_ptr<Surroundings> surroundings_;
    State state_;
    Descriptors descriptors_;
    int depth_ = 0;
    std::vector<std::unique_ptr<Frame>> frames_{};
    std::vector<Job> jobs_{};
    Flow flow_ = Flow::None;
    int flow_count_ = 0;
    int flow_status_ = 0;
    bool exited_ = false;
    bool interrupted_ = false;
    bool terminated_ = false;
    bool exit_trap_done_ = false;
    sim::Poll wait_{};  // what the builtin on top of the stack waits for
    int line_ = 1;
};

// Adds the commands that every shell has inside: echo, printf, test, true, false and others.
void add_builtin_commands(CommandTable& table);

}  // namespace kubetab::shell
