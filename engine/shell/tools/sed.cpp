#include <algorithm>
#include <utility>

#include "engine/shell/tools/sed_script.h"
#include "engine/shell/tools/tool.h"
#include "engine/shell/tools/tools.h"

namespace kubetab::shell {

namespace {

using Groups = std::vector<std::optional<RegexSpan>>;

// The replacement text with & and \1 filled in.
std::string filled(const std::string& replacement, std::string_view text, const Groups& groups) {
    std::string result;
    const auto add_group = [&](std::size_t group) {
        if (group >= groups.size() || !groups[group]) return;
        result.append(text.substr(groups[group]->begin, groups[group]->end - groups[group]->begin));
    };
    for (std::size_t i = 0; i < replacement.size(); ++i) {
        const char c = replacement[i];
        if (c == '&') {
            add_group(0);
        } else if (c == '\\' && i + 1 < replacement.size()) {
            const char next = replacement[++i];
            if (next >= '0' && next <= '9') {
                add_group(static_cast<std::size_t>(next - '0'));
            } else {
                result += next == 'n' ? '\n' : next == 't' ? '\t' : next;
            }
        } else {
            result += c;
        }
    }
    return result;
}

bool substitute(const SedCommand& command, std::string& space) {
    std::string result;
    std::size_t from = 0;
    std::size_t copied = 0;
    std::int64_t count = 0;
    bool any = false;
    Groups groups;
    while (from <= space.size() && command.regex->search(space, from, groups)) {
        const RegexSpan span = *groups[0];
        ++count;
        if (count >= command.occurrence) {
            result.append(space, copied, span.begin - copied);
            result += filled(command.text, space, groups);
            copied = span.end;
            any = true;
            if (!command.global) break;
        }
        from = span.end > span.begin ? span.end : span.end + 1;
    }
    if (!any) return false;
    result.append(space, copied);
    space = std::move(result);
    return true;
}

class Sed : public LineFilter {
public:
    Sed(const sim::Invocation& invocation, std::vector<std::string> files, std::vector<SedCommand> script,
        bool quiet, bool in_place)
        : LineFilter(invocation, std::move(files)),
          script_(std::move(script)),
          quiet_(quiet),
          in_place_(in_place) {}

protected:
    // A line is run when the next one has come, so that $ is known.
    bool line(sim::Io& io, std::string_view text) override {
        if (held_ && !run(io, *std::exchange(held_, std::nullopt), false)) return false;
        held_ = std::string(text);
        return true;
    }

    void file_ends(sim::Io& io) override {
        if (!in_place_) return;
        if (held_) run(io, *std::exchange(held_, std::nullopt), true);
        if (!stopped_ || !written_.empty()) {
            const auto done =
                invocation().files->write(sim::resolve(invocation().directory, file()), written_);
            if (!done.ok()) {
                io.err("sed: couldn't edit " + file() + ": " + done.error().message + "\n");
                code_ = 4;
            }
        }
        written_.clear();
        number_ = 0;
    }

    int end(sim::Io& io, bool failed) override {
        if (held_ && !stopped_) run(io, *std::exchange(held_, std::nullopt), true);
        return code_ != 0 ? code_ : failed ? 2 : 0;
    }

private:
    void print(sim::Io& io, const std::string& text) {
        if (in_place_) {
            written_ += text;
        } else {
            io.out(text);
        }
    }

    bool address_matches(const SedAddress& address, const std::string& space, bool last) const {
        switch (address.kind) {
            case SedAddress::Kind::Line: return number_ == address.line;
            case SedAddress::Kind::Last: return last;
            case SedAddress::Kind::Regex: return address.regex->matches_somewhere(space);
            default: return true;
        }
    }

