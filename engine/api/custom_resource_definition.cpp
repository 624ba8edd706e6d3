#include "engine/api/custom_resource_definition.h"

#include "engine/api/codec.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<WebhookConversion>::doc =
    "A program that converts objects between versions.";

std::span<const Field> Describe<WebhookConversion>::fields() {
    using T = WebhookConversion;
    static const std::vector<Field> table{
        field<T>("clientConfig", &T::clientConfig)
            .documented("How the program is reached."),
        field<T>("conversionReviewVersions", &T::conversionReviewVersions).required().always()
            .documented("The versions of ConversionReview that the program understands."),
    };
    return table;
}

const std::string_view Describe<CustomResourceConversion>::doc =
    "How objects are converted between versions.";

std::span<const Field> Describe<CustomResourceConversion>::fields() {
    using T = CustomResourceConversion;
    static const std::vector<Field> table{
        field<T>("strategy", &T::strategy).required().always()
            .documented("None changes only the apiVersion; Webhook is not simulated."),
        field<T>("webhook", &T::webhook)
            .documented("The program that converts, with the strategy Webhook."),
    };
    return table;
}

const std::string_view Describe<CustomResourceDefinitionNames>::doc =
    "What the resource is called.";

std::span<const Field> Describe<CustomResourceDefinitionNames>::fields() {
    using T = CustomResourceDefinitionNames;
    static const std::vector<Field> table{
        field<T>("categories", &T::categories)
            .documented("Groups of resources that it belongs to, such as all."),
        field<T>("kind", &T::kind).required().always()
            .documented("The kind as it stands in manifests: CamelCase, singular."),
        field<T>("listKind", &T::listKind)
            .documented("The kind of a list; the kind with List behind it if left out."),
        field<T>("plural", &T::plural).required().always()
            .documented("The name of the resource in URLs, in lower case."),
        field<T>("shortNames", &T::shortNames)
            .documented("Abbreviations for the command line."),
        field<T>("singular", &T::singular)
            .documented("The singular for the command line; the kind in lower case if left out."),
    };
    return table;
}

const std::string_view Describe<CustomResourceColumnDefinition>::doc =
    "A column that kubectl get prints.";

std::span<const Field> Describe<CustomResourceColumnDefinition>::fields() {
    using T = CustomResourceColumnDefinition;
    static const std::vector<Field> table{
        field<T>("description", &T::description)
            .documented("What the column tells."),
        field<T>("format", &T::format)
            .documented("A format of OpenAPI, such as date-time."),
        field<T>("jsonPath", &T::jsonPath).required().always()
            .documented("Where in the object the value stands, such as .spec.replicas."),
        field<T>("name", &T::name).required().always()
            .documented("The heading of the column."),
        field<T>("priority", &T::priority)
            .documented("More than 0 hides the column unless -o wide is given."),
        field<T>("type", &T::type).required().always()
            .documented("One of integer, number, string, boolean and date."),
    };
    return table;
}

const std::string_view Describe<SelectableField>::doc =
    "A field that objects can be selected by.";

std::span<const Field> Describe<SelectableField>::fields() {
    using T = SelectableField;
    static const std::vector<Field> table{
        field<T>("jsonPath", &T::jsonPath).required().always()
            .documented("Where in the object the field stands, such as .spec.color."),
    };
    return table;
}

const std::string_view Describe<CustomResourceSubresourceStatus>::doc =
    "Says that there is a status subresource.";

std::span<const Field> Describe<CustomResourceSubresourceStatus>::fields() {
    return {};
}

const std::string_view Describe<CustomResourceSubresourceScale>::doc =
    "Where the scale subresource finds its numbers.";

std::span<const Field> Describe<CustomResourceSubresourceScale>::fields() {
    using T = CustomResourceSubresourceScale;
    static const std::vector<Field> table{
        field<T>("labelSelectorPath", &T::labelSelectorPath)
            .documented("The path of the selector as text, below .status or .spec."),
        field<T>("specReplicasPath", &T::specReplicasPath).required().always()
            .documented("The path of the wanted number, below .spec."),
        field<T>("statusReplicasPath", &T::statusReplicasPath).required().always()
            .documented("The path of the present number, below .status."),
    };
    return table;
}

const std::string_view Describe<CustomResourceSubresources>::doc =
    "The subresources that the objects have.";

std::span<const Field> Describe<CustomResourceSubresources>::fields() {
    using T = CustomResourceSubresources;
    static const std::vector<Field> table{
        field<T>("scale", &T::scale)
            .documented("Lets kubectl scale and autoscalers change the number of replicas."),
        field<T>("status", &T::status)
            .documented("Sets the status apart from the rest, each with its own writers."),
    };
    return table;
}

const std::string_view Describe<CustomResourceValidation>::doc =
    "What objects must look like.";

std::span<const Field> Describe<CustomResourceValidation>::fields() {
    using T = CustomResourceValidation;
    static const std::vector<Field> table{
        field<T>("openAPIV3Schema", &T::openAPIV3Schema)
            .documented("The schema, by which objects are checked, completed and pruned."),
    };
    return table;
}

