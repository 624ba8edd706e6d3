// A kubectl command: its names, its flags and what it does. commands.cpp is the list of them all.
//
// A command either ends at once (an exit code or errors) or continues as a process that the framework polls;
// it keeps the Context, which lives as long as the command runs.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/json.h"
#include "engine/base/status.h"
#include "engine/client/transport.h"
#include "engine/kubectl/configuration.h"
#include "engine/kubectl/discovery.h"
#include "engine/kubectl/errors.h"
#include "engine/kubectl/flags.h"
#include "engine/sim/local_ports.h"
#include "engine/sim/process.h"

namespace kubetab::kubectl {

struct Context;
class ObjectPrinter;

// The exit code of a command that Ctrl+C ended.
inline constexpr int kInterrupted = 130;

// How a command went.
struct Outcome {
    Outcome(int code) : exit_code(code) {}
    Outcome(base::Status error) : exit_code(1), errors{std::move(error)} {}
    // No errors means success.
    Outcome(std::vector<base::Status> all) : exit_code(all.empty() ? 0 : 1), errors(std::move(all)) {}
    Outcome(std::unique_ptr<sim::Process> running) : process(std::move(running)) {}
    template <class T>
    requires std::is_base_of_v<sim::Process, T> Outcome(std::unique_ptr<T> running)
        : process(std::move(running)) {}

    int exit_code = 0;
    std::vector<base::Status> errors{};  // printed as error_text() says
    std::unique_ptr<sim::Process> process{};
};

struct CommandSpec {
    std::string path{};                  // "get", "rollout status"
    std::vector<std::string> aliases{};  // of the last word: {"deploy", "dep"}
    std::string summary{};               // the line in the list of commands, without a full stop
    std::string usage{};     // after "kubectl ": "scale --replicas=COUNT (-f FILENAME | TYPE NAME) [options]"
    std::string examples{};  // as `--help` shows them, two spaces in front; may be empty
    FlagTable flags{};       // without the global ones
    Outcome (*run)(Context&) = nullptr;  // null for a group such as "rollout"
    std::string group{};  // heading in `kubectl help`: "Basic Commands (Beginner)"; "" for sub-commands
};

// Every command, in the order of `kubectl help`; groups stand before their members.
const std::vector<CommandSpec>& commands();
// The command with this path ("rollout status"), aliases resolved; nullptr when there is none.
const CommandSpec* find_command(std::string_view path);
// The flags that every command takes (-n, --context, --as, …).
const FlagTable& global_flags();

// What a running command sees.
struct Context {
    client::Transport& transport;
    Configuration& configuration;
    sim::FileSystem& files;
    sim::LocalPorts& local_ports;  // of the learner's machine
    std::string directory{};
    std::map<std::string, std::string> environment{};
    sim::Io* io = nullptr;  // never null while the command runs
    const CommandSpec* command = nullptr;
    Flags flags{};  // the command's and the global ones
    std::vector<std::string> arguments{};
    int arguments_before_dash = -1;            // see ParsedWords
    std::string standard_input{};              // read to its end beforehand when a -f - asks for it
    std::string current_namespace{};           // -n, or the context's, or "default"
    bool namespace_given = false;              // by -n
    std::shared_ptr<const Discovery> known{};  // use discovery()
    std::shared_ptr<DiscoveryCache> cache{};   // of all commands of a terminal; never null
    std::shared_ptr<ObjectPrinter> printer{};  // of -o, once check_output() has made it
    std::string token{};                       // of the kubeconfig's user; "" for the administrator

    // The server's resources; asked once.
    base::Result<const Discovery*> discovery();
    sim::Instant now() const { return transport.now(); }
    void out(std::string_view text) { io->out(text); }
    void err(std::string_view text) { io->err(text); }
    void warn(std::string_view text);  // "Warning: <text>" on standard error
    // "kubectl rollout status"
    std::string path() const;
    // The text of a file of the learner's; the failure is the one kubectl prints.
    base::Result<std::string> read_file(std::string_view name) const;
};

}  // namespace kubetab::kubectl
