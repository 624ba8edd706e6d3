#include "engine/api/batch.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<PodFailurePolicyOnExitCodesRequirement>::doc =
    "Which exit codes of which container a rule is about.";

std::span<const Field> Describe<PodFailurePolicyOnExitCodesRequirement>::fields() {
    using T = PodFailurePolicyOnExitCodesRequirement;
    static const std::vector<Field> table{
        field<T>("containerName", &T::containerName)
            .documented("Only this container is looked at; every one when left out."),
        field<T>("operator", &T::operator_).required().always().one_of("In|NotIn")
            .documented("Whether the exit code must be among the values (In) or not (NotIn)."),
        field<T>("values", &T::values).required().always()
            .documented("The exit codes, in rising order and without 0 for In; 255 at most."),
    };
    return table;
}

const std::string_view Describe<PodFailurePolicyOnPodConditionsPattern>::doc =
    "A condition of the pod that a rule is about.";

std::span<const Field> Describe<PodFailurePolicyOnPodConditionsPattern>::fields() {
    using T = PodFailurePolicyOnPodConditionsPattern;
    static const std::vector<Field> table{
        field<T>("status", &T::status).required().always()
            .documented("What the condition must say: True when left out."),
        field<T>("type", &T::type).required().always()
            .documented("Which condition must be there, e.g. DisruptionTarget."),
    };
    return table;
}

const std::string_view Describe<PodFailurePolicyRule>::doc =
    "What to do about a pod that failed in one way: by exit codes or by conditions.";

std::span<const Field> Describe<PodFailurePolicyRule>::fields() {
    using T = PodFailurePolicyRule;
    static const std::vector<Field> table{
        field<T>("action", &T::action).required().always().one_of("Count|FailIndex|FailJob|Ignore")
            .documented("FailJob ends the job, FailIndex the index, Ignore lets the pod be made again "
                        "without counting it, Count counts it."),
        field<T>("onExitCodes", &T::onExitCodes)
            .documented("Matches pods by how a container exited; not together with onPodConditions."),
        field<T>("onPodConditions", &T::onPodConditions)
            .documented("Matches pods that have one of these conditions; not together with onExitCodes."),
    };
    return table;
}

const std::string_view Describe<PodFailurePolicy>::doc =
    "How failed pods are judged, one rule after the other.";

std::span<const Field> Describe<PodFailurePolicy>::fields() {
    using T = PodFailurePolicy;
    static const std::vector<Field> table{
        field<T>("rules", &T::rules).required().always()
            .documented("The first rule that matches a failed pod decides; 20 rules at most."),
    };
    return table;
}

const std::string_view Describe<SuccessPolicyRule>::doc =
    "One way for an indexed job to have succeeded before all indexes have.";

std::span<const Field> Describe<SuccessPolicyRule>::fields() {
    using T = SuccessPolicyRule;
    static const std::vector<Field> table{
        field<T>("succeededCount", &T::succeededCount)
            .documented("So many indexes must have succeeded, of succeededIndexes when that is given."),
        field<T>("succeededIndexes", &T::succeededIndexes)
            .documented("The indexes that must have succeeded, as in 1,3-5."),
    };
    return table;
}

const std::string_view Describe<SuccessPolicy>::doc =
    "When an indexed job counts as succeeded though not every index is done.";

std::span<const Field> Describe<SuccessPolicy>::fields() {
    using T = SuccessPolicy;
    static const std::vector<Field> table{
        field<T>("rules", &T::rules).required().always()
            .documented("As soon as one rule is met the job has succeeded and its other pods are removed; "
                        "20 at most."),
    };
    return table;
}

const std::string_view Describe<JobSpec>::doc =
    "What the Job runs, how often it must succeed, and what happens when it fails.";

