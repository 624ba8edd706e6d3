// Certificate signer: gives approved requests of the built-in signers their certificate.
//
// Who signs is given to it, because only a served cluster has keys. Without one an approved request fails,
// and says why: nobody would ever sign it.
//
// watches:  certificatesigningrequests
// writes:   certificatesigningrequests/status
// upstream: pkg/controller/certificates/signer/signer.go
#pragma once

#include <functional>
#include <string>

#include "engine/api/certificates.h"
#include "engine/client/controller.h"
#include "engine/client/informer.h"

namespace kubetab::controllers {

// The certificate as PEM text, or why there is none. BadRequest: the request is none for its signer.
using SignRequest = std::function<base::Result<std::string>(const api::CertificateSigningRequest&)>;

class CertificateSigner : public client::Controller {
public:
    CertificateSigner(sim::Simulation& simulation, client::InformerFactory& informers, SignRequest sign);

protected:
    base::Result<client::Requeue> reconcile(const api::ObjectKey& key) override;

private:
    client::Informer<api::CertificateSigningRequest>& requests_;
    SignRequest sign_;
};

}  // namespace kubetab::controllers
