// Workstation: the learner's machine and the cluster it speaks to: files and commands.
//
// The session puts a terminal in front of it; the native tool runs scripts on it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/cluster/cluster.h"
#include "engine/lessons/lesson.h"
#include "engine/shell/command_table.h"
#include "engine/shell/memory_files.h"
#include "engine/shell/shell_process.h"
#include "engine/sim/local_ports.h"

namespace kubetab::session {

inline constexpr std::string_view kHome = "/home/learner";

class Workstation {
public:
    explicit Workstation(const cluster::ClusterSpec& spec);
    Workstation(const Workstation&) = delete;
    Workstation& operator=(const Workstation&) = delete;

    cluster::Cluster& cluster() { return cluster_; }
    const cluster::Cluster& cluster() const { return cluster_; }
    shell::MemoryFiles& files() { return files_; }
    // What listens on this machine.
    sim::LocalPorts& local_ports() { return local_ports_; }
    // How a shell on this machine starts: commands, files, home directory, environment.
    shell::ShellOptions shell_options();
    // Puts a lesson's files into the home directory and makes the objects it begins with.
    void prepare(const lessons::Lesson& lesson);
    // Faults that were caused by commands since the last call, in words ("stop node node-3").
    std::vector<std::string> take_faults();

private:
    cluster::Cluster cluster_;
    shell::MemoryFiles files_;
    sim::LocalPorts local_ports_{};
    shell::CommandTable commands_{};
    std::vector<std::string> faults_{};
};

}  // namespace kubetab::session
