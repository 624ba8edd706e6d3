#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "engine/base/regex.h"
#include "engine/base/utf8.h"

namespace kubetab::base {

namespace {

enum class PieceKind { Leaf, Concat, Alternate, Repeat, Group };

// A part of a pattern, before it becomes instructions.
struct Piece {
    PieceKind kind = PieceKind::Concat;
    Regex::Instruction leaf{};
    std::vector<std::unique_ptr<Piece>> children{};
    int least = 0;
    int most = -1;  // -1: no limit
    std::uint32_t group = 0;
};
using PiecePtr = std::unique_ptr<Piece>;

struct ClassRange {
    std::string_view name;
    Regex::Range range;
};
constexpr std::array<ClassRange, 22> kClasses = {{
    {"digit", {'0', '9'}},  {"upper", {'A', 'Z'}},  {"lower", {'a', 'z'}},  {"alpha", {'a', 'z'}},
    {"alpha", {'A', 'Z'}},  {"alnum", {'a', 'z'}},  {"alnum", {'A', 'Z'}},  {"alnum", {'0', '9'}},
    {"space", {' ', ' '}},  {"space", {9, 13}},     {"blank", {' ', ' '}},  {"blank", {9, 9}},
    {"xdigit", {'0', '9'}}, {"xdigit", {'a', 'f'}}, {"xdigit", {'A', 'F'}}, {"punct", {33, 47}},
    {"punct", {58, 64}},    {"punct", {91, 96}},    {"punct", {123, 126}},  {"print", {32, 126}},
    {"graph", {33, 126}},   {"cntrl", {0, 31}},
}};

char32_t lower(char32_t code) {
    return code >= 'A' && code <= 'Z' ? code + 32 : code;
}

}  // namespace

class RegexCompiler {
public:
    RegexCompiler(std::string_view pattern, RegexOptions options) : text_(pattern), options_(options) {
        options_.extended = options_.extended || options_.re2;
    }

    Result<Regex> compile() {
        const PiecePtr whole = alternatives(0);
        regex_.ignore_case_ = options_.ignore_case;
        if (error_.empty() && at_ < text_.size()) {
            fail(options_.re2 ? re2_error("unexpected )", text_) : "Unmatched ) or \\)");
        }
        if (error_.empty()) emit_save(0, *whole);
        if (!error_.empty()) return failure(Reason::BadRequest, error_);
        regex_.groups_ = static_cast<int>(groups_);
        return std::move(regex_);
    }

private:
    bool looking_at(std::string_view literal) const { return text_.substr(at_).starts_with(literal); }
    void fail(std::string message) {
        if (error_.empty()) error_ = std::move(message);
    }
    // upstream: Go's regexp/syntax [Error]
    static std::string re2_error(std::string_view what, std::string_view where) {
        return "error parsing regexp: " + std::string(what) + ": `" + std::string(where) + "`";
    }
    // An operator that is written with a backslash in basic expressions.
    bool at_operator(char sign) const {
        if (options_.extended) return at_ < text_.size() && text_[at_] == sign;
        return at_ + 1 < text_.size() && text_[at_] == '\\' && text_[at_ + 1] == sign;
    }
    std::size_t operator_size() const { return options_.extended ? 1 : 2; }

    PiecePtr alternatives(int depth) {
        if (depth > 50) fail("Regular expression is nested too deeply");
        auto piece = std::make_unique<Piece>();
        piece->kind = PieceKind::Alternate;
        piece->children.push_back(concatenation(depth));
        while (error_.empty() && at_operator('|')) {
            at_ += operator_size();
            regex_.alternates_ = true;
            piece->children.push_back(concatenation(depth));
        }
        return piece;
    }

    PiecePtr concatenation(int depth) {
        auto piece = std::make_unique<Piece>();
        bool first = true;
        while (error_.empty() && at_ < text_.size() && !at_operator('|')) {
            if (at_operator(')') && (depth > 0 || !options_.extended || options_.re2)) break;
            PiecePtr next = atom(depth, first);
            first = false;
            while (error_.empty() && repeats(*next, next)) {
            }
            piece->children.push_back(std::move(next));
        }
        return piece;
    }

    static PiecePtr leaf(Regex::Op op, std::uint32_t x = 0) {
        auto piece = std::make_unique<Piece>();
        piece->kind = PieceKind::Leaf;
        piece->leaf = {op, x, 0};
        return piece;
    }

