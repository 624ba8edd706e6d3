#include "engine/base/yaml.h"

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "engine/base/json.h"
#include "engine/base/yaml_lines.h"
#include "engine/base/yaml_scanner.h"

namespace kubetab::base {
namespace {

constexpr std::size_t kMaxNodes = 200'000;
constexpr std::size_t kMaxTextBytes = std::size_t{12} * 1024 * 1024;
constexpr std::string_view kStringTag = "tag:yaml.org,2002:str";

Status yaml_failure(const YamlMistake& mistake) {
    const std::string where = mistake.line > 0 ? "line " + std::to_string(mistake.line) + ": " : "";
    return failure(Reason::BadRequest, "yaml: " + where + mistake.problem);
}

// A key of a JSON object for a key of a mapping. upstream: sigs.k8s.io/yaml convertToJSONableObject
Result<std::string> text_of_key(const Json& key) {
    if (key.is_string()) return key.get<std::string>();
    if (key.is_boolean()) return std::string(key.get<bool>() ? "true" : "false");
    if (key.is_number()) return key.dump();
    if (key.is_null()) return std::string("null");
    return failure(Reason::BadRequest, "yaml: invalid map key: a mapping or a sequence cannot be a key");
}

// Tokens to a value, by recursive descent. Every parse_* returns false after a mistake.
// upstream: sigs.k8s.io/yaml/goyaml.v2 parserc.go
class Parser {
public:
    Parser(std::string_view text, std::vector<YamlDuplicate>* duplicates, YamlLines* lines)
        : scanner_(text), duplicates_(duplicates), lines_(lines) {}

    Result<Json> parse() {
        Json value;
        if (!parse_document(value)) {
            if (failure_) return *failure_;
            if (scanner_.mistake()) return yaml_failure(*scanner_.mistake());
            return yaml_failure(mistake_);
        }
        return value;
    }

private:
    struct Anchor {
        Json value{};
        std::size_t nodes = 0;
        std::size_t text_bytes = 0;
        bool complete = false;
    };

    bool is(YamlToken token) {
        const YamlLexeme* next = scanner_.peek();
        return next != nullptr && next->token == token;
    }
    bool is_any(std::initializer_list<YamlToken> tokens) {
        for (const YamlToken token : tokens) {
            if (is(token)) return true;
        }
        return false;
    }
    YamlMark here() {
        const YamlLexeme* next = scanner_.peek();
        return next != nullptr ? next->start : YamlMark{};
    }
    bool ok() { return scanner_.peek() != nullptr; }
    // upstream counts a parser's line from 0, so that it names the line before.
    bool fail(std::string problem, const YamlMark& context) {
        const YamlMark mark = here();
        mistake_ = {std::move(problem), mark.line != 0 ? mark.line : context.line};
        return false;
    }
    bool refuse(std::string message) {
        failure_ = failure(Reason::BadRequest, "yaml: " + std::move(message));
        return false;
    }
    bool count(std::size_t nodes, std::size_t text_bytes) {
        nodes_ += nodes;
        text_bytes_ += text_bytes;
        return (nodes_ <= kMaxNodes && text_bytes_ <= kMaxTextBytes) ||
               refuse("document contains excessive aliasing");
    }
    // The path grows by a step while the value there is read; gives the path before. Kept only when lines are
    // asked for.
    std::string enter(const std::string& step, const YamlMark& place) {
        std::string before = path_;
        path_ += step;
        lines_->emplace(path_, place.line + 1);
        return before;
    }
    std::string enter_item(const Json& sequence) {
        if (lines_ == nullptr) return {};
        return enter("[" + std::to_string(sequence.size() - 1) + "]", here());
    }
    std::string enter_key(const Json& key, const YamlMark& place) {
        if (lines_ == nullptr) return {};
        const std::string name = key.is_string() ? key.get<std::string>() : key.dump();
        return enter(path_.empty() ? name : "." + name, place);
    }

