#include <algorithm>
#include <utility>

#include "engine/shell/tools/tool.h"
#include "engine/shell/tools/tools.h"

namespace kubetab::shell {

namespace {

class Cat : public LineFilter {
public:
    Cat(const sim::Invocation& invocation, const Arguments& arguments)
        : LineFilter(invocation, arguments.operands()),
          numbers_(arguments.has("n")),
          ends_(arguments.has("E") || arguments.has("A")),
          tabs_(arguments.has("T") || arguments.has("A")) {}

protected:
    bool line(sim::Io& io, std::string_view text) override {
        if (!numbers_ && !ends_ && !tabs_) {
            io.out(text);
            return true;
        }
        std::string shown;
        if (numbers_) {
            const std::string number = std::to_string(++count_);
            shown = std::string(number.size() < 6 ? 6 - number.size() : 0, ' ') + number + "\t";
        }
        for (const char c : text) {
            if (c == '\n' && ends_) shown += '$';
            if (c == '\t' && tabs_) {
                shown += "^I";
            } else {
                shown += c;
            }
        }
        io.out(shown);
        return true;
    }

private:
    bool numbers_;
    bool ends_;
    bool tabs_;
    std::int64_t count_ = 0;
};

std::unique_ptr<sim::Process> start_cat(const sim::Invocation& invocation) {
    const Arguments arguments(invocation.words,
                              {{'n', "number"}, {'E', "show-ends"}, {'T', "show-tabs"}, {'A', "show-all"}});
    if (!arguments.problem().empty()) return refuse(invocation, arguments.problem(), 1);
    return std::make_unique<Cat>(invocation, arguments);
}

class Tee : public LineFilter {
public:
    Tee(const sim::Invocation& invocation, const Arguments& arguments)
        : LineFilter(invocation, {}), files_(arguments.operands()), append_(arguments.has("a")) {}

protected:
    bool wants_input() const override { return true; }
    bool line(sim::Io& io, std::string_view text) override {
        open(io);
        io.out(text);
        for (const std::string& file : files_) report(io, file, invocation().files->append(path(file), text));
        return true;
    }
    int end(sim::Io& io, bool failed) override {
        open(io);
        return failed || failed_ ? 1 : 0;
    }

private:
    std::string path(const std::string& file) const { return sim::resolve(invocation().directory, file); }
    void open(sim::Io& io) {
        if (std::exchange(opened_, true) || append_) return;
        for (const std::string& file : files_) report(io, file, invocation().files->write(path(file), ""));
    }
    void report(sim::Io& io, const std::string& file, const base::Result<void>& result) {
        if (result.ok()) return;
        if (!failed_) io.err("tee: " + file + ": " + result.error().message + "\n");
        failed_ = true;
    }

