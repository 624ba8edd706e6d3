// kubetab run and digest.

#include <charconv>
#include <cstdio>

#include "engine/session/script_session.h"
#include "engine/tool/tool.h"

namespace kubetab::tool {
namespace {

struct Options {
    cluster::ClusterSpec spec{};
    std::string file{};
    bool good = true;
};

template <class Number>
bool read_number(const std::string& text, Number& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size();
}

Options read_options(const std::vector<std::string>& words) {
    Options options;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == "--no-system-pods") {
            options.spec.system_pods = false;
        } else if (words[i] == "--seed" && i + 1 < words.size()) {
            options.good = read_number(words[++i], options.spec.seed) && options.good;
        } else if (words[i] == "--nodes" && i + 1 < words.size()) {
            options.good = read_number(words[++i], options.spec.nodes) && options.good;
        } else if (options.file.empty() && (words[i] == "-" || !words[i].starts_with("-"))) {
            options.file = words[i];
        } else {
            options.good = false;
        }
    }
    options.good = options.good && !options.file.empty() && options.spec.nodes >= 0 && options.spec.nodes <= 5000;
    if (!options.good) std::fputs("kubetab: run [--seed N] [--nodes N] [--no-system-pods] FILE|-\n", stderr);
    return options;
}

void print(session::ScriptSession& session) {
    const std::string out = session.take_output();
    const std::string err = session.take_errors();
    std::fwrite(out.data(), 1, out.size(), stdout);
    std::fwrite(err.data(), 1, err.size(), stderr);
}

}  // namespace

int run_script(const std::vector<std::string>& words) {
    const Options options = read_options(words);
    if (!options.good) return 2;
    const std::optional<std::string> text = read_input(options.file);
    if (!text) return 2;
    session::ScriptSession session(options.spec);
    const int code = session.run(*text);
    print(session);
    return code;
}

int digest_script(const std::vector<std::string>& words) {
    const Options options = read_options(words);
    if (!options.good) return 2;
    const std::optional<std::string> text = read_input(options.file);
    if (!text) return 2;
    session::ScriptSession session(options.spec);
    const int code = session.run(*text);
    std::printf("%016llx\n", static_cast<unsigned long long>(session.cluster().digest()));
    return code;
}

}  // namespace kubetab::tool