    bool parse_document(Json& value) {
        while (is_any({YamlToken::DocumentEnd})) scanner_.skip();
        while (is(YamlToken::Directive)) scanner_.skip();
        if (is(YamlToken::DocumentStart)) scanner_.skip();
        if (!ok()) return false;
        if (is_any({YamlToken::Directive, YamlToken::DocumentStart, YamlToken::DocumentEnd,
                    YamlToken::StreamEnd})) {
            return true;
        }
        if (!parse_node(value, true, false)) return false;
        return ok();
    }

    bool parse_alias(Json& value) {
        const std::string name = scanner_.peek()->text;
        scanner_.skip();
        const auto it = anchors_.find(name);
        if (it == anchors_.end()) return refuse("unknown anchor '" + name + "' referenced");
        if (!it->second.complete) return refuse("anchor '" + name + "' value contains itself");
        if (!count(it->second.nodes, it->second.text_bytes)) return false;
        value = it->second.value;
        return true;
    }

    bool parse_node(Json& value, bool block, bool indentless) {
        if (!ok()) return false;
        if (is(YamlToken::Alias)) return parse_alias(value);
        const YamlMark start = here();
        std::string anchor;
        std::string tag;
        while (is_any({YamlToken::Anchor, YamlToken::Tag})) {
            std::string& into = is(YamlToken::Anchor) ? anchor : tag;
            if (!into.empty()) break;
            into = scanner_.peek()->text;
            scanner_.skip();
        }
        if (!ok() || !count(1, 0)) return false;
        const std::size_t before = nodes_;
        const std::size_t text_before = text_bytes_;
        if (!anchor.empty()) anchors_[anchor] = {};
        if (++depth_ > kMaxDepth) return refuse("exceeded max depth of " + std::to_string(kMaxDepth));
        const bool parsed =
            parse_content(value, block, indentless, tag, !anchor.empty() || !tag.empty(), start);
        --depth_;
        if (!parsed) return false;
        if (!anchor.empty()) anchors_[anchor] = {value, nodes_ - before + 1, text_bytes_ - text_before, true};
        return true;
    }

    bool parse_content(Json& value, bool block, bool indentless, const std::string& tag, bool may_be_empty,
                       const YamlMark& start) {
        const YamlLexeme& next = *scanner_.peek();
        if (indentless && next.token == YamlToken::BlockEntry) return parse_indentless_sequence(value);
        if (next.token == YamlToken::Scalar) {
            if (!count(0, next.text.size())) return false;
            const bool as_text = !next.plain || tag == kStringTag || tag == "!";
            value = as_text && !(!next.plain && tag.size() > 1 && tag != kStringTag && tag[0] == 't')
                        ? Json(next.text)
                        : resolve_yaml_scalar(next.text);
            scanner_.skip();
            return true;
        }
        if (next.token == YamlToken::FlowSequenceStart) return parse_flow_sequence(value);
        if (next.token == YamlToken::FlowMappingStart) return parse_flow_mapping(value);
        if (block && next.token == YamlToken::BlockSequenceStart) return parse_block_sequence(value);
        if (block && next.token == YamlToken::BlockMappingStart) return parse_block_mapping(value);
        if (may_be_empty) return true;
        return fail("did not find expected node content", start);
    }

    bool parse_block_sequence(Json& value) {
        const YamlMark start = here();
        scanner_.skip();
        value = Json::array();
        while (is(YamlToken::BlockEntry)) {
            scanner_.skip();
            value.push_back(nullptr);
            if (is_any({YamlToken::BlockEntry, YamlToken::BlockEnd})) continue;
            const std::string outer = enter_item(value);
            if (!parse_node(value.back(), true, false)) return false;
            path_ = outer;
        }
        if (!ok()) return false;
        if (!is(YamlToken::BlockEnd)) return fail("did not find expected '-' indicator", start);
        scanner_.skip();
        return true;
    }

    bool parse_indentless_sequence(Json& value) {
        value = Json::array();
        while (is(YamlToken::BlockEntry)) {
            scanner_.skip();
            value.push_back(nullptr);
            if (is_any({YamlToken::BlockEntry, YamlToken::Key, YamlToken::Value, YamlToken::BlockEnd}))
                continue;
            const std::string outer = enter_item(value);
            if (!parse_node(value.back(), true, false)) return false;
            path_ = outer;
        }
        return ok();
    }

