// Configuration: what a kubeconfig file holds, kept in memory for the learner's terminal.
#pragma once

#include <string>
#include <vector>

namespace kubetab::kubectl {

struct ConfigurationContext {
    std::string name{};
    std::string cluster{};
    std::string user{};
    std::string namespace_{};  // "" means default
};

struct Configuration {
    std::string current_context = "kubernetes-admin@kubernetes";
    std::vector<ConfigurationContext> contexts = {
        {"kubernetes-admin@kubernetes", "kubernetes", "kubernetes-admin", ""}};
    std::string server = "https://172.18.0.2:6443";

    const ConfigurationContext* find(const std::string& name) const;
    ConfigurationContext* find(const std::string& name);
};

}  // namespace kubetab::kubectl
