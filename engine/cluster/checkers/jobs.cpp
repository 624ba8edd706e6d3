// What a job has counted it does not count again, and it is complete when it has what it wants.

#include <algorithm>
#include <set>

#include "engine/api/batch.h"
#include "engine/api/kinds.h"
#include "engine/api/pod_status.h"
#include "engine/cluster/checkers/checkers.h"

namespace kubetab::cluster {
namespace {

class JobsChecker : public Checker {
public:
    std::string_view invariant() const override { return "a job counts each of its pods once"; }

    Violation see(const store::Write& write) override {
        if (write.kind != &api::kind_of<api::Job>() || write.type == api::ChangeType::Deleted) return {};
        const auto& job = static_cast<const api::Job&>(*write.object);
        const std::string name = name_of(*write.kind, job);
        const std::int32_t succeeded = job.status.succeeded;
        if (write.previous) {
            const std::int32_t before = static_cast<const api::Job&>(*write.previous).status.succeeded;
            const bool indexed = job.spec.completionMode.value_or("NonIndexed") == "Indexed";
            if (succeeded < before && !indexed)
                return name + " had " + std::to_string(before) + " successes and has " +
                       std::to_string(succeeded);
        }
        if (job.spec.completions && succeeded > *job.spec.completions)
            return name + " has " + std::to_string(succeeded) + " successes and wants " +
                   std::to_string(*job.spec.completions);
        if (job.spec.completions && api::is_condition_true(job.status.conditions, "Complete") &&
            succeeded < *job.spec.completions && !job.spec.successPolicy)
            return name + " is complete with " + std::to_string(succeeded) + " of " +
                   std::to_string(*job.spec.completions);
        std::set<std::string> uncounted;
        for (const auto* list :
             {&job.status.uncountedTerminatedPods->succeeded, &job.status.uncountedTerminatedPods->failed}) {
            for (const auto& uid : *list) {
                if (!uncounted.insert(uid).second) return name + " is about to count a pod twice";
            }
        }
        return {};
    }
};

}  // namespace

std::unique_ptr<Checker> make_jobs_checker() {
    return std::make_unique<JobsChecker>();
}

}  // namespace kubetab::cluster
