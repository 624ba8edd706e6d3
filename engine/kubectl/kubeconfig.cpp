#include "engine/kubectl/kubeconfig.h"

#include <algorithm>
#include <utility>

#include "engine/base/base64.h"
#include "engine/base/yaml.h"
#include "engine/kubectl/errors.h"
#include "engine/kubectl/text.h"
#include "engine/sim/file_system.h"
#include "engine/sim/process.h"

namespace kubetab::kubectl {
namespace {

using base::Json;
using Section = Kubeconfig::Section;

// {the list's key, the key of the inner object}
constexpr std::array<std::array<std::string_view, 2>, 3> kSectionKeys = {
    {{"clusters", "cluster"}, {"contexts", "context"}, {"users", "user"}}};

std::string authority_data() {
    return base::base64_encode("certificate authority of the simulated cluster\n");
}
std::string administrator_data() {
    return base::base64_encode("certificate of kubernetes-admin\n");
}

void put_default(Json& object, std::string_view key) {
    if (base::find(object, key) == nullptr) object[std::string(key)] = "";
}

// upstream: client-go/tools/clientcmd/api/v1 types: fields without omitempty.
void fill_required(Json& object, Section section) {
    if (section == Section::Clusters) put_default(object, "server");
    if (section != Section::Contexts) return;
    put_default(object, "cluster");
    put_default(object, "user");
}

base::Result<void> make_directories(sim::FileSystem& files, const std::string& directory) {
    if (directory.empty() || files.stat(directory).ok()) return {};
    TRY(make_directories(files, directory.substr(0, directory.rfind('/'))));
    return files.make_directory(directory);
}

std::string host_of(std::string_view server) {
    const std::size_t scheme = server.find("://");
    if (scheme != std::string_view::npos) server.remove_prefix(scheme + 3);
    return std::string(server.substr(0, server.find('/')));
}

// upstream: kubectl/pkg/cmd/util/helpers.go StandardErrorMessage; net.DialError
std::string unreachable(const std::string& host) {
    const std::string name = host.substr(0, host.rfind(':'));
    const bool is_address = name == "localhost" || name.find_first_not_of("0123456789.") == std::string::npos;
    if (!is_address) return "Unable to connect to the server: dial tcp: lookup " + name + ": no such host\n";
    return "The connection to the server " + host +
           " was refused - did you specify the right host or port?\n";
}

// Why the server cannot be used with these entries; "" when it can.
std::string failure_of(const Json& cluster, const Json& user) {
    const std::string server = base::text_at(cluster, {"server"});
    if (server.empty()) return unreachable("localhost:8080");
    const std::string host = host_of(server);
    if (host != host_of(kServerAddress)) return unreachable(host);
    const Json* insecure = base::find(cluster, "insecure-skip-tls-verify");
    const bool verifies = insecure == nullptr || !insecure->is_boolean() || !insecure->get<bool>();
    if (verifies && base::text_at(cluster, {"certificate-authority-data"}) != authority_data()) {
        return "Unable to connect to the server: tls: failed to verify certificate: x509: certificate signed "
               "by unknown "
               "authority\n";
    }
    const std::string certificate = base::text_at(user, {"client-certificate-data"});
    const bool has_token = certificate.empty() && !base::text_at(user, {"token"}).empty();
    if (!has_token && certificate != administrator_data()) {
        return "error: You must be logged in to the server (Unauthorized)\n";
    }
    return "";
}

}  // namespace

std::string default_kubeconfig() {
    Kubeconfig kubeconfig;
    const std::string name = "kubernetes-admin@kubernetes";
    kubeconfig.entries(Section::Clusters)["kubernetes"] = {{"certificate-authority-data", authority_data()},
                                                           {"server", std::string(kServerAddress)}};
    kubeconfig.entries(Section::Contexts)[name] = {{"cluster", "kubernetes"}, {"user", "kubernetes-admin"}};
    kubeconfig.entries(Section::Users)["kubernetes-admin"] = {
        {"client-certificate-data", administrator_data()},
        {"client-key-data", base::base64_encode("private key of kubernetes-admin\n")}};
    kubeconfig.set_current_context(name);
    return base::to_yaml(kubeconfig.document());
}

base::Result<std::string> kubeconfig_path(const std::string& given, const std::string& directory,
                                          const std::map<std::string, std::string>& environment) {
    if (!given.empty()) return sim::resolve(directory, given);
    if (const auto it = environment.find("KUBECONFIG"); it != environment.end() && !it->second.empty()) {
        if (it->second.find(':') != std::string::npos) {
            return client_error("several paths in $KUBECONFIG are not supported here: name one file");
        }
        return sim::resolve(directory, it->second);
    }
    const auto home = environment.find("HOME");
    return (home == environment.end() ? std::string() : home->second) + "/.kube/config";
}

base::Result<Kubeconfig> Kubeconfig::load(const sim::FileSystem& files, const std::string& path) {
    Kubeconfig result;
    result.path_ = path;
    const auto text = files.read(path);
    if (!text) return result;
    const auto bad = [&](const std::string& why) {
        return client_error("error loading config file " + quote(path) + ": " + why);
    };
    const auto document = base::parse_yaml(*text);
    if (!document) return bad(document.error().message);
    if (document->is_null()) return result;
    if (!document->is_object()) return bad("json: cannot unmarshal into Go value of type v1.Config");
    for (std::size_t i = 0; i < kSectionKeys.size(); ++i) {
        const Json* list = base::find(*document, kSectionKeys[i][0]);
        if (list == nullptr || !list->is_array()) continue;
        for (const Json& entry : *list) {
            const Json* value = base::find(entry, kSectionKeys[i][1]);
            const bool usable = value != nullptr && value->is_object();
            result.sections_[i].emplace(base::text_at(entry, {"name"}), usable ? *value : Json::object());
        }
    }
    result.current_context_ = base::text_at(*document, {"current-context"});
    for (const char* key : {"extensions", "preferences"}) {
        if (const Json* value = base::find(*document, key)) result.rest_[key] = *value;
    }
    return result;
}

base::Result<void> Kubeconfig::save(sim::FileSystem& files) const {
    TRY(make_directories(files, path_.substr(0, path_.rfind('/'))));
    return files.write(path_, base::to_yaml(document()));
}

const Json* Kubeconfig::find(Section section, const std::string& name) const {
    const auto it = entries(section).find(name);
    return it == entries(section).end() ? nullptr : &it->second;
}

Json Kubeconfig::document() const {
    Json result = rest_;
    result["apiVersion"] = "v1";
    result["kind"] = "Config";
    result["current-context"] = current_context_;
    if (base::find(result, "preferences") == nullptr) result["preferences"] = Json::object();
    for (std::size_t i = 0; i < kSectionKeys.size(); ++i) {
        Json list;
        for (const auto& [name, value] : sections_[i]) {
            Json inner = value;
            fill_required(inner, static_cast<Section>(i));
            list.push_back({{"name", name}, {std::string(kSectionKeys[i][1]), inner}});
        }
        result[std::string(kSectionKeys[i][0])] = list;
    }
    return result;
}

// upstream: client-go/tools/clientcmd/client_config.go DirectClientConfig.ClientConfig
base::Result<Connection> connection_of(const Kubeconfig& kubeconfig, const std::string& context) {
    const std::string wanted = context.empty() ? kubeconfig.current_context() : context;
    const Json* chosen = kubeconfig.find(Section::Contexts, wanted);
    if (chosen == nullptr && !context.empty())
        return client_error("context " + quote(context) + " does not exist");
    Connection result;
    if (chosen == nullptr && !wanted.empty()) {
        result.failure =
            "Error in configuration: context was not found for specified context: " + wanted + "\n";
        return result;
    }
    static const Json kNone = Json::object();
    if (chosen == nullptr) chosen = &kNone;
    result.namespace_ = base::text_at(*chosen, {"namespace"});
    const Json* cluster = kubeconfig.find(Section::Clusters, base::text_at(*chosen, {"cluster"}));
    result.user = base::text_at(*chosen, {"user"});
    const Json* user = kubeconfig.find(Section::Users, result.user);
    // The certificate is looked at first, whatever else there is.
    if (user != nullptr && base::text_at(*user, {"client-certificate-data"}).empty())
        result.token = base::text_at(*user, {"token"});
    result.failure = failure_of(cluster != nullptr ? *cluster : kNone, user != nullptr ? *user : kNone);
    return result;
}

std::string current_namespace(const sim::Invocation& invocation) {
    constexpr const char* kDefault = "default";
    const auto path = kubeconfig_path("", invocation.directory, invocation.environment);
    if (!path) return kDefault;
    const auto kubeconfig = Kubeconfig::load(*invocation.files, *path);
    if (!kubeconfig) return kDefault;
    const base::Json* context = kubeconfig->find(Section::Contexts, kubeconfig->current_context());
    const std::string chosen = context == nullptr ? "" : base::text_at(*context, {"namespace"});
    return chosen.empty() ? kDefault : chosen;
}

Configuration summary_of(const Kubeconfig& kubeconfig) {
    Configuration summary;
    summary.current_context = kubeconfig.current_context();
    summary.contexts.clear();
    for (const auto& [name, context] : kubeconfig.entries(Section::Contexts)) {
        summary.contexts.push_back({name, base::text_at(context, {"cluster"}),
                                    base::text_at(context, {"user"}), base::text_at(context, {"namespace"})});
    }
    const base::Result<Connection> connection = connection_of(kubeconfig, "");
    if (!connection.ok() || !connection->failure.empty()) summary.server.clear();
    return summary;
}

}  // namespace kubetab::kubectl
