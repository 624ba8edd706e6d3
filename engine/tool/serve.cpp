// kubetab serve: a cluster that passes with real time and answers real clients over HTTP.

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string_view>
#include <system_error>

#include "engine/cluster/cluster.h"
#include "engine/rest/http_server.h"
#include "engine/tool/cluster_flags.h"
#include "engine/tool/tool.h"

namespace kubetab::tool {
namespace {

constexpr const char* kServeUsage =
    "kubetab: serve [--port 0…65535] [--seed N] [--nodes 0…5000] [--speed 1…1000000] [--no-system-pods]\n"
    "               [--no-kubelet] [--no-scheduler] [--quick-pulls] [--node-address=IP]\n"
    "A request without credentials is the administrator's; \"Authorization: Bearer TOKEN\" makes it the "
    "service\n"
    "account's that the token was created for (kubectl create token NAME).\n";
constexpr std::int64_t kFastestServe = 1'000'000;

struct ServeOptions {
    cluster::ClusterSpec spec{};
    std::uint16_t port = 0;
    std::int64_t speed = 1;
};

struct Unsupported {
    std::string_view flag;
    const char* sentence;
};

constexpr Unsupported kUnsupported[] = {
    {"--tls", "serve speaks plain HTTP only, on this machine: --tls is not supported yet"},
    {"--data", "serve forgets its cluster when it ends: --data is not supported yet"},
    {"--admission", "serve always admits as a new cluster does: --admission is not supported yet"},
};

template <class Number>
bool read_option(const std::string& text, Number& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size();
}

const char* unsupported(std::string_view word) {
    for (const Unsupported& known : kUnsupported) {
        if (word.substr(0, word.find('=')) == known.flag) return known.sentence;
    }
    return nullptr;
}

std::optional<ServeOptions> read_serve_options(const std::vector<std::string>& words) {
    ServeOptions options;
    bool good = true;
    bool kubelets = true;
    for (std::size_t i = 0; i < words.size() && good; ++i) {
        if (const char* sentence = unsupported(words[i])) {
            std::fprintf(stderr, "kubetab: %s\n", sentence);
            return std::nullopt;
        }
        if (read_cluster_flag(words[i], options.spec)) continue;
        if (words[i] == "--no-scheduler") {
            options.spec.scheduler = false;
            continue;
        }
        if (words[i] == "--no-kubelet") {
            kubelets = false;
            continue;
        }
        const std::string value = i + 1 < words.size() ? words[i + 1] : "";
        if (words[i] == "--port") good = read_option(value, options.port);
        else if (words[i] == "--seed") good = read_option(value, options.spec.seed);
        else if (words[i] == "--nodes") good = read_option(value, options.spec.nodes);
        else if (words[i] == "--speed") good = read_option(value, options.speed);
        else good = false;
        ++i;
    }
    good = good && options.spec.nodes >= 0 && options.spec.nodes <= 5000 && options.speed >= 1 &&
           options.speed <= kFastestServe;
    if (!good) {
        std::fputs(kServeUsage, stderr);
        return std::nullopt;
    }
    if (kubelets) return options;
    if (std::find(words.begin(), words.end(), "--nodes") != words.end()) {
        std::fputs("kubetab: nodes are what kubelets register: --nodes does not go with --no-kubelet\n",
                   stderr);
        return std::nullopt;
    }
    options.spec.nodes = 0;
    return options;
}

sim::Duration steady_time() {
    return {std::chrono::duration_cast<std::chrono::nanoseconds>(
                std::chrono::steady_clock::now().time_since_epoch())
                .count()};
}

// Whole seconds, as every object's times are.
sim::Instant wall_time() {
    return {
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
            .count() *
        1'000'000'000};
}

std::string kubeconfig(const std::string& address) {
    return "apiVersion: v1\n"
           "kind: Config\n"
           "clusters:\n"
           "- name: kubetab\n"
           "  cluster:\n"
           "    server: " +
           address +
           "\n"
           "contexts:\n"
           "- name: kubetab\n"
           "  context:\n"
           "    cluster: kubetab\n"
           "    user: kubetab\n"
           "users:\n"
           "- name: kubetab\n"
           "  user: {}\n"
           "current-context: kubetab\n";
}

// The kubeconfig in a folder that nobody else can write to; both go when it does.
class Kubeconfig {
public:
    explicit Kubeconfig(const std::string& address) {
        std::error_code error;
        std::string folder = (std::filesystem::temp_directory_path(error) / "kubetab-XXXXXX").string();
        if (mkdtemp(folder.data()) == nullptr) return;
        folder_ = folder;
        std::ofstream out(file(), std::ios::binary);
        out << kubeconfig(address);
        out.close();
        written_ = !out.fail();
    }
    ~Kubeconfig() {
        std::error_code ignored;
        if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
    }
    Kubeconfig(const Kubeconfig&) = delete;
    Kubeconfig& operator=(const Kubeconfig&) = delete;

    bool written() const { return written_; }
    std::filesystem::path file() const { return folder_ / "kubeconfig"; }

private:
    std::filesystem::path folder_{};
    bool written_ = false;
};

}  // namespace

int serve(const std::vector<std::string>& words) {
    std::optional<ServeOptions> options = read_serve_options(words);
    if (!options) return 2;
    // Clients reckon ages with their own clocks: the cluster's is the same when nothing speeds it up.
    options->spec.start = wall_time() - options->spec.boot - sim::seconds(1);
    cluster::Cluster cluster(options->spec);
    const auto server =
        rest::HttpServer::listen(cluster.transport(), cluster.simulation(),
                                 {.port = options->port, .speed = options->speed, .real_time = steady_time});
    if (!server.ok()) {
        std::fprintf(stderr, "kubetab: %s\n", server.error().message.c_str());
        return 1;
    }
    const std::string address = "http://127.0.0.1:" + std::to_string((*server)->port());
    const Kubeconfig config(address);
    if (!config.written()) {
        std::fputs("kubetab: serve cannot write a kubeconfig into the folder for temporary files\n", stderr);
        return 1;
    }
    std::printf("address: %s\nkubeconfig: %s\n", address.c_str(), config.file().c_str());
    std::fflush(stdout);
    (*server)->run();
    return 0;
}

}  // namespace kubetab::tool
