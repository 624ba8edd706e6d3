#include "engine/tool/tool.h"

#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>

namespace kubetab::tool {
namespace {

constexpr const char* kUsage =
    "Usage: kubetab COMMAND\n"
    "\n"
    "  run [--seed N] [--nodes N] [--no-system-pods] [--apis=2017] [--cloud[=MIN:MAX]] [--speed max|R] "
    "FILE|-\n"
    "                       run terminal lines over virtual time, as fast as it goes or R times as fast as "
    "real\n"
    "                       time; the exit code is that of the last line\n"
    "  digest FILE|-        the same, and print a number that is equal for equal worlds\n"
    "  converse [--no-system-pods] [--quick-pulls] [--hollow-nodes] [--apis=2017] [--cloud[=MIN:MAX]] "
    "[--node-address=IP]\n"
    "                       answer JSON lines: {\"run\": \"kubectl get pods\"}, {\"advance_ms\": 1000}\n"
    "  serve [--port P] [--seed N] [--nodes N] [--speed R] [--no-kubelet] [--no-scheduler]\n"
    "      [--no-system-pods] [--quick-pulls] [--hollow-nodes] [--node-address=IP] [--tls] [--data DIR]\n"
    "      [--token-auth-file FILE] [--admission=NAME,-NAME] [--apis today|2017] [--cloud[=MIN:MAX]]\n"
    "                       answer kubectl and other clients of this machine over HTTP, or HTTPS, R virtual\n"
    "                       seconds in a real one; prints the address and the path of the kubeconfig, which\n"
    "                       is in a temporary folder while it runs, or in the folder that keeps the "
    "cluster;\n"
    "                       ends with Ctrl+C\n"
    "  lesson test [ID]     prove lessons: not done at the start, each step done by its solution\n"
    "  scenario [--update] [PATH…]\n"
    "                       run transcripts (tests/scenarios) and compare what they print\n"
    "  sim [--seeds N] [--first S] [--hours H] [--nodes N] [--jobs N] [--verbose] [--ask LINE]\n"
    "                       random work and faults, checked against invariants; where one is violated a\n"
    "                       seed stops, and how to repeat it is printed; LINE is typed at its end\n"
    "  bench [NAME]         measure; one line per figure: name value unit\n";

}  // namespace

std::optional<std::string> read_input(const std::string& path) {
    if (path == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        std::fprintf(stderr, "kubetab: %s: cannot be read\n", path.c_str());
        return std::nullopt;
    }
    return std::string(std::istreambuf_iterator<char>(file), {});
}

int run_tool(const std::vector<std::string>& words) {
    const std::string command = words.empty() ? "" : words[0];
    const std::vector<std::string> rest(words.empty() ? words.end() : words.begin() + 1, words.end());
    if (command == "run") return run_script(rest);
    if (command == "digest") return digest_script(rest);
    if (command == "converse") return converse(rest);
    if (command == "serve") return serve(rest);
    if (command == "lesson") return test_lessons(rest);
    if (command == "scenario") return test_scenarios(rest);
    if (command == "sim") return simulate(rest);
    if (command == "bench") return bench(rest);
    std::fputs(kUsage, command == "help" ? stdout : stderr);
    return command == "help" ? 0 : 2;
}

}  // namespace kubetab::tool
