// kubectl create namespace and serviceaccount. upstream: kubectl/pkg/cmd/create/create_namespace.go
#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/commands/create_typed.h"

namespace kubetab::kubectl {
namespace {

Outcome run_namespace(Context& context) {
    const auto name = created_name(context);
    if (!name) return name.error();
    base::Json object = created_object("v1", "Namespace", *name);
    object["spec"] = base::Json::object();
    object["status"] = base::Json::object();
    return create_typed(context, std::move(object), "");
}

Outcome run_service_account(Context& context) {
    const auto name = created_name(context);
    if (!name) return name.error();
    return create_typed(context, created_object("v1", "ServiceAccount", *name), "serviceaccount:");
}

}  // namespace

CommandSpec create_namespace_command() {
    return {
        .path = "create namespace",
        .aliases = {"ns"},
        .summary = "Create a namespace with the specified name",
        .usage = "create namespace NAME [--dry-run=server|client|none] [options]",
        .examples = "  # Create a namespace named my-namespace\n  kubectl create namespace my-namespace",
        .flags = typed_create_flags(),
        .run = run_namespace,
        .group = "",
    };
}

CommandSpec create_service_account_command() {
    return {
        .path = "create serviceaccount",
        .aliases = {"sa"},
        .summary = "Create a service account with the specified name",
        .usage = "create serviceaccount NAME [--dry-run=server|client|none] [options]",
        .examples =
            "  # Create a service account named my-service-account\n  kubectl create serviceaccount "
            "my-service-account",
        .flags = typed_create_flags(),
        .run = run_service_account,
        .group = "",
    };
}

}  // namespace kubetab::kubectl