    PiecePtr literal(char32_t code) {
        return leaf(Regex::Op::Code, static_cast<std::uint32_t>(options_.ignore_case ? lower(code) : code));
    }

    PiecePtr atom(int depth, bool first) {
        if (at_operator('(')) return group(depth);
        const char c = text_[at_];
        if (c == '^' && (options_.extended || first)) {
            ++at_;
            return leaf(Regex::Op::Begin);
        }
        if (c == '$') {
            ++at_;
            const bool last = at_ == text_.size() || at_operator(')') || at_operator('|');
            return options_.extended || last ? leaf(Regex::Op::End) : literal('$');
        }
        if (c == '.') {
            ++at_;
            return leaf(Regex::Op::Any);
        }
        if (c == '[') return bracket();
        if (c == '\\') return escaped();
        if (options_.re2 && (c == '*' || c == '+' || c == '?')) {
            fail(re2_error("missing argument to repetition operator", text_.substr(at_, 1)));
        }
        return literal(next_code(text_, at_));
    }

    // Behind "(?": flags, or a group that counts or not. Nothing when the flags are all there is.
    PiecePtr re2_group(int depth) {
        const std::size_t open = at_ - 1;
        ++at_;
        const std::size_t end = text_.find_first_of(":)>", at_);
        const std::string_view words = text_.substr(at_, end - at_);
        const bool named = words.starts_with("P<") || words.starts_with("<");
        const bool flags = words.find_first_not_of("ims-U") == std::string_view::npos;
        if (end == std::string_view::npos || (!named && !flags)) {
            fail(re2_error("invalid or unsupported Perl syntax", text_.substr(open, 3)));
            return literal('(');
        }
        if (flags && words.find('i') < words.find('-')) options_.ignore_case = true;
        at_ = end + 1;
        if (text_[end] == ')') return std::make_unique<Piece>();
        return closed_group(depth, named);
    }

    PiecePtr closed_group(int depth, bool counts) {
        auto piece = std::make_unique<Piece>();
        if (counts) {
            piece->kind = PieceKind::Group;
            piece->group = ++groups_;
        }
        piece->children.push_back(alternatives(depth + 1));
        if (at_operator(')')) {
            at_ += operator_size();
        } else {
            fail(options_.re2 ? re2_error("missing closing )", text_) : "Unmatched ( or \\(");
        }
        return piece;
    }

    // The characters that \d, \w and \s stand for, in order; none for others.
    static std::vector<Regex::Range> class_of(char letter) {
        switch (letter) {
            case 'd':
            case 'D': return {{'0', '9'}};
            case 'w':
            case 'W': return {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}};
            case 's':
            case 'S': return {{9, 13}, {' ', ' '}};
            default: return {};
        }
    }

    // What a backslash and `at_` stand for as a character, in RE2.
    char32_t re2_character() {
        const char c = text_[at_];
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        static constexpr std::string_view kNames = "ntrfv";
        static constexpr std::array<char32_t, 5> kCodes = {'\n', '\t', '\r', '\f', '\v'};
        const std::size_t known = kNames.find(c);
        if (letter && known == std::string_view::npos) {
            fail(re2_error("invalid escape sequence", text_.substr(at_ - 1, 2)));
        }
        const char32_t code = next_code(text_, at_);
        return known == std::string_view::npos ? code : kCodes[known];
    }

    PiecePtr re2_escaped() {
        const char c = text_[at_];
        if (std::vector<Regex::Range> ranges = class_of(c); !ranges.empty()) {
            ++at_;
            return set(std::move(ranges), c < 'a');
        }
        static constexpr std::string_view kAnchors = "bBAz";
        static constexpr std::array kOps = {Regex::Op::Boundary, Regex::Op::NotBoundary, Regex::Op::Begin,
                                            Regex::Op::End};
        if (const std::size_t anchor = kAnchors.find(c); anchor != std::string_view::npos) {
            ++at_;
            return leaf(kOps[anchor]);
        }
        return literal(re2_character());
    }

    PiecePtr group(int depth) {
        at_ += operator_size();
        return options_.re2 && looking_at("?") ? re2_group(depth) : closed_group(depth, true);
    }

