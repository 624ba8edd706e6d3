// Rest: Kubernetes REST over the Server, for kubectl in the tab and for real clients natively.
//
// Answers exactly as the real API server does: paths, verbs, Status bodies, Tables, selectors, patches,
// warnings. Every request has a user, and the roles in the store decide what that user may do: a server
// without create_bootstrap_policy() answers nobody. upstream: staging/src/k8s.io/apiserver/pkg/endpoints
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/api/transport.h"
#include "engine/base/json.h"
#include "engine/server/authorization/rbac.h"
#include "engine/server/authorization/tokens.h"
#include "engine/server/managed_fields/owners.h"
#include "engine/server/metrics_api.h"
#include "engine/server/rest/proxying.h"
#include "engine/server/rest/request_info.h"
#include "engine/server/server.h"
#include "engine/sim/process.h"

namespace kubetab::server {

struct LogOptions {
    std::string container{};
    bool previous = false;
    bool timestamps = false;
    std::int64_t tail_lines = -1;    // -1: all
    std::int64_t since_seconds = 0;  // 0: all
    std::int64_t limit_bytes = 0;    // 0: all
    std::int64_t since_time = 0;     // unix seconds; 0: all
};

struct ConnectOptions {
    std::string container{};
    bool attach = false;                 // to the first process; else a command beside it
    std::vector<std::string> command{};  // of a command
    bool input = false;                  // what is typed reaches an attached process
    bool terminal = false;
};

// The way to the containers, through the kubelets. The cluster connects it.
class KubeletAccess : public UsageSource {
public:
    virtual base::Result<std::string> read_log(const api::Pod& pod, const LogOptions& options) = 0;
    virtual base::Result<std::unique_ptr<api::LogStream>> follow_log(const api::Pod& pod,
                                                                     const LogOptions& options) = 0;
    virtual base::Result<std::unique_ptr<sim::Process>> connect(const api::Pod& pod,
                                                                const ConnectOptions& options) = 0;
    virtual base::Result<std::unique_ptr<api::PortForward>> forward(const api::Pod& pod) {
        (void)pod;
        return base::failure(base::Reason::ServiceUnavailable, "no kubelet to forward ports");
    }
    // A request to a pod's address, or to a node's. The failure says what hinders the connection, as Go does.
    virtual base::Result<ForwardedAnswer> ask_pod(const api::Pod& pod, const ForwardedRequest& request) {
        (void)pod;
        (void)request;
        return base::failure(base::Reason::ServiceUnavailable, "connect: no route to host");
    }
    virtual base::Result<ForwardedAnswer> ask_node(const api::Node& node, const ForwardedRequest& request) {
        (void)node;
        (void)request;
        return base::failure(base::Reason::ServiceUnavailable, "connect: no route to host");
    }
    // Of "scheduler" and "controller-manager", which answer for themselves as kubelets do.
    virtual bool component_answers(std::string_view component) const {
        (void)component;
        return true;
    }
};

// An object as text, for whoever shows the same one next.
struct EncodedObject {
    using Text = std::shared_ptr<const std::string>;

    api::Ref<api::Object> object{};
    const api::Kind* served = nullptr;  // the version it is written in
    Text text{};
};

// The aggregated discovery documents, of /api and /apis, as they were last asked for.
class DiscoveryDocuments {
public:
    api::Response answer(const api::Request& request, MetricsApi::State metrics, const Server& server);

private:
    struct Document {
        MetricsApi::State metrics = MetricsApi::State::Absent;
        std::int64_t custom_revision = -1;
        std::string text{};
        std::string etag{};
    };

    Document core_{};
    Document groups_{};
};

struct RestOptions {
    TokenKeys tokens{};
    std::string address = "172.18.0.2:6443";  // where clients are told that the server listens
};

class Rest : public api::Transport {
public:
    // Both outlive the Rest. `kubelets` may be null: then there are none to ask.
    Rest(Server& server, KubeletAccess* kubelets, RestOptions options = {})
        : server_(server),
          kubelets_(kubelets),
          metrics_(server, kubelets),
          rbac_(server.store()),
          tokens_(server, std::move(options.tokens)),
          address_(std::move(options.address)) {}

    // What the metrics API tells, for components.
    const api::ResourceMetrics& metrics() const { return metrics_; }

    Tokens& tokens() { return tokens_; }

    // Who makes the requests that follow; null is the administrator's own door. Outlives them.
    void speak_as(const Caller* caller) { caller_ = caller; }

