#include "engine/server/rest/signing_requests.h"

#include <utility>

#include "engine/api/certificates.h"

namespace kubetab::server {
namespace {

using api::CertificateSigningRequest;
using Condition = api::CertificateSigningRequestCondition;

bool is_decision(const Condition& condition) {
    return condition.type == "Approved" || condition.type == "Denied";
}

std::vector<Condition> chosen(const std::vector<Condition>& conditions, bool decisions) {
    std::vector<Condition> result;
    for (const Condition& condition : conditions) {
        if (is_decision(condition) == decisions) result.push_back(condition);
    }
    return result;
}

void set_times(std::vector<Condition>& conditions, const std::vector<Condition>& before, api::Time now) {
    for (Condition& condition : conditions) {
        if (!condition.lastUpdateTime.is_set()) condition.lastUpdateTime = now;
        if (condition.lastTransitionTime.is_set()) continue;
        condition.lastTransitionTime = now;
        for (const Condition& old : before) {
            if (old.type == condition.type && old.status == condition.status)
                condition.lastTransitionTime = old.lastTransitionTime;
        }
    }
}

}  // namespace

void sign_with_requester(const RequestInfo& info, api::Object& object) {
    if (info.kind != &api::kind_of<CertificateSigningRequest>()) return;
    api::CertificateSigningRequestSpec& spec = static_cast<CertificateSigningRequest&>(object).spec;
    spec.username = info.user.name;
    spec.uid = info.user.uid;
    spec.groups.assign(info.user.groups.begin(), info.user.groups.end());
    spec.extra.clear();
    for (const auto& [name, values] : info.user.extra) spec.extra[name].assign(values.begin(), values.end());
}

void keep_decisions_apart(const RequestInfo& info, api::Object& object, const api::Object& stored,
                          api::Time now) {
    if (info.kind != &api::kind_of<CertificateSigningRequest>() || info.subresource.empty()) return;
    auto& status = static_cast<CertificateSigningRequest&>(object).status;
    const auto& before = static_cast<const CertificateSigningRequest&>(stored).status;
    if (info.subresource == "approval") {
        std::vector<Condition> conditions = std::move(status.conditions);
        status = before;
        status.conditions = std::move(conditions);
    } else {
        std::vector<Condition> conditions = chosen(before.conditions, true);
        for (Condition& condition : chosen(status.conditions, false))
            conditions.push_back(std::move(condition));
        status.conditions = std::move(conditions);
    }
    set_times(status.conditions, before.conditions, now);
}

}  // namespace kubetab::server