    PiecePtr escaped() {
        ++at_;
        if (at_ >= text_.size()) {
            fail(options_.re2 ? re2_error("trailing backslash at end of expression", "")
                              : "Trailing backslash");
            return literal('\\');
        }
        if (options_.re2) return re2_escaped();
        const char c = text_[at_];
        if (c >= '1' && c <= '9') {
            ++at_;
            const auto number = static_cast<std::uint32_t>(c - '0');
            if (number > groups_) fail("Invalid back reference");
            regex_.refers_back_ = true;
            return leaf(Regex::Op::Back, number);
        }
        switch (c) {
            case 'w':
            case 'W':
            case 's':
            case 'S': ++at_; return set(class_of(c), c < 'a');
            case 'b': ++at_; return leaf(Regex::Op::Boundary);
            case 'B': ++at_; return leaf(Regex::Op::NotBoundary);
            case '<': ++at_; return leaf(Regex::Op::WordBegin);
            case '>': ++at_; return leaf(Regex::Op::WordEnd);
            case 'n': ++at_; return literal('\n');
            case 't': ++at_; return literal('\t');
            default: return literal(next_code(text_, at_));
        }
    }

    PiecePtr set(std::vector<Regex::Range> ranges, bool negated) {
        regex_.sets_.push_back({std::move(ranges), negated});
        return leaf(Regex::Op::Set, static_cast<std::uint32_t>(regex_.sets_.size() - 1));
    }

    // One character between brackets.
    char32_t bracketed() {
        if (!options_.re2 || !looking_at("\\") || at_ + 1 >= text_.size()) return next_code(text_, at_);
        ++at_;
        return re2_character();
    }

    // Adds what \d and the like stand for; false when something else follows.
    bool add_class(std::vector<Regex::Range>& ranges) {
        const char letter = text_[at_ + 1];
        const std::vector<Regex::Range> known = class_of(letter);
        if (known.empty()) return false;
        at_ += 2;
        char32_t next = 0;
        if (letter >= 'a') {
            ranges.insert(ranges.end(), known.begin(), known.end());
            return true;
        }
        for (const Regex::Range& range : known) {
            if (range.first > next) ranges.push_back({next, range.first - 1});
            next = range.last + 1;
        }
        ranges.push_back({next, 0x10FFFF});
        return true;
    }

    PiecePtr bracket() {
        const std::size_t open = at_;
        ++at_;
        const bool negated = looking_at("^");
        if (negated) ++at_;
        std::vector<Regex::Range> ranges;
        for (bool first = true; at_ < text_.size() && (first || text_[at_] != ']'); first = false) {
            if (looking_at("[:")) {
                const std::size_t close = text_.find(":]", at_ + 2);
                const std::string_view name = text_.substr(at_ + 2, close - at_ - 2);
                bool known = false;
                for (const ClassRange& entry : kClasses) {
                    if (entry.name != name) continue;
                    ranges.push_back(entry.range);
                    known = true;
                }
                if (close == std::string_view::npos || !known) {
                    fail("Invalid character class name");
                    return literal('[');
                }
                at_ = close + 2;
                continue;
            }
            if (options_.re2 && looking_at("\\") && at_ + 1 < text_.size() && add_class(ranges)) continue;
            const char32_t from = bracketed();
            char32_t to = from;
            if (at_ + 1 < text_.size() && text_[at_] == '-' && text_[at_ + 1] != ']') {
                ++at_;
                to = bracketed();
                if (to < from) fail("Invalid range end");
            }
            ranges.push_back({from, to});
        }
        if (at_ >= text_.size()) {
            fail(options_.re2 ? re2_error("missing closing ]", text_.substr(open))
                              : "Unmatched [, [^, [:, [., or [=");
        } else {
            ++at_;
        }
        return set(std::move(ranges), negated);
    }

