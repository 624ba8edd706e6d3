// Parsing of Go templates. upstream: Go text/template/parse
#include <algorithm>
#include <charconv>
#include <optional>
#include <set>
#include <utility>

#include "engine/kubectl/errors.h"
#include "engine/kubectl/printers/go_template_node.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using Kind = TemplateNode::Kind;
using NodePointer = std::unique_ptr<TemplateNode>;

constexpr std::string_view kBlanks = " \t\r\n";
// Parentheses and blocks deeper than this are a mistake.
constexpr int kMaxDepth = 200;

enum class TokenKind { End, Word, Field, Variable, Literal, Dot, Mark };

struct Token {
    TokenKind kind = TokenKind::End;
    std::size_t position = 0;
    std::string text{};
    base::Json value{};
    bool spaced = false;  // a blank stands before it
};

bool is_word_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

std::size_t word_end(std::string_view text, std::size_t at) {
    while (at < text.size() && is_word_character(text[at])) ++at;
    return at;
}

std::optional<base::Json> number_of(std::string_view text) {
    std::int64_t whole = 0;
    const char* begin = text.data() + (text.front() == '+' ? 1 : 0);
    const char* end = text.data() + text.size();
    const auto as_whole = std::from_chars(begin, end, whole);
    if (as_whole.ec == std::errc() && as_whole.ptr == end) return base::Json(whole);
    const auto parsed = base::parse_json(std::string(begin, end));
    if (parsed.ok() && parsed->is_number()) return *parsed;
    return std::nullopt;
}

// One action's text as tokens.
class Lexer {
public:
    Lexer(std::string_view text, std::size_t begin) : text_(text), at_(begin) {}

    // Reads to the end of the action. Failure: only the message.
    base::Result<std::vector<Token>> read() {
        std::vector<Token> tokens;
        while (true) {
            const std::size_t before = at_;
            while (at_ < text_.size() && kBlanks.find(text_[at_]) != std::string_view::npos) ++at_;
            const bool spaced = at_ > before;
            if (at_ >= text_.size()) return client_error("unclosed action");
            if (text_.substr(at_, 2) == "}}") {
                at_ += 2;
                return tokens;
            }
            if (spaced && text_.substr(at_, 3) == "-}}") {
                at_ += 3;
                while (at_ < text_.size() && kBlanks.find(text_[at_]) != std::string_view::npos) ++at_;
                return tokens;
            }
            tokens.push_back(TRY(next()));
            tokens.back().spaced = spaced;
        }
    }

    std::size_t position() const { return at_; }

private:
    Token take(TokenKind kind, std::size_t end) {
        Token token;
        token.kind = kind;
        token.position = at_;
        token.text = std::string(text_.substr(at_, end - at_));
        at_ = end;
        return token;
    }

    base::Result<Token> next() {
        const char c = text_[at_];
        const char following = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
        const bool digit = c >= '0' && c <= '9';
        if (c == '"' || c == '`' || c == '\'') return quoted(c);
        if (c == '.' && is_word_character(following)) {
            const bool number = following >= '0' && following <= '9';
            if (!number) return take(TokenKind::Field, word_end(text_, at_ + 1));
        }
        if (digit || c == '.' || c == '+' || c == '-') {
            if (c == '.' && !(following >= '0' && following <= '9')) return take(TokenKind::Dot, at_ + 1);
            return number();
        }
        if (c == '$') return take(TokenKind::Variable, word_end(text_, at_ + 1));
        if (c == ':' && following == '=') return take(TokenKind::Mark, at_ + 2);
        if (c == '|' || c == '(' || c == ')' || c == ',' || c == '=') return take(TokenKind::Mark, at_ + 1);
        if (is_word_character(c)) return take(TokenKind::Word, word_end(text_, at_));
        return client_error(std::string("unexpected \"") + c + "\" in command");
    }

