#include "engine/controllers/certificate_signer.h"

#include <algorithm>
#include <utility>

#include "engine/api/kinds.h"

namespace kubetab::controllers {
namespace {

using api::CertificateSigningRequest;
using base::Result;

constexpr std::string_view kSigners[] = {"kubernetes.io/kube-apiserver-client",
                                         "kubernetes.io/kube-apiserver-client-kubelet",
                                         "kubernetes.io/kubelet-serving"};
constexpr const char* kNoKeys =
    "nobody signs here: only `kubetab serve --tls` has the keys of a certificate authority";

bool has_condition(const CertificateSigningRequest& request, std::string_view type) {
    const auto& all = request.status.conditions;
    return std::any_of(all.begin(), all.end(), [&](const auto& condition) { return condition.type == type; });
}

// upstream: validAPIServerClientUsages, kubelet's usages in isKubeletServing and isKubeletClient
std::string problem_with_usages(const CertificateSigningRequest& request) {
    const bool serving = request.spec.signerName == kSigners[2];
    const std::string_view wanted = serving ? "server auth" : "client auth";
    const std::string of = serving ? "serving" : "client";
    bool found = false;
    for (const api::Text& usage : request.spec.usages) {
        found = found || usage == wanted;
        if (usage == wanted || usage == "digital signature" || usage == "key encipherment") continue;
        return "invalid usage for " + of + " certificate: " + usage.str();
    }
    return found ? "" : "missing required usage for " + of + " certificate: " + std::string(wanted);
}

}  // namespace

CertificateSigner::CertificateSigner(sim::Simulation& simulation, client::InformerFactory& informers,
                                     SignRequest sign)
    : Controller(simulation, informers.server(), "certificate-controller"),
      requests_(informers.of<CertificateSigningRequest>()),
      sign_(std::move(sign)) {
    for (const auto& [key, object] : requests_.objects()) enqueue(key, requests_.revision());
    requests_.on_change([this](const client::Change& change) {
        enqueue({"", change.object->metadata.name}, change.revision);
    });
}

// upstream: handle
Result<client::Requeue> CertificateSigner::reconcile(const api::ObjectKey& key) {
    const api::Ref<CertificateSigningRequest> stored = requests_.find(key);
    if (!stored || !stored->status.certificate.data.empty()) return client::Requeue::none();
    const bool open = has_condition(*stored, "Approved") && !has_condition(*stored, "Denied") &&
                      !has_condition(*stored, "Failed");
    const bool ours = std::find(std::begin(kSigners), std::end(kSigners), stored->spec.signerName.view()) !=
                      std::end(kSigners);
    if (!open || !ours) return client::Requeue::none();
    CertificateSigningRequest next = *stored;
    std::string why = sign_ ? problem_with_usages(*stored) : kNoKeys;
    if (why.empty()) {
        Result<std::string> signed_one = sign_(*stored);
        if (signed_one.ok()) next.status.certificate.data = *signed_one;
        else if (signed_one.error().reason == base::Reason::BadRequest) why = signed_one.error().message;
        else return signed_one.error();
    }
    if (!why.empty()) {
        api::CertificateSigningRequestCondition& failed = next.status.conditions.emplace_back();
        failed.type = "Failed";
        failed.status = "True";
        failed.reason = sign_ ? "SignerValidationFailure" : "NoSigner";
        failed.message = why;
        failed.lastUpdateTime = failed.lastTransitionTime = api::Time(simulation_.now());
    }
    client_.because("the request is approved");
    TRY(client_.update_status(std::move(next)));
    return client::Requeue::none();
}

}  // namespace kubetab::controllers