const std::string_view Describe<CustomResourceDefinitionVersion>::doc =
    "One version of the resource.";

std::span<const Field> Describe<CustomResourceDefinitionVersion>::fields() {
    using T = CustomResourceDefinitionVersion;
    static const std::vector<Field> table{
        field<T>("additionalPrinterColumns", &T::additionalPrinterColumns)
            .documented("What kubectl get prints behind the name; the age if left out."),
        field<T>("deprecated", &T::deprecated)
            .documented("Whether clients are warned that the version is going away."),
        field<T>("deprecationWarning", &T::deprecationWarning)
            .documented("What they are told instead of the usual sentence."),
        field<T>("name", &T::name).required().always()
            .documented("The name of the version, such as v1 or v1beta1."),
        field<T>("schema", &T::schema)
            .documented("What objects of this version look like."),
        field<T>("selectableFields", &T::selectableFields)
            .documented("Fields for --field-selector, at most 8."),
        field<T>("served", &T::served).required().always()
            .documented("Whether there are URLs for this version."),
        field<T>("storage", &T::storage).required().always()
            .documented("Whether objects are stored in this version; exactly one is."),
        field<T>("subresources", &T::subresources)
            .documented("The subresources of this version."),
    };
    return table;
}

const std::string_view Describe<CustomResourceDefinitionSpec>::doc =
    "What resource there should be.";

std::span<const Field> Describe<CustomResourceDefinitionSpec>::fields() {
    using T = CustomResourceDefinitionSpec;
    static const std::vector<Field> table{
        field<T>("conversion", &T::conversion)
            .documented("How objects are converted between versions."),
        field<T>("group", &T::group).required().always()
            .documented("The API group, such as example.com; it cannot be changed."),
        field<T>("names", &T::names).required()
            .documented("What the resource is called."),
        field<T>("preserveUnknownFields", &T::preserveUnknownFields)
            .documented("Must be false: fields that no schema knows are dropped."),
        field<T>("scope", &T::scope).required().always()
            .documented("Namespaced or Cluster; it cannot be changed."),
        field<T>("versions", &T::versions).required().always()
            .documented("The versions, of which one is stored."),
    };
    return table;
}

const std::string_view Describe<CustomResourceDefinitionCondition>::doc =
    "One aspect of how the definition stands.";

std::span<const Field> Describe<CustomResourceDefinitionCondition>::fields() {
    using T = CustomResourceDefinitionCondition;
    static const std::vector<Field> table{
        field<T>("lastTransitionTime", &T::lastTransitionTime).always()
            .documented("When the status changed last."),
        field<T>("message", &T::message)
            .documented("The same for people."),
        field<T>("reason", &T::reason)
            .documented("One word about why it is so."),
        field<T>("status", &T::status).required().always()
            .documented("True, False or Unknown."),
        field<T>("type", &T::type).required().always()
            .documented("NamesAccepted, Established, Terminating and others."),
    };
    return table;
}

const std::string_view Describe<CustomResourceDefinitionStatus>::doc =
    "How the definition stands.";

std::span<const Field> Describe<CustomResourceDefinitionStatus>::fields() {
    using T = CustomResourceDefinitionStatus;
    static const std::vector<Field> table{
        field<T>("acceptedNames", &T::acceptedNames)
            .documented("The names that are in use, which others may have had first."),
        field<T>("conditions", &T::conditions).always()
            .documented("One entry for each aspect."),
        field<T>("storedVersions", &T::storedVersions).always()
            .documented("Every version that objects were ever stored in."),
    };
    return table;
}

const std::string_view Describe<CustomResourceDefinition>::doc =
    "A kind of object that the API server learns at run time.";

std::span<const Field> Describe<CustomResourceDefinition>::fields() {
    using T = CustomResourceDefinition;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("The name is the plural and the group: widgets.example.com."),
        field<T>("spec", &T::spec).required()
            .documented("What resource there should be."),
        field<T>("status", &T::status)
            .documented("How the definition stands; written by the server."),
    };
    return table;
}
// clang-format on

const CustomResourceDefinitionCondition* find_condition(const CustomResourceDefinition& definition,
                                                        std::string_view type) {
    for (const CustomResourceDefinitionCondition& condition : definition.status.conditions) {
        if (condition.type == type) return &condition;
    }
    return nullptr;
}

bool is_condition_true(const CustomResourceDefinition& definition, std::string_view type) {
    const CustomResourceDefinitionCondition* condition = find_condition(definition, type);
    return condition != nullptr && condition->status == "True";
}

bool set_condition(CustomResourceDefinition& definition, CustomResourceDefinitionCondition condition,
                   Time now) {
    condition.lastTransitionTime = now;
    for (CustomResourceDefinitionCondition& present : definition.status.conditions) {
        if (present.type != condition.type) continue;
        if (present.status == condition.status) condition.lastTransitionTime = present.lastTransitionTime;
        if (equal(present, condition)) return false;
        present = std::move(condition);
        return true;
    }
    definition.status.conditions.push_back(std::move(condition));
    return true;
}

}  // namespace kubetab::api
