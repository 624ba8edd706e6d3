#include <algorithm>
#include <deque>
#include <utility>

#include "engine/shell/tools/tool.h"
#include "engine/shell/tools/tools.h"

namespace kubetab::shell {

namespace {

// head -5 and tail -20 mean -n 5 and -n 20.
std::vector<std::string> with_old_count(const std::vector<std::string>& words) {
    std::vector<std::string> result = words;
    for (std::size_t i = 1; i < result.size(); ++i) {
        const std::string& word = result[i];
        if (word.size() > 1 && word[0] == '-' && whole_number(std::string_view(word).substr(1))) {
            result[i] = "-n" + word.substr(1);
        }
    }
    return result;
}

std::string title(const std::string& file, bool first) {
    return (first ? "==> " : "\n==> ") + (file == "-" ? "standard input" : file) + " <==\n";
}

class Head : public LineFilter {
public:
    Head(const sim::Invocation& invocation, const Arguments& arguments, std::int64_t count, bool bytes)
        : LineFilter(invocation, arguments.operands()), count_(count), left_(count), bytes_(bytes) {
        titles_ = (arguments.operands().size() > 1 && !arguments.has("q")) || arguments.has("v");
        several_ = arguments.operands().size() > 1;
    }

protected:
    bool wants_input() const override { return count_ > 0; }
    bool line(sim::Io& io, std::string_view text) override {
        if (titles_ && file() != shown_) {
            io.out(title(file(), shown_.empty()));
            shown_ = file();
        }
        if (bytes_) text = text.substr(0, static_cast<std::size_t>(std::min<std::int64_t>(left_, 1 << 30)));
        if (left_ > 0) io.out(text);
        left_ -= bytes_ ? static_cast<std::int64_t>(text.size()) : 1;
        return left_ > 0 || several_;
    }
    void file_ends(sim::Io&) override { left_ = count_; }

private:
    std::int64_t count_;
    std::int64_t left_;
    bool bytes_;
    bool titles_ = false;
    bool several_ = false;
    std::string shown_{};
};

std::unique_ptr<sim::Process> start_head(const sim::Invocation& invocation) {
    const Arguments arguments(with_old_count(invocation.words),
                              {{'n', "lines", true}, {'c', "bytes", true}, {'q', "quiet"}, {'v', "verbose"}});
    if (!arguments.problem().empty()) return refuse(invocation, arguments.problem(), 1);
    const bool bytes = arguments.has("c");
    const std::string text = arguments.value(bytes ? "c" : "n").value_or("10");
    const std::optional<std::int64_t> count = whole_number(text);
    if (!count)
        return refuse(invocation,
                      "invalid number of " + std::string(bytes ? "bytes" : "lines") + ": '" + text + "'", 1);
    return std::make_unique<Head>(invocation, arguments, *count, bytes);
}

// tail: the last lines of each file, then with -f what is appended, asked for once a second as tail does.
class Tail : public sim::Process {
public:
    Tail(const sim::Invocation& invocation, const Arguments& arguments, std::int64_t count, bool from_start,
         bool bytes)
        : invocation_(invocation),
          files_(arguments.operands()),
          reader_(invocation, arguments.operands()),
          count_(count),
          from_start_(from_start),
          bytes_(bytes),
          follow_(arguments.has("f") || arguments.has("F")) {
        titles_ = files_.size() > 1 && !arguments.has("q");
    }

