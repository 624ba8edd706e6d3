// Server: the API server. Every read and write of the cluster goes through here.
//
// A create runs: defaults → admission → system fields and generated name → strategy → validation → store. An
// update runs: defaults → carried-over fields → strategy → admission → validation → store. A refused write
// stores nothing. A write that changes nothing is not stored and keeps its resourceVersion. With dry run
// everything happens but the store.
//
// upstream: staging/src/k8s.io/apiserver/pkg/registry/generic/registry/store.go
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/api/access.h"
#include "engine/api/custom/custom_kinds.h"
#include "engine/api/former_kinds.h"
#include "engine/api/kinds.h"
#include "engine/base/recent_lists.h"
#include "engine/server/admission_choice.h"
#include "engine/server/allocators.h"
#include "engine/server/watch_hub.h"
#include "engine/sim/simulation.h"
#include "engine/store/store.h"

namespace kubetab::server {

enum class DryRun { No, Yes };
// Which endpoint a write came through; it decides which fields may change.
enum class Endpoint { Main, Status, Finalize, EphemeralContainers };

class ManagedFieldsHistory;  // see managed_fields/history.h
struct Writer;               // see managed_fields/owners.h
struct User;                 // see authorization/user.h

struct WriteOptions {
    Endpoint endpoint = Endpoint::Main;
    DryRun dry_run = DryRun::No;
    // Of a client's write, whose fields are recorded at once; a component's is only logged.
    const Writer* writer = nullptr;
    // The managers after a server-side apply, which are known before the write.
    const std::vector<api::ManagedFieldsEntry>* managers = nullptr;
    // Who asks; null for the control plane's own components.
    const User* user = nullptr;
    // Where admission says what it would have said otherwise; null when nobody reads it.
    std::vector<std::string>* warnings = nullptr;
};

// What a delete did.
struct Removal {
    api::Ref<api::Object> object{};  // its last or present state
    bool gone = false;               // false: it waits for grace or finalizers
};

class Server : public api::ApiServer {
public:
    // `kept` is what another server left, or nothing, and `custom_kinds` what its definitions bring.
    explicit Server(sim::Simulation& simulation, AdmissionChoice admission = {},
                    store::Store kept = store::Store(),
                    std::unique_ptr<api::CustomKinds> custom_kinds = std::make_unique<api::CustomKinds>());
    ~Server() override;

    std::vector<const api::Kind*> custom_kinds() const override { return custom_kinds_->stored(); }
    const api::Kind* find_kind(std::string_view group, std::string_view version,
                               std::string_view kind) const override;

    base::Result<api::Ref<api::Object>> get(const api::Kind& kind, const api::ObjectKey& key) override;
    api::ObjectList list(const api::WatchScope& scope) override;
    base::Result<api::Ref<api::Object>> create(const api::Kind& kind, std::shared_ptr<api::Object> object,
                                               const api::Cause& cause) override;
    base::Result<api::Ref<api::Object>> update(const api::Kind& kind, std::shared_ptr<api::Object> object,
                                               const api::Cause& cause) override;
    base::Result<api::Ref<api::Object>> update_status(const api::Kind& kind,
                                                      std::shared_ptr<api::Object> object,
                                                      const api::Cause& cause) override;
    base::Result<void> remove(const api::Kind& kind, const api::ObjectKey& key,
                              const api::DeleteOptions& options, const api::Cause& cause) override;
    base::Result<void> bind(const api::ObjectKey& pod, const std::string& node,
                            const api::Cause& cause) override;
    api::WatchId watch(const api::WatchScope& scope, std::int64_t from_revision,
                       api::Watcher& watcher) override;
    // The same of what is in one namespace; "" is all.
    api::WatchId watch_in(const api::Kind& kind, const std::string& namespace_, std::int64_t from_revision,
                          api::Watcher& watcher);
    void unwatch(api::WatchId watch) override;
    void set_connected(api::WatchId watch, bool connected) override;

    // The same with the options of a REST request.
    base::Result<api::Ref<api::Object>> create_with(const api::Kind& kind,
                                                    std::shared_ptr<api::Object> object,
                                                    const api::Cause& cause, WriteOptions options);
    base::Result<api::Ref<api::Object>> update_with(const api::Kind& kind,
                                                    std::shared_ptr<api::Object> object,
                                                    const api::Cause& cause, WriteOptions options);
    base::Result<Removal> remove_with(const api::Kind& kind, const api::ObjectKey& key,
                                      const api::DeleteOptions& options, const api::Cause& cause,
                                      const WriteOptions& write);

    // Stores an object as it stands, with the time of now: for what a new cluster brings along, which nobody
    // checks.
    void place(const api::Kind& kind, std::shared_ptr<api::Object> object, const api::Cause& cause);

    const store::Store& store() const { return store_; }
    void observe(store::Observer* observer) { store_.observe(observer); }
    const AdmissionChoice& admission() const { return admission_; }
    sim::Simulation& simulation() { return simulation_; }
    api::Time now() const { return api::Time(simulation_.now()); }

    // Who has set which fields of objects that only components have written.
    ManagedFieldsHistory& history() { return *history_; }
    // What the CustomResourceDefinitions in the store bring.
    const api::CustomKinds& custom_resources() const { return *custom_kinds_; }
    // Which versions of built-in kinds it answers for; decided before anybody asks.
    void serve(api::ServedApis apis) { apis_ = apis; }
    api::ServedApis apis() const { return apis_; }

    // The addresses and ports that Services get.
    ServiceAllocators& allocators() { return allocators_; }

private:
    base::Result<void> check_new(const api::Kind& kind, api::Object& object);
    base::Result<void> name_object(const api::Kind& kind, api::Object& object);
    base::Result<void> check_precondition(const api::Kind& kind, const api::Object& stored,
                                          const api::Object& wanted);
    void carry_over(const api::Kind& kind, api::Object& object, const api::Object& stored, Endpoint endpoint);
    base::Result<void> check_update(const api::Kind& kind, api::Object& object, const api::Object& stored,
                                    WriteOptions options);
    bool begin_deletion(const api::Kind& kind, api::Object& object, const api::DeleteOptions& options);
    Removal erase(const api::Kind& kind, const std::shared_ptr<api::Object>& object, const api::Cause& cause);
    api::Ref<api::Object> put(const api::Kind& kind, std::shared_ptr<api::Object> object,
                              const api::Cause& cause);
    void reserve_what_services_have();

    sim::Simulation& simulation_;
    AdmissionChoice admission_;
    api::ServedApis apis_ = api::ServedApis::Today;
    store::Store store_;
    WatchHub hub_;
    base::RecentLists<api::PodCondition> pod_conditions_{};  // pods that start together share them
    ServiceAllocators allocators_{};
    std::unique_ptr<api::CustomKinds> custom_kinds_;

    std::unique_ptr<ManagedFieldsHistory> history_;

    // Events live for an hour after their last write.
    class Expiry;
    std::unique_ptr<Expiry> expiry_{};
};

// `pods "web" not found`
base::Status not_found(const api::Kind& kind, const std::string& name);

}  // namespace kubetab::server
