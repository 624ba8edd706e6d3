#include <utility>

#include "engine/shell/tools/tool.h"
#include "engine/shell/tools/tools.h"

namespace kubetab::shell {

namespace {

using base::Result;

// Copies a file or a tree. An existing directory is filled, not replaced.
Result<void> copy_tree(sim::FileSystem& files, const std::string& from, const std::string& to, int depth) {
    if (depth > 100) return base::failure(base::Reason::Unknown, "File name too long");
    const sim::FileInfo info = TRY(files.stat(from));
    if (!info.directory) {
        TRY(files.write(to, TRY(files.read(from))));
        if (info.mode != 0644) (void)files.set_mode(to, info.mode);
        return {};
    }
    const Result<sim::FileInfo> there = files.stat(to);
    if (there.ok() && !there->directory) return base::failure(base::Reason::Unknown, "Not a directory");
    const std::vector<sim::FileInfo> entries = TRY(files.list(from));
    if (!there.ok()) TRY(files.make_directory(to));
    for (const sim::FileInfo& entry : entries) {
        TRY(copy_tree(files, from + "/" + entry.name, to + "/" + entry.name, depth + 1));
    }
    return {};
}

Result<void> remove_tree(sim::FileSystem& files, const std::string& path, int depth) {
    const sim::FileInfo info = TRY(files.stat(path));
    if (info.directory && depth < 100) {
        for (const sim::FileInfo& entry : TRY(files.list(path))) {
            TRY(remove_tree(files, path + "/" + entry.name, depth + 1));
        }
    }
    return files.remove(path);
}

class Copier {
public:
    Copier(const Arguments& arguments, const sim::Invocation& invocation, sim::Io& io)
        : arguments_(arguments), invocation_(invocation), io_(io), moves_(invocation.words[0] == "mv") {}

    int run() {
        std::vector<std::string> operands = arguments_.operands();
        const std::string name = invocation_.words[0];
        if (operands.empty()) return fail("missing file operand");
        if (operands.size() == 1) return fail("missing destination file operand after '" + operands[0] + "'");
        const std::string target = operands.back();
        operands.pop_back();
        const Result<sim::FileInfo> there = invocation_.files->stat(resolved(target));
        const bool into = there.ok() && there->directory;
        if (operands.size() > 1 && !into) return fail("target '" + target + "' is not a directory");
        for (const std::string& operand : operands) copy(operand, target, into);
        return code_;
    }

private:
    std::string resolved(const std::string& path) const { return sim::resolve(invocation_.directory, path); }

    int fail(const std::string& message) {
        io_.err(invocation_.words[0] + ": " + message + "\n");
        code_ = 1;
        return 1;
    }

    void copy(const std::string& operand, const std::string& target, bool into) {
        sim::FileSystem& files = *invocation_.files;
        const std::string from = resolved(operand);
        std::string to = resolved(target);
        if (into) to += (to == "/" ? "" : "/") + from.substr(from.rfind('/') + 1);
        const Result<sim::FileInfo> info = files.stat(from);
        if (!info.ok()) {
            fail("cannot stat '" + operand + "': " + info.error().message);
            return;
        }
        const bool recursive = moves_ || arguments_.has("r") || arguments_.has("R") || arguments_.has("a");
        if (info->directory && !recursive) {
            fail("-r not specified; omitting directory '" + operand + "'");
            return;
        }
        if (from == to) {
            fail("'" + operand + "' and '" + target + "' are the same file");
            return;
        }
        if (info->directory && (to + "/").starts_with(from + "/")) {
            fail(std::string(moves_ ? "cannot move '" : "cannot copy '") + operand + "' into itself, '" +
                 target + "'");
            return;
        }
        const Result<sim::FileInfo> there = files.stat(to);
        if (there.ok() && arguments_.has("n")) return;
        if (there.ok() && there->directory && !info->directory) {
            fail("cannot overwrite directory '" + target + "' with non-directory");
            return;
        }
        Result<void> done = copy_tree(files, from, to, 0);
        if (done.ok() && moves_) done = remove_tree(files, from, 0);
        if (!done.ok()) {
            const std::string what =
                moves_ ? "cannot move '" + operand + "' to '" : "cannot create regular file '";
            fail(what + target + "': " + done.error().message);
        } else if (arguments_.has("v")) {
            io_.out((moves_ ? "renamed '" : "'") + operand + "' -> '" + target + "'\n");
        }
    }

    const Arguments& arguments_;
    const sim::Invocation& invocation_;
    sim::Io& io_;
    bool moves_;
    int code_ = 0;
};

int run_copier(const Arguments& arguments, const sim::Invocation& invocation, sim::Io& io) {
    return Copier(arguments, invocation, io).run();
}

}  // namespace

void add_copy_tools(CommandTable& table) {
    table.add(make_simple_tool(
        "cp", "copy files, with -r also directories",
        {{'r', "recursive"}, {'R'}, {'a', "archive"}, {'f', "force"}, {'n', "no-clobber"}, {'v', "verbose"}},
        run_copier));
    table.add(make_simple_tool("mv", "move or rename files",
                               {{'f', "force"}, {'n', "no-clobber"}, {'v', "verbose"}}, run_copier));
}

}  // namespace kubetab::shell
