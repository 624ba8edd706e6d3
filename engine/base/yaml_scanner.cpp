#include "engine/base/yaml_scanner.h"

#include <utility>

namespace kubetab::base {

YamlScanner::YamlScanner(std::string_view text) : text_(text) {
    if (text_.substr(0, 3) == "\xEF\xBB\xBF") text_.remove_prefix(3);
}

const YamlLexeme* YamlScanner::peek() {
    if (mistake_) return nullptr;
    if (!fetch_more()) return nullptr;
    return &tokens_.front();
}

void YamlScanner::skip() {
    if (tokens_.empty() || tokens_.front().token == YamlToken::StreamEnd) return;
    tokens_.pop_front();
    ++tokens_parsed_;
}

char YamlScanner::at(std::size_t offset) const {
    return mark_.index + offset < text_.size() ? text_[mark_.index + offset] : '\0';
}

bool YamlScanner::is_break(std::size_t offset) const {
    const char c = at(offset);
    return c == '\n' || c == '\r';
}

bool YamlScanner::is_document_indicator() const {
    if (mark_.column != 0) return false;
    const std::string_view three = text_.substr(mark_.index, 3);
    return (three == "---" || three == "...") && is_blankz(3);
}

void YamlScanner::advance() {
    // Columns count characters, so the rest of a UTF-8 sequence goes along.
    ++mark_.index;
    while (mark_.index < text_.size() && (static_cast<unsigned char>(text_[mark_.index]) & 0xC0U) == 0x80U)
        ++mark_.index;
    ++mark_.column;
}

void YamlScanner::skip_line() {
    if (at() == '\r' && at(1) == '\n') ++mark_.index;
    ++mark_.index;
    mark_.column = 0;
    ++mark_.line;
}

void YamlScanner::read(std::string& into) {
    const std::size_t from = mark_.index;
    advance();
    into += text_.substr(from, mark_.index - from);
}

void YamlScanner::read_line(std::string& into) {
    into += '\n';
    skip_line();
}

bool YamlScanner::fail(std::string problem, const YamlMark& context) {
    // upstream: goyaml.v2 decode.go parser.fail. A scanner's line counts from 1, unless it is the first.
    const int line = mark_.line != 0 ? mark_.line + 1 : context.line;
    mistake_ = YamlMistake{std::move(problem), line};
    return false;
}

void YamlScanner::push(YamlToken token, const YamlMark& start, std::string text, bool plain) {
    tokens_.push_back({token, start, std::move(text), plain});
}

bool YamlScanner::fetch_more() {
    while (true) {
        bool need_more = tokens_.empty();
        if (!need_more) {
            if (stream_end_ && tokens_.front().token == YamlToken::StreamEnd) return true;
            if (!stale_simple_keys()) return false;
            for (const SimpleKey& key : simple_keys_)
                need_more |= key.possible && key.token_number == tokens_parsed_;
        }
        if (!need_more) return true;
        if (!fetch_next()) return false;
    }
}

bool YamlScanner::fetch_next() {
    scan_to_next_token();
    if (!stale_simple_keys()) return false;
    unroll_indent(mark_.column);
    if (at_end()) return fetch_stream_end();
    if (mark_.column == 0 && at() == '%') return scan_directive();
    if (is_document_indicator()) {
        return fetch_document_indicator(at() == '-' ? YamlToken::DocumentStart : YamlToken::DocumentEnd);
    }
    return fetch_indicator();
}

bool YamlScanner::fetch_indicator() {
    const bool in_flow = flow_level_ > 0;
    switch (at()) {
        case '[': return fetch_flow_start(YamlToken::FlowSequenceStart);
        case '{': return fetch_flow_start(YamlToken::FlowMappingStart);
        case ']': return fetch_flow_end(YamlToken::FlowSequenceEnd);
        case '}': return fetch_flow_end(YamlToken::FlowMappingEnd);
        case ',': return fetch_flow_entry();
        case '*': return scan_anchor(YamlToken::Alias);
        case '&': return scan_anchor(YamlToken::Anchor);
        case '!': return scan_tag();
        case '\'': return scan_flow_scalar(true);
        case '"': return scan_flow_scalar(false);
        case '-':
            if (is_blankz(1)) return fetch_block_entry();
            break;
        case '?':
            if (in_flow || is_blankz(1)) return fetch_key();
            break;
        case ':':
            if (in_flow || is_blankz(1)) return fetch_value();
            break;
        case '|':
        case '>':
            if (!in_flow) return scan_block_scalar(at() == '|');
            break;
        default: break;
    }
    constexpr std::string_view kIndicators = ",[]{}#&*!|>'\"%@`";
    if (is_blankz() || kIndicators.find(at()) != std::string_view::npos) {
        return fail("found character that cannot start any token");
    }
    return scan_plain_scalar();
}

void YamlScanner::scan_to_next_token() {
    while (true) {
        // A tab cannot indent a block.
        while (at() == ' ' || ((flow_level_ > 0 || !simple_key_allowed_) && at() == '\t')) advance();
        if (at() == '#') {
            while (!at_end() && !is_break()) advance();
        }
        if (!is_break()) return;
        skip_line();
        if (flow_level_ == 0) simple_key_allowed_ = true;
    }
}

bool YamlScanner::stale_simple_keys() {
    for (SimpleKey& key : simple_keys_) {
        if (!key.possible) continue;
        if (key.mark.line >= mark_.line && key.mark.index + 1024 >= mark_.index) continue;
        if (key.required) return fail("could not find expected ':'", key.mark);
        key.possible = false;
    }
    return true;
}

bool YamlScanner::save_simple_key() {
    if (!simple_key_allowed_) return true;
    if (!remove_simple_key()) return false;
    const bool required = flow_level_ == 0 && indent_ == mark_.column;
    simple_keys_.back() = {true, required, tokens_parsed_ + tokens_.size(), mark_};
    return true;
}

bool YamlScanner::remove_simple_key() {
    SimpleKey& key = simple_keys_.back();
    if (key.possible && key.required) return fail("could not find expected ':'", key.mark);
    key.possible = false;
    return true;
}

void YamlScanner::roll_indent(int column, std::optional<std::size_t> number, YamlToken token,
                              const YamlMark& mark) {
    if (flow_level_ > 0 || indent_ >= column) return;
    indents_.push_back(indent_);
    indent_ = column;
    const YamlLexeme lexeme{token, mark, {}, false};
    if (!number) {
        tokens_.push_back(lexeme);
    } else {
        tokens_.insert(tokens_.begin() + static_cast<std::ptrdiff_t>(*number - tokens_parsed_), lexeme);
    }
}

void YamlScanner::unroll_indent(int column) {
    if (flow_level_ > 0) return;
    while (indent_ > column) {
        push(YamlToken::BlockEnd, mark_);
        indent_ = indents_.back();
        indents_.pop_back();
    }
}

bool YamlScanner::fetch_stream_end() {
    if (mark_.column != 0) {
        mark_.column = 0;
        ++mark_.line;
    }
    unroll_indent(-1);
    if (!remove_simple_key()) return false;
    simple_key_allowed_ = false;
    stream_end_ = true;
    push(YamlToken::StreamEnd, mark_);
    return true;
}

bool YamlScanner::fetch_document_indicator(YamlToken token) {
    unroll_indent(-1);
    if (!remove_simple_key()) return false;
    simple_key_allowed_ = false;
    const YamlMark start = mark_;
    for (int i = 0; i < 3; ++i) advance();
    push(token, start);
    return true;
}

bool YamlScanner::fetch_flow_start(YamlToken token) {
    if (!save_simple_key()) return false;
    simple_keys_.push_back({});
    ++flow_level_;
    simple_key_allowed_ = true;
    push(token, mark_);
    advance();
    return true;
}

bool YamlScanner::fetch_flow_end(YamlToken token) {
    if (!remove_simple_key()) return false;
    if (flow_level_ > 0) {
        --flow_level_;
        simple_keys_.pop_back();
    }
    simple_key_allowed_ = false;
    push(token, mark_);
    advance();
    return true;
}

bool YamlScanner::fetch_flow_entry() {
    if (!remove_simple_key()) return false;
    simple_key_allowed_ = true;
    push(YamlToken::FlowEntry, mark_);
    advance();
    return true;
}

bool YamlScanner::fetch_block_entry() {
    if (flow_level_ == 0) {
        if (!simple_key_allowed_) return fail("block sequence entries are not allowed in this context");
        roll_indent(mark_.column, {}, YamlToken::BlockSequenceStart, mark_);
    }
    if (!remove_simple_key()) return false;
    simple_key_allowed_ = true;
    push(YamlToken::BlockEntry, mark_);
    advance();
    return true;
}

bool YamlScanner::fetch_key() {
    if (flow_level_ == 0) {
        if (!simple_key_allowed_) return fail("mapping keys are not allowed in this context");
        roll_indent(mark_.column, {}, YamlToken::BlockMappingStart, mark_);
    }
    if (!remove_simple_key()) return false;
    simple_key_allowed_ = flow_level_ == 0;
    push(YamlToken::Key, mark_);
    advance();
    return true;
}

bool YamlScanner::fetch_value() {
    SimpleKey& key = simple_keys_.back();
    if (key.possible) {
        const auto place = tokens_.begin() + static_cast<std::ptrdiff_t>(key.token_number - tokens_parsed_);
        tokens_.insert(place, {YamlToken::Key, key.mark, {}, false});
        roll_indent(key.mark.column, key.token_number, YamlToken::BlockMappingStart, key.mark);
        key.possible = false;
        simple_key_allowed_ = false;
    } else {
        if (flow_level_ == 0) {
            if (!simple_key_allowed_) return fail("mapping values are not allowed in this context");
            roll_indent(mark_.column, {}, YamlToken::BlockMappingStart, mark_);
        }
        simple_key_allowed_ = flow_level_ == 0;
    }
    push(YamlToken::Value, mark_);
    advance();
    return true;
}

bool YamlScanner::scan_directive() {
    unroll_indent(-1);
    if (!remove_simple_key()) return false;
    simple_key_allowed_ = false;
    const YamlMark start = mark_;
    advance();
    std::string name;
    while (!is_blankz() && at() != ':' && at() != '{') read(name);
    if (name.empty()) return fail("could not find expected directive name", start);
    if (!is_blankz()) return fail("found unexpected non-alphabetical character", start);
    if (name != "YAML" && name != "TAG") return fail("found unknown directive name", start);
    while (!at_end() && !is_break()) advance();
    push(YamlToken::Directive, start, std::move(name));
    return true;
}

}  // namespace kubetab::base
