// kubectl config set, unset, set-cluster, set-credentials: values of a kubeconfig.
// upstream: staging/src/k8s.io/kubectl/pkg/cmd/config/set.go, unset.go, set_cluster.go, set_credentials.go
#include <algorithm>
#include <optional>
#include <utility>

#include "engine/base/base64.h"
#include "engine/kubectl/commands/client_commands.h"
#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/commands/config_common.h"
#include "engine/kubectl/commands/mutation.h"
#include "engine/kubectl/text.h"
#include "engine/sim/file_system.h"

namespace kubetab::kubectl {
namespace {

using base::Json;
using Section = Kubeconfig::Section;

enum class ValueKind { Text, Truth, Data };

struct PropertyField {
    Section section;
    std::string_view name;
    ValueKind kind;
};

constexpr PropertyField kFields[] = {
    {Section::Clusters, "certificate-authority", ValueKind::Text},
    {Section::Clusters, "certificate-authority-data", ValueKind::Data},
    {Section::Clusters, "disable-compression", ValueKind::Truth},
    {Section::Clusters, "insecure-skip-tls-verify", ValueKind::Truth},
    {Section::Clusters, "proxy-url", ValueKind::Text},
    {Section::Clusters, "server", ValueKind::Text},
    {Section::Clusters, "tls-server-name", ValueKind::Text},
    {Section::Contexts, "cluster", ValueKind::Text},
    {Section::Contexts, "namespace", ValueKind::Text},
    {Section::Contexts, "user", ValueKind::Text},
    {Section::Users, "act-as", ValueKind::Text},
    {Section::Users, "client-certificate", ValueKind::Text},
    {Section::Users, "client-certificate-data", ValueKind::Data},
    {Section::Users, "client-key", ValueKind::Text},
    {Section::Users, "client-key-data", ValueKind::Data},
    {Section::Users, "password", ValueKind::Text},
    {Section::Users, "token", ValueKind::Text},
    {Section::Users, "tokenFile", ValueKind::Text},
    {Section::Users, "username", ValueKind::Text},
};

// What a dotted property names: current-context, or an entry and perhaps one field of it.
struct Property {
    std::optional<Section> section{};  // none: current-context
    std::string entry{};
    const PropertyField* field = nullptr;
};

const PropertyField* field_of(Section section, std::string_view name) {
    for (const PropertyField& field : kFields) {
        if (field.section == section && field.name == name) return &field;
    }
    return nullptr;
}

// A name may contain dots; it ends before the first part that is a field. upstream: findNameStep
base::Result<Property> parse_property(const std::string& path) {
    if (path == "current-context") return Property{};
    const std::vector<std::string> parts = split(path, '.');
    Property property;
    if (parts[0] == "clusters") property.section = Section::Clusters;
    if (parts[0] == "contexts") property.section = Section::Contexts;
    if (parts[0] == "users") property.section = Section::Users;
    if (!property.section || parts.size() < 2) {
        return client_error("unable to parse " + path + " after [] at api.Config");
    }
    std::size_t next = 1;
    for (; next < parts.size(); ++next) {
        property.field = next > 1 ? field_of(*property.section, parts[next]) : nullptr;
        if (property.field != nullptr) break;
        property.entry += (next > 1 ? "." : "") + parts[next];
    }
    if (next + 1 < parts.size()) return client_error("unable to parse one or more field values of " + path);
    return property;
}

base::Result<Json> value_of(const PropertyField& field, const std::string& text, bool raw) {
    if (field.kind == ValueKind::Text) return Json(text);
    if (field.kind == ValueKind::Truth) {
        const bool yes =
            text == "true" || text == "1" || text == "t" || text == "T" || text == "True" || text == "TRUE";
        const bool no = text == "false" || text == "0" || text == "f" || text == "F" || text == "False" ||
                        text == "FALSE";
        if (!yes && !no)
            return client_error("strconv.ParseBool: parsing " + quote(text) + ": invalid syntax");
        return Json(yes);
    }
    if (raw) return Json(base::base64_encode(text));
    if (!base::base64_decode(text)) return client_error("error decoding input value: illegal base64 data");
    return Json(text);
}

Json& entry_of(Kubeconfig& configuration, Section section, const std::string& name) {
    Json& entry = configuration.entries(section)[name];
    if (!entry.is_object()) entry = Json::object();
    return entry;
}

Outcome run_set(Context& context, Kubeconfig& kubeconfig) {
    if (context.arguments.size() != 2) return unexpected_config_arguments(context);
    const std::string& path = context.arguments[0];
    const std::string& text = context.arguments[1];
    if (text.empty()) return client_error("you cannot use set to unset a property");
    if (path.empty()) return client_error("you must specify a property");
    const auto property = parse_property(path);
    if (!property) return property.error();
    if (!property->section) {
        kubeconfig.set_current_context(text);
    } else if (property->field == nullptr) {
        return client_error("can't set a map to a value: " + path);
    } else {
        const auto value = value_of(*property->field, text, context.flags.truth("set-raw-bytes"));
        if (!value) return value.error();
        entry_of(kubeconfig, *property->section, property->entry)[std::string(property->field->name)] =
            *value;
    }
    return save_kubeconfig(context, kubeconfig, "Property " + quote(path) + " set.\n");
}

Outcome run_unset(Context& context, Kubeconfig& kubeconfig) {
    if (context.arguments.size() != 1) return unexpected_config_arguments(context);
    const std::string& path = context.arguments[0];
    if (path.empty()) return client_error("you must specify a property");
    const auto property = parse_property(path);
    if (!property) return property.error();
    if (!property->section) {
        kubeconfig.set_current_context("");
    } else {
        auto& entries = kubeconfig.entries(*property->section);
        const auto found = entries.find(property->entry);
        if (property->field == nullptr) {
            entries.erase(property->entry);
        } else if (found == entries.end()) {
            return client_error("current map key `" + property->entry + "` is invalid");
        } else {
            found->second.erase(std::string(property->field->name));
        }
    }
    return save_kubeconfig(context, kubeconfig, "Property " + quote(path) + " unset.\n");
}

base::Status one_name_wanted(const Context& context) {
    return client_error("unexpected args: [" + join(context.arguments, " ") + "]");
}

Outcome run_set_cluster(Context& context, Kubeconfig& kubeconfig) {
    if (context.arguments.size() != 1) return one_name_wanted(context);
    const Flags& flags = context.flags;
    if (const auto known = refuse_flags(
            context, {{"embed-certs", "set certificate-authority-data with kubectl config set"}});
        !known) {
        return known.error();
    }
    const bool insecure = flags.truth("insecure-skip-tls-verify");
    if (insecure && flags.changed("certificate-authority")) {
        return client_error("you cannot specify a certificate authority and insecure mode at the same time");
    }
    const std::string& name = context.arguments.front();
    Json& cluster = entry_of(kubeconfig, Section::Clusters, name);
    if (flags.changed("server")) cluster.erase("tls-server-name");
    for (const char* field : {"server", "tls-server-name", "proxy-url"}) {
        if (flags.changed(field)) cluster[field] = flags.text(field);
    }
    if (insecure) {
        cluster["insecure-skip-tls-verify"] = true;
        cluster.erase("certificate-authority");
        cluster.erase("certificate-authority-data");
    }
    if (flags.changed("certificate-authority")) {
        cluster["certificate-authority"] =
            sim::resolve(context.directory, flags.text("certificate-authority"));
        cluster.erase("insecure-skip-tls-verify");
        cluster.erase("certificate-authority-data");
    }
    return save_kubeconfig(context, kubeconfig, "Cluster " + quote(name) + " set.\n");
}

base::Result<void> check_credentials(const Context& context) {
    TRY(refuse_flags(context, {{"embed-certs", "set client-certificate-data with kubectl config set"},
                               {"auth-provider", "there is no identity provider here"},
                               {"exec-command", "there are no credential plugins here"}}));
    const Flags& flags = context.flags;
    const bool basic = !flags.text("username").empty() || !flags.text("password").empty();
    if (basic && !flags.text("token").empty()) {
        return client_error(
            "you cannot specify more than one authentication method at the same time: --token, "
            "--username/--password");
    }
    return {};
}

Outcome run_set_credentials(Context& context, Kubeconfig& kubeconfig) {
    if (context.arguments.size() != 1) {
        context.out(help_text(context.command));
        return one_name_wanted(context);
    }
    const std::string& name = context.arguments.front();
    if (name.empty()) return client_error("you must specify a non-empty user name");
    if (const auto checked = check_credentials(context); !checked) return checked.error();
    const Flags& flags = context.flags;
    Json& user = entry_of(kubeconfig, Section::Users, name);
    for (const char* field : {"client-certificate", "client-key"}) {
        if (!flags.changed(field)) continue;
        user[field] = sim::resolve(context.directory, flags.text(field));
        user.erase(std::string(field) + "-data");
    }
    for (const char* field : {"token", "username", "password"}) {
        if (flags.changed(field)) user[field] = flags.text(field);
    }
    if (!flags.text("token").empty()) {
        user.erase("username");
        user.erase("password");
    } else if (!flags.text("username").empty() || !flags.text("password").empty()) {
        user.erase("token");
    }
    return save_kubeconfig(context, kubeconfig, "User " + quote(name) + " set.\n");
}

}  // namespace

CommandSpec config_set_command() {
    CommandSpec command = config_subcommand(
        "set", "Set an individual value in a kubeconfig file", "set PROPERTY_NAME PROPERTY_VALUE",
        "  # Another namespace for the context my-context\n"
        "  kubectl config set contexts.my-context.namespace kube-system\n\n"
        "  # Another address for the cluster my-cluster\n"
        "  kubectl config set clusters.my-cluster.server https://1.2.3.4",
        with_kubeconfig<run_set>);
    command.flags = {
        {"set-raw-bytes", 0, FlagType::Bool, "false", "Take a value of bytes as it is, not as base64"}};
    return command;
}

CommandSpec config_unset_command() {
    return config_subcommand("unset", "Unset an individual value in a kubeconfig file", "unset PROPERTY_NAME",
                             "  # Have no current context\n  kubectl config unset current-context\n\n"
                             "  # Take the namespace out of a context\n"
                             "  kubectl config unset contexts.my-context.namespace",
                             with_kubeconfig<run_unset>);
}

CommandSpec config_set_cluster_command() {
    CommandSpec command = config_subcommand(
        "set-cluster", "Set a cluster entry in kubeconfig",
        "set-cluster NAME [--server=server] [--certificate-authority=path/to/certificate/authority] "
        "[--insecure-skip-tls-verify=true] [--tls-server-name=example.com]",
        "  # Where the cluster e2e is\n  kubectl config set-cluster e2e --server=https://1.2.3.4",
        with_kubeconfig<run_set_cluster>);
    command.flags = {
        {"certificate-authority", 0, FlagType::Text, "",
         "Path to the certificate authority of the cluster entry"},
        {"embed-certs", 0, FlagType::Bool, "false", "Not supported"},
        {"insecure-skip-tls-verify", 0, FlagType::Bool, "false",
         "insecure-skip-tls-verify for the cluster entry"},
        {"proxy-url", 0, FlagType::Text, "", "proxy-url for the cluster entry in kubeconfig"},
        {"server", 0, FlagType::Text, "", "server for the cluster entry in kubeconfig"},
        {"tls-server-name", 0, FlagType::Text, "", "tls-server-name for the cluster entry in kubeconfig"}};
    return command;
}

CommandSpec config_set_credentials_command() {
    CommandSpec command = config_subcommand(
        "set-credentials", "Set a user entry in kubeconfig",
        "set-credentials NAME [--client-certificate=path/to/certfile] [--client-key=path/to/keyfile] "
        "[--token=bearer_token] [--username=basic_user] [--password=basic_password]",
        "  # A user who shows a token\n  kubectl config set-credentials bob --token=s3cr3t",
        with_kubeconfig<run_set_credentials>);
    command.flags = {
        {"auth-provider", 0, FlagType::Text, "", "Not supported"},
        {"client-certificate", 0, FlagType::Text, "", "Path to the client certificate of the user entry"},
        {"client-key", 0, FlagType::Text, "", "Path to the client key of the user entry"},
        {"embed-certs", 0, FlagType::Bool, "false", "Not supported"},
        {"exec-command", 0, FlagType::Text, "", "Not supported"},
        {"password", 0, FlagType::Text, "", "password for the user entry in kubeconfig"},
        {"token", 0, FlagType::Text, "", "token for the user entry in kubeconfig"},
        {"username", 0, FlagType::Text, "", "username for the user entry in kubeconfig"}};
    return command;
}

}  // namespace kubetab::kubectl
