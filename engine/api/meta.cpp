#include "engine/api/meta.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<ManagedFieldsEntry>::doc = "The fields that one manager has set.";

// In the order in which real servers write them.
std::span<const Field> Describe<ManagedFieldsEntry>::fields() {
    using T = ManagedFieldsEntry;
    static const std::vector<Field> table{
        field<T>("manager", &T::manager)
            .documented("Who set them, such as kubectl-client-side-apply."),
        field<T>("operation", &T::operation)
            .documented("How they were set: Apply or Update."),
        field<T>("apiVersion", &T::apiVersion)
            .documented("The API version that the fields are written in."),
        field<T>("time", &T::time)
            .documented("When the manager last changed one of them."),
        field<T>("fieldsType", &T::fieldsType)
            .documented("The format of fieldsV1; there is only FieldsV1."),
        field<T>("fieldsV1", &T::fieldsV1)
            .documented("The fields, as a tree."),
        field<T>("subresource", &T::subresource)
            .documented("The subresource that was written, such as status."),
    };
    return table;
}

const std::string_view Describe<OwnerReference>::doc =
    "An object that another one belongs to; when it goes, so does what it owns.";

std::span<const Field> Describe<OwnerReference>::fields() {
    using T = OwnerReference;
    static const std::vector<Field> table{
        field<T>("apiVersion", &T::apiVersion).required().always()
            .documented("The API version of the owner's kind."),
        field<T>("blockOwnerDeletion", &T::blockOwnerDeletion)
            .documented("When true, the owner waits for this one in a foreground deletion."),
        field<T>("controller", &T::controller)
            .documented("True for the one owner that manages this object."),
        field<T>("kind", &T::kind).required().always()
            .documented("The owner's kind."),
        field<T>("name", &T::name).required().always()
            .documented("The owner's name."),
        field<T>("uid", &T::uid).required().always()
            .documented("The owner's identity; a new owner of the same name is another one."),
    };
    return table;
}

const std::string_view Describe<ObjectMeta>::doc = "What every object has: name, labels, history.";

// In the order in which real servers write them.
std::span<const Field> Describe<ObjectMeta>::fields() {
    using T = ObjectMeta;
    static const std::vector<Field> table{
        field<T>("name", &T::name)
            .documented("The object's name, unique for its kind in the namespace; cannot be changed."),
        field<T>("generateName", &T::generateName)
            .documented("The beginning of a name that the server completes with random characters."),
        field<T>("namespace", &T::namespace_)
            .documented("The room that the name is unique in; default when left out."),
        field<T>("selfLink", &T::selfLink)
            .documented("A path that the server does not fill in any more."),
        field<T>("uid", &T::uid)
            .documented("The object's identity, which no other object ever has."),
        field<T>("resourceVersion", &T::resourceVersion)
            .documented("Changes with every write; sent back, it makes an update fail if someone was "
                        "faster."),
        field<T>("generation", &T::generation)
            .documented("Grows whenever the wanted state changes."),
        field<T>("creationTimestamp", &T::creationTimestamp).always()
            .documented("When the server stored the object first."),
        field<T>("deletionTimestamp", &T::deletionTimestamp)
            .documented("Set when a deletion was asked for; the object goes when finalizers and grace are "
                        "over."),
        field<T>("deletionGracePeriodSeconds", &T::deletionGracePeriodSeconds)
            .documented("Seconds from the request to delete until it is gone."),
        field<T>("labels", &T::labels)
            .documented("Names and values that objects are selected by."),
        field<T>("annotations", &T::annotations)
            .documented("Notes for people and programs; nothing is selected by them."),
        field<T>("ownerReferences", &T::ownerReferences).merge("uid")
            .documented("The objects that this one belongs to."),
        field<T>("finalizers", &T::finalizers).merge()
            .documented("Who still has to clean up; while the list has entries, the object cannot go."),
        field<T>("managedFields", &T::managedFields)
            .documented("Who has set which fields; kept by the server."),
    };
    return table;
}

const std::string_view Describe<LabelSelectorRequirement>::doc = "A test of one label.";

std::span<const Field> Describe<LabelSelectorRequirement>::fields() {
    using T = LabelSelectorRequirement;
    static const std::vector<Field> table{
        field<T>("key", &T::key).required().always()
            .documented("The label that is looked at."),
        field<T>("operator", &T::operator_).required().always()
            .documented("How it is tested: In, NotIn, Exists or DoesNotExist."),
        field<T>("values", &T::values)
            .documented("Values for In and NotIn; none for the others."),
    };
    return table;
}

const std::string_view Describe<LabelSelector>::doc =
    "A choice of objects by their labels; all tests must succeed, and {} matches everything.";

std::span<const Field> Describe<LabelSelector>::fields() {
    using T = LabelSelector;
    static const std::vector<Field> table{
        field<T>("matchExpressions", &T::matchExpressions)
            .documented("Tests with operators."),
        field<T>("matchLabels", &T::matchLabels)
            .documented("Labels that must have exactly these values."),
    };
    return table;
}

const std::string_view Describe<Condition>::doc = "One finding about an object.";

std::span<const Field> Describe<Condition>::fields() {
    using T = Condition;
    static const std::vector<Field> table{
        field<T>("lastTransitionTime", &T::lastTransitionTime).required().always()
            .documented("When the status last changed from one value to another."),
        field<T>("message", &T::message).required().always()
            .documented("The finding in a sentence for people."),
        field<T>("observedGeneration", &T::observedGeneration)
            .documented("The metadata.generation that the finding is about."),
        field<T>("reason", &T::reason).required().always()
            .documented("The finding's cause in one CamelCase word."),
        field<T>("status", &T::status).required().always()
            .documented("True, False or Unknown."),
        field<T>("type", &T::type).required().always()
            .documented("What was looked at, in CamelCase."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
