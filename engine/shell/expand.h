// Expander: turns a word into the fields a command sees: parameters, command substitution, arithmetic, field
// splitting, file names, removal of quotes.
//
// A command substitution cannot run here. The expander stops with NeedsCommand; the caller runs needed(),
// appends what it printed to the results and expands the same word again. Assignments (${x:=y}, $((x++)))
// take effect only when the whole word is done, so starting again changes nothing.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/shell/arithmetic.h"
#include "engine/shell/parser.h"
#include "engine/shell/state.h"
#include "engine/sim/file_system.h"

namespace kubetab::shell {

class Expander : private Variables {
public:
    enum class Mode {
        Fields,   // split and matched with files: a command's words
        Single,   // one string: assignments, redirections, here-documents
        Pattern,  // one pattern, in which quoted characters are escaped
    };
    enum class Outcome { Done, NeedsCommand, Failed };

    Expander(State& state, const sim::FileSystem& files, Dialect dialect,
             const std::vector<std::string>& results)
        : state_(state), files_(files), dialect_(dialect), results_(results) {}

    // Appends to `fields`; exactly one string in modes Single and Pattern.
    Outcome expand(const Word& word, Mode mode, std::vector<std::string>& fields);
    // The value of an expression that has been parsed as a word.
    Outcome compute(const Word& expression, std::int64_t& value);
    const NodePtr& needed() const { return needed_; }
    // Why it failed, for standard error.
    const std::string& error() const { return error_; }
    // True when the failure ends a script, not only the command: ${x?}, or an unset parameter under `set -u`.
    bool ends_script() const { return ends_script_; }

    static constexpr std::size_t kMaxText = 16U * 1024 * 1024;

private:
    // Characters with a mask of the same length that says where each comes from.
    struct Piece {
        std::string text{};
        std::string mask{};
    };
    static constexpr char kQuoted = 'q';
    static constexpr char kLiteral = 'l';   // unquoted in the source: not split, but matched with files
    static constexpr char kExpanded = 'x';  // unquoted result of an expansion: split and matched
    static constexpr char kEmpty = 'e';     // stands for "": makes a field, prints nothing

    std::optional<std::string> get(std::string_view name) const override;
    void set(std::string_view name, std::string value) override;

    bool expand_parts(const Word& word, char literal_mask);
    bool expand_literal(const Part& part, bool first, char literal_mask);
    bool expand_parameter(const Part& part);
    bool expand_positional(const Part& part);
    bool expand_command(const Part& part);
    bool expand_arithmetic(const Part& part);
    bool with_default(const Part& part, const std::optional<std::string>& value);
    bool trimmed(const Part& part, const std::string& value);
    bool replaced(const Part& part, const std::string& value);
    bool substring(const Part& part, const std::string& value);
    bool operand_text(const std::shared_ptr<const Word>& operand, Mode mode, std::string& text);
    bool number_of(const std::string& expression, std::int64_t& value);
    std::optional<std::string> value_of(const std::string& name) const;
    void append(std::string_view text, char mask);
    void split(const Piece& piece, std::vector<Piece>& fields) const;
    void add_field(const Piece& piece, std::vector<std::string>& fields) const;
    static std::string text_of(const Piece& piece);
    static std::string pattern_of(const Piece& piece);
    bool fail(std::string message);
    Outcome finish(bool good);

    State& state_;
    const sim::FileSystem& files_;
    Dialect dialect_;
    const std::vector<std::string>& results_;
    std::size_t next_result_ = 0;
    std::map<std::string, std::string, std::less<>> assigned_{};
    std::vector<Piece> pieces_{};
    bool nothing_in_at_ = false;  // a quoted $@ without parameters
    NodePtr needed_{};
    std::string error_{};
    bool ends_script_ = false;
};

}  // namespace kubetab::shell
