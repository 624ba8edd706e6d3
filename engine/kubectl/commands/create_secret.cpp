// kubectl create secret. upstream: kubectl/pkg/cmd/create/create_secret*.go
#include <utility>

#include "engine/base/base64.h"
#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/commands/create_typed.h"
#include "engine/kubectl/printers/json_text.h"

namespace kubetab::kubectl {
namespace {

using base::Json;

Outcome run_generic(Context& context) {
    const auto name = created_name(context);
    if (!name) return name.error();
    const auto sources = sources_of(context, "Secret");
    if (!sources) return sources.error();
    Json object = created_object("v1", "Secret", *name);
    if (const std::string& type = context.flags.text("type"); !type.empty()) object["type"] = type;
    for (const auto& [key, value] : *sources) object["data"][key] = base::base64_encode(value);
    return create_typed(context, std::move(object), "secret");
}

// The content of .dockerconfigjson, with its members in upstream's order.
std::string docker_config(const Flags& flags) {
    const auto text = [](const std::string& value) { return json_text(Json(value), 0); };
    std::string entry = "{\"username\":" + text(flags.text("docker-username")) +
                        ",\"password\":" + text(flags.text("docker-password"));
    if (!flags.text("docker-email").empty()) entry += ",\"email\":" + text(flags.text("docker-email"));
    entry += ",\"auth\":" +
             text(base::base64_encode(flags.text("docker-username") + ":" + flags.text("docker-password"))) +
             "}";
    return "{\"auths\":{" + text(flags.text("docker-server")) + ":" + entry + "}}";
}

Outcome run_docker_registry(Context& context) {
    const auto name = created_name(context);
    if (!name) return name.error();
    const Flags& flags = context.flags;
    Json object = created_object("v1", "Secret", *name);
    object["type"] = "kubernetes.io/dockerconfigjson";
    if (!flags.list("from-file").empty()) {
        const auto sources = sources_of(context, "Secret");
        if (!sources) return sources.error();
        for (const auto& [key, value] : *sources) object["data"][key] = base::base64_encode(value);
        return create_typed(context, std::move(object), "secret docker-registry");
    }
    if (flags.text("docker-username").empty() || flags.text("docker-password").empty() ||
        flags.text("docker-server").empty()) {
        return client_error(
            "either --from-file or the combination of --docker-username, --docker-password and "
            "--docker-server is required");
    }
    object["data"][".dockerconfigjson"] = base::base64_encode(docker_config(flags));
    return create_typed(context, std::move(object), "secret docker-registry");
}

Outcome run_tls(Context& context) {
    const auto name = created_name(context);
    if (!name) return name.error();
    Json object = created_object("v1", "Secret", *name);
    object["type"] = "kubernetes.io/tls";
    const std::pair<const char*, const char*> parts[] = {{"cert", "tls.crt"}, {"key", "tls.key"}};
    for (const auto& [flag, member] : parts) {
        const std::string& path = context.flags.text(flag);
        if (path.empty()) return client_error("key and cert must be specified");
        const auto text = context.read_file(path);
        if (!text)
            return client_error("Cannot read file " + path + ", open " + path +
                                ": no such file or directory");
        // FIXME: that the key belongs to the certificate is not checked.
        object["data"][member] = base::base64_encode(*text);
    }
    return create_typed(context, std::move(object), "secret");
}

FlagTable docker_flags() {
    return {
        {"append-hash", 0, FlagType::Bool, "false", "Not supported"},
        {"docker-email", 0, FlagType::Text, "", "Email for the registry"},
        {"docker-password", 0, FlagType::Text, "", "Password for the registry"},
        {"docker-server", 0, FlagType::Text, "https://index.docker.io/v1/",
         "Server location of the registry"},
        {"docker-username", 0, FlagType::Text, "", "Username for the registry"},
        {"from-env-file", 0, FlagType::TextSlice, "", "Not supported"},
        {"from-file", 0, FlagType::TextSlice, "", "File that holds the credentials"},
        {"from-literal", 0, FlagType::TextArray, "", "Not supported"},
    };
}

}  // namespace

CommandSpec create_secret_command() {
    return {.path = "create secret",
            .aliases = {},
            .summary = "Create a secret using a specified subcommand",
            .usage = "create secret (docker-registry | generic | tls) [options]",
            .examples = "",
            .flags = {},
            .run = nullptr,
            .group = ""};
}

CommandSpec create_secret_docker_registry_command() {
    return {
        .path = "create secret docker-registry",
        .aliases = {},
        .summary = "Create a secret for use with a Docker registry",
        .usage =
            "create secret docker-registry NAME --docker-username=user --docker-password=password [options]",
        .examples = "",
        .flags = docker_flags() + typed_create_flags(),
        .run = run_docker_registry,
        .group = "",
    };
}

CommandSpec create_secret_generic_command() {
    FlagTable flags = {{"type", 0, FlagType::Text, "", "The type of secret to create"}};
    return {
        .path = "create secret generic",
        .aliases = {},
        .summary = "Create a secret from a local file, directory, or literal value",
        .usage =
            "create secret generic NAME [--type=string] [--from-file=[key=]source] "
            "[--from-literal=key1=value1] [options]",
        .examples =
            "  # Create a secret from literal values\n"
            "  kubectl create secret generic my-secret --from-literal=key1=supersecret",
        .flags = flags + source_flags() + typed_create_flags(),
        .run = run_generic,
        .group = "",
    };
}

CommandSpec create_secret_tls_command() {
    FlagTable flags = {
        {"append-hash", 0, FlagType::Bool, "false", "Not supported"},
        {"cert", 0, FlagType::Text, "", "Path to a PEM encoded certificate"},
        {"key", 0, FlagType::Text, "", "Path to the private key of the certificate"},
    };
    return {
        .path = "create secret tls",
        .aliases = {},
        .summary = "Create a TLS secret",
        .usage = "create secret tls NAME --cert=path/to/cert/file --key=path/to/key/file [options]",
        .examples = "",
        .flags = flags + typed_create_flags(),
        .run = run_tls,
        .group = "",
    };
}

}  // namespace kubetab::kubectl
