// CSI nodes: stands in for the node plugins of the CSI drivers that are simulated: tells which of them a node
// has, and how many volumes of each it takes. A driver is there once a StorageClass names it.
//
// watches:  storageclasses; nodes; csinodes
// writes:   csinodes
// upstream: pkg/volume/csi/nodeinfomanager/nodeinfomanager.go
// differs:  a driver stays when its last class has gone, as nobody has taken its plugin away.
#pragma once

#include "engine/api/storage.h"
#include "engine/client/controller.h"
#include "engine/client/informer.h"

namespace kubetab::controllers {

class CsiNodes : public client::Controller {
public:
    CsiNodes(sim::Simulation& simulation, client::InformerFactory& informers);

protected:
    base::Result<client::Requeue> reconcile(const api::ObjectKey& key) override;

private:
    bool has_class(std::string_view provisioner, std::string_view old_name) const;

    client::Informer<api::Node>& nodes_;
    client::Informer<api::StorageClass>& classes_;
    client::Informer<api::CSINode>& csi_nodes_;
};

}  // namespace kubetab::controllers
