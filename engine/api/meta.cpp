#include "engine/api/meta.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<ManagedFieldsEntry>::doc = "";

std::span<const Field> Describe<ManagedFieldsEntry>::fields() {
    using T = ManagedFieldsEntry;
    static const std::vector<Field> table{
        field<T>("apiVersion", &T::apiVersion),
        field<T>("fieldsType", &T::fieldsType),
        field<T>("fieldsV1", &T::fieldsV1),
        field<T>("manager", &T::manager),
        field<T>("operation", &T::operation),
        field<T>("subresource", &T::subresource),
        field<T>("time", &T::time),
    };
    return table;
}

const std::string_view Describe<OwnerReference>::doc = "";

std::span<const Field> Describe<OwnerReference>::fields() {
    using T = OwnerReference;
    static const std::vector<Field> table{
        field<T>("apiVersion", &T::apiVersion).required().always(),
        field<T>("blockOwnerDeletion", &T::blockOwnerDeletion),
        field<T>("controller", &T::controller),
        field<T>("kind", &T::kind).required().always(),
        field<T>("name", &T::name).required().always(),
        field<T>("uid", &T::uid).required().always(),
    };
    return table;
}

const std::string_view Describe<ObjectMeta>::doc = "";

std::span<const Field> Describe<ObjectMeta>::fields() {
    using T = ObjectMeta;
    static const std::vector<Field> table{
        field<T>("annotations", &T::annotations),
        field<T>("creationTimestamp", &T::creationTimestamp).always(),
        field<T>("deletionGracePeriodSeconds", &T::deletionGracePeriodSeconds),
        field<T>("deletionTimestamp", &T::deletionTimestamp),
        field<T>("finalizers", &T::finalizers).merge(),
        field<T>("generateName", &T::generateName),
        field<T>("generation", &T::generation),
        field<T>("labels", &T::labels),
        field<T>("managedFields", &T::managedFields),
        field<T>("name", &T::name),
        field<T>("namespace", &T::namespace_),
        field<T>("ownerReferences", &T::ownerReferences).merge("uid"),
        field<T>("resourceVersion", &T::resourceVersion),
        field<T>("selfLink", &T::selfLink),
        field<T>("uid", &T::uid),
    };
    return table;
}

const std::string_view Describe<LabelSelectorRequirement>::doc = "";

std::span<const Field> Describe<LabelSelectorRequirement>::fields() {
    using T = LabelSelectorRequirement;
    static const std::vector<Field> table{
        field<T>("key", &T::key).required().always(),
        field<T>("operator", &T::operator_).required().always(),
        field<T>("values", &T::values),
    };
    return table;
}

const std::string_view Describe<LabelSelector>::doc = "";

std::span<const Field> Describe<LabelSelector>::fields() {
    using T = LabelSelector;
    static const std::vector<Field> table{
        field<T>("matchExpressions", &T::matchExpressions),
        field<T>("matchLabels", &T::matchLabels),
    };
    return table;
}

const std::string_view Describe<Condition>::doc = "";

std::span<const Field> Describe<Condition>::fields() {
    using T = Condition;
    static const std::vector<Field> table{
        field<T>("lastTransitionTime", &T::lastTransitionTime).required().always(),
        field<T>("message", &T::message).required().always(),
        field<T>("observedGeneration", &T::observedGeneration),
        field<T>("reason", &T::reason).required().always(),
        field<T>("status", &T::status).required().always(),
        field<T>("type", &T::type).required().always(),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
