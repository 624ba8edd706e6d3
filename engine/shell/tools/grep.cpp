#include <algorithm>
#include <deque>
#include <utility>

#include "engine/shell/regex.h"
#include "engine/shell/tools/tool.h"
#include "engine/shell/tools/tools.h"

namespace kubetab::shell {

namespace {

struct GrepOptions {
    bool invert = false;
    bool numbers = false;
    bool count = false;
    bool only = false;
    bool quiet = false;
    bool names_only = false;
    bool no_messages = false;
    bool whole_line = false;
    bool with_names = false;
    bool colour = false;
    std::int64_t most = -1;
    std::int64_t before = 0;
    std::int64_t after = 0;
};

class Grep : public LineFilter {
public:
    Grep(const sim::Invocation& invocation, std::vector<std::string> files, std::vector<Regex> patterns,
         GrepOptions options)
        : LineFilter(invocation, std::move(files)), patterns_(std::move(patterns)), options_(options) {}

protected:
    bool line(sim::Io& io, std::string_view text) override {
        if (skip_file_) return true;
        ++number_;
        if (text.ends_with('\n')) text.remove_suffix(1);
        const bool found = matches(text) != options_.invert;
        if (!found) {
            context(io, text);
            return true;
        }
        any_ = true;
        ++count_;
        if (options_.quiet) return false;
        if (options_.names_only) {
            io.out(shown_file() + "\n");
            skip_file_ = true;
        } else if (!options_.count) {
            show(io, text);
        }
        if (options_.most >= 0 && count_ >= options_.most) skip_file_ = true;
        return !(skip_file_ && !options_.with_names && !options_.names_only && !options_.count);
    }

    void file_ends(sim::Io& io) override {
        if (options_.count && !options_.quiet) {
            io.out((options_.with_names ? shown_file() + ":" : "") + std::to_string(count_) + "\n");
            counted_ = true;
        }
        number_ = 0;
        count_ = 0;
        skip_file_ = false;
        earlier_.clear();
        after_left_ = 0;
        last_shown_ = 0;
    }

    int end(sim::Io& io, bool failed) override {
        if (options_.count && !options_.quiet && !counted_ && !failed) file_ends(io);
        if (any_ && options_.quiet) return 0;
        return failed ? 2 : any_ ? 0 : 1;
    }

private:
    std::string shown_file() const { return file() == "-" ? "(standard input)" : file(); }

    bool matches(std::string_view text) const {
        return std::any_of(patterns_.begin(), patterns_.end(), [&](const Regex& regex) {
            return options_.whole_line ? regex.matches_all(text) : regex.matches_somewhere(text);
        });
    }

    std::string head(char separator) const {
        std::string text;
        if (options_.with_names) text += shown_file() + separator;
        if (options_.numbers) text += std::to_string(number_) + separator;
        return text;
    }

    // The matches in a line, from left to right.
    std::vector<RegexSpan> spans(std::string_view text) const {
        std::vector<RegexSpan> found;
        std::size_t from = 0;
        while (from <= text.size()) {
            std::optional<RegexSpan> best;
            for (const Regex& regex : patterns_) {
                std::vector<std::optional<RegexSpan>> groups;
                if (!regex.search(text, from, groups)) continue;
                const RegexSpan span = *groups[0];
                if (!best || span.begin < best->begin || (span.begin == best->begin && span.end > best->end))
                    best = span;
            }
            if (!best) break;
            if (best->end > best->begin) found.push_back(*best);
            from = best->end > best->begin ? best->end : best->end + 1;
        }
        return found;
    }

    std::string coloured(std::string_view text) const {
        std::string result;
        std::size_t at = 0;
        for (const RegexSpan& span : spans(text)) {
            result.append(text.substr(at, span.begin - at));
            result.append("\x1b[1;31m")
                .append(text.substr(span.begin, span.end - span.begin))
                .append("\x1b[0m");
            at = span.end;
        }
        return result.append(text.substr(at));
    }

    void show(sim::Io& io, std::string_view text) {
        if (options_.only) {
            for (const RegexSpan& span : spans(text)) {
                io.out(head(':') + std::string(text.substr(span.begin, span.end - span.begin)) + "\n");
            }
            return;
        }
        const bool context = options_.before > 0 || options_.after > 0;
        const std::int64_t first = number_ - static_cast<std::int64_t>(earlier_.size());
        if (context && last_shown_ > 0 && first > last_shown_ + 1) io.out("--\n");
        const std::int64_t here = number_;
        number_ = first;
        for (const std::string& line : earlier_) {
            io.out(head('-') + line + "\n");
            ++number_;
        }
        number_ = here;
        earlier_.clear();
        const bool colour = options_.colour && io.is_terminal() && !options_.invert;
        io.out(head(':') + (colour ? coloured(text) : std::string(text)) + "\n");
        last_shown_ = number_;
        after_left_ = options_.after;
    }

    void context(sim::Io& io, std::string_view text) {
        if (options_.count || options_.quiet || options_.names_only || options_.only) return;
        if (after_left_ > 0 && last_shown_ > 0) {
            --after_left_;
            io.out(head('-') + std::string(text) + "\n");
            last_shown_ = number_;
        } else if (options_.before > 0) {
            earlier_.emplace_back(text);
            if (static_cast<std::int64_t>(earlier_.size()) > options_.before) earlier_.pop_front();
        }
    }