    base::Result<Token> number() {
        std::size_t end = at_ + 1;
        while (end < text_.size() && (is_word_character(text_[end]) || text_[end] == '.' ||
                                      ((text_[end] == '-' || text_[end] == '+') &&
                                       (text_[end - 1] == 'e' || text_[end - 1] == 'E')))) {
            ++end;
        }
        Token token = take(TokenKind::Literal, end);
        const std::optional<base::Json> value = number_of(token.text);
        if (!value) return client_error("bad number syntax: " + quote(token.text));
        token.value = *value;
        return token;
    }

    base::Result<Token> quoted(char mark) {
        std::size_t end = at_ + 1;
        while (end < text_.size() && text_[end] != mark) {
            if (mark != '`' && text_[end] == '\n') break;
            const bool escape = mark != '`' && text_[end] == '\\';
            end += escape ? std::size_t{2} : std::size_t{1};
        }
        if (end >= text_.size() || text_[end] != mark) {
            return client_error(mark == '`'   ? "unterminated raw quoted string"
                                : mark == '"' ? "unterminated quoted string"
                                              : "unterminated character constant");
        }
        Token token = take(TokenKind::Literal, end + 1);
        const std::string inner = token.text.substr(1, token.text.size() - 2);
        if (mark == '`') {
            token.value = inner;
            return token;
        }
        // The escapes of JSON are those of Go that templates use; \' is one more in characters.
        const auto parsed = base::parse_json("\"" + (mark == '"' ? inner : "") + "\"");
        if (!parsed) return client_error("invalid syntax");
        token.value = *parsed;
        if (mark != '\'') return token;
        if (inner.size() != 1) return client_error("malformed character constant: " + token.text);
        token.value = static_cast<std::int64_t>(inner.front());
        return token;
    }

    std::string_view text_;
    std::size_t at_;
};

const std::set<std::string_view> kKeywords = {"block", "break", "continue", "define",   "else",
                                              "end",   "if",    "range",    "template", "with"};

class Parser {
public:
    explicit Parser(std::string_view text) : text_(text) {}

    base::Result<std::map<std::string, TemplateNodes>> parse() {
        TemplateNodes main;
        const base::Result<std::string> ended = nodes(main);
        if (!ended) return located(ended.error().message);
        if (!ended->empty()) return located("unexpected {{" + *ended + "}}");
        templates_[std::string(kMainTemplate)] = std::move(main);
        return std::move(templates_);
    }

private:
    base::Status located(const std::string& message) const {
        const std::string_view before = text_.substr(0, std::min(action_, text_.size()));
        const auto line = 1 + std::count(before.begin(), before.end(), '\n');
        return client_error("template: output:" + std::to_string(line) + ": " + message);
    }

    // Text and actions up to an {{end}} or {{else}}, which is named ("else if" with its tokens left to read),
    // or to the end of the text: "".
    base::Result<std::string> nodes(TemplateNodes& into) {
        while (at_ < text_.size()) {
            const std::size_t open = std::min(text_.find("{{", at_), text_.size());
            std::string plain(text_.substr(at_, open - at_));
            at_ = open;
            if (open == text_.size()) {
                add_text(into, std::move(plain));
                return std::string();
            }
            action_ = open;
            at_ += 2;
            const bool trims = at_ + 1 < text_.size() && text_[at_] == '-' &&
                               kBlanks.find(text_[at_ + 1]) != std::string_view::npos;
            if (trims) {
                plain.erase(plain.find_last_not_of(kBlanks) + 1);
                ++at_;
            }
            add_text(into, std::move(plain));
            if (TRY(skip_comment())) continue;
            Lexer lexer(text_, at_);
            tokens_ = TRY(lexer.read());
            at_ = lexer.position();
            next_ = 0;
            const std::string ended = TRY(action(into));
            if (!ended.empty()) return ended;
        }
        return std::string();
    }

