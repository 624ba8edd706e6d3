// upstream: staging/src/k8s.io/client-go/util/jsonpath/parser.go
#include <utility>

#include "engine/base/json_path_node.h"
#include "engine/base/words.h"

namespace kubetab::base {
namespace {

using words::split;
using words::starts_with;
using words::trim;

constexpr int kMaxNesting = 32;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_word(char c) {
    return c == '_' || is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           static_cast<unsigned char>(c) >= 0x80;
}

std::unique_ptr<PathNode> make_node(PathNode::Kind kind, std::string text = {}) {
    auto node = std::make_unique<PathNode>();
    node->kind = kind;
    node->text = std::move(text);
    return node;
}

// "U+007C '|'"
std::string code_point(char c) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    const unsigned char byte = static_cast<unsigned char>(c);
    return std::string("U+00") + kHex[byte >> 4U] + kHex[byte & 15U] + " '" + c + "'";
}

class PathParser {
public:
    PathParser(std::string_view input, int nesting) : input_(input), nesting_(nesting) {}

    Result<PathNodes> parse() {
        if (nesting_ > kMaxNesting) return path_error("the template is nested too deeply");
        while (at_ < input_.size()) {
            const std::size_t open = input_.find('{', at_);
            const std::string_view text = input_.substr(at_, open - at_);
            if (!text.empty()) nodes_.push_back(make_node(PathNode::Kind::Text, std::string(text)));
            if (open == std::string_view::npos) break;
            at_ = open + 1;
            auto list = make_node(PathNode::Kind::List);
            TRY(parse_action(*list));
            nodes_.push_back(std::move(list));
        }
        return std::move(nodes_);
    }

private:
    char here(std::size_t offset = 0) const {
        return at_ + offset < input_.size() ? input_[at_ + offset] : '\0';
    }
    bool at_end() const { return at_ >= input_.size(); }

    Result<void> parse_action(PathNode& list) {
        while (true) {
            const std::string_view rest = input_.substr(std::min(at_, input_.size()));
            if (starts_with(rest, "}")) return ++at_, Result<void>();
            if (starts_with(rest, "[?(")) {
                TRY(parse_filter(list));
                continue;
            }
            if (starts_with(rest, "..")) {
                TRY(parse_recursive(list));
                continue;
            }
            const char c = here();
            if (at_end() || c == '\n' || c == '\r') return path_error("unclosed action");
            if (c == ' ' || c == '@' || c == '$') ++at_;
            else if (c == '[') TRY(parse_array(list));
            else if (c == '"' || c == '\'') TRY(parse_quote(list, c));
            else if (c == '.') parse_field(list, 1);
            else if (c == '+' || c == '-' || is_digit(c)) TRY(parse_number(list));
            else if (is_word(c)) parse_identifier(list);
            else return path_error("unrecognized character in action: " + code_point(c));
        }
    }

    static bool is_terminator(char c) {
        constexpr std::string_view kEnds = ".,[]$@{} \t\r\n";
        return kEnds.find(c) != std::string_view::npos;
    }

    std::string take_word() {
        std::string word;
        while (!at_end() && !is_terminator(here())) {
            if (here() == '\\') {
                ++at_;
                if (at_end()) break;
            }
            word += input_[at_++];
        }
        return word;
    }

    void parse_field(PathNode& list, std::size_t skip) {
        at_ += skip;
        std::string name = take_word();
        list.children.push_back(name == "*" ? make_node(PathNode::Kind::Wildcard)
                                            : make_node(PathNode::Kind::Field, std::move(name)));
    }

    void parse_identifier(PathNode& list) {
        std::string name = take_word();
        if (name == "true" || name == "false") {
            auto node = make_node(PathNode::Kind::Truth);
            node->literal = name == "true";
            list.children.push_back(std::move(node));
        } else {
            list.children.push_back(make_node(PathNode::Kind::Identifier, std::move(name)));
        }
    }

    Result<void> parse_recursive(PathNode& list) {
        if (!list.children.empty() && list.children.back()->kind == PathNode::Kind::Recursive) {
            return path_error("invalid multiple recursive descent");
        }
        at_ += 2;
        list.children.push_back(make_node(PathNode::Kind::Recursive));
        if (is_word(here())) parse_field(list, 0);
        return {};
    }

    Result<void> parse_number(PathNode& list) {
        const std::size_t start = at_;
        if (here() == '+' || here() == '-') ++at_;
        while (is_digit(here()) || here() == '.') ++at_;
        const std::string text(input_.substr(start, at_ - start));
        auto node = make_node(PathNode::Kind::Number);
        const Result<Json> number = parse_json(text.front() == '+' ? text.substr(1) : text);
        if (!number || !number->is_number()) return path_error("cannot parse number " + text);
        node->literal = *number;
        list.children.push_back(std::move(node));
        return {};
    }

