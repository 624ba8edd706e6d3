#include <utility>

#include "engine/shell/pattern.h"
#include "engine/shell/tools/tool.h"
#include "engine/shell/tools/tools.h"

namespace kubetab::shell {

namespace {

// find [PATH...] [-name PATTERN] [-type f|d] [-maxdepth N] [-mindepth N] [-empty] [-print] [-delete]: all
// must hold.
class Find {
public:
    Find(const sim::Invocation& invocation, sim::Io& io) : invocation_(invocation), io_(io) {}

    int run() {
        std::vector<std::string> roots;
        const std::vector<std::string>& words = invocation_.words;
        std::size_t at = 1;
        while (at < words.size() && !words[at].starts_with('-')) roots.push_back(words[at++]);
        if (roots.empty()) roots.push_back(".");
        for (; at < words.size(); ++at) {
            if (!option(words, at)) return 1;
        }
        for (const std::string& root : roots) visit(root, 0);
        return code_;
    }

private:
    bool fail(const std::string& message) {
        io_.err("find: " + message + "\n");
        code_ = 1;
        return false;
    }

    bool option(const std::vector<std::string>& words, std::size_t& at) {
        const std::string& word = words[at];
        if (word == "-print") return true;
        if (word == "-empty") return empty_ = true;
        if (word == "-delete") return delete_ = true;
        const bool known = word == "-name" || word == "-iname" || word == "-path" || word == "-type" ||
                           word == "-maxdepth" || word == "-mindepth";
        if (!known) return fail("'" + word + "' is not supported");
        if (++at >= words.size()) return fail("missing argument to '" + word + "'");
        const std::string& value = words[at];
        if (word == "-name") name_ = value;
        if (word == "-iname") return fail("'-iname' is not supported");
        if (word == "-path") path_ = value;
        if (word == "-type") {
            if (value != "f" && value != "d") return fail("-type " + value + " is not supported");
            type_ = value[0];
        }
        if (word == "-maxdepth" || word == "-mindepth") {
            const std::optional<std::int64_t> number = whole_number(value);
            if (!number) return fail("expected a number after '" + word + "'");
            (word == "-maxdepth" ? most_ : least_) = *number;
        }
        return true;
    }

    void visit(const std::string& path, std::int64_t depth) {
        const std::string absolute = sim::resolve(invocation_.directory, path);
        const base::Result<sim::FileInfo> info = invocation_.files->stat(absolute);
        if (!info.ok()) {
            fail("'" + path + "': " + info.error().message);
            return;
        }
        std::vector<sim::FileInfo> entries;
        if (info->directory) {
            base::Result<std::vector<sim::FileInfo>> listed = invocation_.files->list(absolute);
            if (listed.ok()) entries = std::move(*listed);
        }
        const bool wanted = holds(path, *info, entries.empty(), depth);
        if (wanted && !delete_) io_.out(path + "\n");
        if (depth < most_ && depth < 100) {
            for (const sim::FileInfo& entry : entries) {
                visit(path + (path.ends_with('/') ? "" : "/") + entry.name, depth + 1);
            }
        }
        if (!wanted || !delete_) return;
        const base::Result<void> removed = invocation_.files->remove(absolute);
        if (!removed.ok()) fail("cannot delete '" + path + "': " + removed.error().message);
    }

    bool holds(const std::string& path, const sim::FileInfo& info, bool no_entries,
               std::int64_t depth) const {
        if (depth < least_) return false;
        if (type_ != '\0' && info.directory != (type_ == 'd')) return false;
        if (empty_ && !(info.directory ? no_entries : info.bytes == 0)) return false;
        if (path_ && !matches(*path_, path)) return false;
        const std::string name = path == "." || path == ".." ? path : info.name;
        return !name_ || matches(*name_, name);
    }

    const sim::Invocation& invocation_;
    sim::Io& io_;
    std::optional<std::string> name_{};
    std::optional<std::string> path_{};
    char type_ = '\0';
    bool empty_ = false;
    bool delete_ = false;
    std::int64_t most_ = 1'000;
    std::int64_t least_ = 0;
    int code_ = 0;
};

}  // namespace

void add_find_tool(CommandTable& table) {
    table.add(make_tool("find", "find files by name and kind", [](const auto& invocation) {
        return run_at_once(invocation,
                           [](const sim::Invocation& words, sim::Io& io) { return Find(words, io).run(); });
    }));
}

}  // namespace kubetab::shell
