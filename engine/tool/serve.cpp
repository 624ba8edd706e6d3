// kubetab serve: a cluster that passes with real time and answers real clients over HTTP.

#include <sys/resource.h>

#include <chrono>
#include <cstdio>

#include "engine/cluster/cluster.h"
#include "engine/rest/http_server.h"
#include "engine/tool/serve_data.h"
#include "engine/tool/serve_kubeconfig.h"
#include "engine/tool/serve_options.h"
#include "engine/tool/tool.h"

namespace kubetab::tool {
namespace {

using base::Result;

sim::Duration steady_time() {
    return {std::chrono::duration_cast<std::chrono::nanoseconds>(
                std::chrono::steady_clock::now().time_since_epoch())
                .count()};
}

// Whole seconds, as every object's times are.
sim::Instant wall_time() {
    return {
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
            .count() *
        1'000'000'000};
}

// upstream: pkg/controller/certificates/signer/signer.go [sign]
Result<std::string> sign(const rest::Certificate& authority, const api::CertificateSigningRequest& request) {
    const std::string signer = request.spec.signerName;
    rest::SigningWish wish;
    wish.request = request.spec.request.data.str();
    wish.extended_usage = signer.ends_with("serving") ? "serverAuth" : "clientAuth";
    wish.of_kubelet = signer.find("kubelet") != std::string::npos;
    wish.seconds = request.spec.expirationSeconds.value_or(0);
    for (const api::Text& usage : request.spec.usages) {
        const char* const name = usage == "digital signature"  ? "digitalSignature"
                                 : usage == "key encipherment" ? "keyEncipherment"
                                                               : "";
        if (*name != '\0') wish.usages += (wish.usages.empty() ? "" : ",") + std::string(name);
    }
    return rest::sign_request(authority, wish);
}

// What an encrypted server has and gives to its administrator.
struct Encryption {
    std::unique_ptr<rest::Tls> tls{};
    Access access{};
    controllers::SignRequest sign{};
};

Result<Encryption> encrypt(ServeData& data) {
    Encryption made;
    const rest::Certificate authority = TRY(data.authority());
    made.tls = TRY(rest::Tls::make(TRY(rest::make_server_certificate(authority)), authority));
    made.access.authority = authority.certificate;
    made.sign = [authority](const api::CertificateSigningRequest& request) {
        return sign(authority, request);
    };
    made.access.user =
        TRY(rest::make_client_certificate(authority, "kubernetes-admin", "kubeadm:cluster-admins"));
    return made;
}

// Every client takes a file of the process; systems allow few unless asked.
void allow_many_clients() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    (void)setrlimit(RLIMIT_NOFILE, &limit);
}

Result<void> serve_with(ServeOptions& options) {
    allow_many_clients();
    ServeData data = TRY(ServeData::open(options.data));
    Encryption encryption;
    if (options.tls) encryption = TRY(encrypt(data));
    const auto server = TRY(rest::HttpServer::listen({.port = options.port,
                                                      .speed = options.speed,
                                                      .real_time = steady_time,
                                                      .tls = std::move(encryption.tls)}));
    options.spec.api_port = server->port();
    options.spec.certificate = encryption.access.authority;
    options.spec.sign = std::move(encryption.sign);
    options.spec.token_key = TRY(data.token_key());
    store::Store kept = data.take_over(options, wall_time());
    cluster::Cluster cluster(options.spec, std::move(kept), data.custom_kinds());
    TRY(data.begin(cluster));

    Access access = std::move(encryption.access);
    access.address =
        (options.tls ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(server->port());
    const KubeconfigFile config(access, options.data);
    if (!config.written()) {
        return base::failure(base::Reason::Unknown,
                             config.path().string() + ": the kubeconfig cannot be written");
    }
    std::printf("address: %s\nkubeconfig: %s\n", access.address.c_str(), config.path().c_str());
    std::fflush(stdout);
    rest::Regularly sync;
    if (data.keeps()) sync = [&] { return data.sync(cluster); };
    const Result<void> ended = server->run(cluster.rest(), cluster.simulation(), std::move(sync));
    cluster.observe(nullptr);
    return ended;
}

}  // namespace

int serve(const std::vector<std::string>& words) {
    std::optional<ServeOptions> options = read_serve_options(words);
    if (!options) return 2;
    const Result<void> served = serve_with(*options);
    if (served.ok()) return 0;
    std::fprintf(stderr, "kubetab: %s\n", served.error().message.c_str());
    return 1;
}

}  // namespace kubetab::tool
