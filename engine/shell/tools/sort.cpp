#include <algorithm>
#include <set>
#include <utility>

#include "engine/base/stable_sort.h"
#include "engine/shell/tools/tool.h"
#include "engine/shell/tools/tools.h"
#include "engine/shell/utf8.h"

namespace kubetab::shell {

namespace {

std::string without_newline(std::string_view line) {
    if (line.ends_with('\n')) line.remove_suffix(1);
    return std::string(line);
}

std::string lower(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

// A number with up to nine decimals, and a unit for -h, as an integer that compares.
std::int64_t numeric_key(std::string_view text, bool units) {
    while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    std::int64_t value = 0;
    std::size_t at = 0;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
        value = std::min<std::int64_t>(value * 10 + (text[at] - '0'), 1'000'000'000);
    }
    int places = 0;
    std::int64_t fraction = 0;
    if (at < text.size() && text[at] == '.') {
        for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
            if (places < 3) {
                fraction = fraction * 10 + (text[at] - '0');
                ++places;
            }
        }
    }
    for (; places < 3; ++places) fraction *= 10;
    std::int64_t key = value * 1'000 + fraction;
    const std::size_t unit =
        units && at < text.size() ? std::string_view("KMG").find(text[at]) : std::string_view::npos;
    for (std::size_t i = 0; unit != std::string_view::npos && i <= unit; ++i) {
        key = std::min<std::int64_t>(key, 1'000'000'000'000) * 1'024;
    }
    return negative ? -key : key;
}

struct SortKey {
    std::int64_t first = 1;
    std::int64_t last = 0;  // 0: to the end of the line
    bool numeric = false;
    bool reverse = false;
    bool fold = false;
    bool version = false;
    bool units = false;
};

// Compares texts with numbers inside by their value: pod-2 before pod-10.
int compare_versions(const std::string& a, const std::string& b) {
    std::size_t i = 0;
    std::size_t j = 0;
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    while (i < a.size() && j < b.size()) {
        if (!is_digit(a[i]) || !is_digit(b[j])) {
            if (a[i] != b[j]) return a[i] < b[j] ? -1 : 1;
            ++i;
            ++j;
            continue;
        }
        while (i < a.size() && a[i] == '0') ++i;
        while (j < b.size() && b[j] == '0') ++j;
        std::size_t end_a = i;
        std::size_t end_b = j;
        while (end_a < a.size() && is_digit(a[end_a])) ++end_a;
        while (end_b < b.size() && is_digit(b[end_b])) ++end_b;
        const std::string x = a.substr(i, end_a - i);
        const std::string y = b.substr(j, end_b - j);
        if (x.size() != y.size()) return x.size() < y.size() ? -1 : 1;
        if (x != y) return x < y ? -1 : 1;
        i = end_a;
        j = end_b;
    }
    return i < a.size() ? 1 : j < b.size() ? -1 : 0;
}

class Sort : public LineFilter {
public:
    Sort(const sim::Invocation& invocation, const Arguments& arguments, std::vector<SortKey> keys,
         SortKey whole)
        : LineFilter(invocation, arguments.operands()),
          keys_(std::move(keys)),
          whole_(whole),
          unique_(arguments.has("u")),
          stable_(arguments.has("s")),
          separator_(arguments.value("t")),
          output_(arguments.value("o")) {
        if (keys_.empty()) keys_.push_back(whole_);
    }

protected:
    bool line(sim::Io&, std::string_view text) override {
        lines_.push_back(without_newline(text));
        return true;
    }

    int end(sim::Io& io, bool failed) override {
        base::stable_sort(lines_, [&](const std::string& a, const std::string& b) {
            const int order = compare(a, b);
            if (order != 0 || unique_ || stable_) return order < 0;
            return whole_.reverse ? b < a : a < b;
        });
        std::string text;
        const std::string* before = nullptr;
        for (const std::string& one : lines_) {
            if (unique_ && before && compare(*before, one) == 0) continue;
            text += one + "\n";
            before = &one;
        }
        if (!output_) {
            io.out(text);
        } else {
            const auto written =
                invocation().files->write(sim::resolve(invocation().directory, *output_), text);
            if (!written.ok()) {
                io.err("sort: open failed: " + *output_ + ": " + written.error().message + "\n");
                return 2;
            }
        }
        return failed ? 2 : 0;
    }

private:
    // The fields `first` to `last` of a line.
    std::string key_of(const std::string& line, const SortKey& key) const {
        if (key.first == 1 && key.last == 0) return line;
        std::size_t begin = std::string::npos;
        std::size_t at = 0;
        std::size_t end = line.size();
        for (std::int64_t field = 1; at <= line.size(); ++field) {
            if (field == key.first) begin = at;
            std::size_t stop = at;
            if (separator_) {
                stop = std::min(line.find((*separator_)[0], at), line.size());
            } else {
                while (stop < line.size() && (line[stop] == ' ' || line[stop] == '\t')) ++stop;
                stop = std::min(line.find_first_of(" \t", stop), line.size());
            }
            if (field == key.last) {
                end = stop;
                break;
            }
            if (stop >= line.size()) break;
            at = separator_ ? stop + 1 : stop;
        }
        return begin == std::string::npos ? "" : line.substr(begin, std::max(end, begin) - begin);
    }

