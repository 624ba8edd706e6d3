#include "engine/tool/cluster_flags.h"

namespace kubetab::tool {
namespace {

constexpr sim::Duration kQuickPull = sim::milliseconds(80);
constexpr std::string_view kNodeAddress = "--node-address=";

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
    } else {
        return false;
    }
    return true;
}

}  // namespace kubetab::tool