    sim::Poll poll(sim::Io& io) override {
        while (!read_) {
            std::string text;
            switch (reader_.next(io, text)) {
                case InputReader::State::Waiting: return sim::Poll::input();
                case InputReader::State::Text: text_ += text; break;
                case InputReader::State::FileEnds: show(io, std::exchange(text_, {})); break;
                case InputReader::State::End: read_ = true; remember_sizes();
            }
        }
        const bool any =
            std::any_of(files_.begin(), files_.end(), [](const std::string& f) { return f != "-"; });
        if (!follow_ || !any) return sim::Poll::done(reader_.failed() ? 1 : 0);
        for (std::size_t i = 0; i < files_.size(); ++i) follow(io, i);
        return sim::Poll::until(io.now() + sim::seconds(1));
    }

private:
    void show(sim::Io& io, const std::string& text) {
        if (titles_) {
            io.out(title(reader_.file(), last_shown_.empty()));
            last_shown_ = reader_.file();
        }
        std::size_t begin = 0;
        if (bytes_) {
            const auto size = static_cast<std::int64_t>(text.size());
            begin = static_cast<std::size_t>(from_start_ ? std::min(count_ - 1, size)
                                                         : std::max<std::int64_t>(0, size - count_));
        } else if (from_start_) {
            for (std::int64_t i = 1; i < count_ && begin < text.size(); ++i) {
                begin = std::min(text.find('\n', begin), text.size() - 1) + 1;
            }
        } else {
            begin = text.size();
            for (std::int64_t i = 0; i < count_ && begin > 0; ++i) {
                const std::size_t newline = begin < 2 ? std::string::npos : text.rfind('\n', begin - 2);
                begin = newline == std::string::npos ? 0 : newline + 1;
            }
        }
        io.out(std::string_view(text).substr(begin));
    }

    void remember_sizes() {
        for (const std::string& file : files_) {
            const auto info = invocation_.files->stat(sim::resolve(invocation_.directory, file));
            sizes_.push_back(info.ok() ? info->bytes : 0);
        }
    }

    void follow(sim::Io& io, std::size_t index) {
        const std::string path = sim::resolve(invocation_.directory, files_[index]);
        const auto info = invocation_.files->stat(path);
        if (!info.ok() || info->bytes == sizes_[index]) return;
        const base::Result<std::string> text = invocation_.files->read(path);
        if (!text.ok()) return;
        if (info->bytes < sizes_[index]) {
            io.err("tail: " + files_[index] + ": file truncated\n");
            sizes_[index] = 0;
        }
        if (titles_ && last_shown_ != files_[index]) {
            io.out(title(files_[index], false));
            last_shown_ = files_[index];
        }
        io.out(std::string_view(*text).substr(static_cast<std::size_t>(sizes_[index])));
        sizes_[index] = static_cast<std::int64_t>(text->size());
    }

    sim::Invocation invocation_;
    std::vector<std::string> files_;
    InputReader reader_;
    std::int64_t count_;
    bool from_start_;
    bool bytes_;
    bool follow_;
    bool titles_ = false;
    bool read_ = false;
    std::string text_{};
    std::string last_shown_{};
    std::vector<std::int64_t> sizes_{};
};

std::unique_ptr<sim::Process> start_tail(const sim::Invocation& invocation) {
    const Arguments arguments(
        with_old_count(invocation.words),
        {{'n', "lines", true}, {'c', "bytes", true}, {'f', "follow"}, {'F'}, {'q', "quiet"}});
    if (!arguments.problem().empty()) return refuse(invocation, arguments.problem(), 1);
    const bool bytes = arguments.has("c");
    std::string text = arguments.value(bytes ? "c" : "n").value_or("10");
    const bool from_start = text.starts_with('+');
    if (from_start || text.starts_with('-')) text.erase(0, 1);
    const std::optional<std::int64_t> count = whole_number(text);
    if (!count)
        return refuse(invocation,
                      "invalid number of " + std::string(bytes ? "bytes" : "lines") + ": '" + text + "'", 1);
    return std::make_unique<Tail>(invocation, arguments,
                                  from_start ? std::max<std::int64_t>(1, *count) : *count, from_start, bytes);
}

}  // namespace

void add_head_tools(CommandTable& table) {
    table.add(make_tool("head", "print the first lines", start_head));
    table.add(make_tool("tail", "print the last lines, with -f what follows", start_tail));
}

}  // namespace kubetab::shell