    static void add_text(TemplateNodes& into, std::string text) {
        if (text.empty()) return;
        into.push_back(make(Kind::Text, 0));
        into.back()->text = std::move(text);
    }

    base::Result<bool> skip_comment() {
        const std::size_t begin = std::min(text_.find_first_not_of(kBlanks, at_), text_.size());
        if (text_.substr(begin, 2) != "/*") return false;
        const std::size_t close = text_.find("*/", begin);
        if (close == std::string_view::npos) return client_error("unclosed comment");
        at_ = close + 2;
        const std::string_view rest = text_.substr(at_);
        if (rest.substr(0, 2) == "}}") {
            at_ += 2;
            return true;
        }
        const std::size_t dash = rest.find_first_not_of(kBlanks);
        if (dash == 0 || dash == std::string_view::npos || rest.substr(dash, 3) != "-}}") {
            return client_error("comment ends before closing delimiter");
        }
        at_ = std::min(text_.find_first_not_of(kBlanks, at_ + dash + 3), text_.size());
        return true;
    }

    // One action. Its name when it ends the block around it.
    base::Result<std::string> action(TemplateNodes& into) {
        const Token first = peek();
        if (first.kind == TokenKind::End) return client_error("missing value for command");
        const bool keyword = first.kind == TokenKind::Word && kKeywords.count(first.text) != 0;
        if (!keyword) {
            NodePointer node = make(Kind::Print, first.position);
            node->parts.push_back(TRY(pipeline("command")));
            into.push_back(std::move(node));
            return std::string();
        }
        ++next_;
        if (first.text == "end" || first.text == "else") return first.text;
        if (first.text == "break" || first.text == "continue") {
            if (ranges_ == 0) return client_error("{{" + first.text + "}} outside {{range}}");
            into.push_back(make(first.text == "break" ? Kind::Break : Kind::Continue, first.position));
            return std::string();
        }
        if (first.text == "define") return define();
        if (first.text == "template" || first.text == "block") {
            into.push_back(TRY(include(first)));
            return std::string();
        }
        into.push_back(TRY(control(first)));
        return std::string();
    }

    // {{if}}, {{range}} or {{with}} with all that belongs to it.
    base::Result<NodePointer> control(const Token& word) {
        if (++depth_ > kMaxDepth) return client_error("blocks are nested too deeply");
        NodePointer node = make(word.text == "if"      ? Kind::If
                                : word.text == "range" ? Kind::Range
                                                       : Kind::With,
                                word.position);
        const std::size_t known = variables_.size();
        node->parts.push_back(TRY(pipeline(word.text)));
        const bool range = node->kind == Kind::Range;
        ranges_ += range ? 1 : 0;
        std::string ended = TRY(nodes(node->body));
        ranges_ -= range ? 1 : 0;
        if (ended == "else") {
            const Token inner = peek();
            if (!range && inner.kind == TokenKind::Word && inner.text == word.text) {
                ++next_;
                node->otherwise.push_back(TRY(control(inner)));
                ended = "end";
            } else {
                if (inner.kind != TokenKind::End) return unexpected(inner, "else");
                ended = TRY(nodes(node->otherwise));
                if (ended == "else") return client_error("expected end; found {{else}}");
            }
        }
        if (ended.empty()) return client_error("unexpected EOF");
        variables_.resize(known);
        --depth_;
        return node;
    }

    base::Result<std::string> template_name(const std::string& place) {
        const Token token = peek();
        if (token.kind != TokenKind::Literal || !token.value.is_string()) return unexpected(token, place);
        ++next_;
        return token.value.get<std::string>();
    }

    base::Result<std::string> define() {
        const std::string name = TRY(template_name("define clause"));
        if (peek().kind != TokenKind::End) return unexpected(peek(), "define clause");
        TRY(define_body(name));
        return std::string();
    }

