#include "engine/api/validation/go_text.h"

#include <algorithm>

namespace kubetab::api {
namespace {

constexpr std::size_t kLineLimit = 80;

char combined(char outer, char inner) {
    return inner == ' ' ? outer : inner;
}

std::string indent(char sign, std::size_t depth) {
    return std::string(1, sign) + ' ' + std::string(depth, '\t');
}

// upstream: formatCompactTo. What fits on one line becomes a Line.
GoText compact(const GoText& text, char sign);

GoText compact_list(const GoText& list, char sign) {
    GoText result = list;
    std::string line;
    bool is_long = false;
    for (GoText::Record& record : result.records) {
        if (&record != &result.records.front()) line += ", ";
        if (!record.key.empty()) line += record.key + ": ";
        record.value = compact(record.value, combined(sign, record.sign));
        line += record.value.line;
        is_long = is_long || record.sign != ' ' || record.value.kind != GoText::Kind::Line ||
                  !record.comment.empty();
    }
    is_long = is_long || (sign != ' ' && line.size() > kLineLimit);
    return is_long ? result : GoText::of(std::move(line));
}

GoText compact(const GoText& text, char sign) {
    if (text.kind == GoText::Kind::List) return compact_list(text, sign);
    if (text.kind != GoText::Kind::Wrap) return text;
    GoText inner = compact(text.records.front().value, sign);
    if (inner.kind == GoText::Kind::Line) return GoText::of(text.prefix + inner.line + text.suffix);
    return GoText::wrap(text.prefix, std::move(inner), text.suffix);
}

// How many blanks make neighbours equally wide. upstream: alignLens
template <class IsSkipped, class Width>
std::vector<std::size_t> alignment(const std::vector<GoText::Record>& records, IsSkipped is_skipped,
                                   Width width) {
    std::vector<std::size_t> blanks(records.size(), 0);
    std::size_t begin = 0;
    std::size_t widest = 0;
    for (std::size_t i = 0; i <= records.size(); ++i) {
        if (i < records.size() && !is_skipped(records[i])) {
            widest = std::max(widest, width(records[i]));
            continue;
        }
        for (; begin < i; ++begin) blanks[begin] = widest - width(records[begin]);
        begin = i + 1;
        widest = 0;
    }
    return blanks;
}

// upstream: formatExpandedTo
void expand(std::string& out, const GoText& text, char sign, std::size_t depth);

bool is_simple(const std::vector<GoText::Record>& records) {
    return !records.empty() && std::all_of(records.begin(), records.end(), [](const GoText::Record& record) {
        return record.sign == ' ' && record.key.empty() && record.value.kind == GoText::Kind::Line &&
               record.comment.empty();
    });
}

void expand_simple(std::string& out, const std::vector<GoText::Record>& records, char sign,
                   std::size_t depth) {
    std::string batch;
    const auto emit = [&] {
        if (batch.empty()) return;
        batch.pop_back();  // the blank
        out += '\n' + indent(sign, depth + 1) + batch;
        batch.clear();
    };
    for (const GoText::Record& record : records) {
        if (batch.size() + record.value.line.size() + 2 > kLineLimit) emit();
        batch += record.value.line + ", ";
    }
    emit();
    out += '\n' + indent(sign, depth);
}

void expand_list(std::string& out, const std::vector<GoText::Record>& records, char sign, std::size_t depth) {
    if (is_simple(records)) return expand_simple(out, records, sign, depth);
    const auto keys = alignment(
        records,
        [](const GoText::Record& record) {
            return record.key.empty() || record.value.kind != GoText::Kind::Line;
        },
        [](const GoText::Record& record) { return record.key.size(); });
    const auto values = alignment(
        records,
        [](const GoText::Record& record) {
            return record.value.kind != GoText::Kind::Line || record.is_ellipsis || record.comment.empty();
        },
        [](const GoText::Record& record) { return record.value.line.size(); });
    for (std::size_t i = 0; i < records.size(); ++i) {
        const GoText::Record& record = records[i];
        const char its_sign = combined(sign, record.sign);
        out += '\n' + indent(its_sign, depth + 1);
        if (!record.key.empty()) out += record.key + ": ";
        out += std::string(keys[i], ' ');
        expand(out, record.value, its_sign, depth + 1);
        if (!record.is_ellipsis) out += ',';
        out += std::string(values[i], ' ');
        if (!record.comment.empty()) out += " // " + record.comment;
    }
    out += '\n' + indent(sign, depth);
}

void expand(std::string& out, const GoText& text, char sign, std::size_t depth) {
    switch (text.kind) {
        case GoText::Kind::None: return;
        case GoText::Kind::Line: out += text.line; return;
        case GoText::Kind::List: return expand_list(out, text.records, sign, depth);
        case GoText::Kind::Wrap:
            out += text.prefix;
            expand(out, text.records.front().value, sign, depth);
            out += text.suffix;
    }
}

}  // namespace

GoText GoText::of(std::string line) {
    GoText text;
    text.kind = GoText::Kind::Line;
    text.line = std::move(line);
    return text;
}

GoText GoText::wrap(std::string prefix, GoText value, std::string suffix) {
    GoText text;
    text.kind = GoText::Kind::Wrap;
    text.prefix = std::move(prefix);
    text.suffix = std::move(suffix);
    GoText::Record inner;
    inner.value = std::move(value);
    text.records.push_back(std::move(inner));
    return text;
}

std::string GoText::text() const {
    std::string out = indent(' ', 0);
    expand(out, compact(*this, ' '), ' ', 0);
    return out + '\n';
}

}  // namespace kubetab::api