    bool selected(SedCommand& command, const std::string& space, bool last) const {
        bool holds = true;
        if (command.second) {
            if (command.inside) {
                command.inside = !address_matches(*command.second, space, last);
                if (command.second->kind == SedAddress::Kind::Line && number_ >= command.second->line)
                    command.inside = false;
            } else if (address_matches(*command.first, space, last)) {
                const bool over =
                    command.second->kind == SedAddress::Kind::Line && command.second->line <= number_;
                command.inside = !over;
            } else {
                holds = false;
            }
        } else if (command.first) {
            holds = address_matches(*command.first, space, last);
        }
        return holds != command.negated;
    }

    // Runs the script over one line. False when no more lines are wanted.
    bool run(sim::Io& io, std::string line, bool last) {
        ++number_;
        const bool newline = line.ends_with('\n');
        if (newline) line.pop_back();
        const std::string ending = newline || !last ? "\n" : "";
        std::string after;
        bool deleted = false;
        for (std::size_t i = 0; i < script_.size() && !deleted; ++i) {
            SedCommand& command = script_[i];
            if (!selected(command, line, last)) {
                if (command.name == '{') i = command.block_end;
                continue;
            }
            switch (command.name) {
                case 's':
                    if (substitute(command, line) && command.print) print(io, line + "\n");
                    break;
                case 'y': transliterate(command, line); break;
                case 'p': print(io, line + "\n"); break;
                case 'd': deleted = true; break;
                case '=': print(io, std::to_string(number_) + "\n"); break;
                case 'a': after += command.text + "\n"; break;
                case 'i': print(io, command.text + "\n"); break;
                case 'c':
                    deleted = true;
                    if (!command.second || !command.inside) print(io, command.text + "\n");
                    break;
                case 'q':
                    stopped_ = true;
                    i = script_.size() - 1;
                    break;
                default: break;  // { and }
            }
        }
        if (!deleted && !quiet_) print(io, line + ending);
        if (!after.empty()) print(io, after);
        return !stopped_;
    }

    static void transliterate(const SedCommand& command, std::string& line) {
        for (char& c : line) {
            const std::size_t at = command.text.find(c);
            if (at != std::string::npos) c = command.other[at];
        }
    }

    std::vector<SedCommand> script_;
    bool quiet_;
    bool in_place_;
    std::optional<std::string> held_{};
    std::string written_{};
    std::int64_t number_ = 0;
    bool stopped_ = false;
    int code_ = 0;
};

std::unique_ptr<sim::Process> start_sed(const sim::Invocation& invocation) {
    const Arguments arguments(invocation.words, {{'n', "quiet"},
                                                 {'E', "regexp-extended"},
                                                 {'r'},
                                                 {'i', "in-place"},
                                                 {'e', "expression", true},
                                                 {'f', "file", true}});
    if (!arguments.problem().empty()) return refuse(invocation, arguments.problem(), 1);
    std::vector<std::string> files = arguments.operands();
    std::string text;
    for (const std::string& part : arguments.all_values("e")) text += part + "\n";
    for (const std::string& file : arguments.all_values("f")) {
        const auto script = invocation.files->read(sim::resolve(invocation.directory, file));
        if (!script.ok())
            return refuse(invocation, "couldn't open file " + file + ": " + script.error().message, 1);
        text += *script + "\n";
    }
    if (!arguments.has("e") && !arguments.has("f")) {
        if (files.empty()) return refuse(invocation, "usage: sed [-n] [-E] [-i] SCRIPT [FILE]...", 1);
        text = files.front();
        files.erase(files.begin());
    }
    base::Result<std::vector<SedCommand>> script = parse_sed(text, arguments.has("E") || arguments.has("r"));
    if (!script.ok()) return refuse(invocation, "-e expression #1, " + script.error().message, 1);
    if (arguments.has("i") && files.empty()) return refuse(invocation, "no input files", 1);
    return std::make_unique<Sed>(invocation, std::move(files), std::move(*script), arguments.has("n"),
                                 arguments.has("i"));
}

}  // namespace

void add_sed_tool(CommandTable& table) {
    table.add(make_tool("sed", "change lines by a script", start_sed));
}

}  // namespace kubetab::shell
