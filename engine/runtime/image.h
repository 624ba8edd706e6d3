// Image: what a registry serves: the default command, the programs inside, and what kubectl shows of it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace kubetab::runtime {

// What finds its way into a shell inside the image.
enum class Tools : std::uint8_t {
    None,     // no shell: only the image's own programs
    Busybox,  // sh and the busybox tools
    Debian,   // the same, and bash
};

struct Image {
    std::string repository{};         // docker.io/library/nginx
    std::vector<std::string> tags{};  // every tag that names this version
    std::string version{};            // what the program says it is, e.g. 1.27.3
    std::string digest{};             // sha256:…
    std::int64_t size_bytes = 0;      // compressed, as pulled
    std::vector<std::string> entrypoint{};
    std::vector<std::string> command{};
    std::map<std::string, std::string> environment{};
    std::string working_directory = "/";
    std::string user{};                   // "" is root; a name or a number otherwise
    std::vector<std::string> programs{};  // executables besides the tools
    Tools tools = Tools::None;
    std::string stop_signal = "SIGTERM";
    std::map<std::string, std::string> files{};  // path to text, beyond what every image has

    // docker.io/library/nginx@sha256:…
    std::string id() const { return repository + "@" + digest; }
    bool runs_as_root() const { return user.empty() || user == "root" || user == "0"; }
    bool has_numeric_user() const { return !user.empty() && user.front() >= '0' && user.front() <= '9'; }
};

using ImageRef = std::shared_ptr<const Image>;

}  // namespace kubetab::runtime
