// What `kubetab serve --data DIR` finds in its folder, and how a cluster goes on from it.
#pragma once

#include <memory>
#include <string>

#include "engine/cluster/cluster.h"
#include "engine/journal/journal.h"
#include "engine/rest/certificates.h"
#include "engine/tool/serve_options.h"

namespace kubetab::tool {

class ServeData {
public:
    // Takes the folder; without one nothing is kept. Fails when the folder cannot be used or is damaged.
    static base::Result<ServeData> open(const std::string& folder);

    // Lets the options' cluster go on where the kept one ended, and gives its objects; an empty store is a
    // new cluster. `now` is the real time.
    store::Store take_over(ServeOptions& options, sim::Instant now);
    // What the definitions in that store bring.
    std::unique_ptr<api::CustomKinds> custom_kinds();
    // The authority that signs for this cluster, kept or made.
    base::Result<rest::Certificate> authority();
    // A key that nobody can guess, kept or made.
    base::Result<std::string> token_key();

    // From now on the cluster is kept.
    base::Result<void> begin(cluster::Cluster& cluster);
    // Puts on the disk what has been written.
    base::Result<void> sync(cluster::Cluster& cluster);
    bool keeps() const { return journal_ != nullptr; }

private:
    base::Result<std::string> kept_text(const std::string& name, const std::string& made);

    std::unique_ptr<journal::Journal> journal_{};
    std::optional<journal::Kept> kept_{};
};

}  // namespace kubetab::tool
