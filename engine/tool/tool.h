// The commands of the native tool. Each gives the exit code of the process.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace kubetab::tool {

int run_tool(const std::vector<std::string>& words);

// run [--seed N] [--nodes N] [--no-system-pods] [--speed max|R] FILE|-
int run_script(const std::vector<std::string>& words);
// lesson test [ID]
int test_lessons(const std::vector<std::string>& words);
// digest FILE: the digest of the world after running the file's lines
int digest_script(const std::vector<std::string>& words);
// converse [--no-system-pods]: a session driven by JSON lines on standard input
int converse(const std::vector<std::string>& words);
// scenario [--update] [PATH…]: transcripts of tests/scenarios
int test_scenarios(const std::vector<std::string>& words);
// sim [--seeds N] [--first S] [--hours H] [--verbose] [--ask LINE]: random work and faults against all
// invariants
int simulate(const std::vector<std::string>& words);
// serve [--port P] [--seed N] [--nodes N] [--speed R]: the API over HTTP for real clients
int serve(const std::vector<std::string>& words);
// bench [NAME]
int bench(const std::vector<std::string>& words);

// The text of a file, or of standard input for "-". Says what is wrong on standard error.
std::optional<std::string> read_input(const std::string& path);

}  // namespace kubetab::tool
