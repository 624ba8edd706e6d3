#include <algorithm>
#include <utility>

#include "engine/shell/tools/civil_time.h"
#include "engine/shell/tools/line_diff.h"
#include "engine/shell/tools/tool.h"
#include "engine/shell/tools/tools.h"

namespace kubetab::shell {

namespace {

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t newline = std::min(text.find('\n'), text.size());
        lines.emplace_back(text.substr(0, newline));
        text.remove_prefix(std::min(newline + 1, text.size()));
    }
    return lines;
}

// Changes that are printed together.
struct Hunk {
    std::size_t from = 0;
    std::size_t to = 0;  // of the edits
};

std::string range(std::int64_t first, std::int64_t count) {
    if (count == 1) return std::to_string(first);
    return std::to_string(count == 0 ? first - 1 : first) + "," + std::to_string(count);
}

class Diff {
public:
    Diff(const Arguments& arguments, const sim::Invocation& invocation, sim::Io& io)
        : arguments_(arguments), invocation_(invocation), io_(io) {}

    int run() {
        const std::vector<std::string>& operands = arguments_.operands();
        if (operands.size() != 2) {
            io_.err("diff: usage: diff [-u] [-N] [-r] FROM TO\n");
            return 2;
        }
        unified_ = arguments_.has("u") || arguments_.has("U");
        const auto first = invocation_.files->stat(resolved(operands[0]));
        const auto second = invocation_.files->stat(resolved(operands[1]));
        if (first.ok() && second.ok() && first->directory && second->directory) {
            directories(operands[0], operands[1], 0);
        } else {
            files(operands[0], operands[1], "");
        }
        return code_;
    }

private:
    std::string resolved(const std::string& path) const { return sim::resolve(invocation_.directory, path); }

    void trouble(const std::string& message) {
        io_.err("diff: " + message + "\n");
        code_ = 2;
    }

    void directories(const std::string& a, const std::string& b, int depth) {
        std::vector<std::string> names;
        for (const std::string& directory : {a, b}) {
            const auto listed = invocation_.files->list(resolved(directory));
            if (!listed.ok()) return trouble(directory + ": " + listed.error().message);
            for (const sim::FileInfo& entry : *listed) names.push_back(entry.name);
        }
        std::sort(names.begin(), names.end());
        names.erase(std::unique(names.begin(), names.end()), names.end());
        for (const std::string& name : names) {
            const auto first = invocation_.files->stat(resolved(a + "/" + name));
            const auto second = invocation_.files->stat(resolved(b + "/" + name));
            if ((!first.ok() || !second.ok()) && !arguments_.has("N")) {
                io_.out("Only in " + (first.ok() ? a : b) + ": " + name + "\n");
                code_ = std::max(code_, 1);
            } else if ((first.ok() && first->directory) || (second.ok() && second->directory)) {
                if (arguments_.has("r") && depth < 50) directories(a + "/" + name, b + "/" + name, depth + 1);
            } else {
                std::string options;
                if (unified_) options += " -u";
                if (arguments_.has("N")) options += " -N";
                if (arguments_.has("r")) options += " -r";
                files(a + "/" + name, b + "/" + name,
                      "diff" + options + " " + a + "/" + name + " " + b + "/" + name);
            }
        }
    }

    // False when the file cannot be read. With -N a missing one is empty.
    bool read(const std::string& path, std::string& text, std::string& time) {
        const auto info = invocation_.files->stat(resolved(path));
        if (!info.ok() && arguments_.has("N")) {
            time = "1970-01-01 00:00:00.000000000 +0000";
            return true;
        }
        base::Result<std::string> whole =
            path == "-" ? io_.read().value_or("") : invocation_.files->read(resolved(path));
        if (!whole.ok()) {
            trouble(path + ": " + whole.error().message);
            return false;
        }
        text = std::move(*whole);
        const sim::Instant modified = info.ok() ? info->modified : io_.now();
        time = format_time(modified, "%Y-%m-%d %H:%M:%S.%N %z").value_or("");
        return true;
    }