    base::Result<void> define_body(const std::string& name) {
        if (++depth_ > kMaxDepth) return client_error("blocks are nested too deeply");
        TemplateNodes body;
        std::vector<std::string> outer = std::exchange(variables_, {"$"});
        const int ranges = std::exchange(ranges_, 0);
        const std::string ended = TRY(nodes(body));
        if (ended.empty()) return client_error("unexpected EOF");
        if (ended != "end") return client_error("unexpected {{" + ended + "}} in define clause");
        variables_ = std::move(outer);
        ranges_ = ranges;
        templates_[name] = std::move(body);
        --depth_;
        return {};
    }

    base::Result<NodePointer> include(const Token& word) {
        NodePointer node = make(Kind::Include, word.position);
        node->text = TRY(template_name(word.text + " clause"));
        if (word.text == "block" || peek().kind != TokenKind::End) {
            node->parts.push_back(TRY(pipeline(word.text + " clause")));
        }
        if (word.text == "block") TRY(define_body(node->text));
        return node;
    }

    static NodePointer make(Kind kind, std::size_t position) {
        NodePointer node = std::make_unique<TemplateNode>();
        node->kind = kind;
        node->position = position;
        return node;
    }

    Token peek(std::size_t ahead = 0) const {
        if (next_ + ahead < tokens_.size()) return tokens_[next_ + ahead];
        Token end;
        end.position = at_;
        return end;
    }
    bool at_mark(std::string_view mark) const {
        return peek().kind == TokenKind::Mark && peek().text == mark;
    }

    static base::Status unexpected(const Token& token, const std::string& place) {
        if (token.kind == TokenKind::End) return client_error("missing value for " + place);
        return client_error("unexpected <" + token.text + "> in " + place);
    }

    // `$x := …`, `$i, $x := …` (range only), `$x = …`.
    base::Result<void> declarations(TemplateNode& node, const std::string& place) {
        std::size_t count = 0;
        if (peek().kind == TokenKind::Variable && peek(1).text == "," && peek(2).kind == TokenKind::Variable)
            count = 2;
        else if (peek().kind == TokenKind::Variable) count = 1;
        const Token mark = peek(count == 2 ? 3 : count);
        if (count == 0 || mark.kind != TokenKind::Mark || (mark.text != ":=" && mark.text != "=")) return {};
        if (count == 2 && place != "range") return client_error("too many declarations in " + place);
        node.declares = mark.text == ":=";
        for (std::size_t i = 0; i < count; ++i) node.names.push_back(peek(2 * i).text);
        next_ += 2 * count;
        for (const std::string& name : node.names) {
            if (node.declares) variables_.push_back(name);
            else if (!knows(name)) return client_error("undefined variable " + quote(name));
        }
        return {};
    }

    bool knows(const std::string& variable) const {
        return std::find(variables_.begin(), variables_.end(), variable) != variables_.end();
    }

    base::Result<NodePointer> pipeline(const std::string& place) {
        if (++depth_ > kMaxDepth) return client_error("parentheses are nested too deeply");
        NodePointer node = make(Kind::Pipeline, peek().position);
        TRY(declarations(*node, place));
        while (true) {
            node->parts.push_back(TRY(command(place)));
            if (!at_mark("|")) break;
            ++next_;
        }
        if (peek().kind != TokenKind::End && !at_mark(")")) return unexpected(peek(), place);
        for (std::size_t i = 1; i < node->parts.size(); ++i) {
            const TemplateNode& called = *node->parts[i]->parts.front();
            const bool constant =
                called.kind == Kind::Literal || called.kind == Kind::Dot || called.kind == Kind::Nil;
            if (constant) {
                return client_error("non executable command in pipeline stage " + std::to_string(i + 1));
            }
        }
        --depth_;
        return node;
    }

    base::Result<NodePointer> command(const std::string& place) {
        NodePointer node = make(Kind::Command, peek().position);
        while (peek().kind != TokenKind::End && !at_mark("|") && !at_mark(")")) {
            if (!node->parts.empty() && !peek().spaced) return unexpected(peek(), "operand");
            node->parts.push_back(TRY(operand()));
        }
        if (node->parts.empty()) return client_error("missing value for " + place);
        return node;
    }

