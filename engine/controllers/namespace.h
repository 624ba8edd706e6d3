// Namespace controller: empties a namespace that is being deleted, and lets it go when nothing is left.
//
// Begins 5 s after each change of the namespace, so that what its clients are just doing comes to an end
// first.
//
// watches:  namespaces
// writes:   every namespaced kind (delete); namespaces/status, namespaces/finalize
// upstream: pkg/controller/namespace/{namespace_controller.go,deletion/namespaced_resources_deleter.go}
// differs:  retries of unexpected failures wait up to 1000 s instead of 60 s, as for every controller.
#pragma once

#include "engine/client/controller.h"
#include "engine/client/informer.h"
#include "engine/controllers/namespace_content.h"

namespace kubetab::controllers {

class NamespaceController : public client::Controller {
public:
    NamespaceController(sim::Simulation& simulation, client::InformerFactory& informers);

protected:
    base::Result<client::Requeue> reconcile(const api::ObjectKey& key) override;

private:
    NamespaceContent delete_content(const api::Namespace& space);
    void delete_all(const api::Kind& kind, const api::Namespace& space, NamespaceContent& content);
    // What is left of a kind after the deletes.
    void note_rest(const api::Kind& kind, const api::Namespace& space,
                   const std::vector<api::Ref<api::Object>>& rest, std::int64_t estimate,
                   NamespaceContent& content);
    base::Result<void> let_go(const api::ObjectKey& key);

    client::Informer<api::Namespace>& namespaces_;
};

}  // namespace kubetab::controllers