    int compare(const std::string& a, const std::string& b) const {
        for (const SortKey& key : keys_) {
            std::string x = key_of(a, key);
            std::string y = key_of(b, key);
            int order = 0;
            if (key.numeric || key.units) {
                const std::int64_t m = numeric_key(x, key.units);
                const std::int64_t n = numeric_key(y, key.units);
                order = m < n ? -1 : m > n ? 1 : 0;
            } else if (key.version) {
                order = compare_versions(x, y);
            } else {
                if (key.fold) {
                    x = lower(std::move(x));
                    y = lower(std::move(y));
                }
                order = x.compare(y);
            }
            if (order != 0) return key.reverse ? -order : order;
        }
        return 0;
    }

    std::vector<SortKey> keys_;
    SortKey whole_;
    bool unique_;
    bool stable_;
    std::optional<std::string> separator_;
    std::optional<std::string> output_;
    std::vector<std::string> lines_{};
};

// -k 2, -k 2,2n, -k3nr: the letters at the end say how that key compares.
std::optional<SortKey> sort_key(std::string_view text, const SortKey& whole) {
    SortKey key = whole;
    const std::size_t letters = std::min(text.find_last_of("0123456789") + 1, text.size());
    const std::string_view flags = text.substr(letters);
    if (!flags.empty()) key = SortKey{};
    for (const char c : flags) {
        if (c == 'n') key.numeric = true;
        else if (c == 'r') key.reverse = true;
        else if (c == 'f') key.fold = true;
        else if (c == 'V') key.version = true;
        else if (c == 'h') key.units = true;
        else return std::nullopt;
    }
    text = text.substr(0, letters);
    const std::size_t comma = text.find(',');
    const std::optional<std::int64_t> first = whole_number(text.substr(0, comma));
    if (!first || *first < 1) return std::nullopt;
    key.first = *first;
    if (comma == std::string_view::npos) return key;
    const std::optional<std::int64_t> last = whole_number(text.substr(comma + 1));
    if (!last) return std::nullopt;
    key.last = *last;
    return key;
}

std::unique_ptr<sim::Process> start_sort(const sim::Invocation& invocation) {
    const Arguments arguments(invocation.words, {{'n', "numeric-sort"},
                                                 {'r', "reverse"},
                                                 {'u', "unique"},
                                                 {'f', "ignore-case"},
                                                 {'V', "version-sort"},
                                                 {'h', "human-numeric-sort"},
                                                 {'s', "stable"},
                                                 {'k', "key", true},
                                                 {'t', "field-separator", true},
                                                 {'o', "output", true}});
    if (!arguments.problem().empty()) return refuse(invocation, arguments.problem());
    SortKey whole;
    whole.numeric = arguments.has("n");
    whole.reverse = arguments.has("r");
    whole.fold = arguments.has("f");
    whole.version = arguments.has("V");
    whole.units = arguments.has("h");
    std::vector<SortKey> keys;
    for (const std::string& text : arguments.all_values("k")) {
        const std::optional<SortKey> key = sort_key(text, whole);
        if (!key) return refuse(invocation, "the key '" + text + "' is not supported");
        keys.push_back(*key);
    }
    if (arguments.value("t").value_or("x").size() != 1)
        return refuse(invocation, "the separator must be one character");
    return std::make_unique<Sort>(invocation, arguments, std::move(keys), whole);
}

class Uniq : public LineFilter {
public:
    Uniq(const sim::Invocation& invocation, const Arguments& arguments)
        : LineFilter(invocation, arguments.operands()), arguments_(arguments) {}

protected:
    bool line(sim::Io& io, std::string_view text) override {
        std::string one = without_newline(text);
        const bool same = count_ > 0 && (arguments_.has("i") ? lower(one) == lower(last_) : one == last_);
        if (!same) {
            flush(io);
            last_ = std::move(one);
        }
        ++count_;
        return true;
    }
    int end(sim::Io& io, bool failed) override {
        flush(io);
        return failed ? 1 : 0;
    }

private:
    void flush(sim::Io& io) {
        const bool wanted =
            count_ > 0 && !(arguments_.has("d") && count_ == 1) && !(arguments_.has("u") && count_ > 1);
        if (wanted) {
            std::string number = std::to_string(count_);
            if (number.size() < 7) number.insert(0, 7 - number.size(), ' ');
            io.out((arguments_.has("c") ? number + " " : "") + last_ + "\n");
        }
        count_ = 0;
    }

