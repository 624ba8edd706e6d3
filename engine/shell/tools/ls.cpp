#include <algorithm>
#include <utility>

#include "engine/base/stable_sort.h"
#include "engine/shell/tools/civil_time.h"
#include "engine/shell/tools/tool.h"
#include "engine/shell/tools/tools.h"
#include "engine/shell/utf8.h"

namespace kubetab::shell {

namespace {

std::string mode_text(const sim::FileInfo& info) {
    std::string text = info.directory ? "d" : "-";
    static constexpr std::string_view kLetters = "rwxrwxrwx";
    for (std::size_t i = 0; i < kLetters.size(); ++i) {
        text += ((info.mode >> (8 - i)) & 1U) != 0 ? kLetters[i] : '-';
    }
    return text;
}

// A size as -h prints it: 512, 1.5K, 23M.
std::string human_size(std::int64_t bytes) {
    static constexpr std::string_view kUnits = "KMGT";
    if (bytes < 1024) return std::to_string(bytes);
    std::int64_t unit = 1024;
    std::size_t index = 0;
    while (index + 1 < kUnits.size() && bytes >= unit * 1024) {
        unit *= 1024;
        ++index;
    }
    const std::int64_t tenths = (bytes * 10 + unit - 1) / unit;
    std::string text = std::to_string((bytes + unit - 1) / unit);
    if (tenths < 100) text = std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
    return text + kUnits[index];
}

std::string padded_left(const std::string& text, std::size_t width) {
    return std::string(width > text.size() ? width - text.size() : 0, ' ') + text;
}

class Ls {
public:
    Ls(const Arguments& arguments, const sim::Invocation& invocation, sim::Io& io)
        : arguments_(arguments), invocation_(invocation), io_(io), long_(arguments.has("l")) {}

    int run() {
        std::vector<std::string> operands = arguments_.operands();
        if (operands.empty()) operands.push_back(".");
        std::vector<sim::FileInfo> files;
        std::vector<std::string> directories;
        for (const std::string& operand : operands) {
            base::Result<sim::FileInfo> info =
                invocation_.files->stat(sim::resolve(invocation_.directory, operand));
            if (!info.ok()) {
                io_.err("ls: cannot access '" + operand + "': " + info.error().message + "\n");
                code_ = 2;
            } else if (info->directory && !arguments_.has("d")) {
                directories.push_back(operand);
            } else {
                (*info).name = operand;
                files.push_back(std::move(*info));
            }
        }
        show(files);
        const bool titles = operands.size() > 1 || arguments_.has("R");
        bool first = files.empty();
        for (const std::string& directory : directories) show_directory(directory, titles, first, 0);
        return code_;
    }

private:
    void show_directory(const std::string& directory, bool title, bool& first, int depth) {
        const std::string path = sim::resolve(invocation_.directory, directory);
        base::Result<std::vector<sim::FileInfo>> listed = invocation_.files->list(path);
        if (!listed.ok()) {
            io_.err("ls: cannot open directory '" + directory + "': " + listed.error().message + "\n");
            code_ = 2;
            return;
        }
        std::vector<sim::FileInfo> entries;
        const bool all = arguments_.has("a");
        for (const std::string name : {".", ".."}) {
            base::Result<sim::FileInfo> info = invocation_.files->stat(sim::resolve(path, name));
            if (!all || !info.ok()) continue;
            (*info).name = name;
            entries.push_back(std::move(*info));
        }
        std::vector<std::string> inside;
        for (sim::FileInfo& entry : *listed) {
            if (entry.name.starts_with('.') && !all && !arguments_.has("A")) continue;
            if (entry.directory) inside.push_back(directory + "/" + entry.name);
            entries.push_back(std::move(entry));
        }
        if (title) {
            io_.out((first ? "" : "\n") + directory + ":\n");
            first = false;
        }
        if (long_) io_.out("total " + std::to_string(blocks(entries)) + "\n");
        show(entries);
        if (!arguments_.has("R") || depth > 50) return;
        for (const std::string& name : inside) show_directory(name, true, first, depth + 1);
    }

    static std::int64_t blocks(const std::vector<sim::FileInfo>& entries) {
        std::int64_t total = 0;
        for (const sim::FileInfo& entry : entries) total += (entry.bytes + 4095) / 4096 * 4;
        return total;
    }

