#include "engine/shell/interpreter.h"

#include <algorithm>
#include <utility>

namespace kubetab::shell {

namespace {

constexpr int kInterrupted = 130;
constexpr int kTerminated = 143;
constexpr int kBrokenPipe = 141;

// What waits for `a` and for `b`.
sim::Poll either(sim::Poll a, const sim::Poll& b) {
    if (b.wake && (!a.wake || *b.wake < *a.wake)) a.wake = b.wake;
    a.on_change = a.on_change || b.on_change;
    a.on_input = a.on_input || b.on_input;
    a.on_output = a.on_output || b.on_output;
    return a;
}

sim::Poll waiting_for_nothing() {
    sim::Poll poll;
    poll.state = sim::Poll::State::Waiting;
    return poll;
}

}  // namespace

Interpreter::Interpreter(std::shared_ptr<Surroundings> surroundings, State state, Descriptors descriptors,
                         int depth)
    : surroundings_(std::move(surroundings)),
      state_(std::move(state)),
      descriptors_(std::move(descriptors)),
      depth_(depth) {
    ++surroundings_->interpreters;
}

Interpreter::~Interpreter() {
    --surroundings_->interpreters;
}

void Interpreter::start(std::string text) {
    flow_ = Flow::None;
    push_text(std::move(text), false);
}

void Interpreter::start(NodePtr node, bool tested) {
    flow_ = Flow::None;
    push(std::move(node), tested);
}

void Interpreter::push_text(std::string text, bool call) {
    ParserOptions options;
    options.dialect = surroundings_->dialect;
    options.aliases = &state_.aliases;
    auto frame = std::make_unique<Frame>();
    frame->parser = std::make_unique<Parser>(std::move(text), options);
    frame->call = call;
    if (!frames_.empty()) frame->tested = frames_.back()->tested;
    frames_.push_back(std::move(frame));
}

void Interpreter::push(NodePtr node, bool tested) {
    if (frames_.size() >= kMaxFrames) {
        print_error("maximum function nesting level exceeded");
        stop(1);
        return;
    }
    auto frame = std::make_unique<Frame>();
    frame->tested = tested || (!frames_.empty() && frames_.back()->tested);
    if (node->at.line > 1 || node->kind == NodeKind::Simple) line_ = node->at.line;
    frame->node = std::move(node);
    frames_.push_back(std::move(frame));
}

// Ends the command on top of the stack.
void Interpreter::finish(int status) {
    const Frame& frame = *frames_.back();
    state_.last_status = frame.status_after.value_or(status);
    const bool tested = frame.tested;
    bool checked = false;
    if (frame.node) {
        switch (frame.node->kind) {
            case NodeKind::Simple:
            case NodeKind::Subshell:
            case NodeKind::Condition:
            case NodeKind::Arithmetic: checked = true; break;
            case NodeKind::Pipeline: checked = !frame.node->negated; break;
            default: break;
        }
    }
    pop();
    if (checked && status != 0 && state_.errexit && !tested && flow_ == Flow::None) {
        flow_ = Flow::Exit;
        flow_status_ = status;
    }
}

void Interpreter::pop() {
    Frame& frame = *frames_.back();
    for (auto saved = frame.saved.rbegin(); saved != frame.saved.rend(); ++saved) {
        descriptors_[static_cast<std::size_t>(saved->descriptor)] = std::move(saved->stream);
    }
    restore_locals(frame);
    if (frame.positional) state_.positional = std::move(*frame.positional);
    frames_.pop_back();
}

// Abandons everything; a shell that nobody types into ends.
void Interpreter::stop(int status) {
    flow_ = surroundings_->interactive && depth_ == 0 ? Flow::Interrupt : Flow::Exit;
    flow_status_ = status;
}

// Abandons the command; bash goes on with the script's next one, other shells end.
void Interpreter::discard(int status) {
    const bool goes_on =
        surroundings_->dialect == Dialect::Bash && !surroundings_->interactive && depth_ == 0;
    if (!goes_on) return stop(status);
    flow_ = Flow::Discard;
    flow_status_ = status;
}

// One frame's share of break, continue, return and exit.
void Interpreter::unwind() {
    Frame& frame = *frames_.back();
    if (flow_ == Flow::Discard && frames_.size() == 1 && frame.parser) {
        flow_ = Flow::None;
        state_.last_status = flow_status_;
        return;
    }
    const bool loop =
        frame.node && (frame.node->kind == NodeKind::While || frame.node->kind == NodeKind::Until ||
                       frame.node->kind == NodeKind::For || frame.node->kind == NodeKind::ForArith);
    if (loop && (flow_ == Flow::Break || flow_ == Flow::Continue)) {
        if (--flow_count_ > 0) {
            pop();
            return;
        }
        const bool again = flow_ == Flow::Continue;
        flow_ = Flow::None;
        if (!again) {
            finish(0);
            return;
        }
        state_.last_status = 0;
        frame.step = frame.node->kind == NodeKind::For ? 1 : frame.node->kind == NodeKind::ForArith ? 2 : 0;
        return;
    }
    if (flow_ == Flow::Return && frame.call) {
        flow_ = Flow::None;
        finish(flow_status_);
        return;
    }
    pop();
    if (!frames_.empty()) return;
    state_.last_status = flow_ == Flow::Break || flow_ == Flow::Continue ? 0 : flow_status_;
    if (flow_ == Flow::Exit) exited_ = true;
    flow_ = Flow::None;
}

sim::Poll Interpreter::poll(sim::Instant now) {
    surroundings_->now = now;
    surroundings_->steps_left = Surroundings::kStepsPerPoll;
    return poll();
}

sim::Poll Interpreter::poll() {
    if (interrupted_ && !settle_interrupt()) return waiting();
    poll_background();
    while (!frames_.empty()) {
        if (flow_ != Flow::None) {
            unwind();
            continue;
        }
        if (surroundings_->steps_left-- <= 0) return waiting();
        take_signals();
        if (flow_ != Flow::None) continue;
        wait_ = waiting_for_nothing();
        if (depth_ > 0 && descriptors_[1] && !descriptors_[1]->has_room()) {
            wait_.on_output = true;
            return waiting();
        }
        if (step(*frames_.back()) == Step::Wait && flow_ == Flow::None) return waiting();
    }
    return sim::Poll::done(state_.last_status);
}

sim::Poll Interpreter::poll_jobs(sim::Instant now) {
    surroundings_->now = now;
    surroundings_->steps_left = Surroundings::kStepsPerPoll;
    poll_background();
    wait_ = waiting_for_nothing();
    return waiting();
}

sim::Poll Interpreter::waiting() const {
    sim::Poll poll = wait_;
    poll.state = sim::Poll::State::Waiting;
    if (!frames_.empty()) {
        const Frame& frame = *frames_.back();
        if (frame.capture && !frame.capture->done) poll = either(poll, frame.capture->last);
        for (const auto& child : frame.children) {
            if (!child->done) poll = either(poll, child->last);
        }
    }
    for (const Job& job : jobs_) {
        if (!job.child->done) poll = either(poll, job.child->last);
    }
    if (surroundings_->steps_left <= 0) {
        sim::Poll soon = sim::Poll::until(surroundings_->now + sim::milliseconds(1));
        poll = either(poll, soon);
    }
    return poll;
}

// Polls a shell with its share of the steps, so that the others of a pipeline come to theirs.
void Interpreter::take_turn(Child& child) {
    std::int64_t& steps = surroundings_->steps_left;
    const std::int64_t others = std::max<std::int64_t>(0, steps - Surroundings::kStepsPerTurn);
    steps -= others;
    do {
        child.last = child.shell->poll();
    } while (child.last.state == sim::Poll::State::Done && child.shell->start_exit_trap());
    child.out_of_steps = steps <= 0;
    steps = std::max<std::int64_t>(0, steps) + others;
}

// Polls a child when that can lead somewhere. True when it is done.
bool Interpreter::poll_child(Child& child) {
    if (child.done) return true;
    if (surroundings_->steps_left <= 0) return false;
    const sim::Poll& last = child.last;
    const bool due = !child.started || child.interrupted || child.out_of_steps || last.on_change ||
                     last.on_input || last.on_output || (last.wake && *last.wake <= surroundings_->now);
    if (!due) return false;
    child.started = true;
    if (child.shell) {
        take_turn(child);
    } else {
        surroundings_->steps_left -= Surroundings::kStepsPerProcess;
        child.last = child.process->poll(*child.io);
        Stream* output = child.io->output();
        if (output && !output->failure().empty()) {
            child.io->err(child.name + ": write error: " + output->failure() + "\n");
            output->clear_failure();
            child.last = sim::Poll::done(1);
        }
        if (child.io->broken_pipe()) child.last = sim::Poll::done(kBrokenPipe);
        if (child.interrupted && !child.process->survives_interrupt())
            child.last = sim::Poll::done(kInterrupted);
    }
    child.interrupted = false;
    if (child.last.state != sim::Poll::State::Done) return false;
    child.done = true;
    child.code = child.last.exit_code;
    child.process = nullptr;
    child.io = nullptr;
    child.shell = nullptr;
    return true;
}

// Polls the children of a frame for as long as they have something to tell each other.
Interpreter::Step Interpreter::poll_children(Frame& frame) {
    while (true) {
        const std::uint64_t before = *surroundings_->activity;
        bool all = true;
        bool finished = false;
        for (const auto& child : frame.children) {
            if (child->done) continue;
            if (poll_child(*child)) {
                finished = true;
            } else {
                all = false;
            }
            finished = finished || child->out_of_steps;
        }
        if (all) return Step::Again;
        if (surroundings_->steps_left <= 0) return Step::Wait;
        if (!finished && *surroundings_->activity == before) return Step::Wait;
    }
}

void Interpreter::poll_background() {
    for (std::size_t i = 0; i < jobs_.size(); ++i) poll_child(*jobs_[i].child);
    if (!surroundings_->interactive) return;
    std::erase_if(jobs_, [](const Job& job) { return job.child->done && job.reported; });
}

std::unique_ptr<Child> Interpreter::make_child(NodePtr node, Descriptors descriptors, bool tested) {
    if (depth_ >= kMaxDepth || surroundings_->interpreters >= Surroundings::kMaxInterpreters) {
        print_error("fork: Resource temporarily unavailable");
        return nullptr;
    }
    State state = state_;
    std::erase_if(state.traps, [](const auto& trap) { return !trap.second.empty(); });
    auto child = std::make_unique<Child>();
    child->shell =
        std::make_unique<Interpreter>(surroundings_, std::move(state), std::move(descriptors), depth_ + 1);
    child->shell->line_ = line_;
    child->shell->start(std::move(node), tested);
    return child;
}

void Interpreter::interrupt_child(Child& child) {
    if (child.done) return;
    child.interrupted = true;
    if (child.shell) child.shell->interrupt();
    if (child.process) child.process->interrupt();
}

void Interpreter::interrupt() {
    if (frames_.empty()) return;
    interrupted_ = true;
    Frame& frame = *frames_.back();
    if (frame.capture) interrupt_child(*frame.capture);
    for (const auto& child : frame.children) interrupt_child(*child);
}

// Lets the foreground end after Ctrl+C. False when some of it goes on, for which the interrupt was meant
// then.
bool Interpreter::settle_interrupt() {
    interrupted_ = false;
    if (frames_.empty()) return true;
    Frame& frame = *frames_.back();
    bool all = !frame.capture || poll_child(*frame.capture);
    for (const auto& child : frame.children) all = poll_child(*child) && all;
    if (!all) return false;
    const auto trap = state_.traps.find("INT");
    if (trap == state_.traps.end()) {
        flow_ = Flow::Interrupt;
        if (depth_ > 0 || !surroundings_->interactive) flow_ = Flow::Exit;
        flow_status_ = kInterrupted;
    } else if (!trap->second.empty()) {
        run_trap("INT");
    }
    return true;
}

void Interpreter::terminate() {
    terminated_ = true;
}

bool Interpreter::foreground_runs() const {
    const Frame& frame = *frames_.back();
    if (frame.capture && !frame.capture->done) return true;
    return std::any_of(frame.children.begin(), frame.children.end(),
                       [](const auto& child) { return !child->done; });
}

// SIGTERM. A trap for it waits until the foreground command has ended, as in every shell.
void Interpreter::take_signals() {
    if (!terminated_ || frames_.empty()) return;
    const auto trap = state_.traps.find("TERM");
    if (trap != state_.traps.end()) {
        if (foreground_runs()) return;
        terminated_ = false;
        if (!trap->second.empty()) run_trap("TERM");
        return;
    }
    terminated_ = false;
    if (surroundings_->first_process && depth_ == 0) return;
    flow_ = Flow::Exit;
    flow_status_ = kTerminated;
}

void Interpreter::run_trap(const std::string& signal) {
    const int status = state_.last_status;
    const std::string text = state_.traps[signal];
    push_text(text, false);
    frames_.back()->status_after = status;
}

bool Interpreter::start_exit_trap() {
    const auto trap = state_.traps.find("EXIT");
    if (exit_trap_done_ || trap == state_.traps.end() || trap->second.empty()) return false;
    exit_trap_done_ = true;
    exited_ = false;
    run_trap("EXIT");
    return true;
}

void Interpreter::close_descriptors() {
    descriptors_ = {};
}

std::string Interpreter::job_notices() {
    std::string text;
    for (Job& job : jobs_) {
        if (!job.child->done || job.reported) continue;
        job.reported = true;
        const int code = job.child->code;
        std::string what = code == 0 ? "Done" : "Exit " + std::to_string(code);
        if (code == kTerminated) what = "Terminated";
        if (code == 137) what = "Killed";
        what.resize(std::max<std::size_t>(what.size(), 24), ' ');
        text += "[" + std::to_string(job.number) + "]+  " + what + job.text + "\n";
    }
    return text;
}

std::string Interpreter::prefix() const {
    if (surroundings_->dialect == Dialect::Ash || surroundings_->interactive) return state_.name + ": ";
    return state_.name + ": line " + std::to_string(line_) + ": ";
}

void Interpreter::print_error(const std::string& message) {
    if (descriptors_[2]) descriptors_[2]->write(prefix() + message + "\n");
}

void Interpreter::out(std::string_view text) {
    if (descriptors_[1]) descriptors_[1]->write(text);
}

Interpreter::Step Interpreter::step(Frame& frame) {
    if (frame.parser) return step_source(frame);
    const Node& node = *frame.node;
    if (node.kind != NodeKind::Simple && !frame.redirected && !node.redirects.empty()) {
        const Fields redirected = redirect(frame);
        if (redirected == Fields::Pending) return Step::Wait;
        if (redirected == Fields::Failed) {
            finish(1);
            return Step::Again;
        }
        frame.redirected = true;
    }
    switch (node.kind) {
        case NodeKind::Simple: return step_simple(frame);
        case NodeKind::List: return step_list(frame);
        case NodeKind::And:
        case NodeKind::Or: return step_and_or(frame);
        case NodeKind::Pipeline: return step_pipeline(frame);
        case NodeKind::Async: return step_async(frame);
        case NodeKind::Group: return step_list(frame);
        case NodeKind::Subshell: return step_subshell(frame);
        case NodeKind::If: return step_if(frame);
        case NodeKind::While:
        case NodeKind::Until: return step_loop(frame);
        case NodeKind::For: return step_for(frame);
        case NodeKind::ForArith: return step_for_arithmetic(frame);
        case NodeKind::Case: return step_case(frame);
        case NodeKind::Condition: return step_condition(frame);
        case NodeKind::Arithmetic: return step_arithmetic(frame);
        case NodeKind::Function: break;
    }
    state_.functions[node.name] = frame.node;
    finish(0);
    return Step::Again;
}

}  // namespace kubetab::shell
