#include "engine/controllers/namespace_content.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "engine/api/core/pod.h"
#include "engine/api/pod_status.h"

namespace kubetab::controllers {
namespace {

constexpr std::int64_t kDefaultGrace = 30;

std::string joined(const std::vector<std::string>& texts) {
    std::string result;
    for (const std::string& text : texts) result += (result.empty() ? "" : ", ") + text;
    return result;
}

// "pods. has 1 resource instances, x.example.com has 2 resource instances"
std::string counts(const std::map<std::string, std::int64_t>& numbers, std::string_view verb) {
    std::vector<std::string> texts;
    for (const auto& [what, number] : numbers) {
        texts.push_back(what + std::string(verb) + std::to_string(number) + " resource instances");
    }
    return joined(texts);
}

}  // namespace

// upstream: estimateGracefulTerminationForPods
std::int64_t longest_grace(const std::vector<api::Ref<api::Object>>& pods, api::Time deleted, api::Time now) {
    std::int64_t longest = 0;
    for (const api::Ref<api::Object>& object : pods) {
        const auto& pod = static_cast<const api::Pod&>(*object);
        if (api::is_pod_finished(pod)) continue;
        longest = std::max(longest, pod.spec->shared->terminationGracePeriodSeconds.value_or(kDefaultGrace));
    }
    return now.seconds - deleted.seconds >= longest ? 0 : longest;
}

// upstream: namespaceConditionUpdater.Update
bool set_deletion_conditions(api::NamespaceStatus& status, const NamespaceContent& content, api::Time now) {
    bool changed = false;
    const auto set = [&](std::string_view type, bool bad, std::string_view reason, std::string message) {
        api::NamespaceCondition condition;
        condition.type = type;
        condition.status = bad ? "True" : "False";
        condition.reason = reason;
        condition.message = std::move(message);
        changed |= api::set_condition(status.conditions, std::move(condition), now);
    };
    // All kinds are known here: these two never fail.
    set("NamespaceDeletionDiscoveryFailure", false, "ResourcesDiscovered",
        "All resources successfully discovered");
    set("NamespaceDeletionGroupVersionParsingFailure", false, "ParsedGroupVersions",
        "All legacy kube types successfully parsed");

    const bool failed = !content.failures.empty();
    set("NamespaceDeletionContentFailure", failed, failed ? "ContentDeletionFailed" : "ContentDeleted",
        failed ? "Failed to delete all resource types, " + std::to_string(content.failures.size()) +
                     " remaining: " + joined(content.failures)
               : "All content successfully deleted, may be waiting on finalization");
    const bool remains = !content.remaining.empty();
    set("NamespaceContentRemaining", remains, remains ? "SomeResourcesRemain" : "ContentRemoved",
        remains ? "Some resources are remaining: " + counts(content.remaining, " has ")
                : "All content successfully removed");
    const bool held = !content.finalizers.empty();
    set("NamespaceFinalizersRemaining", held, held ? "SomeFinalizersRemain" : "ContentHasNoFinalizers",
        held ? "Some content in the namespace has finalizers remaining: " + counts(content.finalizers, " in ")
             : "All content-preserving finalizers finished");
    return changed;
}

}  // namespace kubetab::controllers
