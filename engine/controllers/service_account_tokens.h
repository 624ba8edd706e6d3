// Tokens controller: a Secret of type kubernetes.io/service-account-token is filled with a token of the
// account that it names, and goes with that account, or at once when there is none.
//
// watches:  secrets; serviceaccounts
// writes:   secrets (update, delete)
// upstream: pkg/controller/serviceaccount/tokens_controller.go
// differs: that a token was used is not noted in a label of its secret.
#pragma once

#include "engine/client/controller.h"
#include "engine/client/informer.h"

namespace kubetab::controllers {

// Signs tokens.
class TokenMaker {
public:
    virtual ~TokenMaker() = default;
    // One that is good as long as the secret and the account exist.
    virtual std::string secret_token(const api::ServiceAccount& account, const api::Secret& secret) = 0;
};

class ServiceAccountTokensController : public client::Controller {
public:
    // The maker outlives it. `certificate`: the PEM text of the cluster's authority.
    ServiceAccountTokensController(sim::Simulation& simulation, client::InformerFactory& informers,
                                   TokenMaker& maker, std::string certificate);

protected:
    base::Result<client::Requeue> reconcile(const api::ObjectKey& key) override;

private:
    client::Informer<api::Secret>& secrets_;
    client::Informer<api::ServiceAccount>& accounts_;
    TokenMaker& maker_;
    std::string certificate_;
};

}  // namespace kubetab::controllers
