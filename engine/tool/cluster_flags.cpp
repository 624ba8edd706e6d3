#include "engine/tool/cluster_flags.h"

namespace kubetab::tool {
namespace {

constexpr sim::Duration kQuickPull = sim::milliseconds(80);
constexpr std::string_view kNodeAddress = "--node-address=";
constexpr std::string_view kApis = "--apis=";
constexpr std::string_view kCloud = "--cloud=";

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
    } else if (word == "--cloud") {
        spec.cloud.present = true;
    } else if (word.starts_with(kCloud)) {
        const base::Result<api::CloudChoice> cloud = api::read_cloud(word.substr(kCloud.size()));
        if (!cloud.ok()) return false;
        spec.cloud = *cloud;
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
