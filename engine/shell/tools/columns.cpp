#include <algorithm>
#include <set>
#include <utility>

#include "engine/shell/tools/escapes.h"
#include "engine/shell/tools/tool.h"
#include "engine/shell/tools/tools.h"
#include "engine/shell/utf8.h"

namespace kubetab::shell {

namespace {

struct Span {
    std::int64_t first = 1;
    std::int64_t last = 0;  // 0: no end
};

// 1,3-5,7-
std::optional<std::vector<Span>> span_list(std::string_view text) {
    std::vector<Span> spans;
    while (!text.empty()) {
        const std::size_t comma = std::min(text.find(','), text.size());
        const std::string_view one = text.substr(0, comma);
        text.remove_prefix(std::min(comma + 1, text.size()));
        const std::size_t dash = one.find('-');
        const std::string_view from = one.substr(0, dash);
        const std::string_view to = dash == std::string_view::npos ? from : one.substr(dash + 1);
        Span span;
        const std::optional<std::int64_t> first = whole_number(from);
        const std::optional<std::int64_t> last = whole_number(to);
        if ((!first && !from.empty()) || (!last && !to.empty()) || (from.empty() && to.empty()))
            return std::nullopt;
        span.first = first.value_or(1);
        span.last = last.value_or(0);
        if (span.first < 1 || (span.last != 0 && span.last < span.first)) return std::nullopt;
        spans.push_back(span);
    }
    if (spans.empty()) return std::nullopt;
    return spans;
}

bool within(const std::vector<Span>& spans, std::int64_t n) {
    return std::any_of(spans.begin(), spans.end(), [n](const Span& span) {
        return n >= span.first && (span.last == 0 || n <= span.last);
    });
}

class Cut : public LineFilter {
public:
    Cut(const sim::Invocation& invocation, const Arguments& arguments, std::vector<Span> spans)
        : LineFilter(invocation, arguments.operands()),
          spans_(std::move(spans)),
          fields_(arguments.has("f")),
          only_delimited_(arguments.has("s")),
          delimiter_(arguments.value("d").value_or("\t")),
          joined_by_(arguments.value("output-delimiter").value_or(delimiter_)) {}

protected:
    bool line(sim::Io& io, std::string_view text) override {
        if (text.ends_with('\n')) text.remove_suffix(1);
        if (fields_) {
            cut_fields(io, text);
            return true;
        }
        std::string kept;
        std::int64_t n = 0;
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t from = at;
            next_code(text, at);
            if (within(spans_, ++n)) kept.append(text.substr(from, at - from));
        }
        io.out(kept + "\n");
        return true;
    }

private:
    void cut_fields(sim::Io& io, std::string_view text) {
        if (text.find(delimiter_) == std::string_view::npos) {
            if (!only_delimited_) io.out(std::string(text) + "\n");
            return;
        }
        std::string kept;
        bool any = false;
        std::int64_t n = 0;
        for (std::size_t at = 0; at <= text.size();) {
            const std::size_t end = std::min(text.find(delimiter_, at), text.size());
            if (within(spans_, ++n)) {
                if (any) kept += joined_by_;
                kept.append(text.substr(at, end - at));
                any = true;
            }
            at = end + delimiter_.size();
        }
        io.out(kept + "\n");
    }

