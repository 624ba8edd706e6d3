#include "engine/controllers/kind_watches.h"

#include <algorithm>
#include <utility>

#include "engine/api/custom_resource_definition.h"

namespace kubetab::controllers {

std::vector<const api::Kind*> every_kind(client::ApiServer& server) {
    const std::span<const api::Kind* const> built_in = api::all_kinds();
    std::vector<const api::Kind*> kinds(built_in.begin(), built_in.end());
    for (const api::Kind* kind : server.custom_kinds()) kinds.push_back(kind);
    return kinds;
}

KindWatches::KindWatches(client::ApiServer& server, client::Watcher& watcher, Wanted wanted, Listed listed)
    : server_(server), watcher_(watcher), wanted_(wanted), listed_(std::move(listed)) {
    const api::Kind& definitions = api::kind_of<api::CustomResourceDefinition>();
    const std::int64_t revision = server.list({&definitions, {}}).revision;
    watches_.push_back(server.watch({&definitions, {}}, revision, *this));
    add_missing();
}

KindWatches::~KindWatches() {
    for (const client::WatchId watch : watches_) server_.unwatch(watch);
}

void KindWatches::changed(const client::Change&) {
    add_missing();
}

void KindWatches::add_missing() {
    for (const api::Kind* kind : every_kind(server_)) {
        const bool known = std::find(known_.begin(), known_.end(), kind) != known_.end();
        if (known || !wanted_(*kind)) continue;
        known_.push_back(kind);
        const client::ObjectList objects = server_.list({kind, {}});
        listed_(*kind, objects);
        watches_.push_back(server_.watch({kind, {}}, objects.revision, watcher_));
    }
}

}  // namespace kubetab::controllers
