// PodSecurity: pods that a namespace's labels forbid are refused; templates that would make such pods are
// warned of, and so are the pods that a stricter label finds.
// upstream: staging/src/k8s.io/pod-security-admission/admission/admission.go
// differs: what the audit level finds goes nowhere, because there is no audit log.

#include <algorithm>
#include <map>
#include <set>

#include "engine/api/validation/value_text.h"
#include "engine/server/admission.h"
#include "engine/server/pod_security/checks.h"
#include "engine/server/pod_security/descriptions.h"

namespace kubetab::server {

using api::Namespace;
using api::Pod;
using base::Result;

namespace {

void warn(const AdmissionRequest& request, std::string text) {
    if (request.options.warnings != nullptr) request.options.warnings->push_back(std::move(text));
}

bool is_namespace(const AdmissionRequest& request) {
    return &request.kind == &api::kind_of<Namespace>();
}

// Nothing but the image can change in a way that matters. upstream: isSignificantPodUpdate
template <class Containers>
bool same_images(const Containers& now, const Containers& before) {
    return std::equal(now.begin(), now.end(), before.begin(), before.end(),
                      [](const auto& a, const auto& b) { return a.name == b.name && a.image == b.image; });
}

bool matters(const Pod& pod, const Pod& before) {
    return !same_images(pod.spec->initContainers, before.spec->initContainers) ||
           !same_images(pod.spec->containers, before.spec->containers) ||
           !same_images(pod.spec->shared->ephemeralContainers, before.spec->shared->ephemeralContainers);
}

Result<void> judge_pod(const AdmissionRequest& request, const PodDescription& pod) {
    const api::Ref<api::Object> space =
        request.server.store().get(api::kind_of<Namespace>(), {"", request.object.metadata.namespace_});
    if (!space) return {};
    std::vector<api::FieldError> ignored;
    const PodSecurityPolicy policy = PodSecurityPolicy::of(space->metadata.labels, ignored);
    if (policy.lenient()) return {};
    if (&request.kind == &api::kind_of<Pod>()) {
        const auto& after = static_cast<const Pod&>(request.object);
        const auto* before = static_cast<const Pod*>(request.stored);
        if (before != nullptr && !matters(after, *before)) return {};
        const std::vector<Violation> found = violations(policy.enforce, *pod.metadata, *pod.spec);
        if (!found.empty()) {
            return forbidden(
                request.kind, request.object.metadata,
                "violates PodSecurity " + api::go_quoted(policy.enforce.text()) + ": " + details_of(found));
        }
    }
    if (request.options.warnings == nullptr) return {};
    const std::vector<Violation> found = violations(policy.warn, *pod.metadata, *pod.spec);
    if (!found.empty()) {
        warn(request,
             "would violate PodSecurity " + api::go_quoted(policy.warn.text()) + ": " + details_of(found));
    }
    return {};
}

// Of several pods of one owner, the first stands for them; the others come last. upstream: prioritizePods
std::vector<const Pod*> pods_to_judge(const AdmissionRequest& request) {
    std::vector<const Pod*> first;
    std::vector<const Pod*> others;
    std::set<std::string> owners;
    for (const auto& [key, object] : request.server.store().all(api::kind_of<Pod>())) {
        if (key.namespace_ != request.object.metadata.name) continue;
        const api::OwnerReference* owner = api::controller_of(object->metadata);
        const bool repeated = owner != nullptr && !owners.insert(owner->uid).second;
        (repeated ? others : first).push_back(static_cast<const Pod*>(object.get()));
    }
    first.insert(first.end(), others.begin(), others.end());
    return first;
}

// upstream: EvaluatePodsInNamespace
void warn_of_pods(const AdmissionRequest& request, const LevelVersion& level) {
    constexpr std::size_t kMostPods = 3'000;
    struct Violators {
        std::string pod{};
        int count = 0;
    };
    std::map<std::string, Violators> found;
    std::vector<const Pod*> pods = pods_to_judge(request);
    const std::size_t all = pods.size();
    pods.resize(std::min(all, kMostPods));
    for (const Pod* pod : pods) {
        const std::vector<Violation> violated = violations(level, pod->metadata, *pod->spec);
        if (violated.empty()) continue;
        Violators& violators = found[reasons_of(violated)];
        if (violators.count++ == 0) violators.pod = pod->metadata.name;
    }
    if (pods.size() < all) {
        warn(request, "new PodSecurity enforce level only checked against the first " +
                          std::to_string(pods.size()) + " of " + std::to_string(all) + " existing pods");
    }
    if (found.empty()) return;
    warn(request, "existing pods in namespace " + api::go_quoted(request.object.metadata.name) +
                      " violate the new PodSecurity enforce level " + api::go_quoted(level.text()));
    std::set<std::string> lines;
    for (const auto& [reasons, violators] : found) {
        std::string others;
        if (violators.count == 2) others = " (and 1 other pod)";
        if (violators.count > 2) others = " (and " + std::to_string(violators.count - 1) + " other pods)";
        lines.insert(violators.pod + others + ": " + reasons);
    }
    for (const std::string& line : lines) warn(request, line);
}

bool same_errors(const std::vector<api::FieldError>& a, const std::vector<api::FieldError>& b) {
    return std::equal(
        a.begin(), a.end(), b.begin(), b.end(),
        [](const api::FieldError& x, const api::FieldError& y) { return x.text() == y.text(); });
}

// upstream: ValidateNamespace
Result<void> judge_namespace(const AdmissionRequest& request) {
    std::vector<api::FieldError> errors;
    std::vector<api::FieldError> old_errors;
    const LevelVersion now = PodSecurityPolicy::of(request.object.metadata.labels, errors).enforce;
    const bool creates = request.operation == Operation::Create;
    const LevelVersion before =
        creates ? now : PodSecurityPolicy::of(request.stored->metadata.labels, old_errors).enforce;
    if (!errors.empty() && (creates || !same_errors(errors, old_errors)))
        return api::invalid(request.kind, request.object.metadata.name, errors);
    if (now == before || now.level == PodSecurityLevel::Privileged) return {};
    if (now.version == before.version && now.level <= before.level) return {};
    warn_of_pods(request, now);
    return {};
}

}  // namespace

Result<void> check_pod_security(const AdmissionRequest& request) {
    if (is_namespace(request)) return judge_namespace(request);
    const PodDescription pod = pod_description(request.kind, request.object);
    return pod.spec == nullptr ? Result<void>() : judge_pod(request, pod);
}

}  // namespace kubetab::server
