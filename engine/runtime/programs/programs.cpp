#include "engine/runtime/programs/programs.h"

#include <algorithm>
#include <array>

#include "engine/base/ensure.h"

namespace kubetab::runtime {
namespace {

struct Listed {
    std::string_view name;
    StartProgram start;
};

// clang-format off
constexpr std::array kPrograms = {
    Listed{"agnhost", start_agnhost},
    Listed{"apache2-foreground", start_php_apache},
    Listed{"coredns", start_daemon},
    Listed{"echoserver", start_echoserver},
    Listed{"etcd", start_daemon},
    Listed{"fluentd", start_daemon},
    Listed{"hello-app", start_hello_app},
    Listed{"http-echo", start_http_echo},
    Listed{"httpd-foreground", start_httpd},
    Listed{"kindnetd", start_daemon},
    Listed{"kuard", start_kuard},
    Listed{"kube-apiserver", start_daemon},
    Listed{"kube-controller-manager", start_daemon},
    Listed{"kube-proxy", start_daemon},
    Listed{"kube-scheduler", start_daemon},
    Listed{"local-path-provisioner", start_daemon},
    Listed{"mariadbd", start_database},
    Listed{"metrics-server", start_daemon},
    Listed{"mongod", start_database},
    Listed{"mysqld", start_database},
    Listed{"nginx", start_nginx},
    Listed{"node", start_node},
    Listed{"pause", start_daemon},
    Listed{"perl", start_perl},
    Listed{"postgres", start_database},
    Listed{"python", start_python},
    Listed{"python3", start_python},
    Listed{"redis-sentinel", start_redis},
    Listed{"redis-server", start_redis},
    Listed{"stress", start_stress},
};
// clang-format on

const Listed* find_program(std::string_view name) {
    const auto* it = std::find_if(kPrograms.begin(), kPrograms.end(),
                                  [name](const Listed& listed) { return listed.name == name; });
    return it == kPrograms.end() ? nullptr : it;
}

class ProgramCommand final : public sim::Command {
public:
    ProgramCommand(std::string_view name, StartProgram start) : name_(name), start_(start) {}
    std::string_view name() const override { return name_; }
    std::string_view summary() const override { return "a program of this image"; }
    std::unique_ptr<sim::Process> start(const sim::Invocation& invocation) override {
        return start_(invocation);
    }

private:
    std::string_view name_;
    StartProgram start_;
};

class PrintAndEnd final : public Program {
public:
    PrintAndEnd(const sim::Invocation& invocation, Stream stream, std::string text, int exit_code)
        : Program(invocation), stream_(stream), text_(std::move(text)), exit_code_(exit_code) {}

protected:
    sim::Poll step(sim::Io& io) override {
        if (stream_ == Stream::Output) {
            io.out(text_);
        } else {
            io.err(text_);
        }
        return sim::Poll::done(exit_code_);
    }

private:
    Stream stream_;
    std::string text_;
    int exit_code_;
};

}  // namespace

bool is_program(std::string_view name) {
    return find_program(name) != nullptr;
}

void add_program(shell::CommandTable& table, const std::string& name, Acting acting) {
    const Listed* listed = find_program(name);
    if (listed == nullptr) return;
    const StartProgram start = acting == Acting::Real ? listed->start : start_hollow;
    table.add(std::make_unique<ProgramCommand>(listed->name, start));
}

void add_container_tools(shell::CommandTable& table) {
    shell::add_tools(table, shell::ToolSet::Container);
}

void put_program_files(shell::MemoryFiles& files, std::string_view program) {
    const auto put = [&files](std::string_view path, std::string_view text) {
        (void)files.put(path, text);  // Far below the limits.
    };
    if (program == "nginx") {
        put("/usr/share/nginx/html/index.html",
            "<!DOCTYPE html>\n<html>\n<head>\n<title>Welcome to nginx!</title>\n</head>\n<body>\n"
            "<h1>Welcome to nginx!</h1>\n</body>\n</html>\n");
        put("/usr/share/nginx/html/50x.html",
            "<!DOCTYPE html>\n<html>\n<body>An error occurred.</body>\n</html>\n");
        put("/etc/nginx/nginx.conf", "events {}\nhttp {\n    include /etc/nginx/conf.d/*.conf;\n}\n");
        put("/etc/nginx/conf.d/default.conf",
            "server {\n    listen       80;\n    server_name  localhost;\n    location / {\n"
            "        root   /usr/share/nginx/html;\n        index  index.html index.htm;\n    }\n}\n");
    } else if (program == "httpd-foreground") {
        put("/usr/local/apache2/htdocs/index.html", "<html><body><h1>It works!</h1></body></html>\n");
    } else if (program == "kuard") {
        put("/kuard", "");
    }
}

std::unique_ptr<sim::Process> print_and_end(const sim::Invocation& invocation, Stream stream,
                                            std::string text, int exit_code) {
    return std::make_unique<PrintAndEnd>(invocation, stream, std::move(text), exit_code);
}

std::string flag_value(const sim::Invocation& invocation, std::string_view name) {
    for (std::size_t i = 1; i < invocation.words.size(); ++i) {
        std::string_view word = invocation.words[i];
        if (!word.starts_with('-')) continue;
        word.remove_prefix(word.starts_with("--") ? 2 : 1);
        if (word == name) return i + 1 < invocation.words.size() ? invocation.words[i + 1] : std::string();
        if (word.starts_with(name) && word.size() > name.size() && word[name.size()] == '=') {
            return std::string(word.substr(name.size() + 1));
        }
    }
    return {};
}

std::string variable(const sim::Invocation& invocation, const std::string& name, std::string_view otherwise) {
    const auto it = invocation.environment.find(name);
    return it == invocation.environment.end() ? std::string(otherwise) : it->second;
}

}  // namespace kubetab::runtime
