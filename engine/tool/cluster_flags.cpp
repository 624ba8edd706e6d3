#include "engine/tool/cluster_flags.h"

namespace kubetab::tool {
namespace {

constexpr sim::Duration kQuickPull = sim::milliseconds(80);
constexpr std::string_view kNodeAddress = "--node-address=";
constexpr std::string_view kApis = "--apis=";

}  // namespace

bool read_cluster_flag(std::string_view word, cluster::ClusterSpec& spec) {
    if (word == "--no-system-pods") {
        spec.system_pods = false;
    } else if (word == "--quick-pulls") {
        spec.pull = kQuickPull;
    } else if (word == "--hollow-nodes") {
        spec.hollow_nodes = true;
    } else if (word.starts_with(kNodeAddress)) {
        spec.node_address = word.substr(kNodeAddress.size());
    } else if (word.starts_with(kApis)) {
        const base::Result<api::ServedApis> apis = api::read_apis(word.substr(kApis.size()));
        if (!apis.ok()) return false;
        spec.apis = *apis;
    } else {
        return false;
    }
    return true;
}

}  // namespace kubetab::tool
