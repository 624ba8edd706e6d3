// Flags: the table of a command's options, and the reader that fills it from the words of a command line.
//
// The reader follows pflag: --name=v, --name v, -n v, -nv, -n=v, grouped one-letter truths, and "--" as the
// end of flags; flags and arguments may be mixed. A failure is the text that kubectl prints after "error: ".
// upstream: github.com/spf13/pflag, as used by kubectl 1.32
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/status.h"
#include "engine/sim/time.h"

namespace kubetab::kubectl {

enum class FlagType {
    Bool,
    Int,       // int32 upstream
    Duration,  // "1m30s"
    Text,
    TextArray,  // repeatable, each value taken whole
    TextSlice,  // repeatable, each value split at commas
};

struct FlagSpec {
    std::string name{};  // "output"
    char letter = 0;     // 'o', or 0
    FlagType type = FlagType::Text;
    std::string default_value{};  // as `--help` prints it
    std::string help{};           // one line
    std::string
        value_if_bare{};  // what `--name` alone means, when a value is optional (--dry-run, --cascade)
    bool required = false;
};

using FlagTable = std::vector<FlagSpec>;

// One table of several, in order.
FlagTable operator+(FlagTable left, const FlagTable& right);

// The values of a command line. Asking for a flag that the table lacks is a broken invariant.
class Flags {
public:
    Flags() = default;
    explicit Flags(FlagTable table);

    const FlagTable& table() const { return table_; }
    bool has(std::string_view name) const;
    // True when the flag was given on the command line.
    bool changed(std::string_view name) const;

    bool truth(std::string_view name) const;
    std::int32_t number(std::string_view name) const;
    sim::Duration duration(std::string_view name) const;
    // Text: the last value given, or the default.
    const std::string& text(std::string_view name) const;
    // TextArray, TextSlice: every value given, in order.
    const std::vector<std::string>& list(std::string_view name) const;

    // Sets a value as the command line would. `written` is how the user wrote the flag: "--replicas" or "-r".
    base::Result<void> set(const FlagSpec& flag, std::string_view written, const std::string& value);

private:
    struct Value {
        std::string text{};
        std::vector<std::string> list{};
        std::int64_t number = 0;
        bool truth = false;
        bool changed = false;
    };
    const Value& value(std::string_view name) const;

    FlagTable table_{};
    std::map<std::string, Value, std::less<>> values_{};
};

struct ParsedWords {
    Flags flags{};
    std::vector<std::string> arguments{};
    int arguments_before_dash = -1;  // how many arguments stood before "--"; -1 without one
    bool help = false;               // --help or -h was given
};

// Reads the words after the command's name.
base::Result<ParsedWords> parse_flags(const FlagTable& table, const std::vector<std::string>& words);

// "1h2m3.5s", "300ms", "0": Go's time.ParseDuration.
base::Result<sim::Duration> parse_duration(std::string_view text);

}  // namespace kubetab::kubectl