    void sort(std::vector<sim::FileInfo>& entries) const {
        base::stable_sort(entries, [&](const sim::FileInfo& a, const sim::FileInfo& b) {
            if (arguments_.has("t") && a.modified != b.modified) return a.modified > b.modified;
            if (arguments_.has("S") && a.bytes != b.bytes) return a.bytes > b.bytes;
            return a.name < b.name;
        });
        if (arguments_.has("r")) std::reverse(entries.begin(), entries.end());
    }

    std::string shown_name(const sim::FileInfo& info) const {
        std::string name = info.name;
        const bool runs = !info.directory && (info.mode & 0111U) != 0;
        if (io_.is_terminal()) {
            if (info.directory) name = "\x1b[1;34m" + name + "\x1b[0m";
            if (runs) name = "\x1b[1;32m" + name + "\x1b[0m";
        }
        if (info.directory && (arguments_.has("F") || arguments_.has("p"))) name += '/';
        if (runs && arguments_.has("F")) name += '*';
        return name;
    }

    void show(std::vector<sim::FileInfo>& entries) {
        sort(entries);
        if (long_) {
            show_long(entries);
        } else if (arguments_.has("1") || !io_.is_terminal()) {
            for (const sim::FileInfo& entry : entries) io_.out(shown_name(entry) + "\n");
        } else {
            show_columns(entries);
        }
    }

    void show_long(const std::vector<sim::FileInfo>& entries) {
        std::size_t width = 1;
        const auto size_text = [&](const sim::FileInfo& entry) {
            return arguments_.has("h") ? human_size(entry.bytes) : std::to_string(entry.bytes);
        };
        for (const sim::FileInfo& entry : entries) width = std::max(width, size_text(entry).size());
        const auto user = invocation_.environment.find("USER");
        const std::string owner = user == invocation_.environment.end() ? "root" : user->second;
        for (const sim::FileInfo& entry : entries) {
            const bool recent =
                io_.now() - entry.modified < sim::hours(24 * 182) && entry.modified <= io_.now();
            const std::string time =
                format_time(entry.modified, recent ? "%b %e %H:%M" : "%b %e  %Y").value_or("");
            io_.out(mode_text(entry) + " " + (entry.directory ? "2 " : "1 ") + owner + " " + owner + " " +
                    padded_left(size_text(entry), width) + " " + time + " " + shown_name(entry) + "\n");
        }
    }

    // Fills columns from top to bottom, as many as fit.
    void show_columns(const std::vector<sim::FileInfo>& entries) {
        if (entries.empty()) return;
        std::size_t widest = 1;
        for (const sim::FileInfo& entry : entries) widest = std::max(widest, from_utf8(entry.name).size());
        const std::size_t cell = widest + 2;
        const auto available = static_cast<std::size_t>(std::max(io_.columns(), 10));
        const std::size_t columns = std::max<std::size_t>(1, (available + 1) / cell);
        const std::size_t rows = (entries.size() + columns - 1) / columns;
        for (std::size_t row = 0; row < rows; ++row) {
            std::string line;
            for (std::size_t i = row; i < entries.size(); i += rows) {
                line += shown_name(entries[i]);
                if (i + rows < entries.size()) line.append(cell - from_utf8(entries[i].name).size(), ' ');
            }
            io_.out(line + "\n");
        }
    }

    const Arguments& arguments_;
    const sim::Invocation& invocation_;
    sim::Io& io_;
    bool long_;
    int code_ = 0;
};

int ls(const Arguments& arguments, const sim::Invocation& invocation, sim::Io& io) {
    return Ls(arguments, invocation, io).run();
}

}  // namespace

void add_ls_tool(CommandTable& table) {
    table.add(make_simple_tool("ls", "list files",
                               {{'l'},
                                {'a', "all"},
                                {'A', "almost-all"},
                                {'1'},
                                {'d', "directory"},
                                {'h', "human-readable"},
                                {'t'},
                                {'S'},
                                {'r', "reverse"},
                                {'R', "recursive"},
                                {'F', "classify"},
                                {'p'}},
                               ls));
}

}  // namespace kubetab::shell
