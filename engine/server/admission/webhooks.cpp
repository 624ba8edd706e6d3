// Webhooks: asks the servers that webhook configurations name. Nothing in a simulated cluster answers as one,
// so a request that a webhook should see fails as with one that is down, or goes on, as its failurePolicy
// says. upstream:
// staging/src/k8s.io/apiserver/pkg/admission/plugin/webhook/{generic,rules,mutating,validating}

#include <algorithm>

#include "engine/api/admission_registration.h"
#include "engine/api/core/endpoints.h"
#include "engine/api/core/service.h"
#include "engine/api/selectors.h"
#include "engine/server/admission.h"

namespace kubetab::server {
namespace {

using api::Text;
using api::WebhookClientConfig;

bool names(const std::vector<Text>& values, std::string_view value) {
    return std::any_of(values.begin(), values.end(),
                       [&](const Text& each) { return each == "*" || each == value; });
}

std::string_view operation_of(const AdmissionRequest& request) {
    if (request.operation == Operation::Delete) return "DELETE";
    return request.operation == Operation::Create ? "CREATE" : "UPDATE";
}

bool is_meant(const api::RuleWithOperations& rule, const AdmissionRequest& request) {
    const api::Kind& kind = request.kind;
    const std::string_view scope = kind.namespaced ? "Namespaced" : "Cluster";
    const bool resource = names(rule.resources, kind.plural) || names(rule.resources, "*/*");
    return names(rule.operations, operation_of(request)) && names(rule.apiGroups, kind.group) &&
           names(rule.apiVersions, kind.version) && resource &&
           (!rule.scope || *rule.scope == "*" || *rule.scope == scope);
}

bool selects(const base::Box<api::LabelSelector>& selector, const base::StringMap& labels) {
    if (!selector) return true;
    const base::Result<api::Selector> compiled = api::Selector::of(*selector);
    return compiled.ok() && compiled->matches(labels);
}

// A namespace is selected by its own labels; what is in no namespace always is.
bool selects_namespace(const base::Box<api::LabelSelector>& selector, const AdmissionRequest& request) {
    if (&request.kind == &api::kind_of<api::Namespace>())
        return selects(selector, request.object.metadata.labels);
    if (!request.kind.namespaced) return true;
    const api::Ref<api::Object> space = request.server.store().get(
        api::kind_of<api::Namespace>(), api::ObjectKey{"", request.object.metadata.namespace_});
    return space != nullptr && selects(selector, space->metadata.labels);
}

// What a caller reads of the connection. upstream: util/webhook/serviceresolver.go, net/dial.go
std::string problem_of(const Server& server, const WebhookClientConfig& client) {
    if (client.url) {
        const std::string rest = client.url->substr(client.url->find("//") + 2);
        const std::string host = rest.substr(0, rest.find_first_of(":/"));
        return "dial tcp: lookup " + host + ": no such host";
    }
    const api::ObjectKey key{client.service->namespace_, client.service->name};
    const auto service = server.store().get(api::kind_of<api::Service>(), key);
    if (!service) return "service \"" + client.service->name + "\" not found";
    const auto endpoints = api::cast<api::Endpoints>(server.store().get(api::kind_of<api::Endpoints>(), key));
    const bool backed = endpoints && std::any_of(endpoints->subsets.begin(), endpoints->subsets.end(),
                                                 [](const auto& each) { return !each.addresses.empty(); });
    if (!backed) return "no endpoints available for service \"" + client.service->name + "\"";
    const std::int32_t port = client.service->port.value_or(443);
    return "dial tcp " + static_cast<const api::Service&>(*service).spec.clusterIP + ":" +
           std::to_string(port) + ": connect: connection refused";
}

std::string address_of(const WebhookClientConfig& client, std::int32_t timeout) {
    const std::string query = "?timeout=" + std::to_string(timeout) + "s";
    if (client.url) return *client.url + query;
    std::string path = client.service->path.value_or("").str();
    if (path.empty() || path.front() != '/') path.insert(0, "/");
    return "https://" + client.service->name + "." + client.service->namespace_ +
           ".svc:" + std::to_string(client.service->port.value_or(443)) + path + query;
}

template <class Webhook>
base::Result<void> ask(const Webhook& webhook, const AdmissionRequest& request) {
    const bool meant = std::any_of(webhook.rules.begin(), webhook.rules.end(),
                                   [&](const auto& rule) { return is_meant(rule, request); });
    if (!meant || !selects(webhook.objectSelector, request.object.metadata.labels) ||
        !selects_namespace(webhook.namespaceSelector, request))
        return {};
    if (webhook.failurePolicy && *webhook.failurePolicy == "Ignore") return {};
    const std::string address = address_of(webhook.clientConfig, webhook.timeoutSeconds.value_or(10));
    return base::failure(base::Reason::InternalError,
                         "Internal error occurred: failed calling webhook \"" + webhook.name +
                             "\": failed to call webhook: Post \"" + address +
                             "\": " + problem_of(request.server, webhook.clientConfig));
}

template <class Configuration>
base::Result<void> ask_all(const AdmissionRequest& request) {
    // Else nobody could repair a configuration.
    if (request.kind.group == api::kAdmissionGroup) return {};
    for (const auto& [key, object] : request.server.store().all(api::kind_of<Configuration>())) {
        for (const auto& webhook : static_cast<const Configuration&>(*object).webhooks)
            TRY(ask(webhook, request));
    }
    return {};
}

}  // namespace

base::Result<void> ask_mutating_webhooks(const AdmissionRequest& request) {
    return ask_all<api::MutatingWebhookConfiguration>(request);
}

base::Result<void> ask_validating_webhooks(const AdmissionRequest& request) {
    return ask_all<api::ValidatingWebhookConfiguration>(request);
}

}  // namespace kubetab::server
