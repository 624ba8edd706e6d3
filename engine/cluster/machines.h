// The machines of a cluster, and reading the logs that lie on them.
#pragma once

#include <string>

#include "engine/api/kinds.h"
#include "engine/api/transport.h"
#include "engine/base/status.h"
#include "engine/node/kubelet.h"
#include "engine/server/rest/rest.h"

namespace kubetab::cluster {

enum class SystemPods { No, Yes };

// "node-1" for 1.
std::string worker_name(int number);
node::NodeSpec make_worker(int number, SystemPods system_pods);
// What the Node of a further worker will say.
api::Node machine_template(const std::string& name);
// Gives that worker what kubemark's hollow nodes say of themselves.
void make_hollow(node::NodeSpec& worker, int number);

node::LogRequest log_request(const server::LogOptions& options);
// The pod has no node: there is no log yet.
base::Status waiting_for_node(const api::Pod& pod);
// The node's kubelet does not answer.
base::Status unreachable(const node::NodeSpec& node);
// The same, said by who wants a connection to a container.
base::Status no_connection(const node::NodeSpec& node);

// A log that goes on; ends when the container does. The kubelet outlives it.
class FollowedLog : public api::LogStream {
public:
    FollowedLog(const node::Kubelet& kubelet, api::ObjectKey pod, node::LogRequest request)
        : kubelet_(kubelet), pod_(std::move(pod)), request_(std::move(request)) {}

    std::string take() override;
    bool ended() const override { return ended_; }

private:
    const node::Kubelet& kubelet_;
    api::ObjectKey pod_;
    node::LogRequest request_;
    std::string run_{};
    bool ended_ = false;
};

}  // namespace kubetab::cluster
