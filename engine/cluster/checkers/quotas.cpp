// No pod is created beyond a quota of its namespace.

#include <map>

#include "engine/api/core/resource_quota.h"
#include "engine/api/kinds.h"
#include "engine/api/quota_usage.h"
#include "engine/cluster/checkers/checkers.h"

namespace kubetab::cluster {
namespace {

class QuotasChecker : public Checker {
public:
    std::string_view invariant() const override { return "no pod is made beyond a quota"; }

    Violation see(const store::Write& write) override {
        const api::ObjectKey key = api::ObjectKey::of(write.object->metadata);
        const bool deleted = write.type == api::ChangeType::Deleted;
        if (write.kind == &api::kind_of<api::ResourceQuota>()) {
            if (deleted) quotas_[key.namespace_].erase(key.name);
            else
                quotas_[key.namespace_].insert_or_assign(key.name,
                                                         api::cast<api::ResourceQuota>(write.object.get()));
            return {};
        }
        if (write.kind != &api::kind_of<api::Pod>()) return {};
        std::map<std::string, api::Ref<api::Object>>& pods = pods_[key.namespace_];
        if (deleted) {
            pods.erase(key.name);
            return {};
        }
        pods.insert_or_assign(key.name, write.object.get());
        if (write.type != api::ChangeType::Added) return {};
        for (const auto& [name, quota] : quotas_[key.namespace_]) {
            if (Violation violation = check(write, *quota, pods)) return violation;
        }
        return {};
    }

private:
    static Violation check(const store::Write& write, const api::ResourceQuota& quota,
                           const std::map<std::string, api::Ref<api::Object>>& pods) {
        const api::Kind& kind = *write.kind;
        if (!api::in_quota_scopes(quota, kind, *write.object)) return {};
        const api::Texts resources = api::quota_resources(kind, quota.spec.hard);
        const api::Time when(write.when);
        api::ResourceList used;
        for (const auto& [name, pod] : pods) {
            if (api::in_quota_scopes(quota, kind, *pod))
                used = api::sum(used, api::masked(api::quota_usage(kind, *pod, when), resources));
        }
        const api::ResourceList added = api::masked(api::quota_usage(kind, *write.object, when), resources);
        for (const auto& [resource, amount] : added) {
            const api::Quantity hard = quota.spec.hard.value_or(resource, api::Quantity{});
            const api::Quantity total = used.value_or(resource, api::Quantity{});
            if (!(api::Quantity{} < amount) || !(hard < total)) continue;
            return name_of(kind, *write.object) + " makes " + total.text() + " " + resource + " of the " +
                   hard.text() + " that " + quota.metadata.name + " allows";
        }
        return {};
    }

    std::map<std::string, std::map<std::string, api::Ref<api::ResourceQuota>>>
        quotas_{};                                                                // by namespace, name
    std::map<std::string, std::map<std::string, api::Ref<api::Object>>> pods_{};  // the same
};

}  // namespace

std::unique_ptr<Checker> make_quotas_checker() {
    return std::make_unique<QuotasChecker>();
}

}  // namespace kubetab::cluster
