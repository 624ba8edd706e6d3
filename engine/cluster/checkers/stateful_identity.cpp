// A pod of a StatefulSet is one of its ordinals, and no other pod is that one. At rest there are no more than
// are asked for.

#include <charconv>
#include <map>
#include <optional>
#include <set>

#include "engine/api/kinds.h"
#include "engine/api/pod_status.h"
#include "engine/api/stateful_set.h"
#include "engine/cluster/checkers/checkers.h"

namespace kubetab::cluster {
namespace {

// The ordinal of "web-3" in the set "web".
std::optional<std::int32_t> ordinal_of(const std::string& set, const std::string& pod) {
    if (!pod.starts_with(set + "-")) return std::nullopt;
    std::int32_t ordinal = 0;
    const char* begin = pod.data() + set.size() + 1;
    const char* end = pod.data() + pod.size();
    const auto [at, error] = std::from_chars(begin, end, ordinal);
    if (error != std::errc() || at != end || ordinal < 0) return std::nullopt;
    return ordinal;
}

class StatefulIdentityChecker : public Checker {
public:
    std::string_view invariant() const override {
        return "a stateful set's pods are its ordinals, each once";
    }

    Violation see(const store::Write& write) override {
        if (write.kind != &api::kind_of<api::Pod>()) return {};
        const auto& pod = static_cast<const api::Pod&>(*write.object);
        const api::OwnerReference* owner = api::controller_of(pod.metadata);
        if (owner == nullptr || owner->kind != "StatefulSet") return {};
        const std::string name = name_of(*write.kind, pod);
        std::map<std::int32_t, std::string>& taken = holders_[owner->uid];
        const std::optional<std::int32_t> ordinal = ordinal_of(owner->name, pod.metadata.name);
        if (!ordinal) return name + " is no ordinal of its set " + owner->name;
        if (write.type == api::ChangeType::Deleted) {
            if (taken[*ordinal] == pod.metadata.uid) taken.erase(*ordinal);
            return {};
        }
        const auto [it, added] = taken.emplace(*ordinal, pod.metadata.uid);
        if (it->second != pod.metadata.uid.str())
            return name + " is ordinal " + std::to_string(*ordinal) + ", which another pod is too";
        return {};
    }

    Violation look_settled(const store::Store& store, sim::Instant) override {
        for (const auto& [key, object] : store.all(api::kind_of<api::StatefulSet>())) {
            const auto& set = static_cast<const api::StatefulSet&>(*object);
            std::int32_t pods = 0;
            for (const api::Ref<api::Object>& one :
                 store.all(api::kind_of<api::Pod>()).in_namespace(key.namespace_)) {
                const api::OwnerReference* owner = api::controller_of(one->metadata);
                if (owner != nullptr && owner->uid == set.metadata.uid) ++pods;
            }
            if (pods > set.spec.replicas.value_or(1)) {
                return name_of(api::kind_of<api::StatefulSet>(), set) + " has " + std::to_string(pods) +
                       " pods and wants " + std::to_string(set.spec.replicas.value_or(1));
            }
            if (set.status.replicas != pods)
                return name_of(api::kind_of<api::StatefulSet>(), set) + " has " + std::to_string(pods) +
                       " pods and says " + std::to_string(set.status.replicas);
        }
        return {};
    }

private:
    std::map<std::string, std::map<std::int32_t, std::string>> holders_{};  // uids by set and ordinal
};

}  // namespace

std::unique_ptr<Checker> make_stateful_identity_checker() {
    return std::make_unique<StatefulIdentityChecker>();
}

}  // namespace kubetab::cluster