    Result<void> parse_quote(PathNode& list, char end) {
        ++at_;
        std::string value;
        while (true) {
            if (at_end() || here() == '\n') return path_error("unterminated quoted string");
            const char c = input_[at_++];
            if (c == end) break;
            if (c != '\\') {
                value += c;
                continue;
            }
            const char escaped = here();
            ++at_;
            switch (escaped) {
                case 'n': value += '\n'; break;
                case 't': value += '\t'; break;
                case 'r': value += '\r'; break;
                case '"':
                case '\'':
                case '\\':
                case '{':
                case '}': value += escaped; break;
                default:
                    return path_error("unquote string " + std::string(input_.substr(0, at_)) +
                                      " error invalid syntax");
            }
        }
        list.children.push_back(make_node(PathNode::Kind::Text, std::move(value)));
        return {};
    }

    // An action of its own, as one list.
    Result<std::unique_ptr<PathNode>> parse_inner(const std::string& text) {
        PathNodes nodes = TRY(PathParser("{" + text + "}", nesting_ + 1).parse_owned());
        return std::move(nodes.front());
    }

public:
    // The parser of a temporary text keeps it until it is done.
    PathParser(std::string owned, int nesting)
        : owned_(std::move(owned)), input_(owned_), nesting_(nesting) {}
    Result<PathNodes> parse_owned() {
        PathNodes nodes = TRY(parse());
        if (nodes.empty()) return path_error("unclosed action");
        return nodes;
    }

private:
    Result<void> parse_array(PathNode& list) {
        const std::size_t close = input_.find(']', at_);
        if (close == std::string_view::npos) return path_error("unterminated array");
        std::string text(input_.substr(at_ + 1, close - at_ - 1));
        if (text.find('\n') != std::string::npos) return path_error("unterminated array");
        at_ = close + 1;
        if (text == "*") text = ":";
        const std::vector<std::string> parts = split(text, ',');
        if (parts.size() > 1) {
            auto node = make_node(PathNode::Kind::Union);
            for (const std::string& part : parts) {
                node->children.push_back(TRY(parse_inner("[" + std::string(trim(part)) + "]")));
            }
            list.children.push_back(std::move(node));
            return {};
        }
        if (text.size() >= 2 && text.front() == '\'' && text.back() == '\'') {
            auto inner = TRY(parse_inner("." + text.substr(1, text.size() - 2)));
            for (auto& child : inner->children) list.children.push_back(std::move(child));
            return {};
        }
        auto node = make_node(PathNode::Kind::Array);
        TRY(parse_bounds(text, *node));
        list.children.push_back(std::move(node));
        return {};
    }

    static Result<void> parse_bounds(const std::string& text, PathNode& node) {
        const std::vector<std::string> parts = split(text, ':');
        if (parts.size() > 3) return path_error("invalid array index " + text);
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const std::string& part = parts[i];
            if (part.empty()) continue;
            const std::size_t digits = part.front() == '-' ? 1 : 0;
            if (part.size() == digits || part.size() > 9) return path_error("invalid array index " + text);
            int value = 0;
            for (std::size_t k = digits; k < part.size(); ++k) {
                if (!is_digit(part[k])) return path_error("invalid array index " + text);
                value = value * 10 + (part[k] - '0');
            }
            node.bounds[i] = {digits == 1 ? -value : value, true, false};
        }
        if (parts.size() == 1) {
            if (!node.bounds[0].known) return path_error("invalid array index " + text);
            node.bounds[1] = {node.bounds[0].value + 1, true, true};
        }
        return {};
    }

    // The end of "…)]" of a filter, quotes respected.
    std::size_t filter_end() const {
        char pair = '\0';
        bool begun = false;
        bool ended = false;
        for (std::size_t i = at_; i < input_.size(); ++i) {
            const char c = input_[i];
            if (c == '\n') break;
            if (c == '"' || c == '\'') {
                if (!begun) {
                    begun = true;
                    pair = c;
                } else if (input_[i - 1] != '\\' && c == pair) {
                    ended = true;
                }
            }
            if (c == ')' && begun == ended) return i;
        }
        return std::string_view::npos;
    }

    Result<void> parse_filter(PathNode& list) {
        at_ += 3;
        const std::size_t end = filter_end();
        if (end == std::string_view::npos) return path_error("unterminated filter");
        const std::string text(input_.substr(at_, end - at_));
        at_ = end + 1;
        if (here() != ']') return path_error("unclosed array expect ]");
        ++at_;
        constexpr std::string_view kOperators = "!<>=";
        const std::size_t from = text.find_first_of(kOperators);
        auto node = make_node(PathNode::Kind::Filter, "exists");
        if (from == std::string::npos || from == 0) {
            node->children.push_back(TRY(parse_inner(text)));
        } else {
            const std::size_t to = std::min(text.find_first_not_of(kOperators, from), text.size());
            node->text = text.substr(from, to - from);
            node->children.push_back(TRY(parse_inner(text.substr(0, from))));
            node->children.push_back(TRY(parse_inner(text.substr(to))));
        }
        list.children.push_back(std::move(node));
        return {};
    }

    std::string owned_{};
    std::string_view input_;
    std::size_t at_ = 0;
    int nesting_ = 0;
    PathNodes nodes_{};
};

}  // namespace

Status path_error(std::string message) {
    Status status;
    status.code = 0;
    status.message = std::move(message);
    return status;
}

Result<PathNodes> parse_path(std::string_view text) {
    return PathParser(text, 0).parse();
}

}  // namespace kubetab::base