    Arguments arguments_;
    std::string last_{};
    std::int64_t count_ = 0;
};

std::unique_ptr<sim::Process> start_uniq(const sim::Invocation& invocation) {
    const Arguments arguments(invocation.words,
                              {{'c', "count"}, {'d', "repeated"}, {'u', "unique"}, {'i', "ignore-case"}});
    if (!arguments.problem().empty()) return refuse(invocation, arguments.problem(), 1);
    if (arguments.operands().size() > 1) return refuse(invocation, "an output file is not supported", 1);
    return std::make_unique<Uniq>(invocation, arguments);
}

class Wc : public LineFilter {
public:
    Wc(const sim::Invocation& invocation, const Arguments& arguments)
        : LineFilter(invocation, arguments.operands()), files_(arguments.operands()) {
        for (const char c : std::string_view("lwmc")) {
            if (arguments.has(std::string_view(&c, 1))) wanted_ += c;
        }
        if (wanted_.empty()) wanted_ = "lwc";
    }

protected:
    struct Counts {
        std::int64_t lines = 0;
        std::int64_t words = 0;
        std::int64_t characters = 0;
        std::int64_t bytes = 0;
    };

    bool line(sim::Io&, std::string_view text) override {
        if (text.ends_with('\n')) ++now_.lines;
        bool inside = false;
        for (const char c : text) {
            const bool blank = c == ' ' || (c >= 9 && c <= 13);
            if (!blank && !inside) ++now_.words;
            inside = !blank;
        }
        now_.characters += static_cast<std::int64_t>(from_utf8(text).size());
        now_.bytes += static_cast<std::int64_t>(text.size());
        return true;
    }
    void file_ends(sim::Io&) override {
        results_.push_back({file(), now_});
        total_.lines += now_.lines;
        total_.words += now_.words;
        total_.characters += now_.characters;
        total_.bytes += now_.bytes;
        now_ = {};
    }
    int end(sim::Io& io, bool failed) override {
        if (files_.size() > 1) results_.push_back({"total", total_});
        std::size_t width = 1;
        for (const Counts& counts : {total_}) {
            for (const std::int64_t n : {counts.lines, counts.words, counts.bytes}) {
                width = std::max(width, std::to_string(n).size());
            }
        }
        if (files_.empty()) width = 7;
        if (wanted_.size() == 1 && results_.size() == 1) width = 1;
        for (const auto& [name, counts] : results_) {
            std::string text;
            for (const char c : wanted_) {
                const std::int64_t n = c == 'l'   ? counts.lines
                                       : c == 'w' ? counts.words
                                       : c == 'm' ? counts.characters
                                                  : counts.bytes;
                std::string number = std::to_string(n);
                if (number.size() < width) number.insert(0, width - number.size(), ' ');
                text += (text.empty() ? "" : " ") + number;
            }
            io.out(text + (files_.empty() ? "" : " " + name) + "\n");
        }
        return failed ? 1 : 0;
    }

private:
    std::vector<std::string> files_;
    std::string wanted_{};
    Counts now_{};
    Counts total_{};
    std::vector<std::pair<std::string, Counts>> results_{};
};

std::unique_ptr<sim::Process> start_wc(const sim::Invocation& invocation) {
    const Arguments arguments(invocation.words,
                              {{'l', "lines"}, {'w', "words"}, {'c', "bytes"}, {'m', "chars"}});
    if (!arguments.problem().empty()) return refuse(invocation, arguments.problem(), 1);
    return std::make_unique<Wc>(invocation, arguments);
}

}  // namespace

void add_sort_tools(CommandTable& table) {
    table.add(make_tool("sort", "sort lines", start_sort));
    table.add(make_tool("uniq", "leave out repeated lines", start_uniq));
    table.add(make_tool("wc", "count lines, words and bytes", start_wc));
}

}  // namespace kubetab::shell
