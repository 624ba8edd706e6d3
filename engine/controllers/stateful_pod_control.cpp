#include "engine/controllers/stateful_pod_control.h"

#include <string>
#include <utility>

#include "engine/api/pod_status.h"
#include "engine/controllers/stateful_set_pods.h"

namespace kubetab::controllers {
namespace {

using api::ObjectKey;
using api::PersistentVolumeClaim;
using api::Ref;
using base::Result;

std::string capitalized(std::string_view verb) {
    std::string result(verb);
    result.front() = static_cast<char>(result.front() - 'a' + 'A');
    return result;
}

}  // namespace

Result<void> StatefulPodControl::create(const api::StatefulSet& set, const api::Pod& pod) {
    Result<void> done = create_claims(set, pod);
    if (done.ok()) {
        client_.because("its ordinal has no pod");
        const Result<Ref<api::Pod>> created = client_.create(pod);
        if (!created.ok()) {
            if (created.error().reason == base::Reason::AlreadyExists) return created.error();
            done = created.error();
        } else if (Result<void> retained = retain_claims(set, **created); !retained.ok()) {
            done = retained;
        }
    }
    record(set, pod, "create", done);
    return done;
}

Result<void> StatefulPodControl::create_claims(const api::StatefulSet& set, const api::Pod& pod) {
    const std::int32_t ordinal = ordinal_of(set, pod).value_or(0);
    for (const PersistentVolumeClaim& claim : claims_of(set, ordinal)) TRY(create_claim(set, pod, claim));
    return {};
}

Result<void> StatefulPodControl::create_claim(const api::StatefulSet& set, const api::Pod& pod,
                                              const PersistentVolumeClaim& claim) {
    const std::string& name = claim.metadata.name;
    if (const Ref<PersistentVolumeClaim> present = claims_.find(ObjectKey::of(claim.metadata))) {
        if (!api::is_terminating(*present)) return {};
        return base::failure(base::Reason::Conflict, "pvc " + name + " is being deleted");
    }
    client_.because("pod " + pod.metadata.name + " needs its claim");
    const Result<Ref<PersistentVolumeClaim>> created = client_.create(claim);
    const std::string subject = "create Claim " + name + " ";
    const std::string owner = "Pod " + pod.metadata.name + " in StatefulSet " + set.metadata.name;
    if (created.ok()) {
        events_.record(set, {.reason = "SuccessfulCreate", .message = subject + owner + " success"});
        return {};
    }
    if (created.error().reason == base::Reason::AlreadyExists) return {};
    events_.record(set, {.type = client::EventType::Warning,
                         .reason = "FailedCreate",
                         .message = subject + "for " + owner + " failed error: " + created.error().message});
    return created.error();
}

Result<void> StatefulPodControl::put_right(const api::StatefulSet& set, const api::Pod& pod) {
    TRY(retain_claims(set, pod));
    if (has_identity(set, pod) && has_storage(set, pod)) return {};
    TRY(create_claims(set, pod));
    api::Pod changed = pod;
    give_identity(set, changed);
    give_storage(set, changed);
    client_.because("its labels or claims are not those of its ordinal");
    const Result<Ref<api::Pod>> updated = client_.update(std::move(changed));
    Result<void> done;
    if (!updated.ok()) done = updated.error();
    record(set, pod, "update", done);
    return done;
}

Result<void> StatefulPodControl::retain_claims(const api::StatefulSet& set, const api::Pod& pod) {
    const std::int32_t ordinal = ordinal_of(set, pod).value_or(0);
    for (const PersistentVolumeClaim& wanted : claims_of(set, ordinal)) {
        const Ref<PersistentVolumeClaim> present = claims_.find(ObjectKey::of(wanted.metadata));
        if (!present) continue;
        PersistentVolumeClaim changed = *present;
        if (!apply_retention(set, pod, changed)) continue;
        client_.because("the retention policy says who owns it");
        TRY(client_.update(std::move(changed)));
    }
    return {};
}

Result<void> StatefulPodControl::remove(const api::StatefulSet& set, const api::Pod& pod) {
    const Result<void> removed = client_.remove<api::Pod>(ObjectKey::of(pod.metadata));
    record(set, pod, "delete", removed);
    return removed;
}

void StatefulPodControl::record(const api::StatefulSet& set, const api::Pod& pod, std::string_view verb,
                                const Result<void>& result) {
    const std::string message =
        std::string(verb) + " Pod " + pod.metadata.name + " in StatefulSet " + set.metadata.name + " ";
    if (result.ok()) {
        events_.record(set, {.reason = "Successful" + capitalized(verb), .message = message + "successful"});
    } else {
        events_.record(set, {.type = client::EventType::Warning,
                             .reason = "Failed" + capitalized(verb),
                             .message = message + "failed error: " + result.error().message});
    }
}

}  // namespace kubetab::controllers
