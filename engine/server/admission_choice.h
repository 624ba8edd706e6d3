// AdmissionChoice: which admission plugins a server runs.
//
// A plugin that is left out neither changes nor refuses anything. Nothing else depends on the choice.
// upstream: --enable-admission-plugins and --disable-admission-plugins of kube-apiserver
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/status.h"

namespace kubetab::server {

class AdmissionChoice {
public:
    // Those that a cluster made by kubeadm runs.
    AdmissionChoice();
    // The same with what a list changes: `Name` or `+Name` is run, `-Name` is not; separated by commas. Fails
    // for a name that is no plugin's, and for one that is asked for both ways.
    static base::Result<AdmissionChoice> parse(std::string_view list);

    // By its place in admission_plugins().
    bool runs(std::size_t plugin) const { return (running_ >> plugin & 1U) != 0; }

private:
    std::uint32_t running_ = 0;
};

// The names of all plugins in the order they run in, separated by ", ".
std::string admission_plugin_names();

}  // namespace kubetab::server
