#include "engine/session/workstation.h"

#include <utility>

#include "engine/kubectl/kubeconfig.h"
#include "engine/kubectl/kubectl.h"
#include "engine/runtime/tools/tools.h"
#include "engine/session/chaos_command.h"
#include "engine/session/samples.h"
#include "engine/session/why_command.h"

namespace kubetab::session {

Workstation::Workstation(const cluster::ClusterSpec& spec)
    : cluster_(spec), files_([this] { return cluster_.now(); }) {
    shell::add_tools(commands_, shell::ToolSet::Terminal);
    kubectl::Plugins plugins;
    plugins.push_back(make_why(cluster_.store()));
    commands_.add(kubectl::make_kubectl(cluster_.transport(), local_ports_, std::move(plugins)));
    commands_.add(make_chaos(cluster_, [this](std::string fault) { faults_.push_back(std::move(fault)); }));
    commands_.add(runtime::make_learners_curl(cluster_.network(), local_ports_));
    ENSURE(files_.make_directories(kHome).ok());
    ENSURE(files_.put(std::string(kHome) + "/.kube/config", kubectl::default_kubeconfig()).ok());
    ENSURE(files_.make_directories("/tmp").ok());
    for (const Sample& sample : samples()) {
        ENSURE(files_.put(std::string(kHome) + "/" + std::string(sample.name), sample.text).ok());
    }
}

shell::ShellOptions Workstation::shell_options() {
    shell::ShellOptions options;
    options.commands = &commands_;
    options.files = &files_;
    options.dialect = shell::Dialect::Bash;
    options.directory = std::string(kHome);
    options.name = "bash";
    options.environment = {{"HOME", std::string(kHome)},
                           {"USER", "learner"},
                           {"PWD", std::string(kHome)},
                           {"SHELL", "/bin/bash"},
                           {"TERM", "xterm-256color"}};
    return options;
}

std::vector<std::string> Workstation::take_faults() {
    return std::exchange(faults_, {});
}

void Workstation::prepare(const lessons::Lesson& lesson) {
    for (const auto& [name, text] : lesson.files) {
        ENSURE(files_.put(std::string(kHome) + "/" + name, text).ok());
    }
    if (!lesson.given.empty())
        ENSURE(cluster_.apply_given(lesson.given).ok());  // The suite proves every lesson.
}

}  // namespace kubetab::session