    bool parse_block_mapping(Json& value) {
        const YamlMark start = here();
        scanner_.skip();
        value = Json::object();
        while (is_any({YamlToken::Key, YamlToken::Value})) {
            const YamlMark place = here();
            Json key;
            bool merges = false;
            if (is(YamlToken::Key)) {
                scanner_.skip();
                if (!is_any({YamlToken::Key, YamlToken::Value, YamlToken::BlockEnd})) {
                    merges = is_merge_key();
                    if (!parse_node(key, true, true)) return false;
                }
            }
            Json item;
            if (is(YamlToken::Value)) {
                scanner_.skip();
                const std::string outer = enter_key(key, place);
                if (!is_any({YamlToken::Key, YamlToken::Value, YamlToken::BlockEnd})) {
                    if (!parse_node(item, true, true)) return false;
                }
                path_ = outer;
            }
            if (!ok() || !put(value, key, std::move(item), merges, place)) return false;
        }
        if (!ok()) return false;
        if (!is(YamlToken::BlockEnd)) return fail("did not find expected key", start);
        scanner_.skip();
        return true;
    }

    bool parse_flow_sequence(Json& value) {
        const YamlMark start = here();
        scanner_.skip();
        value = Json::array();
        for (bool first = true; !is(YamlToken::FlowSequenceEnd); first = false) {
            if (!ok()) return false;
            if (!first) {
                if (!is(YamlToken::FlowEntry)) return fail("did not find expected ',' or ']'", start);
                scanner_.skip();
                if (is(YamlToken::FlowSequenceEnd)) break;
            }
            value.push_back(nullptr);
            const std::string outer = enter_item(value);
            const bool parsed =
                is(YamlToken::Key) ? parse_single_pair(value.back()) : parse_node(value.back(), false, false);
            if (!parsed) return false;
            path_ = outer;
        }
        scanner_.skip();
        return true;
    }

    // [a: b] is a sequence of one mapping.
    bool parse_single_pair(Json& value) {
        const YamlMark place = here();
        scanner_.skip();
        value = Json::object();
        Json key;
        Json item;
        if (!is_any({YamlToken::Value, YamlToken::FlowEntry, YamlToken::FlowSequenceEnd})) {
            if (!parse_node(key, false, false)) return false;
        }
        if (is(YamlToken::Value)) {
            scanner_.skip();
            if (!is_any({YamlToken::FlowEntry, YamlToken::FlowSequenceEnd}) &&
                !parse_node(item, false, false))
                return false;
        }
        return ok() && put(value, key, std::move(item), false, place);
    }

    bool parse_flow_mapping(Json& value) {
        const YamlMark start = here();
        scanner_.skip();
        value = Json::object();
        for (bool first = true; !is(YamlToken::FlowMappingEnd); first = false) {
            if (!ok()) return false;
            if (!first) {
                if (!is(YamlToken::FlowEntry)) return fail("did not find expected ',' or '}'", start);
                scanner_.skip();
                if (is(YamlToken::FlowMappingEnd)) break;
            }
            if (!parse_flow_pair(value)) return false;
        }
        scanner_.skip();
        return true;
    }

    bool parse_flow_pair(Json& value) {
        const YamlMark place = here();
        Json key;
        Json item;
        bool merges = false;
        if (is(YamlToken::Key)) {
            scanner_.skip();
            if (!is_any({YamlToken::Value, YamlToken::FlowEntry, YamlToken::FlowMappingEnd})) {
                merges = is_merge_key();
                if (!parse_node(key, false, false)) return false;
            }
            if (is(YamlToken::Value)) {
                scanner_.skip();
                const std::string outer = enter_key(key, place);
                if (!is_any({YamlToken::FlowEntry, YamlToken::FlowMappingEnd}) &&
                    !parse_node(item, false, false)) {
                    return false;
                }
                path_ = outer;
            }
        } else if (!parse_node(key, false, false)) {
            return false;
        }
        return ok() && put(value, key, std::move(item), merges, place);
    }

    bool is_merge_key() {
        const YamlLexeme* next = scanner_.peek();
        return next != nullptr && next->token == YamlToken::Scalar && next->plain && next->text == "<<";
    }

