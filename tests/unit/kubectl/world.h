// kubectl in a shell against a real API server without controllers or nodes, for the tests of this folder.
#pragma once

#include <algorithm>
#include <string>

#include "engine/base/json.h"
#include "engine/kubectl/kubeconfig.h"
#include "engine/kubectl/kubectl.h"
#include "engine/server/authorization/bootstrap.h"
#include "engine/server/rest/rest.h"
#include "engine/shell/command_table.h"
#include "engine/shell/memory_files.h"
#include "engine/shell/script_runner.h"

namespace kubetab {

struct KubectlWorld {
    // `kubelets` answer for the containers; without them there are none.
    explicit KubectlWorld(server::KubeletAccess* kubelets = nullptr) : rest(server, kubelets) {
        shell::add_tools(table, shell::ToolSet::Terminal);
        table.add(kubectl::make_kubectl(rest, ports));
        (void)files.put("/home/learner/.kube/config", kubectl::default_kubeconfig());
        server::create_bootstrap_policy(server);
        create_namespace("default");
        create_namespace("kube-system");
    }

    struct Outcome {
        std::string output{};
        std::string errors{};
        int code = 0;
    };

    // Runs shell lines to their end; time jumps over waits, but never more than a minute in all.
    Outcome run(std::string_view text, std::string_view input = {}) {
        shell::ScriptRunner runner(options());
        runner.run(text, input);
        const sim::Instant end = simulation.now() + sim::minutes(1);
        for (int polls = 0; polls < 10'000 && runner.running(); ++polls) {
            runner.poll(simulation.now());
            if (!runner.running()) break;
            const sim::Instant next =
                std::min(runner.wake().value_or(end + sim::seconds(1)), simulation.next_due());
            if (next > end) break;
            simulation.run_until(next);
        }
        return {runner.take_output(), runner.take_errors(), runner.exit_code()};
    }
    std::string out(std::string_view text) { return run(text).output; }
    std::string err(std::string_view text) { return run(text).errors; }
    void file(std::string_view name, std::string_view text) {
        (void)files.write("/home/learner/" + std::string(name), text);
    }

    sim::Simulation simulation{7, sim::Instant{1'767'600'000LL * 1'000'000'000}};
    server::Server server{simulation};
    server::Rest rest;
    shell::MemoryFiles files{[this] { return simulation.now(); }};
    sim::LocalPorts ports{};
    shell::CommandTable table{};

private:
    void create_namespace(const std::string& name) {
        api::Request request;
        request.method = "POST";
        request.path = "/api/v1/namespaces";
        request.body =
            base::Json{{"apiVersion", "v1"}, {"kind", "Namespace"}, {"metadata", {{"name", name}}}}.dump();
        (void)rest.send(request);
        request.path += "/" + name + "/serviceaccounts";
        request.body =
            base::Json{{"apiVersion", "v1"}, {"kind", "ServiceAccount"}, {"metadata", {{"name", "default"}}}}
                .dump();
        (void)rest.send(request);
    }

    shell::ShellOptions options() {
        shell::ShellOptions options;
        options.commands = &table;
        options.files = &files;
        options.dialect = shell::Dialect::Bash;
        options.name = "bash";
        options.directory = "/home/learner";
        options.environment = {{"HOME", "/home/learner"}, {"USER", "learner"}};
        return options;
    }
};

}  // namespace kubetab