std::span<const Field> Describe<JobSpec>::fields() {
    using T = JobSpec;
    static const std::vector<Field> table{
        field<T>("activeDeadlineSeconds", &T::activeDeadlineSeconds)
            .documented("After so many seconds since its start the job is ended as failed, whatever runs."),
        field<T>("backoffLimit", &T::backoffLimit)
            .documented("So many pods may fail before the job does; 6 by default."),
        field<T>("backoffLimitPerIndex", &T::backoffLimitPerIndex)
            .documented("So many pods of one index may fail before that index does; only for indexed jobs."),
        field<T>("completionMode", &T::completionMode).one_of("Indexed|NonIndexed")
            .documented("NonIndexed (the default) counts successes; Indexed gives each pod a number and "
                        "wants one success for each."),
        field<T>("completions", &T::completions)
            .documented("How many pods must succeed; left out, one success ends a job of several workers."),
        field<T>("managedBy", &T::managedBy)
            .documented("Who looks after the job; with any other name than kubernetes.io/job-controller "
                        "the built-in controller leaves it alone."),
        field<T>("manualSelector", &T::manualSelector)
            .documented("Whether you choose the selector yourself; leave it out, and the labels are made "
                        "for you."),
        field<T>("maxFailedIndexes", &T::maxFailedIndexes)
            .documented("When more indexes than this have failed the whole job does; needs "
                        "backoffLimitPerIndex."),
        field<T>("parallelism", &T::parallelism)
            .documented("How many pods may run at once; 1 by default."),
        field<T>("podFailurePolicy", &T::podFailurePolicy)
            .documented("Rules that tell failures worth another try from those that are not."),
        field<T>("podReplacementPolicy", &T::podReplacementPolicy).one_of("Failed|TerminatingOrFailed")
            .documented("Whether a replacement is made as soon as a pod begins to end "
                        "(TerminatingOrFailed) or once it has failed (Failed)."),
        field<T>("selector", &T::selector)
            .documented("Which pods are counted; made by the server unless manualSelector is true."),
        field<T>("successPolicy", &T::successPolicy)
            .documented("When an indexed job has succeeded before all its indexes have."),
        field<T>("suspend", &T::suspend)
            .documented("While true no pods run: those that do are removed, and the clock of the deadline "
                        "starts anew afterwards."),
        field<T>("template", &T::template_).required().always()
            .documented("The pod that is made; its restartPolicy must be Never or OnFailure."),
        field<T>("ttlSecondsAfterFinished", &T::ttlSecondsAfterFinished)
            .documented("So many seconds after its end the job is deleted with its pods; never when left "
                        "out."),
    };
    return table;
}

const std::string_view Describe<JobCondition>::doc =
    "One judgement on a Job: that it is complete, failed, suspended or about to be one of them.";

std::span<const Field> Describe<JobCondition>::fields() {
    using T = JobCondition;
    static const std::vector<Field> table{
        field<T>("lastProbeTime", &T::lastProbeTime).always()
            .documented("When the condition was last looked at."),
        field<T>("lastTransitionTime", &T::lastTransitionTime).always()
            .documented("When the status last changed from one value to another."),
        field<T>("message", &T::message)
            .documented("The judgement in a sentence for people."),
        field<T>("reason", &T::reason)
            .documented("The judgement's cause in one CamelCase word, for programs."),
        field<T>("status", &T::status).required().always()
            .documented("True, False or Unknown."),
        field<T>("type", &T::type).required().always()
            .documented("What is judged: Complete, Failed, Suspended, SuccessCriteriaMet or FailureTarget."),
    };
    return table;
}

const std::string_view Describe<UncountedTerminatedPods>::doc =
    "Pods that have ended and are not yet in the counts, by uid.";

std::span<const Field> Describe<UncountedTerminatedPods>::fields() {
    using T = UncountedTerminatedPods;
    static const std::vector<Field> table{
        field<T>("failed", &T::failed)
            .documented("Those that failed."),
        field<T>("succeeded", &T::succeeded)
            .documented("Those that succeeded."),
    };
    return table;
}

const std::string_view Describe<JobStatus>::doc = "How far the Job has come, as its controller last saw it.";