    sim::Instant now() const override;
    api::Response send(const api::Request& request) override;
    std::unique_ptr<api::WatchStream> watch(const api::Request& request, api::Response& refusal) override;
    std::unique_ptr<api::LogStream> follow_log(const api::Request& request, api::Response& refusal) override;
    std::unique_ptr<sim::Process> connect(const api::Request& request, api::Response& refusal) override;
    std::unique_ptr<api::PortForward> forward(const api::Request& request, api::Response& refusal) override;

private:
    // Finds out who asks and whether they may; fills in info.user.
    base::Result<void> let_in(const api::Request& request, RequestInfo& info) const;
    // The same for commands in containers.
    base::Result<void> let_connect(const api::Request& request, RequestInfo& info) const;
    api::Response answer(const api::Request& request, const RequestInfo& info);
    api::Response answer_as(const std::string& user, api::Request request, const RequestInfo& info);
    // Paths that are no resources.
    api::Response system_path(const api::Request& request);
    // Reading.
    api::Response get(const api::Request& request, const RequestInfo& info);
    api::Response list(const api::Request& request, const RequestInfo& info);
    // The refusal of a version that is not there yet; null when it is.
    std::unique_ptr<api::Response> too_new(const api::Request& request) const;
    // Writing.
    api::Response post(const api::Request& request, const RequestInfo& info);
    api::Response put(const api::Request& request, const RequestInfo& info);
    api::Response create_at(const api::Request& request, const RequestInfo& info,
                            std::shared_ptr<api::Object> object, std::vector<std::string> warnings);
    api::Response patch(const api::Request& request, const RequestInfo& info);
    api::Response apply(const api::Request& request, const RequestInfo& info);
    base::Result<void> may_apply(const api::Request& request, const RequestInfo& info,
                                 const api::Object& object, const api::Object* stored) const;
    api::Response write_over(const api::Request& request, const RequestInfo& info, const api::Object& stored,
                             std::shared_ptr<api::Object> object, std::vector<std::string> warnings);
    // What is warned of, before the object is judged and by admission.
    struct Warnings {
        std::vector<std::string> first{};
        std::vector<std::string> admission{};
    };
    api::Response written(const api::Request& request, const RequestInfo& info, const api::Object* before,
                          const base::Result<api::Ref<api::Object>>& after, Warnings warnings);
    api::Response remove(const api::Request& request, const RequestInfo& info);
    api::Response remove_collection(const api::Request& request, const RequestInfo& info);
    // What is measured.
    api::Response measured(const api::Request& request, const RequestInfo& info) const;
    // Whether the parts of the control plane are well.
    api::Response components(const api::Request& request, const RequestInfo& info) const;
    // Questions, which are answered and not stored.
    api::Response review(const api::Request& request, const RequestInfo& info);
    base::Result<void> answer_review(const RequestInfo& info, api::Object& object);
    // Subresources.
    api::Response subresource(const api::Request& request, const RequestInfo& info);
    api::Response token(const api::Request& request, const RequestInfo& info);
    api::Response scale(const api::Request& request, const RequestInfo& info);
    api::Response evict(const api::Request& request, const RequestInfo& info);
    api::Response bind(const api::Request& request, const RequestInfo& info);
    api::Response log(const api::Request& request, const RequestInfo& info);
    base::Result<std::string> log_text(const api::Request& request, const RequestInfo& info);
    base::Result<std::unique_ptr<api::LogStream>> log_stream(const api::Request& request,
                                                             const RequestInfo& info);
    base::Result<std::unique_ptr<sim::Process>> connected(const api::Request& request,
                                                          const RequestInfo& info);
    base::Result<std::unique_ptr<api::PortForward>> way_to_ports(const RequestInfo& info);

    // What is passed on.
    api::Response pass(const api::Request& request, const RequestInfo& info);
    base::Result<ForwardedAnswer> ask_pod(const api::Request& request, const RequestInfo& info,
                                          const ProxyName& asked);
    base::Result<ForwardedAnswer> ask_service(const api::Request& request, const RequestInfo& info,
                                              const ProxyName& asked);
    base::Result<ForwardedAnswer> ask_node(const api::Request& request, const RequestInfo& info,
                                           const ProxyName& asked);
    base::Result<ForwardedAnswer> pass_on(const api::Pod& pod, const ProxyName& asked,
                                          const ForwardedRequest& request);
    base::Result<std::string> service_port(const RequestInfo& info, const ProxyName& asked);
    api::Ref<api::Object> pod_behind(const api::EndpointSubset& subset, const std::string& in_namespace,
                                     std::uint64_t place) const;

    api::Response one(const api::Request& request, const RequestInfo& info, const api::Object& object,
                      int code) const;
    api::Response shown_as(const api::Request& request, const RequestInfo& info, const api::Object& object,
                           int code) const;
    api::Response no_resource(const api::Request& request) const;
    base::Result<std::shared_ptr<api::Object>> read_body(const api::Request& request, const RequestInfo& info,
                                                         std::vector<std::string>& warnings);
    base::Result<std::shared_ptr<api::Object>> decode(const api::Request& request, const RequestInfo& info,
                                                      const base::Json& document,
                                                      std::vector<std::string>& warnings);
    base::Result<base::Json> patched(const api::Request& request, const RequestInfo& info,
                                     const api::Object& stored);

    Server& server_;
    KubeletAccess* kubelets_;
    MetricsApi metrics_;
    DiscoveryDocuments discovery_{};
    Rbac rbac_;
    Tokens tokens_;
    std::string address_;
    const Caller* caller_ = nullptr;
    EncodedObject encoded_[2]{};  // without managers, with them
};

// The Status object as a response.
api::Response refuse(const base::Status& status);
// The same for a failure that the server words by its code alone: it has details, and nothing in them.
api::Response refuse_by_code(const base::Status& status);
base::Json status_document(const base::Status& status);
api::Response json_response(const base::Json& body, int code = 200);
api::Cause cause_of(const api::Request& request);
// Who writes: ?fieldManager=, or the program that the user agent names.
Writer writer_of(const api::Request& request, const RequestInfo& info, api::Time now);
Endpoint endpoint_of(const RequestInfo& info);
// The body must be about what the path names. upstream: handlers/rest.go checkName
base::Result<void> match_namespace(const api::Request& request, const RequestInfo& info, api::Object& object);
base::Result<void> match_name(const RequestInfo& info, api::Object& object);
DryRun dry_run_of(const api::Request& request);
base::Result<LogOptions> log_options(const api::Request& request);

// /healthz, /livez and /readyz, with ?verbose check by check. Null for other paths.
std::unique_ptr<api::Response> health(const api::Request& request);

}  // namespace kubetab::server
