#include "engine/runtime/tools/tools.h"

#include <algorithm>
#include <array>

namespace kubetab::runtime {
namespace {

struct ListedTool {
    std::string_view name;
    std::string_view summary;
    StartTool start;
};

// clang-format off
constexpr std::array kOfBusybox = {
    ListedTool{"nc", "open a TCP connection", start_nc},
    ListedTool{"nslookup", "ask the name server", start_busybox_nslookup},
    ListedTool{"ping", "send echo requests", start_ping},
    ListedTool{"wget", "fetch files over HTTP", start_wget},
};
constexpr std::array kOfImages = {
    ListedTool{"curl", "send HTTP requests", start_curl},
    ListedTool{"dig", "ask the name server", start_dig},
    ListedTool{"nslookup", "ask the name server", start_nslookup},
};
// clang-format on

// The first program of curl's own image: what looks like options is for curl, all else is a command.
constexpr std::string_view kCurlEntrypoint = "entrypoint.sh";

const ListedTool* find_tool(std::string_view name) {
    const auto* found = std::find_if(kOfImages.begin(), kOfImages.end(),
                                     [name](const ListedTool& tool) { return tool.name == name; });
    return found == kOfImages.end() ? nullptr : found;
}

std::unique_ptr<sim::Command> in_container(const ListedTool& tool) {
    return shell::make_tool(tool.name, tool.summary, [start = tool.start](const sim::Invocation& invocation) {
        return start(invocation, place_of(invocation));
    });
}

std::unique_ptr<sim::Process> start_entrypoint(const shell::CommandTable& table,
                                               const sim::Invocation& invocation) {
    sim::Invocation inner = invocation;
    inner.words.erase(inner.words.begin());
    if (inner.words.empty() || inner.words[0].starts_with('-'))
        inner.words.insert(inner.words.begin(), std::string("curl"));
    inner.words[0].erase(0, inner.words[0].rfind('/') + 1);
    sim::Command* command = table.find(inner.words[0]);
    if (command == nullptr) return shell::refuse(invocation, "exec: " + inner.words[0] + ": not found", 127);
    return command->start(inner);
}

class LearnersCurl final : public sim::Command {
public:
    explicit LearnersCurl(const Place& place) : place_(place) {}
    std::string_view name() const override { return "curl"; }
    std::string_view summary() const override { return "send HTTP requests, e.g. to a forwarded port"; }
    std::unique_ptr<sim::Process> start(const sim::Invocation& invocation) override {
        return start_curl(invocation, place_);
    }
    std::vector<std::string> complete(const sim::Invocation& invocation) override {
        const std::string_view word = invocation.words.back();
        std::vector<std::string> candidates;
        if (!word.starts_with('-')) return candidates;
        for (const std::string_view flag :
             {"--connect-timeout", "--data",    "--data-binary", "--fail",       "--get",      "--head",
              "--header",          "--include", "--insecure",    "--location",   "--max-time", "--output",
              "--remote-name",     "--request", "--retry",       "--show-error", "--silent",   "--user",
              "--user-agent",      "--verbose", "--write-out"}) {
            if (flag.starts_with(word)) candidates.emplace_back(flag);
        }
        return candidates;
    }

private:
    Place place_;
};

}  // namespace

void add_busybox_network_tools(shell::CommandTable& table) {
    for (const ListedTool& tool : kOfBusybox) table.add(in_container(tool));
}

bool is_network_tool(std::string_view name) {
    return name == kCurlEntrypoint || find_tool(name) != nullptr;
}

bool add_network_tool(shell::CommandTable& table, std::string_view name) {
    if (name == kCurlEntrypoint) {
        table.add(shell::make_tool(
            kCurlEntrypoint, "run curl or another command",
            [&table](const sim::Invocation& invocation) { return start_entrypoint(table, invocation); }));
        return true;
    }
    const ListedTool* tool = find_tool(name);
    if (tool != nullptr) table.add(in_container(*tool));
    return tool != nullptr;
}

std::unique_ptr<sim::Command> make_learners_curl(Network& network, const sim::LocalPorts& ports) {
    return std::make_unique<LearnersCurl>(Place{&network, nullptr, &ports, false, {}, {}});
}

}  // namespace kubetab::runtime
