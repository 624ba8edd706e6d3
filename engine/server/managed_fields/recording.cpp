#include "engine/server/managed_fields/recording.h"

#include <utility>

#include "engine/api/codec.h"
#include "engine/server/managed_fields/field_manager.h"
#include "engine/server/managed_fields/history.h"

namespace kubetab::server {

using api::Kind;
using api::Object;

namespace {

// The managers from which a client's write goes on: those it sent, if they can be read, or those of the
// stored object. `managedFields: [{}]` leaves none. upstream: decodeLiveOrNew
ManagedFields sent_or_stored(const RecordedUpdate& update, const ManagedFields& sent, Server& server) {
    const bool through_subresource =
        update.options.endpoint != Endpoint::Main || !update.options.writer->subresource.empty();
    if (!through_subresource && is_unmanaged(sent)) return {};
    const auto read = read_owners(sent);
    if (!through_subresource && !sent.empty() && read) return sent;
    return server.history().managers_of(update.kind, update.stored);
}

std::string_view subresource_behind(Endpoint endpoint) {
    if (endpoint == Endpoint::Status) return "status";
    return endpoint == Endpoint::Finalize ? "finalize" : "";
}

}  // namespace

void record_create(const Kind& kind, Object& object, const WriteOptions& options) {
    api::List<api::ManagedFieldsEntry>& managers = object.metadata.managedFields;
    if (options.managers != nullptr) {
        managers = *options.managers;
        return;
    }
    const ManagedFields sent = std::exchange(managers, {});
    if (options.writer == nullptr) return;
    const bool continues = !is_unmanaged(sent) && read_owners(sent);
    const api::Ref<Object> blank = kind.make();
    managers = after_update({kind, *blank, object, Endpoint::Main, *options.writer},
                            continues ? sent : ManagedFields());
}

void record_update(const RecordedUpdate& update, Object& object, Server& server) {
    const ManagedFields& stored = update.stored.metadata.managedFields;
    const WriteOptions& options = update.options;
    api::List<api::ManagedFieldsEntry>& managers = object.metadata.managedFields;
    const bool by_client = options.writer != nullptr;
    // Nobody comes to own an ephemeral container. upstream: pod/strategy.go dropNonEphemeralContainerUpdates
    if (options.endpoint == Endpoint::EphemeralContainers) {
        managers = server.history().managers_of(update.kind, update.stored);
        return;
    }
    if (options.managers != nullptr) {
        managers = *options.managers;
        return;
    }
    if (!by_client && (stored.empty() || is_unmanaged(stored))) {
        managers = stored;
        return;
    }
    const ManagedFields before = by_client ? sent_or_stored(update, managers, server) : stored;
    if (before.empty()) {
        managers = unmanaged();
        return;
    }
    managers = stored;
    const Writer component{program_of(update.cause.actor), subresource_behind(options.endpoint),
                           server.now()};
    managers = after_update(
        {update.kind, update.stored, object, options.endpoint, by_client ? *options.writer : component},
        before);
}

bool is_same_object(Server& server, const Kind& kind, Object& object, const Object& stored) {
    const ManagedFields& carried = stored.metadata.managedFields;
    if (object.metadata.managedFields.empty() && carried.empty())
        return api::equal(*kind.type, &object, &stored);
    ManagedFields managers = std::exchange(object.metadata.managedFields, carried);
    const bool same = api::equal(*kind.type, &object, &stored);
    object.metadata.managedFields = std::move(managers);
    const ManagedFields& now = object.metadata.managedFields;
    if (!same) return false;
    return is_unmanaged(now) ? is_unmanaged(carried)
                             : same_but_for_times(now, server.history().managers_of(kind, stored));
}

}  // namespace kubetab::server
