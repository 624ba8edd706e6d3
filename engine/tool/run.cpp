// kubetab run and digest.

#include <charconv>
#include <chrono>
#include <cstdio>
#include <thread>

#include "engine/session/script_session.h"
#include "engine/tool/cluster_flags.h"
#include "engine/tool/tool.h"

namespace kubetab::tool {
namespace {

constexpr std::int64_t kFastest = 1'000'000;

struct Options {
    cluster::ClusterSpec spec{};
    std::string file{};
    std::int64_t speed = 0;  // virtual seconds in a real one; 0 is as fast as it goes
    bool good = true;
};

template <class Number>
bool read_number(const std::string& text, Number& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size();
}

bool read_speed(const std::string& text, std::int64_t& speed) {
    speed = 0;
    return text == "max" || (read_number(text, speed) && speed >= 1 && speed <= kFastest);
}

Options read_options(const std::vector<std::string>& words, bool paced, const char* usage) {
    Options options;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == "--no-system-pods" || words[i].starts_with("--apis=") ||
            words[i].starts_with("--cloud")) {
            options.good = read_cluster_flag(words[i], options.spec) && options.good;
        } else if (words[i] == "--seed" && i + 1 < words.size()) {
            options.good = read_number(words[++i], options.spec.seed) && options.good;
        } else if (words[i] == "--nodes" && i + 1 < words.size()) {
            options.good = read_number(words[++i], options.spec.nodes) && options.good;
        } else if (paced && words[i] == "--speed" && i + 1 < words.size()) {
            options.good = read_speed(words[++i], options.speed) && options.good;
        } else if (options.file.empty() && (words[i] == "-" || !words[i].starts_with("-"))) {
            options.file = words[i];
        } else {
            options.good = false;
        }
    }
    options.good =
        options.good && !options.file.empty() && options.spec.nodes >= 0 && options.spec.nodes <= 5000;
    if (!options.good) std::fputs(usage, stderr);
    return options;
}

void print(session::ScriptSession& session) {
    const std::string out = session.take_output();
    const std::string err = session.take_errors();
    std::fwrite(out.data(), 1, out.size(), stdout);
    std::fwrite(err.data(), 1, err.size(), stderr);
    std::fflush(stdout);
}

// Shows what is printed as it is printed, `speed` virtual seconds in a real one.
void follow(session::ScriptSession& session, std::int64_t speed) {
    const sim::Instant start = session.cluster().now();
    const auto real_start = std::chrono::steady_clock::now();
    session.before_each_instant([&session, speed, start, real_start](sim::Instant next) {
        print(session);
        std::this_thread::sleep_until(real_start + std::chrono::nanoseconds((next - start).ns / speed));
    });
}

}  // namespace

int run_script(const std::vector<std::string>& words) {
    const Options options =
        read_options(words, true,
                     "kubetab: run [--seed N] [--nodes N] [--no-system-pods] "
                     "[--apis=2017] [--cloud[=MIN:MAX]] [--speed max|1…1000000] FILE|-\n");
    if (!options.good) return 2;
    const std::optional<std::string> text = read_input(options.file);
    if (!text) return 2;
    session::ScriptSession session(options.spec);
    if (options.speed != 0) follow(session, options.speed);
    const int code = session.run(*text);
    print(session);
    return code;
}

int digest_script(const std::vector<std::string>& words) {
    const Options options = read_options(words, false,
                                         "kubetab: digest [--seed N] [--nodes N] [--no-system-pods] "
                                         "[--apis=2017] [--cloud[=MIN:MAX]] FILE|-\n");
    if (!options.good) return 2;
    const std::optional<std::string> text = read_input(options.file);
    if (!text) return 2;
    session::ScriptSession session(options.spec);
    const int code = session.run(*text);
    std::printf("%016llx\n", static_cast<unsigned long long>(session.cluster().digest()));
    return code;
}

}  // namespace kubetab::tool
