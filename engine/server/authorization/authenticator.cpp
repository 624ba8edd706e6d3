#include "engine/server/authorization/authenticator.h"

#include "engine/api/validation/value_text.h"
#include "engine/base/sha256.h"

namespace kubetab::server {

using api::Request;
using base::Result;

namespace {

constexpr std::string_view kAccountPrefix = "system:serviceaccount:";
constexpr std::string_view kCredential = "authentication.kubernetes.io/credential-id";
// What the kubeconfig of a new cluster holds as the administrator's certificate.
constexpr std::string_view kCertificate = "certificate of kubernetes-admin\n";

// "default" and "bot" of "system:serviceaccount:default:bot". upstream: serviceaccount.SplitUsername
bool split_account(const std::string& user, std::string& namespace_, std::string& name) {
    if (!user.starts_with(kAccountPrefix)) return false;
    const std::string rest = user.substr(kAccountPrefix.size());
    const std::size_t colon = rest.find(':');
    if (colon == std::string::npos || rest.find(':', colon + 1) != std::string::npos) return false;
    namespace_ = rest.substr(0, colon);
    name = rest.substr(colon + 1);
    return !namespace_.empty() && !name.empty();
}

// The user that the headers ask for, seen by who asks.
class Impersonation {
public:
    Impersonation(const Rbac& rbac, const User& asker) : rbac_(rbac), asker_(asker) {}

    Result<User> of(const Request& request) {
        TRY(add_user(request));
        for (const std::string& group : request.groups) {
            TRY(check({.verb = "impersonate", .resource = "groups", .name = group}));
            user_.groups.push_back(group);
        }
        for (const auto& [key, value] : request.extra) {
            TRY(check({.verb = "impersonate",
                       .group = "authentication.k8s.io",
                       .resource = "userextras",
                       .subresource = key,
                       .name = value}));
            user_.extra[key].push_back(value);
        }
        if (!request.uid.empty()) {
            TRY(check({.verb = "impersonate",
                       .group = "authentication.k8s.io",
                       .resource = "uids",
                       .name = request.uid}));
            user_.uid = request.uid;
        }
        add_common_group();
        return std::move(user_);
    }

private:
    Result<void> add_user(const Request& request) {
        user_.name = request.user;
        std::string namespace_;
        std::string name;
        if (!split_account(request.user, namespace_, name))
            return check({.verb = "impersonate", .resource = "users", .name = request.user});
        if (request.groups.empty()) user_.groups = account_groups(namespace_);
        return check(
            {.verb = "impersonate", .namespace_ = namespace_, .resource = "serviceaccounts", .name = name});
    }

    Result<void> check(const Attributes& attributes) const {
        const Decision decision = rbac_.authorize(asker_, attributes);
        if (decision.allowed) return {};
        return not_authorized(asker_, attributes, decision.reason);
    }

    void add_common_group() {
        if (user_.name == kAnonymous) {
            if (!user_.in_group(kUnauthenticated)) user_.groups.emplace_back(kUnauthenticated);
        } else if (!user_.in_group(kAuthenticated) && !user_.in_group(kUnauthenticated)) {
            user_.groups.emplace_back(kAuthenticated);
        }
    }

    const Rbac& rbac_;
    const User& asker_;
    User user_{};
};

}  // namespace

const User& administrator() {
    static const User user{.name = "kubernetes-admin",
                           .groups = {"kubeadm:cluster-admins", std::string(kAuthenticated)},
                           .extra = {{std::string(kCredential),
                                      {"X509SHA256=" + base::hexadecimal(base::sha256(kCertificate))}}}};
    return user;
}

std::string account_user_name(std::string_view namespace_, std::string_view name) {
    return std::string(kAccountPrefix).append(namespace_).append(":").append(name);
}

std::vector<std::string> account_groups(std::string_view namespace_) {
    return {"system:serviceaccounts", std::string("system:serviceaccounts:").append(namespace_)};
}

namespace {

// upstream: the union of authenticators: a certificate counts before a token, and who shows neither is
// anonymous; who shows something wrong is nobody.
Result<User> asker_of(const Tokens& tokens, const Request& request, const Caller* caller) {
    if (caller != nullptr && !caller->name.empty()) {
        User user{.name = caller->name,
                  .groups = caller->groups,
                  .extra = {{std::string(kCredential), {caller->credential}}}};
        user.groups.emplace_back(kAuthenticated);
        return user;
    }
    if (!request.token.empty()) {
        Result<Tokens::Owner> owner = tokens.check(request.token, {std::string(kTokenIssuer)});
        if (owner.ok()) return std::move(owner->user);
    }
    if (!request.token.empty() || (caller != nullptr && caller->refused))
        return base::failure(base::Reason::Unauthorized, "Unauthorized");
    if (caller == nullptr) return administrator();
    return User{.name = std::string(kAnonymous), .groups = {std::string(kUnauthenticated)}};
}

}  // namespace

Result<User> authenticate(const Rbac& rbac, const Tokens& tokens, const Request& request,
                          const Caller* caller) {
    const User user = TRY(asker_of(tokens, request, caller));
    if (!request.user.empty()) return Impersonation(rbac, user).of(request);
    return user;
}

}  // namespace kubetab::server
