#include "engine/controllers/service_account_tokens.h"

#include "engine/api/kinds.h"

namespace kubetab::controllers {
namespace {

using api::ObjectKey;
using api::Ref;
using api::Secret;
using base::Result;
using client::Requeue;

constexpr std::string_view kType = "kubernetes.io/service-account-token";
constexpr std::string_view kAccountName = "kubernetes.io/service-account.name";
constexpr std::string_view kAccountUid = "kubernetes.io/service-account.uid";

std::string account_of(const Secret& secret) {
    return secret.metadata.annotations.value_or(kAccountName, "");
}

}  // namespace

ServiceAccountTokensController::ServiceAccountTokensController(sim::Simulation& simulation,
                                                               client::InformerFactory& informers,
                                                               TokenMaker& maker, std::string certificate)
    : Controller(simulation, informers.server(), "tokens-controller"),
      secrets_(informers.of<Secret>()),
      accounts_(informers.of<api::ServiceAccount>()),
      maker_(maker),
      certificate_(std::move(certificate)) {
    for (const auto& [key, object] : secrets_.objects()) enqueue(key, secrets_.revision());
    secrets_.on_change([this](const client::Change& change) {
        if (static_cast<const Secret&>(*change.object).type == kType)
            enqueue(ObjectKey::of(change.object->metadata), change.revision);
    });
    accounts_.on_change([this](const client::Change& change) {
        const api::ObjectMeta& account = change.object->metadata;
        if (change.type == client::ChangeType::Modified) return;
        for (const Ref<Secret>& secret : secrets_.in_namespace(account.namespace_)) {
            if (secret->type == kType && account_of(*secret) == account.name)
                enqueue(ObjectKey::of(secret->metadata), change.revision);
        }
    });
}

// upstream: syncSecret, generateTokenIfNeeded
Result<Requeue> ServiceAccountTokensController::reconcile(const ObjectKey& key) {
    const Ref<Secret> known = secrets_.find(key);
    if (!known || known->type != kType || known->metadata.deletionTimestamp.is_set()) return Requeue::none();
    const Result<Ref<api::ServiceAccount>> account =
        client_.get<api::ServiceAccount>({key.namespace_, account_of(*known)});
    if (!account.ok() && account.error().reason != base::Reason::NotFound) return account.error();
    const std::string uid = known->metadata.annotations.value_or(kAccountUid, "");
    if (!account.ok() || (!uid.empty() && uid != (*account)->metadata.uid)) {
        client_.because("the account that its token is of does not exist");
        const Result<void> removed = client_.remove<Secret>(key);
        if (!removed.ok() && removed.error().reason != base::Reason::NotFound) return removed.error();
        return Requeue::none();
    }
    const Result<Ref<Secret>> stored = client_.get<Secret>(key);
    if (!stored.ok()) return Requeue::none();
    const auto text = [&](std::string_view name) {
        return (*stored)->data.contains(name) ? (*stored)->data.value_or(name, {}).data : "";
    };
    const bool complete =
        text("ca.crt") == certificate_ && !text("namespace").empty() && !text("token").empty();
    if (complete && !uid.empty()) return Requeue::none();
    Secret next = **stored;
    next.data["ca.crt"].data = certificate_;
    if (text("namespace").empty()) next.data["namespace"].data = key.namespace_;
    next.metadata.annotations[kAccountName] = (*account)->metadata.name;
    next.metadata.annotations[kAccountUid] = (*account)->metadata.uid;
    if (text("token").empty()) next.data["token"].data = maker_.secret_token(**account, next);
    client_.because("the secret asks for a token of its account");
    TRY(client_.update(std::move(next)));
    return Requeue::none();
}

}  // namespace kubetab::controllers