    std::vector<std::string> files_;
    bool append_;
    bool opened_ = false;
    bool failed_ = false;
};

std::unique_ptr<sim::Process> start_tee(const sim::Invocation& invocation) {
    const Arguments arguments(invocation.words, {{'a', "append"}});
    if (!arguments.problem().empty()) return refuse(invocation, arguments.problem(), 1);
    return std::make_unique<Tee>(invocation, arguments);
}

int missing_operand(const sim::Invocation& invocation, sim::Io& io) {
    io.err(invocation.words[0] + ": missing operand\n");
    return 1;
}

// A directory and, from the top, those above it that do not exist.
base::Result<void> make_directories(sim::FileSystem& files, const std::string& absolute) {
    for (std::size_t slash = 1; slash != std::string::npos;) {
        slash = absolute.find('/', slash + 1);
        const std::string part = absolute.substr(0, slash);
        const base::Result<sim::FileInfo> info = files.stat(part);
        if (info.ok() && !info->directory) return base::failure(base::Reason::Unknown, "Not a directory");
        if (!info.ok()) TRY(files.make_directory(part));
    }
    return {};
}

int mkdir(const Arguments& arguments, const sim::Invocation& invocation, sim::Io& io) {
    if (arguments.operands().empty()) return missing_operand(invocation, io);
    int code = 0;
    for (const std::string& operand : arguments.operands()) {
        const std::string path = sim::resolve(invocation.directory, operand);
        const base::Result<void> made = arguments.has("p") ? make_directories(*invocation.files, path)
                                                           : invocation.files->make_directory(path);
        if (made.ok()) continue;
        io.err("mkdir: cannot create directory '" + operand + "': " + made.error().message + "\n");
        code = 1;
    }
    return code;
}

int rmdir(const Arguments& arguments, const sim::Invocation& invocation, sim::Io& io) {
    if (arguments.operands().empty()) return missing_operand(invocation, io);
    int code = 0;
    for (const std::string& operand : arguments.operands()) {
        const std::string path = sim::resolve(invocation.directory, operand);
        const base::Result<sim::FileInfo> info = invocation.files->stat(path);
        std::string problem;
        if (!info.ok()) {
            problem = info.error().message;
        } else if (!info->directory) {
            problem = "Not a directory";
        } else {
            const base::Result<void> removed = invocation.files->remove(path);
            if (!removed.ok()) problem = removed.error().message;
        }
        if (problem.empty()) continue;
        io.err("rmdir: failed to remove '" + operand + "': " + problem + "\n");
        code = 1;
    }
    return code;
}

base::Result<void> remove_tree(sim::FileSystem& files, const std::string& path, int depth) {
    const sim::FileInfo info = TRY(files.stat(path));
    if (info.directory && depth < 100) {
        for (const sim::FileInfo& entry : TRY(files.list(path))) {
            TRY(remove_tree(files, path + "/" + entry.name, depth + 1));
        }
    }
    return files.remove(path);
}

int rm(const Arguments& arguments, const sim::Invocation& invocation, sim::Io& io) {
    const bool force = arguments.has("f");
    const bool recursive = arguments.has("r") || arguments.has("R");
    if (arguments.operands().empty()) return force ? 0 : missing_operand(invocation, io);
    int code = 0;
    for (const std::string& operand : arguments.operands()) {
        const std::string path = sim::resolve(invocation.directory, operand);
        const base::Result<sim::FileInfo> info = invocation.files->stat(path);
        std::string problem;
        if (!info.ok()) {
            if (force) continue;
            problem = info.error().message;
        } else if (info->directory && !recursive) {
            problem = "Is a directory";
        } else if (path == "/") {
            io.err("rm: it is dangerous to operate recursively on '/'\n");
            code = 1;
            continue;
        } else {
            const base::Result<void> removed = remove_tree(*invocation.files, path, 0);
            if (!removed.ok()) problem = removed.error().message;
        }
        if (problem.empty()) {
            if (arguments.has("v")) io.out("removed '" + operand + "'\n");
            continue;
        }
        io.err("rm: cannot remove '" + operand + "': " + problem + "\n");
        code = 1;
    }
    return code;
}

int touch(const Arguments& arguments, const sim::Invocation& invocation, sim::Io& io) {
    if (arguments.operands().empty()) {
        io.err("touch: missing file operand\n");
        return 1;
    }
    int code = 0;
    for (const std::string& operand : arguments.operands()) {
        const std::string path = sim::resolve(invocation.directory, operand);
        const bool exists = invocation.files->stat(path).ok();
        if (!exists && arguments.has("c")) continue;
        const base::Result<void> done =
            exists ? invocation.files->set_modified(path, io.now()) : invocation.files->write(path, "");
        if (done.ok()) continue;
        io.err("touch: cannot touch '" + operand + "': " + done.error().message + "\n");
        code = 1;
    }
    return code;
}

// The mode that "755", "+x" or "u=rw,go-w" makes of `mode`; nothing when it is no mode.
std::optional<std::uint32_t> changed_mode(std::string_view text, std::uint32_t mode) {
    if (!text.empty() && text.find_first_not_of("01234567") == std::string_view::npos && text.size() <= 4) {
        std::uint32_t value = 0;
        for (const char c : text) value = value * 8 + static_cast<std::uint32_t>(c - '0');
        return value;
    }
    while (!text.empty()) {
        const std::size_t comma = std::min(text.find(','), text.size());
        std::string_view clause = text.substr(0, comma);
        text.remove_prefix(std::min(comma + 1, text.size()));
        const std::size_t sign = clause.find_first_of("+-=");
        if (sign == std::string_view::npos) return std::nullopt;
        std::uint32_t who = sign == 0 ? 0777U : 0;
        for (const char c : clause.substr(0, sign)) {
            if (c == 'u') who |= 0700U;
            else if (c == 'g') who |= 0070U;
            else if (c == 'o') who |= 0007U;
            else if (c == 'a') who |= 0777U;
            else return std::nullopt;
        }
        std::uint32_t bits = 0;
        for (const char c : clause.substr(sign + 1)) {
            if (c == 'r') bits |= 0444U;
            else if (c == 'w') bits |= 0222U;
            else if (c == 'x') bits |= 0111U;
            else return std::nullopt;
        }
        if (clause[sign] == '+') mode |= bits & who;
        if (clause[sign] == '-') mode &= ~(bits & who);
        if (clause[sign] == '=') mode = (mode & ~who) | (bits & who);
    }
    return mode;
}

int chmod(const sim::Invocation& invocation, sim::Io& io) {
    const std::vector<std::string>& words = invocation.words;
    if (words.size() < 3) {
        io.err("chmod: missing operand\n");
        return 1;
    }
    int code = 0;
    for (std::size_t i = 2; i < words.size(); ++i) {
        const std::string path = sim::resolve(invocation.directory, words[i]);
        const base::Result<sim::FileInfo> info = invocation.files->stat(path);
        if (!info.ok()) {
            io.err("chmod: cannot access '" + words[i] + "': " + info.error().message + "\n");
            code = 1;
            continue;
        }
        const std::optional<std::uint32_t> mode = changed_mode(words[1], info->mode);
        if (!mode) {
            io.err("chmod: invalid mode: '" + words[1] + "'\n");
            return 1;
        }
        const base::Result<void> set = invocation.files->set_mode(path, *mode);
        if (set.ok()) continue;
        io.err("chmod: changing permissions of '" + words[i] + "': " + set.error().message + "\n");
        code = 1;
    }
    return code;
}

}  // namespace

void add_file_tools(CommandTable& table) {
    table.add(make_tool("cat", "print files", start_cat));
    table.add(make_tool("tee", "copy the input to files and to the output", start_tee));
    table.add(make_simple_tool("mkdir", "make directories", {{'p', "parents"}}, mkdir));
    table.add(make_simple_tool("rmdir", "remove empty directories", {}, rmdir));
    table.add(make_simple_tool("rm", "remove files, with -r also directories",
                               {{'r', "recursive"}, {'R'}, {'f', "force"}, {'v', "verbose"}}, rm));
    table.add(
        make_simple_tool("touch", "make an empty file, or renew its time", {{'c', "no-create"}}, touch));
    table.add(make_tool("chmod", "change the mode of files",
                        [](const auto& invocation) { return run_at_once(invocation, chmod); }));
}

}  // namespace kubetab::shell
