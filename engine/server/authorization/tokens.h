// Tokens: bearer tokens of service accounts, made and checked.
//
// A token has the form and the claims of a real one. It is signed with HMAC-SHA256 (HS256) under a key of the
// cluster's own, which it is given, or its chance decides when the first token is made. differs: a real
// cluster signs with RSA or an elliptic curve, so that others can check; nobody else is here to check.
//
// upstream: pkg/serviceaccount/claims.go, jwt.go; pkg/registry/core/serviceaccount/storage/token.go
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/api/authentication.h"
#include "engine/base/json.h"
#include "engine/base/status.h"
#include "engine/server/authorization/user.h"
#include "engine/server/server.h"

namespace kubetab::server {

// Whom tokens are for that name nobody else, and who makes them.
inline constexpr std::string_view kTokenIssuer = "https://kubernetes.default.svc.cluster.local";

// Tokens that were agreed on beforehand, and whose they are. upstream: token/tokenfile/tokenfile.go
using StaticTokens = std::map<std::string, User>;

// By what tokens are known.
struct TokenKeys {
    std::string key{};  // accounts' tokens are signed with it; "" is one that chance decides
    StaticTokens agreed{};
};

class Tokens {
public:
    Tokens(Server& server, TokenKeys keys)
        : server_(server), key_(std::move(keys.key)), agreed_(std::move(keys.agreed)) {}

    // Fills in metadata, spec and status of a request for that account. NotFound without the account.
    base::Result<void> issue(const api::ObjectKey& account, api::TokenRequest& request);

    // The token of a Secret that was made for it. It does not expire: it is good while secret and account
    // exist. upstream: pkg/serviceaccount/legacy.go
    std::string secret_token(const api::ServiceAccount& account, const api::Secret& secret);

    struct Owner {
        User user{};
        std::vector<std::string> audiences{};  // of the token, among those asked for
    };
    // Whom a token belongs to. Unauthorized, with why, when it is not valid or not for any of the audiences.
    base::Result<Owner> check(const std::string& token, const std::vector<std::string>& audiences) const;

private:
    base::Result<void> bind(const api::TokenRequest& request, const api::ObjectKey& account,
                            base::Json& claims) const;
    std::string signed_token(const base::Json& claims);
    base::Result<User> user_of(const base::Json& claims) const;
    base::Result<User> user_of_secret(const base::Json& claims, const std::string& token) const;
    base::Result<void> check_binding(const base::Json& claims, const std::string& namespace_,
                                     User& user) const;

    Server& server_;
    std::string key_;
    StaticTokens agreed_;
};

}  // namespace kubetab::server
