#include "engine/rest/line_discipline.h"

namespace kubetab::rest {
namespace {

constexpr char kCtrlC = 0x03;
constexpr char kCtrlD = 0x04;
constexpr char kBackspace = 0x08;
constexpr char kCtrlU = 0x15;
constexpr char kEscape = 0x1b;
constexpr char kDelete = 0x7f;

// A byte that goes on with a character of several.
bool continues(char c) {
    return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

}  // namespace

LineDiscipline::Typed LineDiscipline::type(std::string_view keys) {
    Typed typed;
    for (const char c : keys) {
        if (!in_escape(c)) key(c, typed);
    }
    return typed;
}

bool LineDiscipline::in_escape(char c) {
    if (escape_ == Escape::None) {
        if (c == kEscape) escape_ = Escape::Begun;
        return c == kEscape;
    }
    const bool introduced = escape_ == Escape::Begun && (c == '[' || c == 'O');
    const bool final_key = c >= 0x40 && c != kDelete;
    escape_ = introduced || !final_key ? Escape::Sequence : Escape::None;
    return true;
}

void LineDiscipline::erase(Typed& typed) {
    while (!line_.empty() && continues(line_.back())) line_.pop_back();
    if (line_.empty()) return;
    line_.pop_back();
    typed.echo += "\b \b";
}

void LineDiscipline::key(char c, Typed& typed) {
    switch (c) {
        case '\r':
        case '\n':
            typed.echo += "\r\n";
            typed.input += line_ + "\n";
            line_.clear();
            return;
        case kCtrlC:
            typed.echo += "^C\r\n";
            typed.input.clear();
            line_.clear();
            typed.interrupt = true;
            return;
        case kCtrlD:
            typed.end = typed.end || line_.empty();
            typed.input += line_;
            line_.clear();
            return;
        case kBackspace:
        case kDelete: erase(typed); return;
        case kCtrlU:
            while (!line_.empty()) erase(typed);
            return;
        default: break;
    }
    const bool control = static_cast<unsigned char>(c) < 0x20 && c != '\t';
    if (control || line_.size() >= kLineLimit) return;
    line_ += c;
    typed.echo += c;
}

std::string with_returns(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (c == '\n') result += '\r';
        result += c;
    }
    return result;
}

}  // namespace kubetab::rest
