#include "engine/api/validation/custom_resource_definition.h"

#include <algorithm>
#include <set>

#include "engine/api/codec.h"
#include "engine/api/custom/structural_schema.h"
#include "engine/base/json.h"

namespace kubetab::api {
namespace {

constexpr std::size_t kSelectableMax = 8;
constexpr std::string_view kApproval = "api-approved.kubernetes.io";

std::string lowered(std::string_view text) {
    std::string result(text);
    for (char& c : result) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return result;
}

void check_label(const Path& path, std::string_view text, Errors& errors) {
    const Complaints complaints = dns_1035_label(text);
    if (!complaints.empty()) errors.invalid(path, go_quoted(text), joined(complaints, ","));
}

void check_kind(const Path& path, std::string_view text, Errors& errors) {
    const Complaints complaints = dns_1035_label(lowered(text));
    if (complaints.empty()) return;
    errors.invalid(path, go_quoted(text),
                   "may have mixed case, but should otherwise match: " + joined(complaints, ","));
}

// upstream: ValidateCustomResourceDefinitionNames
void validate_definition_names(const CustomResourceDefinitionNames& names, const Path& path, Errors& errors) {
    if (!names.plural.empty()) check_label(path.child("plural"), names.plural, errors);
    if (!names.singular.empty()) check_label(path.child("singular"), names.singular, errors);
    if (!names.kind.empty()) check_kind(path.child("kind"), names.kind, errors);
    if (!names.listKind.empty()) check_kind(path.child("listKind"), names.listKind, errors);
    for (std::size_t i = 0; i < names.shortNames.size(); ++i)
        check_label(path.child("shortNames").index(i), names.shortNames[i], errors);
    if (!names.kind.empty() && names.kind == names.listKind) {
        errors.invalid(path.child("listKind"), go_quoted(names.listKind),
                       "kind and listKind may not be the same");
    }
    for (std::size_t i = 0; i < names.categories.size(); ++i)
        check_label(path.child("categories").index(i), names.categories[i], errors);
}

// upstream: validateSimpleJSONPath; `root` is where it must lead, and may be empty
void check_path(const Path& path, std::string_view text, std::string_view root, Errors& errors) {
    if (text.empty()) return errors.required(path);
    if (text.front() != '.') {
        errors.invalid(path, go_quoted(text), "must be a simple json path starting with .");
    } else if (!root.empty() && !text.starts_with(root)) {
        errors.invalid(path, go_quoted(text),
                       "should be a json path under " + std::string(root.substr(0, root.size() - 1)));
    }
}

void validate_subresources(const CustomResourceSubresources& subresources, const Path& path, Errors& errors) {
    if (!subresources.scale) return;
    const CustomResourceSubresourceScale& scale = *subresources.scale;
    const Path at = path.child("scale");
    check_path(at.child("specReplicasPath"), scale.specReplicasPath, ".spec.", errors);
    check_path(at.child("statusReplicasPath"), scale.statusReplicasPath, ".status.", errors);
    const Text& selector = scale.labelSelectorPath.value_or(Text());
    if (selector.empty() || selector.starts_with(".spec.")) return;
    if (selector.front() != '.' || !selector.starts_with(".status.")) {
        errors.invalid(at.child("labelSelectorPath"), go_quoted(selector),
                       selector.front() != '.' ? "must be a simple json path starting with ."
                                               : "should be a json path under either .spec or .status");
    }
}

// upstream: ValidateCustomResourceColumnDefinition
void validate_column(const CustomResourceColumnDefinition& column, const Path& path, Errors& errors) {
    if (column.name.empty()) errors.required(path.child("name"));
    if (column.type.empty()) {
        errors.required(path.child("type"), "must be one of boolean,date,integer,number,string");
    } else {
        static constexpr std::string_view kTypes[] = {"boolean", "date", "integer", "number", "string"};
        if (std::find(std::begin(kTypes), std::end(kTypes), column.type) == std::end(kTypes)) {
            errors.invalid(path.child("type"), go_quoted(column.type),
                           "must be one of boolean,date,integer,number,string");
        }
    }
    static constexpr std::string_view kFormats[] = {"",     "int32", "int64",     "float",   "double",
                                                    "byte", "date",  "date-time", "password"};
    if (std::find(std::begin(kFormats), std::end(kFormats), column.format) == std::end(kFormats)) {
        errors.invalid(path.child("format"), go_quoted(column.format),
                       "must be one of byte,date,date-time,double,float,int32,int64,password");
    }
    check_path(path.child("jsonPath"), column.jsonPath, "", errors);
}

// upstream: validateCustomResourceDefinitionVersion
void validate_version(const CustomResourceDefinitionVersion& version, const Path& path, Errors& errors) {
    check_label(path.child("name"), version.name, errors);
    if (version.deprecationWarning && !version.deprecated) {
        errors.invalid(path.child("deprecationWarning"), go_quoted(*version.deprecationWarning),
                       "can only be set for deprecated versions");
    }
    if (version.schema && version.schema->openAPIV3Schema) {
        const base::Json schema = to_json(type_of<JSONSchemaProps>(), &*version.schema->openAPIV3Schema);
        for (FieldError& error : check_schema(schema, path.child("schema").child("openAPIV3Schema").text()))
            errors.add(std::move(error));
    } else {
        errors.required(path.child("schema").child("openAPIV3Schema"), "schemas are required");
    }
    if (version.subresources)
        validate_subresources(*version.subresources, path.child("subresources"), errors);
    for (std::size_t i = 0; i < version.additionalPrinterColumns.size(); ++i) {
        validate_column(version.additionalPrinterColumns[i], path.child("additionalPrinterColumns").index(i),
                        errors);
    }
    const Path selectable = path.child("selectableFields");
    if (version.selectableFields.size() > kSelectableMax)
        errors.too_many(selectable, version.selectableFields.size(), kSelectableMax);
    for (std::size_t i = 0; i < version.selectableFields.size(); ++i) {
        check_path(selectable.index(i).child("jsonPath"), version.selectableFields[i].jsonPath, "", errors);
    }
}

void validate_versions(const std::vector<CustomResourceDefinitionVersion>& versions, const Path& path,
                       Errors& errors) {
    std::set<Text> names;
    std::int64_t stored = 0;
    std::string printed;
    for (std::size_t i = 0; i < versions.size(); ++i) {
        validate_version(versions[i], path.index(i), errors);
        names.insert(versions[i].name);
        stored += versions[i].storage ? 1 : 0;
        printed += (printed.empty() ? "" : ", ") +
                   std::string("apiextensions.CustomResourceDefinitionVersion{Name:") +
                   go_quoted(versions[i].name) + ", …}";
    }
    printed = "[]apiextensions.CustomResourceDefinitionVersion{" + printed + "}";
    if (names.size() != versions.size()) errors.invalid(path, printed, "must contain unique version names");
    if (stored != 1) errors.invalid(path, printed, "must have exactly one version marked as storage version");
}

// upstream: validateCustomResourceConversion
// differs: refuses webhooks, because nothing in a simulated cluster could answer them.
void validate_conversion(const CustomResourceConversion& conversion, const Path& path, Errors& errors) {
    if (conversion.strategy.empty()) return errors.required(path.child("strategy"));
    errors.one_of(path.child("strategy"), conversion.strategy, {"None", "Webhook"});
    if (conversion.strategy == "Webhook") {
        errors.forbidden(path.child("strategy"),
                         "kubetab does not call conversion webhooks: use the strategy None");
    }
    if (conversion.strategy == "None" && conversion.webhook) {
        errors.forbidden(path.child("webhookClientConfig"),
                         "should not be set when strategy is not set to Webhook");
    }
}

void validate_spec(const CustomResourceDefinitionSpec& spec, const Path& path, Errors& errors) {
    const Path group = path.child("group");
    if (spec.group.empty()) {
        errors.required(group);
    } else if (const Complaints complaints = dns_subdomain(spec.group); !complaints.empty()) {
        errors.invalid(group, go_quoted(spec.group), joined(complaints, ","));
    } else if (spec.group.str().find('.') == std::string::npos) {
        errors.invalid(group, go_quoted(spec.group), "should be a domain with at least one dot");
    }
    if (spec.scope.empty()) errors.required(path.child("scope"));
    else errors.one_of(path.child("scope"), spec.scope, {"Cluster", "Namespaced"});
    validate_versions(spec.versions, path.child("versions"), errors);
    const Path names = path.child("names");
    if (spec.names.plural.empty()) errors.required(names.child("plural"));
    if (spec.names.singular.empty()) errors.required(names.child("singular"));
    if (spec.names.kind.empty()) errors.required(names.child("kind"));
    if (spec.names.listKind.empty()) errors.required(names.child("listKind"));
    validate_definition_names(spec.names, names, errors);
    if (spec.conversion) validate_conversion(*spec.conversion, path.child("conversion"), errors);
}

// upstream: ValidateCustomResourceDefinitionStoredVersions
void validate_stored_versions(const CustomResourceDefinition& definition, Errors& errors) {
    const Path path = Path("status").child("storedVersions");
    const Texts& stored = definition.status.storedVersions;
    if (stored.empty()) return errors.invalid(path, go_text(stored), "must have at least one stored version");
    const auto& versions = definition.spec.versions;
    for (std::size_t i = 0; i < stored.size(); ++i) {
        const bool known = std::any_of(versions.begin(), versions.end(),
                                       [&](const auto& version) { return version.name == stored[i]; });
        if (!known) errors.invalid(path.index(i), go_quoted(stored[i]), "must appear in spec.versions");
    }
    for (const CustomResourceDefinitionVersion& version : versions) {
        const bool listed = std::find(stored.begin(), stored.end(), version.name) != stored.end();
        if (version.storage && !listed) {
            errors.invalid(path, go_text(stored), "must have the storage version " + version.name);
        }
    }
}

// upstream: validateAPIApproval
void validate_approval(const CustomResourceDefinition& definition, Errors& errors) {
    const std::string_view group = definition.spec.group;
    const bool is_protected = group == "k8s.io" || group == "kubernetes.io" || group.ends_with(".k8s.io") ||
                              group.ends_with(".kubernetes.io");
    if (!is_protected || definition.metadata.annotations.contains(kApproval)) return;
    errors.required(Path("metadata").child("annotations").key(kApproval),
                    "protected groups must have approval annotation \"api-approved.kubernetes.io\", see "
                    "https://github.com/kubernetes/enhancements/pull/1111");
}

void validate_all(const CustomResourceDefinition& definition, Errors& errors) {
    validate_spec(definition.spec, Path("spec"), errors);
    validate_definition_names(definition.status.acceptedNames, Path("status").child("acceptedNames"), errors);
    validate_stored_versions(definition, errors);
}

}  // namespace

void validate_definition(const CustomResourceDefinition& definition, Errors& errors) {
    const std::string wanted = definition.spec.names.plural + "." + definition.spec.group;
    if (definition.metadata.name != wanted) {
        errors.invalid(Path("metadata").child("name"), go_quoted(definition.metadata.name),
                       "must be spec.names.plural+\".\"+spec.group");
    }
    validate_all(definition, errors);
    validate_approval(definition, errors);
    if (definition.spec.preserveUnknownFields) {
        errors.invalid(Path("spec").child("preserveUnknownFields"), "true",
                       "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in "
                       "spec.versions[*].schema instead");
    }
}

void validate_definition_update(const CustomResourceDefinition& now, const CustomResourceDefinition& old,
                                Errors& errors) {
    validate_all(now, errors);
    const Path spec("spec");
    const auto same = [&](const Path& path, const Text& a, const Text& b) {
        if (a != b) errors.invalid(path, go_quoted(a), kImmutable);
    };
    if (is_condition_true(old, "Established")) {
        same(spec.child("scope"), now.spec.scope, old.spec.scope);
        same(spec.child("names").child("kind"), now.spec.names.kind, old.spec.names.kind);
    }
    same(spec.child("group"), now.spec.group, old.spec.group);
    same(spec.child("names").child("plural"), now.spec.names.plural, old.spec.names.plural);
}

void validate_definition_status(const CustomResourceDefinition& now, const CustomResourceDefinition&,
                                Errors& errors) {
    validate_definition_names(now.status.acceptedNames, Path("status").child("acceptedNames"), errors);
    validate_stored_versions(now, errors);
}

}  // namespace kubetab::api
