// CloudChoice: whether a cluster runs in a cloud, and what that cloud does for it.
//
// Without one, services of type LoadBalancer stay pending and machines are added by hand, as in a cluster
// that kubeadm has made.
#pragma once

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/status.h"

namespace kubetab::api {

struct CloudChoice {
    bool present = false;
    // How few and how many machines the cluster autoscaler may leave; with a maximum of 0 there is none.
    std::int32_t nodes_min = 0;
    std::int32_t nodes_max = 0;

    bool autoscaled() const { return nodes_max > 0; }
};

// "no", "yes", or "MIN:MAX" for one with an autoscaler.
inline base::Result<CloudChoice> read_cloud(std::string_view word) {
    if (word == "no") return CloudChoice{};
    constexpr std::int32_t kMostMachines = 1000;
    const auto read_count = [](std::string_view text, std::int32_t& count) {
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
        return error == std::errc() && end == text.data() + text.size();
    };
    CloudChoice cloud;
    cloud.present = true;
    if (word == "yes") return cloud;
    const std::size_t colon = word.find(':');
    const bool good = colon != std::string_view::npos && read_count(word.substr(0, colon), cloud.nodes_min) &&
                      read_count(word.substr(colon + 1), cloud.nodes_max) && cloud.nodes_min >= 0 &&
                      cloud.nodes_max >= 1 && cloud.nodes_min <= cloud.nodes_max &&
                      cloud.nodes_max <= kMostMachines;
    if (good) return cloud;
    return base::failure(base::Reason::BadRequest,
                         "a cloud is \"yes\", \"no\", or the least and the most nodes, as in 1:5; not \"" +
                             std::string(word) + "\"");
}

// The same word.
inline std::string cloud_word(const CloudChoice& cloud) {
    if (!cloud.present) return "no";
    if (!cloud.autoscaled()) return "yes";
    return std::to_string(cloud.nodes_min) + ":" + std::to_string(cloud.nodes_max);
}

}  // namespace kubetab::api