    base::Result<NodePointer> operand() {
        NodePointer node = TRY(term());
        if (peek().kind != TokenKind::Field || peek().spaced) return node;
        const Token first = peek();
        if (node->kind == Kind::Pipeline) {
            NodePointer chain = make(Kind::Chain, first.position);
            chain->parts.push_back(std::move(node));
            node = std::move(chain);
        } else if (node->kind != Kind::Field && node->kind != Kind::Variable) {
            return client_error("unexpected . after term " + quote(source_of(*node)));
        }
        node->position = first.position;
        while (peek().kind == TokenKind::Field && !peek().spaced) {
            node->names.push_back(peek().text.substr(1));
            ++next_;
        }
        return node;
    }

    base::Result<NodePointer> term() {
        const Token token = peek();
        ++next_;
        NodePointer node = make(Kind::Literal, token.position);
        node->text = token.text;
        switch (token.kind) {
            case TokenKind::Literal: node->value = token.value; return node;
            case TokenKind::Dot: node->kind = Kind::Dot; return node;
            case TokenKind::Field:
                node->kind = Kind::Field;
                node->names = {token.text.substr(1)};
                return node;
            case TokenKind::Variable:
                node->kind = Kind::Variable;
                node->names = {token.text};
                if (!knows(token.text)) return client_error("undefined variable " + quote(token.text));
                return node;
            case TokenKind::Word: return word(std::move(node));
            case TokenKind::Mark: break;
            case TokenKind::End: return client_error("unexpected end of action");
        }
        if (token.text != "(") return unexpected(token, "operand");
        NodePointer inner = TRY(pipeline("parenthesized pipeline"));
        if (!at_mark(")")) return client_error("unclosed left paren");
        ++next_;
        return inner;
    }

    static base::Result<NodePointer> word(NodePointer node) {
        const std::string& text = node->text;
        if (text == "true" || text == "false") {
            node->value = text == "true";
        } else if (text == "nil") {
            node->kind = Kind::Nil;
        } else {
            node->kind = Kind::Function;
            if (text == "html" || text == "js" || text == "urlquery" || text == "call") {
                return client_error("function " + quote(text) + " is not supported here");
            }
            if (!is_template_function(text)) return client_error("function " + quote(text) + " not defined");
        }
        return node;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t action_ = 0;  // where the action begins that is being read
    std::vector<Token> tokens_{};
    std::size_t next_ = 0;
    int ranges_ = 0;
    int depth_ = 0;
    std::vector<std::string> variables_{"$"};
    std::map<std::string, TemplateNodes> templates_{};
};

}  // namespace

base::Result<std::map<std::string, TemplateNodes>> parse_template(std::string_view text) {
    return Parser(text).parse();
}

std::string source_of(const TemplateNode& node) {
    std::string text;
    switch (node.kind) {
        case Kind::Pipeline:
            for (const auto& command : node.parts) text += (text.empty() ? "" : " | ") + source_of(*command);
            if (node.names.empty()) return text;
            return join(node.names, ", ") + (node.declares ? " := " : " = ") + text;
        case Kind::Command:
            for (const auto& part : node.parts) {
                const bool nested = part->kind == Kind::Pipeline;
                text +=
                    (text.empty() ? "" : " ") + (nested ? "(" + source_of(*part) + ")" : source_of(*part));
            }
            return text;
        case Kind::Chain: return "(" + source_of(*node.parts.front()) + ")." + join(node.names, ".");
        case Kind::Field: return "." + join(node.names, ".");
        case Kind::Variable: return join(node.names, ".");
        case Kind::Dot: return ".";
        case Kind::Nil: return "nil";
        default: return node.text;
    }
}

}  // namespace kubetab::kubectl