    bool put(Json& mapping, const Json& key, Json item, bool merges, const YamlMark& place) {
        if (merges) return merge(mapping, item);
        const Result<std::string> name = text_of_key(key);
        if (!name) {
            failure_ = name.error();
            return false;
        }
        if (duplicates_ != nullptr && mapping.contains(*name))
            duplicates_->push_back({*name, place.line + 1});
        mapping[*name] = std::move(item);
        return true;
    }

    bool merge(Json& mapping, const Json& source) {
        if (source.is_object()) {
            for (const auto& [name, value] : source.items()) mapping[name] = value;
            return true;
        }
        if (!source.is_array()) return refuse("map merge requires map or sequence of maps as the value");
        for (auto it = source.rbegin(); it != source.rend(); ++it) {
            if (!it->is_object()) return refuse("map merge requires map or sequence of maps as the value");
            for (const auto& [name, value] : it->items()) mapping[name] = value;
        }
        return true;
    }

    YamlScanner scanner_;
    std::vector<YamlDuplicate>* duplicates_;
    YamlLines* lines_;
    std::string path_{};  // of the value being read
    std::map<std::string, Anchor> anchors_{};
    YamlMistake mistake_{};
    std::optional<Status> failure_{};
    std::size_t nodes_ = 0;
    std::size_t text_bytes_ = 0;
    int depth_ = 0;
};

// Length of the UTF-8 sequence at `at`, or 0 when it is none.
std::size_t utf8_length(std::string_view text, std::size_t at) {
    const unsigned char first = static_cast<unsigned char>(text[at]);
    const std::size_t length = first < 0x80                    ? 1
                               : first >= 0xF0 && first < 0xF5 ? 4
                               : first >= 0xE0                 ? 3
                               : first >= 0xC2                 ? 2
                                                               : 0;
    if (length == 0 || first >= 0xF5 || at + length > text.size()) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((static_cast<unsigned char>(text[at + i]) & 0xC0U) != 0x80U) return 0;
    }
    return length;
}

// upstream: goyaml.v2 readerc.go
Result<void> check_characters(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = utf8_length(text, i);
        if (length == 0) return failure(Reason::BadRequest, "yaml: invalid leading UTF-8 octet");
        const unsigned char c = static_cast<unsigned char>(text[i]);
        if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F) {
            return failure(Reason::BadRequest, "yaml: control characters are not allowed");
        }
        i += length;
    }
    return {};
}

Result<Json> parse(std::string_view text, std::vector<YamlDuplicate>* duplicates, YamlLines* lines) {
    if (text.size() > kMaxDocumentBytes) {
        return failure(Reason::RequestEntityTooLarge, "yaml: the document is larger than 3145728 bytes");
    }
    TRY(check_characters(text));
    return Parser(text, duplicates, lines).parse();
}

bool is_separator(std::string_view line) {
    if (line.substr(0, 3) != "---") return false;
    line.remove_prefix(3);
    while (!line.empty() &&
           (line.front() == ' ' || line.front() == '\t' || line.front() == '\r' || line.front() == '\n')) {
        line.remove_prefix(1);
    }
    return line.empty() || line.front() == '#';
}

}  // namespace

Result<Json> parse_yaml(std::string_view text, std::vector<YamlDuplicate>* duplicates) {
    return parse(text, duplicates, nullptr);
}

Result<Json> parse_yaml_with_lines(std::string_view text, std::vector<YamlDuplicate>& duplicates,
                                   YamlLines& lines) {
    return parse(text, &duplicates, &lines);
}

std::vector<std::string> split_yaml_documents(std::string_view text) {
    std::vector<std::string> documents;
    std::string current;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::size_t length = end == std::string_view::npos ? text.size() : end + 1;
        const std::string_view line = text.substr(0, length);
        text.remove_prefix(length);
        if (is_separator(line) && !current.empty()) {
            documents.push_back(std::exchange(current, {}));
        } else {
            current += line;
        }
    }
    if (!current.empty()) documents.push_back(std::move(current));
    return documents;
}

}  // namespace kubetab::base