std::span<const Field> Describe<JobStatus>::fields() {
    using T = JobStatus;
    static const std::vector<Field> table{
        field<T>("active", &T::active)
            .documented("Pods that wait or run and are not being deleted."),
        field<T>("completedIndexes", &T::completedIndexes)
            .documented("The indexes that have succeeded, as in 1,3-5."),
        field<T>("completionTime", &T::completionTime)
            .documented("When the job completed; unset unless it succeeded."),
        field<T>("conditions", &T::conditions).merge("type")
            .documented("The latest judgements; Complete and Failed are final."),
        field<T>("failed", &T::failed)
            .documented("Pods that have failed."),
        field<T>("failedIndexes", &T::failedIndexes)
            .documented("The indexes that have failed for good, as in 1,3-5; only with "
                        "backoffLimitPerIndex."),
        field<T>("ready", &T::ready)
            .documented("Active pods that are ready."),
        field<T>("startTime", &T::startTime)
            .documented("When the controller first took the job up, or it was last resumed."),
        field<T>("succeeded", &T::succeeded)
            .documented("Pods that have succeeded."),
        field<T>("terminating", &T::terminating)
            .documented("Pods that are being deleted and have not ended."),
        field<T>("uncountedTerminatedPods", &T::uncountedTerminatedPods)
            .documented("Pods that have ended and are about to be counted."),
    };
    return table;
}

const std::string_view Describe<Job>::doc = "A Job runs pods until enough of them have succeeded.";

std::span<const Field> Describe<Job>::fields() {
    using T = Job;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, namespace, labels and what else every object has."),
        field<T>("spec", &T::spec)
            .documented("What you want: which pod, how often, how many at once."),
        field<T>("status", &T::status)
            .documented("What there is: counts and conditions; written by the controller."),
    };
    return table;
}

const std::string_view Describe<JobTemplateSpec>::doc = "The Job that a CronJob makes.";

std::span<const Field> Describe<JobTemplateSpec>::fields() {
    using T = JobTemplateSpec;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Labels and annotations that the jobs get."),
        field<T>("spec", &T::spec)
            .documented("What the jobs run."),
    };
    return table;
}

const std::string_view Describe<CronJobSpec>::doc = "When a CronJob makes jobs, and which.";

std::span<const Field> Describe<CronJobSpec>::fields() {
    using T = CronJobSpec;
    static const std::vector<Field> table{
        field<T>("concurrencyPolicy", &T::concurrencyPolicy)
            .preset(R"("Allow")").one_of("Allow|Forbid|Replace")
            .documented("What to do while the last job still runs: start another (Allow), skip (Forbid) or "
                        "start anew (Replace)."),
        field<T>("failedJobsHistoryLimit", &T::failedJobsHistoryLimit).preset("1")
            .documented("How many failed jobs are kept; 1 by default."),
        field<T>("jobTemplate", &T::jobTemplate).required()
            .documented("The job that is made each time."),
        field<T>("schedule", &T::schedule).required().always()
            .documented("When, in five fields: minute, hour, day of the month, month, day of the week."),
        field<T>("startingDeadlineSeconds", &T::startingDeadlineSeconds)
            .documented("A job that could not be started on time is not started later than this."),
        field<T>("successfulJobsHistoryLimit", &T::successfulJobsHistoryLimit).preset("3")
            .documented("How many completed jobs are kept; 3 by default."),
        field<T>("suspend", &T::suspend).preset("false")
            .documented("While true no jobs are made; those that run go on."),
        field<T>("timeZone", &T::timeZone)
            .documented("The time zone of the schedule, e.g. Europe/Berlin; UTC when left out."),
    };
    return table;
}

const std::string_view Describe<CronJobStatus>::doc = "What the CronJob has done so far.";

std::span<const Field> Describe<CronJobStatus>::fields() {
    using T = CronJobStatus;
    static const std::vector<Field> table{
        field<T>("active", &T::active)
            .documented("The jobs that run at present."),
        field<T>("lastScheduleTime", &T::lastScheduleTime)
            .documented("For when the last job was made."),
        field<T>("lastSuccessfulTime", &T::lastSuccessfulTime)
            .documented("When a job last completed."),
    };
    return table;
}

const std::string_view Describe<CronJob>::doc = "A CronJob makes a Job at the times that its schedule names.";

std::span<const Field> Describe<CronJob>::fields() {
    using T = CronJob;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, namespace, labels and what else every object has."),
        field<T>("spec", &T::spec)
            .documented("What you want: which job, and when."),
        field<T>("status", &T::status)
            .documented("What there is: running jobs and the last times; written by the controller."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