    std::vector<Regex> patterns_;
    GrepOptions options_;
    std::int64_t number_ = 0;
    std::int64_t count_ = 0;
    std::int64_t after_left_ = 0;
    std::int64_t last_shown_ = 0;
    std::deque<std::string> earlier_{};
    bool any_ = false;
    bool skip_file_ = false;
    bool counted_ = false;
};

std::string literal(std::string_view text) {
    std::string pattern;
    for (const char c : text) {
        if (std::string_view("\\[].*^$+?(){}|").find(c) != std::string_view::npos) pattern += '\\';
        pattern += c;
    }
    return pattern;
}

// The files under a directory, for -r.
void collect(const sim::Invocation& invocation, const std::string& path, std::vector<std::string>& files,
             int depth) {
    const auto listed = invocation.files->list(sim::resolve(invocation.directory, path));
    if (!listed.ok() || depth > 50) {
        files.push_back(path);
        return;
    }
    for (const sim::FileInfo& entry : *listed) {
        const std::string inside =
            path == "." ? entry.name : path + (path.ends_with('/') ? "" : "/") + entry.name;
        if (entry.directory) {
            collect(invocation, inside, files, depth + 1);
        } else {
            files.push_back(inside);
        }
    }
}

base::Result<std::vector<Regex>> compile_patterns(const Arguments& arguments,
                                                  const std::vector<std::string>& texts, bool extended) {
    std::vector<Regex> patterns;
    for (const std::string& text : texts) {
        std::size_t from = 0;
        while (from <= text.size()) {
            const std::size_t newline = std::min(text.find('\n', from), text.size());
            std::string pattern = text.substr(from, newline - from);
            const bool fixed = arguments.has("F");
            if (fixed) pattern = literal(pattern);
            const bool as_extended = extended || fixed;
            if (arguments.has("w"))
                pattern = as_extended ? "\\b(" + pattern + ")\\b" : "\\b\\(" + pattern + "\\)\\b";
            patterns.push_back(
                TRY(Regex::compile(pattern, {as_extended, arguments.has("i") || arguments.has("y")})));
            from = newline + 1;
        }
    }
    return patterns;
}

std::unique_ptr<sim::Process> start_grep(const sim::Invocation& invocation, bool extended, bool fixed) {
    std::vector<std::string> words = invocation.words;
    if (fixed) words.insert(words.begin() + 1, "-F");
    const Arguments arguments(words, {{'i', "ignore-case"},
                                      {'y'},
                                      {'v', "invert-match"},
                                      {'n', "line-number"},
                                      {'c', "count"},
                                      {'E', "extended-regexp"},
                                      {'F', "fixed-strings"},
                                      {'G', "basic-regexp"},
                                      {'o', "only-matching"},
                                      {'q', "quiet"},
                                      {'w', "word-regexp"},
                                      {'x', "line-regexp"},
                                      {'l', "files-with-matches"},
                                      {'h', "no-filename"},
                                      {'H', "with-filename"},
                                      {'s', "no-messages"},
                                      {'r', "recursive"},
                                      {'R'},
                                      {'e', "regexp", true},
                                      {'m', "max-count", true},
                                      {'A', "after-context", true},
                                      {'B', "before-context", true},
                                      {'C', "context", true},
                                      {'\0', "color", true},
                                      {'\0', "colour", true}});
    if (!arguments.problem().empty()) return refuse(invocation, arguments.problem());
    std::vector<std::string> texts = arguments.all_values("e");
    std::vector<std::string> files = arguments.operands();
    if (texts.empty()) {
        if (files.empty()) return refuse(invocation, "a pattern is required");
        texts.push_back(files.front());
        files.erase(files.begin());
    }
    base::Result<std::vector<Regex>> patterns =
        compile_patterns(arguments, texts, extended || arguments.has("E"));
    if (!patterns.ok()) return refuse(invocation, patterns.error().message);
    GrepOptions options;
    for (const char* name : {"m", "A", "B", "C"}) {
        const std::optional<std::string> text = arguments.value(name);
        if (!text) continue;
        const std::optional<std::int64_t> number = whole_number(*text);
        if (!number) return refuse(invocation, *text + ": invalid number of lines");
        if (name[0] == 'm') options.most = *number;
        if (name[0] == 'A' || name[0] == 'C') options.after = *number;
        if (name[0] == 'B' || name[0] == 'C') options.before = *number;
    }
    const bool recursive = arguments.has("r") || arguments.has("R");
    if (recursive) {
        if (files.empty()) files.push_back(".");
        std::vector<std::string> all;
        for (const std::string& file : files) collect(invocation, file, all, 0);
        files = std::move(all);
        if (files.empty()) return run_at_once(invocation, [](const sim::Invocation&, sim::Io&) { return 1; });
    }
    options.invert = arguments.has("v");
    options.numbers = arguments.has("n");
    options.count = arguments.has("c");
    options.only = arguments.has("o");
    options.quiet = arguments.has("q");
    options.names_only = arguments.has("l");
    options.whole_line = arguments.has("x");
    const std::string colour = arguments.value("color").value_or(arguments.value("colour").value_or("auto"));
    options.colour = colour != "never";
    options.with_names = (files.size() > 1 || recursive || arguments.has("H")) && !arguments.has("h");
    return std::make_unique<Grep>(invocation, std::move(files), std::move(*patterns), options);
}

}  // namespace

void add_grep_tools(CommandTable& table) {
    table.add(make_tool("grep", "print the lines that match a pattern",
                        [](const auto& invocation) { return start_grep(invocation, false, false); }));
    table.add(make_tool("egrep", "grep -E",
                        [](const auto& invocation) { return start_grep(invocation, true, false); }));
    table.add(make_tool("fgrep", "grep -F",
                        [](const auto& invocation) { return start_grep(invocation, false, true); }));
}

}  // namespace kubetab::shell