    std::vector<Span> spans_;
    bool fields_;
    bool only_delimited_;
    std::string delimiter_;
    std::string joined_by_;
};

std::unique_ptr<sim::Process> start_cut(const sim::Invocation& invocation) {
    const Arguments arguments(invocation.words, {{'f', "fields", true},
                                                 {'d', "delimiter", true},
                                                 {'c', "characters", true},
                                                 {'b', "bytes", true},
                                                 {'s', "only-delimited"},
                                                 {'\0', "output-delimiter", true}});
    if (!arguments.problem().empty()) return refuse(invocation, arguments.problem(), 1);
    const std::optional<std::string> list = arguments.has("f")   ? arguments.value("f")
                                            : arguments.has("c") ? arguments.value("c")
                                                                 : arguments.value("b");
    if (!list) return refuse(invocation, "you must specify a list of bytes, characters, or fields", 1);
    std::optional<std::vector<Span>> spans = span_list(*list);
    if (!spans) return refuse(invocation, "invalid list '" + *list + "'", 1);
    if (from_utf8(arguments.value("d").value_or("\t")).size() != 1) {
        return refuse(invocation, "the delimiter must be a single character", 1);
    }
    return std::make_unique<Cut>(invocation, arguments, std::move(*spans));
}

// The characters of a set such as a-z, [:upper:] or \n.
std::optional<std::u32string> character_set(const std::string& text) {
    struct Class {
        std::string_view name;
        std::string_view ranges;
    };
    static constexpr Class kClasses[] = {
        {"[:lower:]", "az"},     {"[:upper:]", "AZ"},     {"[:digit:]", "09"},     {"[:alpha:]", "AZaz"},
        {"[:alnum:]", "09AZaz"}, {"[:space:]", "\t\r  "}, {"[:blank:]", "\t\t  "}, {"[:punct:]", "!/:@[`{~"}};
    std::u32string set;
    bool stopped = false;
    const std::u32string codes = from_utf8(unescape(text, EscapeStyle::Printf, stopped));
    for (std::size_t i = 0; i < codes.size(); ++i) {
        if (codes.substr(i).starts_with(U"[:")) {
            const std::string rest = to_utf8(codes.substr(i));
            const Class* found = nullptr;
            for (const Class& one : kClasses) found = rest.starts_with(one.name) ? &one : found;
            if (!found) return std::nullopt;
            for (std::size_t r = 0; r + 1 < found->ranges.size(); r += 2) {
                for (char c = found->ranges[r]; c <= found->ranges[r + 1]; ++c)
                    set += static_cast<char32_t>(c);
            }
            i += found->name.size() - 1;
        } else if (i + 2 < codes.size() && codes[i + 1] == U'-') {
            if (codes[i + 2] < codes[i] || codes[i + 2] - codes[i] > 70'000) return std::nullopt;
            for (char32_t c = codes[i]; c <= codes[i + 2]; ++c) set += c;
            i += 2;
        } else {
            set += codes[i];
        }
    }
    return set;
}

class Tr : public LineFilter {
public:
    Tr(const sim::Invocation& invocation, const Arguments& arguments, std::u32string from, std::u32string to)
        : LineFilter(invocation, {}),
          from_(std::move(from)),
          to_(std::move(to)),
          complement_(arguments.has("c") || arguments.has("C")),
          delete_(arguments.has("d")),
          squeeze_(arguments.has("s")) {}

protected:
    bool line(sim::Io& io, std::string_view text) override {
        std::string result;
        for (std::size_t at = 0; at < text.size();) {
            const char32_t code = next_code(text, at);
            const std::size_t place = from_.find(code);
            const bool in = (place != std::u32string::npos) != complement_;
            if (in && delete_) continue;
            char32_t changed = code;
            if (in && !to_.empty() && !delete_) {
                changed = complement_ ? to_.back() : to_[std::min(place, to_.size() - 1)];
            }
            const std::u32string& squeezed = to_.empty() ? from_ : to_;
            const bool squeezes =
                squeeze_ && (to_.empty() ? in : squeezed.find(changed) != std::u32string::npos);
            if (squeezes && any_ && changed == last_) continue;
            last_ = changed;
            any_ = true;
            append_utf8(result, changed);
        }
        io.out(result);
        return true;
    }

private:
    std::u32string from_;
    std::u32string to_;
    bool complement_;
    bool delete_;
    bool squeeze_;
    bool any_ = false;
    char32_t last_ = 0;
};

std::unique_ptr<sim::Process> start_tr(const sim::Invocation& invocation) {
    const Arguments arguments(invocation.words,
                              {{'c', "complement"}, {'C'}, {'d', "delete"}, {'s', "squeeze-repeats"}}, true);
    if (!arguments.problem().empty()) return refuse(invocation, arguments.problem(), 1);
    const std::vector<std::string>& sets = arguments.operands();
    if (sets.empty()) return refuse(invocation, "missing operand", 1);
    if (sets.size() == 1 && !arguments.has("d") && !arguments.has("s")) {
        return refuse(invocation, "missing operand after '" + sets[0] + "'", 1);
    }
    std::optional<std::u32string> from = character_set(sets[0]);
    std::optional<std::u32string> to = character_set(sets.size() > 1 ? sets[1] : "");
    if (!from || !to)
        return refuse(invocation, "the set '" + (from ? sets[1] : sets[0]) + "' is not supported", 1);
    return std::make_unique<Tr>(invocation, arguments, std::move(*from), std::move(*to));
}

}  // namespace

void add_column_tools(CommandTable& table) {
    table.add(make_tool("cut", "print parts of lines", start_cut));
    table.add(make_tool("tr", "replace or delete characters", start_tr));
}

}  // namespace kubetab::shell