    void files(const std::string& a, const std::string& b, const std::string& title) {
        std::string first;
        std::string second;
        std::string first_time;
        std::string second_time;
        if (!read(a, first, first_time) || !read(b, second, second_time)) return;
        if (first == second) return;
        code_ = std::max(code_, 1);
        if (arguments_.has("q")) {
            io_.out("Files " + a + " and " + b + " differ\n");
            return;
        }
        if (!title.empty()) io_.out(title + "\n");
        const std::vector<std::string> from = lines_of(first);
        const std::vector<std::string> to = lines_of(second);
        const std::vector<Edit> edits = line_edits(from, to);
        if (unified_) {
            io_.out("--- " + a + "\t" + first_time + "\n+++ " + b + "\t" + second_time + "\n");
            const std::int64_t context = whole_number(arguments_.value("U").value_or("3")).value_or(3);
            unified(from, to, edits, static_cast<std::size_t>(context));
        } else {
            normal(from, to, edits);
        }
    }

    static std::vector<Hunk> hunks(const std::vector<Edit>& edits, std::size_t context) {
        std::vector<Hunk> result;
        for (std::size_t i = 0; i < edits.size(); ++i) {
            if (edits[i].kind == EditKind::Keep) continue;
            const std::size_t from = i > context ? i - context : 0;
            const std::size_t to = std::min(edits.size(), i + 1 + context);
            if (!result.empty() && from <= result.back().to) {
                result.back().to = to;
            } else {
                result.push_back({from, to});
            }
        }
        return result;
    }

    void unified(const std::vector<std::string>& from, const std::vector<std::string>& to,
                 const std::vector<Edit>& edits, std::size_t context) {
        for (const Hunk& hunk : hunks(edits, context)) {
            std::int64_t old_count = 0;
            std::int64_t new_count = 0;
            std::string body;
            for (std::size_t i = hunk.from; i < hunk.to; ++i) {
                const Edit& edit = edits[i];
                if (edit.kind != EditKind::Add) ++old_count;
                if (edit.kind != EditKind::Remove) ++new_count;
                const char sign = edit.kind == EditKind::Keep ? ' ' : edit.kind == EditKind::Add ? '+' : '-';
                const std::string& line = edit.kind == EditKind::Add ? to[edit.to] : from[edit.from];
                body += sign + line + "\n";
            }
            const auto old_first = static_cast<std::int64_t>(edits[hunk.from].from) + 1;
            const auto new_first = static_cast<std::int64_t>(edits[hunk.from].to) + 1;
            io_.out("@@ -" + range(old_first, old_count) + " +" + range(new_first, new_count) + " @@\n" +
                    body);
        }
    }

    void normal(const std::vector<std::string>& from, const std::vector<std::string>& to,
                const std::vector<Edit>& edits) {
        for (std::size_t i = 0; i < edits.size();) {
            if (edits[i].kind == EditKind::Keep) {
                ++i;
                continue;
            }
            const std::size_t old_first = edits[i].from;
            const std::size_t new_first = edits[i].to;
            std::string removed;
            std::string added;
            std::size_t old_count = 0;
            std::size_t new_count = 0;
            for (; i < edits.size() && edits[i].kind != EditKind::Keep; ++i) {
                if (edits[i].kind == EditKind::Remove) {
                    removed += "< " + from[edits[i].from] + "\n";
                    ++old_count;
                } else {
                    added += "> " + to[edits[i].to] + "\n";
                    ++new_count;
                }
            }
            const auto span = [](std::size_t first, std::size_t count) {
                if (count == 0) return std::to_string(first);
                if (count == 1) return std::to_string(first + 1);
                return std::to_string(first + 1) + "," + std::to_string(first + count);
            };
            const char* what = old_count == 0 ? "a" : new_count == 0 ? "d" : "c";
            io_.out(span(old_first, old_count) + what + span(new_first, new_count) + "\n" + removed +
                    (old_count > 0 && new_count > 0 ? "---\n" : "") + added);
        }
    }

    const Arguments& arguments_;
    const sim::Invocation& invocation_;
    sim::Io& io_;
    bool unified_ = false;
    int code_ = 0;
};

int diff(const Arguments& arguments, const sim::Invocation& invocation, sim::Io& io) {
    return Diff(arguments, invocation, io).run();
}

}  // namespace

void add_diff_tool(CommandTable& table) {
    table.add(make_simple_tool(
        "diff", "compare files line by line",
        {{'u', "unified"}, {'U', "", true}, {'N', "new-file"}, {'r', "recursive"}, {'q', "brief"}}, diff));
}

}  // namespace kubetab::shell
