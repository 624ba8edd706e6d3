// YamlScanner: YAML text to tokens. For yaml.cpp alone.
//
// upstream: sigs.k8s.io/yaml/goyaml.v2 scannerc.go
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kubetab::base {

struct YamlMark {
    std::size_t index = 0;
    int line = 0;  // from 0
    int column = 0;
};

enum class YamlToken {
    StreamEnd,
    Directive,
    DocumentStart,
    DocumentEnd,
    BlockSequenceStart,
    BlockMappingStart,
    BlockEnd,
    FlowSequenceStart,
    FlowSequenceEnd,
    FlowMappingStart,
    FlowMappingEnd,
    BlockEntry,
    FlowEntry,
    Key,
    Value,
    Alias,
    Anchor,
    Tag,
    Scalar,
};

struct YamlLexeme {
    YamlToken token = YamlToken::StreamEnd;
    YamlMark start{};
    std::string text{};  // of a scalar, an anchor, an alias or a tag
    bool plain = false;  // of a scalar: not quoted, not a block
};

// A mistake in the text. The line counts as upstream prints it; 0 means that no line is printed.
struct YamlMistake {
    std::string problem{};
    int line = 0;
};

class YamlScanner {
public:
    explicit YamlScanner(std::string_view text);

    // The next token; nullptr after a mistake. After the last token it stays at StreamEnd.
    const YamlLexeme* peek();
    void skip();
    const std::optional<YamlMistake>& mistake() const { return mistake_; }

private:
    struct SimpleKey {
        bool possible = false;
        bool required = false;
        std::size_t token_number = 0;
        YamlMark mark{};
    };

    char at(std::size_t offset = 0) const;
    bool at_end(std::size_t offset = 0) const { return mark_.index + offset >= text_.size(); }
    bool is_break(std::size_t offset = 0) const;
    bool is_blank(std::size_t offset = 0) const { return at(offset) == ' ' || at(offset) == '\t'; }
    bool is_blankz(std::size_t offset = 0) const {
        return at_end(offset) || is_blank(offset) || is_break(offset);
    }
    bool is_document_indicator() const;
    void advance();
    void skip_line();
    void read(std::string& into);
    void read_line(std::string& into);
    bool fail(std::string problem, const YamlMark& context = {});

    bool fetch_more();
    bool fetch_next();
    bool fetch_indicator();
    bool fetch_stream_end();
    bool fetch_document_indicator(YamlToken token);
    bool fetch_flow_start(YamlToken token);
    bool fetch_flow_end(YamlToken token);
    bool fetch_flow_entry();
    bool fetch_block_entry();
    bool fetch_key();
    bool fetch_value();
    bool scan_directive();
    bool scan_anchor(YamlToken token);
    bool scan_tag();
    bool scan_block_scalar(bool literal);
    bool scan_block_header(const YamlMark& start, int& chomping, int& increment);
    bool scan_block_breaks(int& indent, std::string& breaks, const YamlMark& start);
    bool scan_flow_scalar(bool single);
    bool scan_flow_text(bool single, const YamlMark& start, std::string& value, bool& leading_blanks);
    bool scan_escape(const YamlMark& start, std::string& value);
    bool scan_plain_scalar();
    void scan_to_next_token();

    bool stale_simple_keys();
    bool save_simple_key();
    bool remove_simple_key();
    void roll_indent(int column, std::optional<std::size_t> number, YamlToken token, const YamlMark& mark);
    void unroll_indent(int column);
    void push(YamlToken token, const YamlMark& start, std::string text = {}, bool plain = false);

    std::string_view text_;
    YamlMark mark_{};
    std::deque<YamlLexeme> tokens_{};
    std::size_t tokens_parsed_ = 0;
    bool stream_end_ = false;
    int indent_ = -1;
    std::vector<int> indents_{};
    bool simple_key_allowed_ = true;
    std::vector<SimpleKey> simple_keys_{SimpleKey{}};
    int flow_level_ = 0;
    std::optional<YamlMistake> mistake_{};
};

}  // namespace kubetab::base
