#include "engine/api/stateful_set.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<RollingUpdateStatefulSetStrategy>::doc =
    "Which pods of a StatefulSet a rolling update replaces.";

std::span<const Field> Describe<RollingUpdateStatefulSetStrategy>::fields() {
    using T = RollingUpdateStatefulSetStrategy;
    static const std::vector<Field> table{
        field<T>("maxUnavailable", &T::maxUnavailable)
            .documented("How many pods may be missing during an update; this version takes one at a "
                        "time and drops the field."),
        field<T>("partition", &T::partition)
            .documented("Only pods with this ordinal or a higher one get the new template; 0 by "
                        "default."),
    };
    return table;
}

const std::string_view Describe<StatefulSetUpdateStrategy>::doc =
    "How old pods of a StatefulSet give way to new ones.";

std::span<const Field> Describe<StatefulSetUpdateStrategy>::fields() {
    using T = StatefulSetUpdateStrategy;
    static const std::vector<Field> table{
        field<T>("rollingUpdate", &T::rollingUpdate)
            .documented("The range of a rolling update; only with type RollingUpdate."),
        field<T>("type", &T::type).one_of("OnDelete|RollingUpdate")
            .documented("RollingUpdate (the default) replaces pods from the highest ordinal down; "
                        "OnDelete waits until you delete the old ones."),
    };
    return table;
}

const std::string_view Describe<StatefulSetPersistentVolumeClaimRetentionPolicy>::doc =
    "What becomes of the claims when pods that used them are no longer wanted.";

std::span<const Field> Describe<StatefulSetPersistentVolumeClaimRetentionPolicy>::fields() {
    using T = StatefulSetPersistentVolumeClaimRetentionPolicy;
    static const std::vector<Field> table{
        field<T>("whenDeleted", &T::whenDeleted).preset(R"("Retain")").one_of("Delete|Retain")
            .documented("Whether claims stay (Retain) or go (Delete) when the StatefulSet is deleted."),
        field<T>("whenScaled", &T::whenScaled).preset(R"("Retain")").one_of("Delete|Retain")
            .documented("Whether claims stay (Retain) or go (Delete) when their pod is scaled away."),
    };
    return table;
}

const std::string_view Describe<StatefulSetOrdinals>::doc =
    "How the pods of a StatefulSet are numbered.";

std::span<const Field> Describe<StatefulSetOrdinals>::fields() {
    using T = StatefulSetOrdinals;
    static const std::vector<Field> table{
        field<T>("start", &T::start).always()
            .documented("The number of the first pod; 0 by default."),
    };
    return table;
}

const std::string_view Describe<VolumeClaimTemplate>::doc =
    "A claim that every pod of the StatefulSet gets, under its own name.";

std::span<const Field> Describe<VolumeClaimTemplate>::fields() {
    using T = VolumeClaimTemplate;
    static const std::vector<Field> table{
        field<T>("apiVersion", &T::apiVersion)
            .documented("The version of the claim; always v1."),
        field<T>("kind", &T::kind)
            .documented("The kind of the claim; always PersistentVolumeClaim."),
        field<T>("metadata", &T::metadata)
            .documented("Name, namespace, labels and what else every object has."),
        field<T>("spec", &T::spec)
            .documented("How much storage is wanted, and of which kind."),
        field<T>("status", &T::status)
            .documented("Nothing here: a template is not bound."),
    };
    return table;
}

const std::string_view Describe<StatefulSetSpec>::doc =
    "Which pods a StatefulSet should have, under which names, and how they are made "
    "and replaced.";

