#include <algorithm>
#include <utility>

#include "engine/base/base64.h"
#include "engine/shell/tools/tool.h"
#include "engine/shell/tools/tools.h"
#include "engine/shell/utf8.h"

namespace kubetab::shell {

namespace {

std::string without_slashes(std::string path) {
    while (path.size() > 1 && path.ends_with('/')) path.pop_back();
    return path;
}

int basename(const Arguments& arguments, const sim::Invocation&, sim::Io& io) {
    const std::vector<std::string>& operands = arguments.operands();
    if (operands.empty() || operands.size() > 2) {
        io.err(operands.empty() ? "basename: missing operand\n"
                                : "basename: extra operand '" + operands[2] + "'\n");
        return 1;
    }
    std::string name = without_slashes(operands[0]);
    if (name != "/") name.erase(0, name.rfind('/') + 1);
    if (operands.size() == 2 && name.size() > operands[1].size() && name.ends_with(operands[1])) {
        name.resize(name.size() - operands[1].size());
    }
    io.out(name + "\n");
    return 0;
}

int dirname(const Arguments& arguments, const sim::Invocation&, sim::Io& io) {
    if (arguments.operands().empty()) {
        io.err("dirname: missing operand\n");
        return 1;
    }
    for (const std::string& operand : arguments.operands()) {
        std::string path = without_slashes(operand);
        const std::size_t slash = path.rfind('/');
        path = slash == std::string::npos ? std::string(1, '.') : without_slashes(path.substr(0, slash + 1));
        io.out(path + "\n");
    }
    return 0;
}

int realpath(const Arguments& arguments, const sim::Invocation& invocation, sim::Io& io) {
    int code = 0;
    for (const std::string& operand : arguments.operands()) {
        const std::string path = sim::resolve(invocation.directory, operand);
        const auto info = invocation.files->stat(path);
        if (info.ok()) {
            io.out(path + "\n");
        } else {
            io.err(invocation.words[0] + ": " + operand + ": " + info.error().message + "\n");
            code = 1;
        }
    }
    return code;
}

int whoami(const Arguments&, const sim::Invocation& invocation, sim::Io& io) {
    const auto user = invocation.environment.find("USER");
    io.out((user == invocation.environment.end() ? std::string("root") : user->second) + "\n");
    return 0;
}

int id(const Arguments& arguments, const sim::Invocation& invocation, sim::Io& io) {
    const auto user = invocation.environment.find("USER");
    const bool root = user == invocation.environment.end() || user->second == "root";
    const std::string name = root ? "root" : user->second;
    const std::string number = root ? "0" : "1000";
    if (arguments.has("u") || arguments.has("g")) {
        io.out((arguments.has("n") ? name : number) + "\n");
    } else {
        const std::string both = number + "(" + name + ")";
        io.out("uid=" + both + " gid=" + both + " groups=" + both + "\n");
    }
    return 0;
}

int uname(const Arguments& arguments, const sim::Invocation& invocation, sim::Io& io) {
    const auto host = invocation.environment.find("HOSTNAME");
    const std::string name = host == invocation.environment.end() ? "localhost" : host->second;
    std::string text;
    const auto add = [&](std::string_view option, const std::string& part) {
        if (!arguments.has("a") && !arguments.has(option)) return;
        if (!text.empty()) text += ' ';
        text += part;
    };
    add("s", "Linux");
    add("n", name);
    add("r", "6.1.0-18-amd64");
    add("m", "x86_64");
    if (arguments.has("a")) text += " GNU/Linux";
    io.out((text.empty() ? std::string("Linux") : text) + "\n");
    return 0;
}

class Base64 : public LineFilter {
public:
    Base64(const sim::Invocation& invocation, const Arguments& arguments, std::size_t width)
        : LineFilter(invocation, arguments.operands()), decodes_(arguments.has("d")), width_(width) {}

protected:
    bool line(sim::Io&, std::string_view text) override {
        text_.append(text);
        return text_.size() < (64U << 20U);
    }
    int end(sim::Io& io, bool failed) override {
        if (failed) return 1;
        if (decodes_) {
            std::erase_if(text_, [](char c) { return c == '\n' || c == '\r'; });
            const auto decoded = base::base64_decode(text_);
            if (!decoded) {
                io.err("base64: invalid input\n");
                return 1;
            }
            io.out(*decoded);
            return 0;
        }
        const std::string encoded = base::base64_encode(text_);
        for (std::size_t at = 0; at < encoded.size(); at += width_) io.out(encoded.substr(at, width_) + "\n");
        return 0;
    }

private:
    bool decodes_;
    std::size_t width_;
    std::string text_{};
};

std::unique_ptr<sim::Process> start_base64(const sim::Invocation& invocation) {
    const Arguments arguments(invocation.words, {{'d', "decode"}, {'D'}, {'w', "wrap", true}});
    if (!arguments.problem().empty()) return refuse(invocation, arguments.problem(), 1);
    const std::optional<std::int64_t> width = whole_number(arguments.value("w").value_or("76"));
    if (!width) return refuse(invocation, "invalid wrap size: '" + *arguments.value("w") + "'", 1);
    const std::size_t columns =
        *width == 0 ? static_cast<std::size_t>(1) << 30U : static_cast<std::size_t>(*width);
    return std::make_unique<Base64>(invocation, arguments, columns);
}

// tac and rev.
class Backwards : public LineFilter {
public:
    explicit Backwards(const sim::Invocation& invocation, const Arguments& arguments)
        : LineFilter(invocation, arguments.operands()), characters_(invocation.words[0] == "rev") {}

protected:
    bool line(sim::Io& io, std::string_view text) override {
        if (text.ends_with('\n')) text.remove_suffix(1);
        if (characters_) {
            std::u32string codes = from_utf8(text);
            std::reverse(codes.begin(), codes.end());
            io.out(to_utf8(codes) + "\n");
        } else {
            lines_.emplace_back(text);
        }
        return true;
    }
    int end(sim::Io& io, bool failed) override {
        for (auto one = lines_.rbegin(); one != lines_.rend(); ++one) io.out(*one + "\n");
        return failed ? 1 : 0;
    }

private:
    bool characters_;
    std::vector<std::string> lines_{};
};

std::unique_ptr<sim::Process> start_backwards(const sim::Invocation& invocation) {
    const Arguments arguments(invocation.words, {});
    if (!arguments.problem().empty()) return refuse(invocation, arguments.problem(), 1);
    return std::make_unique<Backwards>(invocation, arguments);
}

}  // namespace

void add_name_tools(CommandTable& table, ToolSet set) {
    table.add(make_simple_tool("basename", "print the last part of a path", {}, basename));
    table.add(make_simple_tool("dirname", "print a path without its last part", {}, dirname));
    table.add(make_simple_tool("realpath", "print a path from the root", {}, realpath));
    table.add(make_simple_tool("whoami", "print the user's name", {}, whoami));
    table.add(make_simple_tool("id", "print the user's numbers",
                               {{'u', "user"}, {'g', "group"}, {'n', "name"}}, id));
    table.add(make_simple_tool("uname", "print the system's name", {{'a', "all"}, {'s'}, {'n'}, {'r'}, {'m'}},
                               uname));
    table.add(make_tool("tac", "print lines in reverse order", start_backwards));
    table.add(make_tool("rev", "print lines backwards", start_backwards));
    if (set == ToolSet::Container) return;
    for (const char* editor : {"vi", "vim", "nano", "emacs", "less", "more", "ssh", "sudo"}) {
        table.add(make_tool(editor, "not available here", [](const sim::Invocation& invocation) {
            const std::string& name = invocation.words[0];
            std::string advice = "write files with cat > FILE <<EOF";
            if (name == "less" || name == "more") advice = "use cat and scroll";
            if (name == "ssh") advice = "look at a node with kubectl describe node";
            if (name == "sudo") advice = "run the command without it";
            return refuse(invocation, "not available in this terminal; " + advice, 1);
        }));
    }
}

void add_base64_tool(CommandTable& table) {
    table.add(make_tool("base64", "encode or decode base64", start_base64));
}

}  // namespace kubetab::shell