    // Wraps `piece` when a repetition follows. A * at the beginning is an ordinary character and never gets
    // here.
    bool repeats(Piece& piece, PiecePtr& owner) {
        const bool anchor = piece.kind == PieceKind::Leaf && piece.leaf.op == Regex::Op::Begin;
        int least = 0;
        int most = -1;
        if (at_ >= text_.size() || (anchor && !options_.extended)) return false;
        if (text_[at_] == '*') {
            ++at_;
        } else if (at_operator('+')) {
            least = 1;
            at_ += operator_size();
        } else if (at_operator('?')) {
            most = 1;
            at_ += operator_size();
        } else if (!at_operator('{') || !interval(least, most)) {
            return false;
        }
        auto repeat = std::make_unique<Piece>();
        repeat->kind = PieceKind::Repeat;
        repeat->least = least;
        repeat->most = most;
        repeat->children.push_back(std::move(owner));
        owner = std::move(repeat);
        if (options_.re2 && looking_at("?")) ++at_;  // lazy
        return true;
    }

    bool number(int& value) {
        bool any = false;
        value = 0;
        for (; at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9'; ++at_, any = true) {
            value = std::min(value * 10 + (text_[at_] - '0'), 10'000);
        }
        return any;
    }

    bool interval(int& least, int& most) {
        const std::size_t before = at_;
        at_ += operator_size();
        const bool has_least = number(least);
        most = least;
        if (looking_at(",")) {
            ++at_;
            if (!number(most)) most = -1;
        } else if (!has_least) {
            at_ = before;
        }
        if (at_ == before || !at_operator('}')) {
            at_ = before;
            if (!options_.extended) fail("Invalid content of \\{\\}");
            return false;  // An ordinary { in extended expressions.
        }
        at_ += operator_size();
        if (least > 1'000 || most > 1'000 || (most >= 0 && most < least)) fail("Invalid content of \\{\\}");
        return true;
    }

    std::uint32_t here() const { return static_cast<std::uint32_t>(regex_.program_.size()); }
    std::uint32_t add(Regex::Instruction instruction) {
        if (regex_.program_.size() >= Regex::kMaxProgram) {
            fail("Regular expression too big");
        } else {
            regex_.program_.push_back(instruction);
        }
        return here() - 1;
    }

    void emit_save(std::uint32_t group, const Piece& inside) {
        add({Regex::Op::Save, group * 2, 0});
        emit(inside);
        add({Regex::Op::Save, group * 2 + 1, 0});
        if (group == 0) add({Regex::Op::Match, 0, 0});
    }

    void emit(const Piece& piece) {
        if (!error_.empty()) return;
        switch (piece.kind) {
            case PieceKind::Leaf: add(piece.leaf); break;
            case PieceKind::Concat:
                for (const PiecePtr& child : piece.children) emit(*child);
                break;
            case PieceKind::Group: emit_save(piece.group, *piece.children[0]); break;
            case PieceKind::Alternate: emit_alternatives(piece); break;
            case PieceKind::Repeat: emit_repeat(piece); break;
        }
    }

    void emit_alternatives(const Piece& piece) {
        std::vector<std::uint32_t> ends;
        for (std::size_t i = 0; i < piece.children.size(); ++i) {
            const bool last = i + 1 == piece.children.size();
            const std::uint32_t split = last ? 0 : add({Regex::Op::Split, 0, 0});
            if (!last) regex_.program_[split].x = here();
            emit(*piece.children[i]);
            if (last) break;
            ends.push_back(add({Regex::Op::Jump, 0, 0}));
            regex_.program_[split].y = here();
        }
        for (const std::uint32_t end : ends) regex_.program_[end].x = here();
    }

    void emit_repeat(const Piece& piece) {
        const Piece& child = *piece.children[0];
        for (int i = 0; i < piece.least; ++i) emit(child);
        if (piece.most < 0) {
            const std::uint32_t split = add({Regex::Op::Split, 0, 0});
            regex_.program_[split].x = here();
            emit(child);
            add({Regex::Op::Jump, split, 0});
            regex_.program_[split].y = here();
            return;
        }
        std::vector<std::uint32_t> splits;
        for (int i = piece.least; i < piece.most && error_.empty(); ++i) {
            splits.push_back(add({Regex::Op::Split, 0, 0}));
            regex_.program_[splits.back()].x = here();
            emit(child);
        }
        for (const std::uint32_t split : splits) regex_.program_[split].y = here();
    }

    std::string_view text_;
    RegexOptions options_;
    std::size_t at_ = 0;
    std::uint32_t groups_ = 0;
    std::string error_{};
    Regex regex_{};
};

Result<Regex> Regex::compile(std::string_view pattern, RegexOptions options) {
    return RegexCompiler(pattern, options).compile();
}

}  // namespace kubetab::base
