#include "engine/kubectl/commands/apply_server_side.h"

#include "engine/kubectl/commands/managed_fields_upgrade.h"
#include "engine/kubectl/commands/mutation.h"

namespace kubetab::kubectl {
namespace {

using base::Json;

constexpr std::string_view kManager = "kubectl";
constexpr std::string_view kAnnotationManager = "kubectl-last-applied";
// upstream: patcher.go maxPatchRetry
constexpr int kMaxPatchRetries = 5;

constexpr std::string_view kConflictHelp =
    "Please review the fields above--they currently have other managers. Here\n"
    "are the ways you can resolve this warning:\n"
    "* If you intend to manage all of these fields, please re-run the apply\n"
    "  command with the `--force-conflicts` flag.\n"
    "* If you do not intend to manage all of the fields, please edit your\n"
    "  manifest to remove references to the fields that should keep their\n"
    "  current managers.\n"
    "* You may co-own fields by updating your manifest to match the existing\n"
    "  value; in this case, you'll become the manager if the other manager(s)\n"
    "  stop managing the field (remove it from their configuration).\n"
    "See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts";

class ServerSideApplier {
public:
    ServerSideApplier(Context& context, const Info& info, DryRun dry_run)
        : context_(context), info_(info), dry_run_(dry_run) {}

    base::Result<Json> apply() {
        Json object = TRY(apply_manifest());
        if (const auto saved = save_annotation(object); !saved) {
            warn("failed to migrate " + std::string(kLastApplied) + " for Server-Side Apply", saved.error());
            return object;
        }
        const auto migrated = migrate(object);
        if (!migrated) {
            warn("server rejected managed fields migration to Server-Side Apply", migrated.error());
        } else if (*migrated) {
            auto again = apply_manifest();
            if (again.ok()) return again;
            warn("failed to re-apply configuration after performing Server-Side Apply migration",
                 again.error());
        }
        return object;
    }

private:
    std::string manager() const {
        return context_.flags.changed("field-manager") ? context_.flags.text("field-manager")
                                                       : std::string(kManager);
    }

    base::Result<Json> apply_manifest() {
        QueryParameters parameters = write_parameters(context_, dry_run_, manager());
        parameters.emplace_back("force", context_.flags.truth("force-conflicts") ? "true" : "false");
        auto applied = send_patch(PatchType::Apply, info_.object, std::move(parameters));
        if (applied.ok()) return applied;
        if (applied.error().reason == base::Reason::Conflict && !applied.error().causes.empty()) {
            return client_error(applied.error().message + "\n" + std::string(kConflictHelp));
        }
        return applied;
    }

    // The annotation becomes an applier's of its own, so that the hand-over does not drop it.
    // upstream: saveLastApplyAnnotationIfNecessary
    base::Result<void> save_annotation(Json& object) {
        const Json* annotation = base::find(object, {"metadata", "annotations", kLastApplied});
        const bool owned = !last_applied_owners(object, "Apply").empty();
        if (manager() != kManager || annotation == nullptr || owned) return {};
        Json metadata = {{"name", info_.name}, {"annotations", {{std::string(kLastApplied), *annotation}}}};
        if (!info_.namespace_.empty()) metadata["namespace"] = info_.namespace_;
        const Json only = {{"apiVersion", object["apiVersion"]},
                           {"kind", object["kind"]},
                           {"metadata", std::move(metadata)}};
        object = TRY(send_patch(PatchType::Apply, only, parameters_for(kAnnotationManager)));
        return {};
    }

    // upstream: migrateToSSAIfNecessary
    base::Result<bool> migrate(Json& object) {
        const std::set<std::string> managers = last_applied_owners(object, "Update");
        for (int attempt = 0;; ++attempt) {
            const Json change = upgrade_patch(object, managers, manager());
            if (change.is_null()) return false;
            auto patched = send_patch(PatchType::Json, change, parameters_for(manager()));
            if (patched.ok()) {
                object = std::move(*patched);
                return true;
            }
            const bool stale = patched.error().reason == base::Reason::Conflict;
            if (!stale || attempt == kMaxPatchRetries) return patched.error();
            object = TRY(get_json(context_, info_.path()));
        }
    }

    // As write_parameters(), for a manager that --field-manager does not name.
    QueryParameters parameters_for(std::string_view name) {
        QueryParameters parameters = write_parameters(context_, dry_run_, kManager);
        for (auto& [key, value] : parameters) {
            if (key == "fieldManager") value = name;
        }
        return parameters;
    }

    base::Result<Json> send_patch(PatchType type, const Json& body, QueryParameters parameters) {
        return patch(context_, info_.path(), type, body.dump(-1, ' ', false, Json::error_handler_t::replace),
                     std::move(parameters));
    }

    void warn(const std::string& what, const base::Status& failure) {
        context_.warn(
            what + ". This is non-fatal and will be retried next time you apply. Error: " + failure.message);
    }

    Context& context_;
    const Info& info_;
    DryRun dry_run_;
};

}  // namespace

base::Result<Json> apply_on_server(Context& context, const Info& info, DryRun dry_run) {
    return ServerSideApplier(context, info, dry_run).apply();
}

}  // namespace kubetab::kubectl
