// Tool: a command that is a function of its arguments, and Filter: one that works through its input line by
// line.
//
// Together they carry what all small tools share: options, reading files or standard input, messages in the
// usual form.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/shell/command_table.h"
#include "engine/sim/file_system.h"
#include "engine/sim/process.h"

namespace kubetab::shell {

// What the words of a command mean, by the usual rules: -a -b, -ab, -n 5, -n5, --name, --name=value, --.
class Arguments {
public:
    struct Option {
        char letter = '\0';       // '\0' when it has none
        std::string_view name{};  // without the dashes; empty when it has none
        bool takes_value = false;
    };
    // Options after operands count too, unless `stop_at_operand`.
    Arguments(const std::vector<std::string>& words, const std::vector<Option>& options,
              bool stop_at_operand = false);

    // Why the words cannot be used: "unknown option -- 'z'"; empty when they can.
    const std::string& problem() const { return problem_; }
    bool has(std::string_view option) const { return values_.contains(option); }
    // The last value given for an option, by its letter or, when it has none, its name.
    std::optional<std::string> value(std::string_view option) const;
    const std::vector<std::string>& all_values(std::string_view option) const;
    const std::vector<std::string>& operands() const { return operands_; }
    // The letters and names in the order they were given.
    const std::vector<std::string>& given() const { return given_; }

private:
    void add(const Option& option, std::string value);
    std::size_t take_long(const std::vector<std::string>& words, std::size_t at,
                          const std::vector<Option>& options);
    std::size_t take_short(const std::vector<std::string>& words, std::size_t at,
                           const std::vector<Option>& options);

    std::map<std::string, std::vector<std::string>, std::less<>> values_{};
    std::vector<std::string> operands_{};
    std::vector<std::string> given_{};
    std::string problem_{};
};

// A whole number without sign, or nothing.
std::optional<std::int64_t> whole_number(std::string_view text);

// A process that does everything in its first poll and never waits.
using ToolFunction = std::function<int(const sim::Invocation&, sim::Io&)>;
std::unique_ptr<sim::Process> run_at_once(const sim::Invocation& invocation, ToolFunction function);
// A process that only prints a message, with the command's name before it.
std::unique_ptr<sim::Process> refuse(const sim::Invocation& invocation, const std::string& message,
                                     int code = 2);

// Reads named files one after the other, or standard input when there are none or for "-".
class InputReader {
public:
    InputReader(const sim::Invocation& invocation, std::vector<std::string> files);

    enum class State { Text, FileEnds, Waiting, End };
    // The next piece of input. FileEnds comes after each file. A file that cannot be read is reported and
    // skipped.
    State next(sim::Io& io, std::string& text);
    // Of the piece that came last; "-" for standard input.
    const std::string& file() const { return file_; }
    bool failed() const { return failed_; }

private:
    std::string name_;
    std::string directory_;
    sim::FileSystem* resolver_;
    std::vector<std::string> files_;
    std::size_t at_ = 0;
    bool inside_ = false;
    bool failed_ = false;
    std::string file_{};
};

// A process over the lines of its input. A line keeps its newline; the last one of a file may have none.
class LineFilter : public sim::Process {
public:
    LineFilter(const sim::Invocation& invocation, std::vector<std::string> files)
        : invocation_(invocation), reader_(invocation, std::move(files)) {}
    sim::Poll poll(sim::Io& io) final;

protected:
    // False when no more input is wanted.
    virtual bool line(sim::Io& io, std::string_view text) = 0;
    virtual void file_ends(sim::Io& io) { (void)io; }
    // The exit code; `failed` when a file could not be read.
    virtual int end(sim::Io& io, bool failed) {
        (void)io;
        return failed ? 1 : 0;
    }
    // A command that starts out knowing that it will read nothing.
    virtual bool wants_input() const { return true; }
    const std::string& file() const { return reader_.file(); }
    const sim::Invocation& invocation() const { return invocation_; }

private:
    bool take_lines(sim::Io& io, std::string_view text);

    sim::Invocation invocation_;
    InputReader reader_;
    std::string rest_{};  // of a line that is not complete yet
    bool enough_ = false;
};

// A tool that does everything in its first poll, with its options parsed; words that make no sense are
// refused.
using ToolBody = std::function<int(const Arguments&, const sim::Invocation&, sim::Io&)>;
std::unique_ptr<sim::Command> make_simple_tool(std::string_view name, std::string_view summary,
                                               std::vector<Arguments::Option> options, ToolBody body);

// Makes a command of a function that starts its processes.
using StartFunction = std::function<std::unique_ptr<sim::Process>(const sim::Invocation&)>;
std::unique_ptr<sim::Command> make_tool(std::string_view name, std::string_view summary, StartFunction start);

}  // namespace kubetab::shell
