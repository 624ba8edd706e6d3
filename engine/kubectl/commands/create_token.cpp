// kubectl create token. upstream: kubectl/pkg/cmd/create/create_token.go
#include "engine/kubectl/commands/auth.h"
#include "engine/kubectl/commands/create_typed.h"
#include "engine/kubectl/printer.h"
#include "engine/kubectl/rest.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using base::Json;

base::Result<void> check(const Context& context) {
    const Flags& flags = context.flags;
    const std::int64_t duration = flags.duration("duration").ns;
    if (duration < 0) return client_error("duration must be greater than or equal to 0");
    if (duration % sim::seconds(1).ns != 0)
        return client_error("duration cannot be expressed in units less than seconds");
    for (const std::string& audience : flags.list("audience")) {
        if (audience.empty()) return client_error("--audience must not be an empty string");
    }
    const std::string& kind = flags.text("bound-object-kind");
    const bool named = !flags.text("bound-object-name").empty();
    if (kind.empty() && named)
        return client_error("--bound-object-name can only be set if --bound-object-kind is provided");
    if (kind.empty() && !flags.text("bound-object-uid").empty())
        return client_error("--bound-object-uid can only be set if --bound-object-kind is provided");
    if (!kind.empty() && kind != "Pod" && kind != "Secret")
        return client_error("supported --bound-object-kind values are Pod, Secret");
    if (!kind.empty() && !named)
        return client_error("--bound-object-name is required if --bound-object-kind is provided");
    return {};
}

Json request_of(const Context& context) {
    const Flags& flags = context.flags;
    Json spec = {
        {"audiences", flags.list("audience")}, {"boundObjectRef", nullptr}, {"expirationSeconds", nullptr}};
    if (const std::int64_t seconds = flags.duration("duration").ns / sim::seconds(1).ns; seconds > 0)
        spec["expirationSeconds"] = seconds;
    if (const std::string& kind = flags.text("bound-object-kind"); !kind.empty()) {
        Json reference = {{"apiVersion", "v1"}, {"kind", kind}, {"name", flags.text("bound-object-name")}};
        if (!flags.text("bound-object-uid").empty()) reference["uid"] = flags.text("bound-object-uid");
        spec["boundObjectRef"] = std::move(reference);
    }
    return {{"apiVersion", "authentication.k8s.io/v1"},
            {"kind", "TokenRequest"},
            {"metadata", {{"creationTimestamp", nullptr}}},
            {"spec", std::move(spec)}};
}

Outcome run(Context& context) {
    const auto name = created_name(context);
    if (!name) return name.error();
    if (const auto output = check_output(context); !output) return output.error();
    if (const auto good = check(context); !good) return good.error();
    const std::string path =
        "/api/v1/namespaces/" + context.current_namespace + "/serviceaccounts/" + *name + "/token";
    const auto made = post_json(context, path, request_of(context));
    if (!made) return client_error("failed to create token: " + made.error().message);
    if (context.printer != nullptr) {
        const auto text = context.printer->print(*made, nullptr);
        if (!text) return text.error();
        context.out(*text);
        return 0;
    }
    context.out(base::text_at(*made, {"status", "token"}) + (context.io->is_terminal() ? "\n" : ""));
    return 0;
}

}  // namespace

CommandSpec create_token_command() {
    const FlagTable flags = {
        {"audience", 0, FlagType::TextArray, "", "Whom the token is for, may be repeated"},
        {"bound-object-kind", 0, FlagType::Text, "", "Kind of an object to bind the token to: Pod or Secret"},
        {"bound-object-name", 0, FlagType::Text, "", "Name of that object"},
        {"bound-object-uid", 0, FlagType::Text, "", "UID of that object"},
        {"duration", 0, FlagType::Duration, "0s", "How long the token is to be valid"},
    };
    return {
        .path = "create token",
        .aliases = {},
        .summary = "Request a service account token",
        .usage = "create token SERVICE_ACCOUNT_NAME [options]",
        .examples =
            "  # Request a token to authenticate to the API server as the account myapp\n  kubectl create "
            "token myapp\n\n  # One that lasts for ten minutes\n  kubectl create token myapp --duration 10m",
        .flags = flags + output_flags(),
        .run = run,
        .group = "",
    };
}

}  // namespace kubetab::kubectl
