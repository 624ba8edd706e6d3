// Parser: turns the text of a script into syntax, one complete command (up to its newline) at a time, so that
// the commands before a mistake still run, as in every shell.
//
// A text that ends in the middle of something is Incomplete: the terminal then asks for another line. A
// parser whose text is final reports that as an error instead, except that a here-document may end with the
// text.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/shell/syntax.h"

namespace kubetab::shell {

// Which shell's habits: Bash in the learner's terminal, Ash (busybox) in containers.
enum class Dialect { Bash, Ash };

enum class TextEnd { Final, MayContinue };

struct ParserOptions {
    Dialect dialect = Dialect::Bash;
    TextEnd end = TextEnd::Final;
    const std::map<std::string, std::string>* aliases = nullptr;  // may be null; outlives the parser
};

// The line that ends a here-document.
struct HereEnd {
    std::string delimiter{};
    bool strip_tabs = false;  // tabs may stand before it

    bool is(std::string_view line) const;
};

class Parser {
public:
    enum class Outcome { Command, End, Incomplete, Error };

    Parser(std::string text, ParserOptions options);

    // The next complete command. After Incomplete or Error the parser is not used again.
    Outcome next(NodePtr& node);
    // The whole rest as one list; used for the inside of backquotes.
    Outcome all(NodePtr& node);
    const SyntaxError& error() const { return error_; }
    // After Incomplete: the end of the here-document that the text is inside of, if it is. Parsing again is
    // of no use before that line has come.
    const std::optional<HereEnd>& awaited_here() const { return awaited_here_; }
    // What has been consumed so far, for a caller that continues with the rest.
    std::size_t consumed() const { return at_; }

    static constexpr int kMaxDepth = 100;

private:
    struct PendingHere {
        HereEnd end{};
        bool quoted = false;
        Node* node = nullptr;  // whose redirect it is
        std::size_t redirect = 0;
        Position at{};
    };
    enum class Failure { None, Incomplete, Error };
    enum class Stop { Newline, Word, Parenthesis, Case };

    // Characters.
    bool at_end() const { return at_ >= text_.size(); }
    char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
    bool looking_at(std::string_view literal) const;
    void advance(std::size_t count = 1);
    bool take(std::string_view literal);
    Position position() const { return here_; }
    void skip_blanks();
    void skip_newlines();
    bool take_newline();
    bool at_operator() const;
    std::string_view peek_reserved() const;
    bool take_reserved(std::string_view word);

    // Failures. Each returns false, so that callers can `return fail(...)`.
    bool incomplete(std::string message);
    bool fail(std::string message);
    bool unexpected();
    bool failed() const { return failure_ != Failure::None; }

    // Commands (parser.cpp, parser_compound.cpp).
    bool parse_list(Stop stop, NodePtr& node);
    bool parse_and_or(NodePtr& node);
    bool parse_pipeline(NodePtr& node);
    bool parse_command(NodePtr& node);
    bool parse_simple(NodePtr& node);
    bool parse_simple_word(Node& node, bool& only_assignments);
    bool parse_function_body(std::string name, std::size_t start, NodePtr& node);
    bool parse_compound(NodePtr& node, bool& matched);
    bool parse_group(Node& node);
    bool parse_subshell(Node& node);
    bool parse_if(Node& node);
    bool parse_loop(Node& node, NodeKind kind);
    bool parse_for(Node& node);
    bool parse_for_arithmetic(Node& node);
    bool parse_do_group(Node& node);
    bool parse_case(Node& node);
    bool parse_clause(Node& node);
    bool parse_condition(Node& node);
    bool parse_arithmetic_command(Node& node);
    bool parse_body(Stop stop, std::string_view closing, NodePtr& node);
    bool at_list_end(Stop stop) const;
    bool parse_redirect(Node& node, bool& matched);
    bool parse_here(Node& node, int descriptor, bool strip_tabs);
    bool read_here_documents();
    bool read_here_document(const PendingHere& here);
    bool here_incomplete(const PendingHere& here);
    bool expand_alias();

    // Words (parser_words.cpp).
    bool parse_word(Word& word);
    bool parse_word_until(Word& word, std::string_view stops);
    bool parse_double_quoted(Word& word);
    bool parse_single_quoted(Word& word);
    bool parse_ansi_quoted(Word& word);
    bool parse_dollar(Word& word, bool quoted);
    bool parse_braced_parameter(Word& word, bool quoted);
    bool parse_parameter_operator(Part& part, bool quoted);
    bool parse_operand(Part& part, std::string_view stops, bool quoted, std::shared_ptr<const Word>& into);
    bool parse_command_substitution(Word& word, bool quoted);
    bool parse_backquoted(Word& word, bool quoted);
    bool parse_arithmetic(Word& word, bool quoted);
    bool arithmetic_text(std::string& text);
    bool parse_text(std::string_view text, Position at, Word& word);  // as if in double quotes
    bool quoted_character(Word& word, std::string_view escapable);

    std::string text_;
    ParserOptions options_;
    std::size_t at_ = 0;
    Position here_{};
    int depth_ = 0;
    Failure failure_ = Failure::None;
    SyntaxError error_{};
    std::vector<PendingHere> pending_here_{};
    std::optional<HereEnd> awaited_here_{};
    std::set<std::string> expanding_{};  // aliases being expanded
    std::size_t alias_end_ = 0;          // where their text ends
};

// The words that brace expansion makes of one, e.g. a{1..3}b or {x,y}; at most kMaxBraceWords.
inline constexpr std::size_t kMaxBraceWords = 10'000;
std::vector<Word> expand_braces(const Word& word);

// Adds characters to a word, joining what has the same quoting.
void add_literal(Word& word, std::string_view text, bool quoted);

// The text of a word made of unquoted characters only; empty when it is anything else.
std::string_view plain_text(const Word& word);

// True for a variable's name.
bool is_name(std::string_view text);

}  // namespace kubetab::shell
