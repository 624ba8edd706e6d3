#include "engine/tool/serve_options.h"

#include <charconv>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <string_view>

#include "engine/cluster/token_file.h"
#include "engine/tool/cluster_flags.h"

namespace kubetab::tool {
namespace {

constexpr std::string_view kServeUsage =
    "kubetab: serve [--port 0…65535] [--seed N] [--nodes 0…5000] [--speed 1…1000000] [--no-system-pods]\n"
    "               [--no-kubelet] [--no-scheduler] [--hollow-nodes] [--quick-pulls] [--node-address=IP]\n"
    "               [--tls] [--data DIR] [--token-auth-file FILE] [--admission=NAME,-NAME] [--apis "
    "today|2017] [--cloud[=MIN:MAX]]\n"
    "--hollow-nodes makes nodes as kubemark's: kubelets whose containers only pretend. Programs of images "
    "do\n"
    "nothing, probes and hooks succeed (but not a probe of the path /fail), and pulls are quick.\n"
    "--tls speaks HTTPS: a client is who its certificate names, or whose token it sends, or anonymous.\n"
    "Without it a request without credentials is the administrator's. \"Authorization: Bearer TOKEN\" makes\n"
    "it the service account's that the token was created for (kubectl create token NAME).\n"
    "--token-auth-file names more tokens, each on a line: TOKEN,USER,UID,\"GROUP,GROUP\"\n"
    "--data keeps the cluster in that folder; the next start with it goes on where this one ended.\n"
    "--apis 2017 answers for extensions/v1beta1, apps/v1beta1 and other versions of that time, too.\n"
    "--cloud runs it in a cloud, which makes load balancers, and with MIN:MAX adds and removes nodes.\n"
    "--admission runs the plugin NAME, and leaves -NAME out, of\n  ";
constexpr std::int64_t kFastestServe = 1'000'000;
constexpr int kMostNodes = 5'000;

template <class Number>
bool read_option(std::string_view text, Number& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size();
}

bool read_text(std::string_view text, std::string& value) {
    value = text;
    return !text.empty();
}

void complain(const std::string& sentence) {
    std::fprintf(stderr, "kubetab: %s\n", sentence.c_str());
}

// Reads the words one after the other; a flag's value follows it, or stands behind "=".
class Reader {
public:
    explicit Reader(const std::vector<std::string>& words) : words_(words) {}

    std::optional<ServeOptions> read() {
        while (at_ < words_.size()) {
            if (!read_word()) return std::nullopt;
        }
        if (options_.kubelets) return options_;
        if (options_.nodes_given) {
            complain("nodes are what kubelets register: --nodes does not go with --no-kubelet");
            return std::nullopt;
        }
        options_.spec.nodes = 0;
        return options_;
    }

private:
    bool read_word() {
        const std::string& word = words_[at_++];
        if (read_cluster_flag(word, options_.spec)) return true;
        if (word == "--no-scheduler") options_.spec.scheduler = false;
        else if (word == "--no-kubelet") options_.kubelets = false;
        else if (word == "--tls") options_.tls = true;
        else return read_valued(word);
        return true;
    }

    bool read_valued(std::string_view word) {
        const std::size_t equals = word.find('=');
        const std::string_view name = word.substr(0, equals);
        std::string_view value;
        if (equals != std::string_view::npos) value = word.substr(equals + 1);
        else if (at_ < words_.size()) value = words_[at_++];
        if (name == "--admission") return read_admission(value);
        if (name == "--apis") return read_apis(value);
        if (name == "--token-auth-file") return read_tokens(std::string(value));
        bool good = false;
        if (name == "--port") good = read_option(value, options_.port);
        if (name == "--seed") good = read_option(value, options_.spec.seed);
        if (name == "--data") good = read_text(value, options_.data);
        if (name == "--speed")
            good =
                read_option(value, options_.speed) && options_.speed >= 1 && options_.speed <= kFastestServe;
        if (name == "--nodes") {
            options_.nodes_given = true;
            good = read_option(value, options_.spec.nodes) && options_.spec.nodes >= 0 &&
                   options_.spec.nodes <= kMostNodes;
        }
        if (!good)
            std::fprintf(stderr, "%s%s\n", std::string(kServeUsage).c_str(),
                         server::admission_plugin_names().c_str());
        return good;
    }

    bool read_apis(std::string_view word) {
        const base::Result<api::ServedApis> apis = api::read_apis(word);
        if (apis.ok()) options_.spec.apis = *apis;
        else complain("--apis: " + apis.error().message);
        return apis.ok();
    }

    bool read_tokens(const std::string& path) {
        std::ifstream in(path, std::ios::binary);
        std::ostringstream text;
        text << in.rdbuf();
        if (!in || text.fail()) {
            complain(path + ": the file cannot be read, or is empty");
            return false;
        }
        base::Result<server::StaticTokens> tokens = cluster::parse_token_file(text.view());
        if (tokens.ok()) options_.spec.static_tokens = std::move(*tokens);
        else complain(path + ": " + tokens.error().message);
        return tokens.ok();
    }

    bool read_admission(std::string_view list) {
        const base::Result<server::AdmissionChoice> choice = server::AdmissionChoice::parse(list);
        if (choice.ok()) options_.spec.admission = *choice;
        else complain(choice.error().message);
        return choice.ok();
    }

    const std::vector<std::string>& words_;
    std::size_t at_ = 0;
    ServeOptions options_{};
};

}  // namespace

std::optional<ServeOptions> read_serve_options(const std::vector<std::string>& words) {
    return Reader(words).read();
}

}  // namespace kubetab::tool
