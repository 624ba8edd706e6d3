#include "engine/server/authorization/tokens.h"

#include <algorithm>
#include <optional>

#include "engine/api/validation/reviews.h"
#include "engine/api/validation/value_text.h"
#include "engine/base/base64.h"
#include "engine/base/sha256.h"

namespace kubetab::server {

using api::Kind;
using api::Object;
using api::ObjectKey;
using api::Ref;
using base::failure;
using base::Json;
using base::Reason;
using base::Result;

namespace {

constexpr std::string_view kHeader = R"({"alg":"HS256","typ":"JWT"})";
constexpr int kKeyDigits = 64;
// Claims of tokens that are kept in Secrets.
constexpr std::string_view kLegacyIssuer = "kubernetes/serviceaccount";
const char* const kLegacyNamespace = "kubernetes.io/serviceaccount/namespace";
const char* const kLegacySecret = "kubernetes.io/serviceaccount/secret.name";
const char* const kLegacyName = "kubernetes.io/serviceaccount/service-account.name";
const char* const kLegacyUid = "kubernetes.io/serviceaccount/service-account.uid";
// A pod's own token is asked for with this many seconds, and lives for a year. upstream:
// WarnOnlyBoundTokenExpirationPeriod
constexpr std::int64_t kPodTokenSeconds = 3607;
constexpr std::int64_t kYearSeconds = std::int64_t{365} * 24 * 60 * 60;

// Base64 for URLs, without padding.
std::string encoded(std::string_view bytes) {
    std::string text = base::base64_encode(bytes);
    while (text.ends_with('=')) text.pop_back();
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    return text;
}

std::optional<std::string> decoded(std::string text) {
    std::replace(text.begin(), text.end(), '-', '+');
    std::replace(text.begin(), text.end(), '_', '/');
    while (text.size() % 4 != 0) text += '=';
    return base::base64_decode(text);
}

base::Status invalid(const std::string& why = {}) {
    static constexpr std::string_view kInvalid = "invalid bearer token";
    return failure(Reason::Unauthorized,
                   why.empty() ? std::string(kInvalid) : "[" + std::string(kInvalid) + ", " + why + "]");
}

std::vector<std::string> texts_at(const Json& object, std::string_view name) {
    std::vector<std::string> texts;
    const Json* list = base::find(object, name);
    if (list == nullptr || !list->is_array()) return texts;
    for (const Json& item : *list) {
        if (item.is_string()) texts.push_back(item.get<std::string>());
    }
    return texts;
}

bool is_for_server(const api::TokenRequestSpec& spec) {
    return std::any_of(spec.audiences.begin(), spec.audiences.end(),
                       [](const api::Text& audience) { return audience == kTokenIssuer; });
}

Json reference(const Object& object) {
    return {{"name", object.metadata.name.str()}, {"uid", object.metadata.uid.str()}};
}

}  // namespace

// What the token is bound to. upstream: TokenREST.Create, the switch over the reference's kind
Result<void> Tokens::bind(const api::TokenRequest& request, const ObjectKey& account, Json& claims) const {
    if (!request.spec.boundObjectRef) return {};
    const api::BoundObjectReference& to = *request.spec.boundObjectRef;
    const Kind* kind = to.apiVersion == "v1" ? api::find_kind("", "v1", to.kind) : nullptr;
    const bool pod = kind == &api::kind_of<api::Pod>();
    const bool node = kind == &api::kind_of<api::Node>();
    if (!pod && !node && kind != &api::kind_of<api::Secret>()) {
        const std::string& version = to.apiVersion;
        const std::size_t slash = version.find('/');
        const std::string group = slash == std::string::npos ? "" : version.substr(0, slash);
        return failure(Reason::BadRequest,
                       "cannot bind token for serviceaccount " + api::go_quoted(account.name) +
                           " to object of type " + group + "/" +
                           version.substr(slash == std::string::npos ? 0 : slash + 1) + ", Kind=" + to.kind);
    }
    const Ref<Object> found = TRY(server_.get(*kind, {node ? "" : account.namespace_.str(), to.name}));
    if (pod) {
        const api::PodSpec& spec = *static_cast<const api::Pod&>(*found).spec;
        if (spec.serviceAccountName != account.name) {
            return failure(Reason::BadRequest, "cannot bind token for serviceaccount " +
                                                   api::go_quoted(account.name) +
                                                   " to pod running with different serviceaccount name.");
        }
        const Ref<Object> host = server_.store().get(api::kind_of<api::Node>(), {"", spec.nodeName});
        if (host) claims["node"] = reference(*host);
    }
    if (!to.uid.empty() && to.uid != found->metadata.uid) {
        base::Status status = failure(
            Reason::Conflict,
            "Operation cannot be fulfilled on " + to.kind + " " + api::go_quoted(to.name) +
                ": the UID in the bound object reference (" + to.uid +
                ") does not match the UID in record. The object might have been deleted and then recreated");
        status.kind = to.kind;
        status.name = to.name;
        return status;
    }
    claims[std::string(kind->singular)] = reference(*found);
    return {};
}

Result<void> Tokens::issue(const ObjectKey& key, api::TokenRequest& request) {
    const Ref<Object> account = TRY(server_.get(api::kind_of<api::ServiceAccount>(), key));
    api::TokenRequestSpec& spec = request.spec;
    if (spec.audiences.empty()) spec.audiences = {std::string(kTokenIssuer)};
    if (!spec.expirationSeconds) spec.expirationSeconds = 3600;
    request.metadata.name = key.name;
    request.metadata.namespace_ = key.namespace_;
    request.metadata.creationTimestamp = server_.now();
    request.status = {};
    const Kind& kind = api::kind_of<api::TokenRequest>();
    const std::vector<api::FieldError> errors = api::validate_review(kind, request);
    if (!errors.empty()) return api::invalid(kind, "", errors);

    Json own = {{"namespace", key.namespace_.str()}, {"serviceaccount", reference(*account)}};
    TRY(bind(request, key, own));
    const std::int64_t now = server_.now().seconds;
    std::int64_t lifetime = *spec.expirationSeconds;
    if (lifetime == kPodTokenSeconds && own.contains("pod") && is_for_server(spec)) {
        own["warnafter"] = now + lifetime;
        lifetime = kYearSeconds;
    }
    Json audiences = Json::array();
    for (const api::Text& audience : spec.audiences) audiences.push_back(audience.str());
    const Json claims = {{"aud", audiences},
                         {"exp", now + lifetime},
                         {"iat", now},
                         {"iss", kTokenIssuer},
                         {"jti", server_.simulation().random().uuid()},
                         {"kubernetes.io", own},
                         {"nbf", now},
                         {"sub", account_user_name(key.namespace_, key.name)}};
    request.status.token = signed_token(claims);
    request.status.expirationTimestamp =
        api::Time(server_.simulation().now() + sim::seconds(*spec.expirationSeconds));
    return {};
}

std::string Tokens::signed_token(const Json& claims) {
    if (key_.empty()) key_ = server_.simulation().random().hex(kKeyDigits);
    const std::string signed_part =
        encoded(kHeader) + "." + encoded(claims.dump(-1, ' ', false, Json::error_handler_t::replace));
    return signed_part + "." + encoded(base::hmac_sha256(key_, signed_part));
}

std::string Tokens::secret_token(const api::ServiceAccount& account, const api::Secret& secret) {
    const api::ObjectMeta& owner = account.metadata;
    return signed_token({{"iss", kLegacyIssuer},
                         {kLegacyNamespace, owner.namespace_.str()},
                         {kLegacySecret, secret.metadata.name.str()},
                         {kLegacyName, owner.name.str()},
                         {kLegacyUid, owner.uid.str()},
                         {"sub", account_user_name(owner.namespace_, owner.name)}});
}

// upstream: legacyValidator.Validate
Result<User> Tokens::user_of_secret(const Json& claims, const std::string& token) const {
    const std::string namespace_ = base::text_at(claims, {kLegacyNamespace});
    const std::string name = base::text_at(claims, {kLegacyName});
    const std::string uid = base::text_at(claims, {kLegacyUid});
    const auto secret = api::cast<api::Secret>(server_.store().get(
        api::kind_of<api::Secret>(), {namespace_, base::text_at(claims, {kLegacySecret})}));
    if (!secret || secret->metadata.deletionTimestamp.is_set())
        return invalid("service account token has been invalidated");
    if (!secret->data.contains("token") || secret->data.value_or("token", {}).data != token)
        return invalid("service account token does not match server's copy");
    const Ref<Object> account = server_.store().get(api::kind_of<api::ServiceAccount>(), {namespace_, name});
    if (!account) return invalid("serviceaccounts " + api::go_quoted(name) + " not found");
    if (account->metadata.uid != uid)
        return invalid("service account UID (" + account->metadata.uid + ") does not match claim (" + uid +
                       ")");
    User user;
    user.name = account_user_name(namespace_, name);
    user.uid = uid;
    user.groups = account_groups(namespace_);
    user.groups.emplace_back(kAuthenticated);
    return user;
}

// The object that the token is bound to must be there still. upstream: claims.go [validator.Validate]
Result<void> Tokens::check_binding(const Json& own, const std::string& namespace_, User& user) const {
    struct Bound {
        const char* name;
        const Kind& kind;
        const char* gone;
    };
    const Bound all[] = {{"pod", api::kind_of<api::Pod>(), "pod"},
                         {"secret", api::kind_of<api::Secret>(), "service account token"},
                         {"node", api::kind_of<api::Node>(), "node"}};
    for (const Bound& bound : all) {
        const Json* claim = base::find(own, bound.name);
        if (claim == nullptr) continue;
        const std::string name = base::text_at(*claim, {"name"});
        const std::string uid = base::text_at(*claim, {"uid"});
        const bool node = &bound.kind == &api::kind_of<api::Node>();
        // A pod's node is only told; the token lives and dies with the pod.
        const bool decides = !node || base::find(own, "pod") == nullptr;
        const Ref<Object> found = server_.store().get(bound.kind, {node ? "" : namespace_, name});
        if (decides && (!found || found->metadata.uid != uid))
            return invalid(std::string(bound.gone) + " has been invalidated");
        if (&bound.kind == &api::kind_of<api::Secret>()) continue;
        const std::string prefix = std::string("authentication.kubernetes.io/") + bound.name;
        user.extra[prefix + "-name"] = {name};
        user.extra[prefix + "-uid"] = {uid};
    }
    return {};
}

Result<User> Tokens::user_of(const Json& claims) const {
    const Json* own = base::find(claims, "kubernetes.io");
    if (own == nullptr) return invalid();
    const std::string namespace_ = base::text_at(*own, {"namespace"});
    const std::string name = base::text_at(*own, {"serviceaccount", "name"});
    const std::string uid = base::text_at(*own, {"serviceaccount", "uid"});
    const Ref<Object> account = server_.store().get(api::kind_of<api::ServiceAccount>(), {namespace_, name});
    if (!account) return invalid("serviceaccounts " + api::go_quoted(name) + " not found");
    if (account->metadata.uid != uid)
        return invalid("service account UID (" + account->metadata.uid + ") does not match claim (" + uid +
                       ")");
    User user;
    user.name = account_user_name(namespace_, name);
    user.uid = uid;
    user.groups = account_groups(namespace_);
    user.groups.emplace_back(kAuthenticated);
    user.extra["authentication.kubernetes.io/credential-id"] = {"JTI=" + base::text_at(claims, {"jti"})};
    TRY(check_binding(*own, namespace_, user));
    return user;
}

Result<Tokens::Owner> Tokens::check(const std::string& token,
                                    const std::vector<std::string>& audiences) const {
    // They are good for whoever asks: nothing in them says for whom they are.
    if (const auto agreed = agreed_.find(token); agreed != agreed_.end())
        return Owner{agreed->second, audiences};
    const std::size_t last = token.rfind('.');
    const std::size_t first = token.find('.');
    if (key_.empty() || last == std::string::npos || first == last) return invalid();
    const std::string signed_part = token.substr(0, last);
    if (token.substr(last + 1) != encoded(base::hmac_sha256(key_, signed_part))) return invalid();
    const std::optional<std::string> payload = decoded(signed_part.substr(first + 1));
    if (!payload) return invalid();
    const Result<Json> claims = base::parse_json(*payload);
    if (!claims.ok()) return invalid();
    if (base::text_at(*claims, {"iss"}) == kLegacyIssuer)
        return Owner{TRY(user_of_secret(*claims, token)), audiences};
    const std::int64_t now = server_.now().seconds;
    if (now > base::int_at(*claims, {"exp"})) return invalid("service account token has expired");
    Owner owner;
    for (const std::string& audience : texts_at(*claims, "aud")) {
        if (std::find(audiences.begin(), audiences.end(), audience) != audiences.end())
            owner.audiences.push_back(audience);
    }
    if (owner.audiences.empty()) {
        std::string had;
        for (const std::string& audience : texts_at(*claims, "aud"))
            had += (had.empty() ? "" : " ") + api::go_quoted(audience);
        std::string wanted;
        for (const std::string& audience : audiences)
            wanted += (wanted.empty() ? "" : " ") + api::go_quoted(audience);
        return invalid("token audiences [" + had + "] is invalid for the target audiences [" + wanted + "]");
    }
    owner.user = TRY(user_of(*claims));
    return owner;
}

}  // namespace kubetab::server
