// Process: a command that is running in a terminal or in a container, as an explicit state machine.
//
// A command never blocks. `poll` runs it as far as it can go now and says what it waits for; whoever runs it
// polls again when that has happened. The same contract holds for the shell itself, for its builtins and for
// kubectl.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/sim/time.h"

namespace kubetab::sim {

class FileSystem;

// Where a process reads and writes. Owned by whoever runs the process; outlives it.
class Io {
public:
    virtual ~Io() = default;
    virtual void out(std::string_view text) = 0;
    virtual void err(std::string_view text) = 0;
    // Takes what is readable on standard input now. nullopt when nothing is there yet; an empty string at its
    // end.
    virtual std::optional<std::string> read() = 0;
    // True when standard output is a terminal (colour, columns) and not a pipe or a file.
    virtual bool is_terminal() const = 0;
    // True when standard input is a terminal, so that a shell or `kubectl exec -it` is interactive.
    virtual bool input_is_terminal() const { return false; }
    // False when the reader of standard output is behind. Who writes without end (`yes`, `tail -f`) asks
    // before each line and returns Poll::output(); everybody else may ignore it. What is written to a closed
    // pipe is dropped, and the shell then ends the writer as SIGPIPE would.
    virtual bool has_room() const { return true; }
    // Width of the terminal in cells.
    virtual int columns() const = 0;
    // Height of the terminal in cells.
    virtual int rows() const { return 24; }
    // The time of this poll. A process may be polled before the instant it asked for and must look.
    virtual Instant now() const = 0;
};

// What a process says after a poll.
struct Poll {
    enum class State { Done, Waiting } state = State::Done;
    int exit_code = 0;              // when Done
    std::optional<Instant> wake{};  // when Waiting: poll at this instant at the latest
    bool on_change = false;         // when Waiting: also poll whenever the cluster's state has changed
    bool on_input = false;          // when Waiting: also poll when standard input has something
    bool on_output = false;         // when Waiting: also poll when Io::has_room() is true again

    static Poll done(int code) { return {State::Done, code, {}, false, false, false}; }
    static Poll until(Instant instant) { return {State::Waiting, 0, instant, false, false, false}; }
    static Poll change(std::optional<Instant> deadline = {}) {
        return {State::Waiting, 0, deadline, true, false, false};
    }
    static Poll input() { return {State::Waiting, 0, {}, false, true, false}; }
    static Poll output() { return {State::Waiting, 0, {}, false, false, true}; }
};

class Process {
public:
    virtual ~Process() = default;
    virtual Poll poll(Io& io) = 0;
    // Ctrl+C (SIGINT). The shell polls once more and reports 130; a process that is still waiting then is
    // dropped, unless it survives interrupts.
    virtual void interrupt() {}
    // True for what goes on after Ctrl+C, such as an interactive shell or `kubectl exec -it` around one.
    virtual bool survives_interrupt() const { return false; }
    // SIGTERM, under the same rules as interrupt().
    virtual void terminate() { interrupt(); }
    // Whether SIGTERM does something when this is the first process of a container: the kernel keeps signals
    // without a handler from that one.
    virtual bool handles_terminate() const { return false; }
};

// What a command is started with.
struct Invocation {
    std::vector<std::string> words{};  // words[0] is the command's name
    Instant now{};
    FileSystem* files = nullptr;  // never null when run by a shell; outlives the process
    std::map<std::string, std::string> environment{};
    std::string directory = "/";  // absolute; relative paths start here
};

// A command that the shell knows by name. Stateless: start() makes the process.
class Command {
public:
    virtual ~Command() = default;
    virtual std::string_view name() const = 0;
    // One line for `help`.
    virtual std::string_view summary() const = 0;
    virtual std::unique_ptr<Process> start(const Invocation& invocation) = 0;
    // Candidates for the last word of `words` (which may be empty); sorted, without duplicates. None: files
    // may stand here. One empty candidate: not even files.
    virtual std::vector<std::string> complete(const Invocation& invocation) {
        (void)invocation;
        return {};
    }
};

}  // namespace kubetab::sim