std::span<const Field> Describe<StatefulSetSpec>::fields() {
    using T = StatefulSetSpec;
    static const std::vector<Field> table{
        field<T>("minReadySeconds", &T::minReadySeconds)
            .documented("How long a new pod must stay ready before it counts as available."),
        field<T>("ordinals", &T::ordinals)
            .documented("How the pods are numbered; from 0 when left out."),
        field<T>("persistentVolumeClaimRetentionPolicy", &T::persistentVolumeClaimRetentionPolicy)
            .documented("What becomes of claims that no pod of the set uses any more; they stay by "
                        "default."),
        field<T>("podManagementPolicy", &T::podManagementPolicy).preset(R"("OrderedReady")").one_of("OrderedReady|Parallel")
            .documented("OrderedReady (the default) makes and removes pods one after the other; "
                        "Parallel does not wait."),
        field<T>("replicas", &T::replicas).preset("1")
            .documented("How many pods should run; 1 when left out."),
        field<T>("revisionHistoryLimit", &T::revisionHistoryLimit).preset("10")
            .documented("How many old revisions are kept for going back to them; 10 by default."),
        field<T>("selector", &T::selector).required()
            .documented("Which pods belong to this StatefulSet; must match the labels of the template "
                        "and stays as it is."),
        field<T>("serviceName", &T::serviceName).required().always()
            .documented("The headless Service that gives the pods their names in DNS; it has to be made "
                        "apart."),
        field<T>("template", &T::template_).required().always()
            .documented("The pod that is made for every ordinal; changing it starts a rollout."),
        field<T>("updateStrategy", &T::updateStrategy)
            .documented("How pods are replaced when the template changes."),
        field<T>("volumeClaimTemplates", &T::volumeClaimTemplates)
            .documented("Claims that every pod gets for itself and finds again when it is replaced."),
    };
    return table;
}

const std::string_view Describe<StatefulSetCondition>::doc =
    "One judgement on a StatefulSet; its controller makes none so far.";

std::span<const Field> Describe<StatefulSetCondition>::fields() {
    using T = StatefulSetCondition;
    static const std::vector<Field> table{
        field<T>("lastTransitionTime", &T::lastTransitionTime).always()
            .documented("When the status last changed from one value to another."),
        field<T>("message", &T::message)
            .documented("The judgement in a sentence for people."),
        field<T>("reason", &T::reason)
            .documented("The judgement's cause in one CamelCase word, for programs."),
        field<T>("status", &T::status).required().always()
            .documented("True, False or Unknown."),
        field<T>("type", &T::type).required().always()
            .documented("What is judged."),
    };
    return table;
}

const std::string_view Describe<StatefulSetStatus>::doc =
    "How far the StatefulSet has come, as its controller last saw it.";

std::span<const Field> Describe<StatefulSetStatus>::fields() {
    using T = StatefulSetStatus;
    static const std::vector<Field> table{
        field<T>("availableReplicas", &T::availableReplicas).always()
            .documented("Pods that have been ready for at least minReadySeconds."),
        field<T>("collisionCount", &T::collisionCount)
            .documented("How often the name of a new revision was taken already; goes into the next "
                        "name."),
        field<T>("conditions", &T::conditions).merge("type")
            .documented("The latest judgements on this StatefulSet."),
        field<T>("currentReplicas", &T::currentReplicas)
            .documented("Pods of the revision that the update comes from."),
        field<T>("currentRevision", &T::currentRevision)
            .documented("The name of the revision that the update comes from."),
        field<T>("observedGeneration", &T::observedGeneration)
            .documented("The metadata.generation that the controller has acted on."),
        field<T>("readyReplicas", &T::readyReplicas)
            .documented("Pods whose readiness probes succeed."),
        field<T>("replicas", &T::replicas).required().always()
            .documented("Pods that the controller has made."),
        field<T>("updateRevision", &T::updateRevision)
            .documented("The name of the revision that the update leads to."),
        field<T>("updatedReplicas", &T::updatedReplicas)
            .documented("Pods of the revision that the update leads to."),
    };
    return table;
}

const std::string_view Describe<StatefulSet>::doc =
    "A StatefulSet runs pods that keep their names and their storage: db-0, db-1 "
    "and so on.";

std::span<const Field> Describe<StatefulSet>::fields() {
    using T = StatefulSet;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, namespace, labels and what else every object has."),
        field<T>("spec", &T::spec)
            .documented("What you want: how many pods, from which template, with which claims."),
        field<T>("status", &T::status)
            .documented("What there is: counts and revisions; written by the controller."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
