#include "engine/api/validation/metadata.h"

#include <algorithm>

#include "engine/api/kinds.h"
#include "engine/api/rbac.h"
#include "engine/api/stateful_set.h"

namespace kubetab::api {
namespace {

constexpr std::size_t kAnnotationsLimit = 256 * 1024;

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

// A prefix may end in a dash, because something follows it.
std::string masked(std::string_view prefix) {
    std::string result(prefix);
    if (result.size() > 1 && result.back() == '-') result.back() = 'a';
    return result;
}

void validate_names(const Kind& kind, const ObjectMeta& metadata, const Path& path, Errors& errors) {
    const NameRule rule = name_rule_of(kind);
    if (!metadata.generateName.empty()) {
        const Complaints complaints = rule(masked(metadata.generateName));
        if (!complaints.empty()) {
            errors.complaints(path.child("generateName"), go_quoted(metadata.generateName), complaints);
        }
    }
    if (metadata.name.empty()) {
        errors.required(path.child("name"), "name or generateName is required");
    } else {
        errors.check(path.child("name"), metadata.name, rule);
    }
    if (!kind.namespaced) {
        if (!metadata.namespace_.empty())
            errors.forbidden(path.child("namespace"), "not allowed on this type");
    } else if (metadata.namespace_.empty()) {
        errors.required(path.child("namespace"));
    } else {
        errors.check(path.child("namespace"), metadata.namespace_, dns_label);
    }
}

// upstream: ValidateOwnerReferences
void validate_owners(const std::vector<OwnerReference>& owners, const Path& path, Errors& errors) {
    const OwnerReference* controller = nullptr;
    for (const OwnerReference& owner : owners) {
        const std::string& version = owner.apiVersion;
        if (version.empty() || version.ends_with('/')) {
            errors.invalid(path.child("apiVersion"), go_quoted(version), "version must not be empty");
        }
        if (owner.kind.empty()) errors.invalid(path.child("kind"), "\"\"", "kind must not be empty");
        if (owner.name.empty()) errors.invalid(path.child("name"), "\"\"", "name must not be empty");
        if (owner.uid.empty()) errors.invalid(path.child("uid"), "\"\"", "uid must not be empty");
        if (version == "v1" && owner.kind == "Event") {
            errors.invalid(path, go_text(owner), "/v1, Kind=Event is disallowed from being an owner");
        }
        if (!owner.controller.value_or(false)) continue;
        if (controller == nullptr) {
            controller = &owner;
            continue;
        }
        std::string all;
        for (const OwnerReference& each : owners) all += (all.empty() ? "" : ", ") + go_text(each);
        errors.invalid(
            path, "[]v1.OwnerReference{" + all + "}",
            "Only one reference can have Controller set to true. Found \"true\" in references for " +
                controller->kind + "/" + controller->name + " and " + owner.kind + "/" + owner.name);
    }
}

void validate_finalizers(const Texts& finalizers, const Path& path, Errors& errors) {
    const auto has = [&](std::string_view name) {
        return std::find(finalizers.begin(), finalizers.end(), name) != finalizers.end();
    };
    for (const std::string& finalizer : finalizers) errors.check(path, finalizer, qualified_name);
    if (has("orphan") && has("foregroundDeletion")) {
        errors.invalid(path, go_text(finalizers),
                       "finalizer orphan and foregroundDeletion cannot be both set");
    }
}

bool is_standard_finalizer(std::string_view name) {
    return name == "kubernetes" || name == "orphan" || name == "foregroundDeletion";
}

void validate_managed_fields(const std::vector<ManagedFieldsEntry>& entries, const Path& path,
                             Errors& errors) {
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const ManagedFieldsEntry& entry = entries[i];
        const Path at = path.index(i);
        if (entry.operation != "Apply" && entry.operation != "Update") {
            errors.invalid(at.child("operation"), go_quoted(entry.operation), "must be `Apply` or `Update`");
        }
        if (!entry.fieldsType.empty() && entry.fieldsType != "FieldsV1") {
            errors.invalid(at.child("fieldsType"), go_quoted(entry.fieldsType), "must be `FieldsV1`");
        }
        if (entry.manager.size() > 128) errors.too_long(at.child("manager"), 128);
        if (entry.subresource.size() > 256) errors.too_long(at.child("subresource"), 256);
    }
}

std::string printed(const Time& time) {
    return time.is_set() ? format_time(time.seconds) : "null";
}
std::string printed(const std::string& text) {
    return go_quoted(text);
}

template <class T>
void same(const Path& path, const T& now, const T& old, Errors& errors) {
    if (now != old) errors.invalid(path, printed(now), kImmutable);
}

}  // namespace

NameRule name_rule_of(const Kind& kind) {
    if (&kind == &kind_of<Service>()) return dns_1035_label;
    if (&kind == &kind_of<Namespace>() || &kind == &kind_of<StatefulSet>()) return dns_label;
    if (kind.group == kRbacGroup) return path_segment;
    return dns_subdomain;
}

void validate_finalizer(const std::string& finalizer, const Path& path, Errors& errors) {
    if (finalizer.find('/') != std::string::npos || is_standard_finalizer(finalizer)) return;
    errors.invalid(path, go_quoted(finalizer),
                   "name is neither a standard finalizer name nor is it fully qualified");
}

namespace {

// What is as in `valid`, which was stored and thus found valid, is not looked at again. `valid` may be null.
// upstream: ValidateObjectMetaAccessor
void validate_parts(const Kind& kind, const ObjectMeta& metadata, const ObjectMeta* valid, Errors& errors) {
    const auto differs = [&](auto member) { return valid == nullptr || metadata.*member != valid->*member; };
    const Path path("metadata");
    if (differs(&ObjectMeta::name) || differs(&ObjectMeta::namespace_) ||
        differs(&ObjectMeta::generateName)) {
        validate_names(kind, metadata, path, errors);
    }
    errors.not_negative(path.child("generation"), metadata.generation);
    if (differs(&ObjectMeta::labels)) validate_labels(metadata.labels, path.child("labels"), errors);
    if (differs(&ObjectMeta::annotations)) {
        validate_annotations(metadata.annotations, path.child("annotations"), errors);
    }
    validate_owners(metadata.ownerReferences, path.child("ownerReferences"), errors);
    const bool finalizers = differs(&ObjectMeta::finalizers);
    if (finalizers) validate_finalizers(metadata.finalizers, path.child("finalizers"), errors);
    validate_managed_fields(metadata.managedFields, path.child("managedFields"), errors);
    if (!finalizers || !kind.group.empty()) return;
    for (std::size_t i = 0; i < metadata.finalizers.size(); ++i) {
        validate_finalizer(metadata.finalizers[i], path.child("finalizers").index(i), errors);
    }
}

}  // namespace

void validate_metadata(const Kind& kind, const ObjectMeta& metadata, Errors& errors) {
    validate_parts(kind, metadata, nullptr, errors);
}

// upstream: ValidateObjectMetaAccessorUpdate
void validate_metadata_update(const Kind& kind, const ObjectMeta& now, const ObjectMeta& old,
                              Errors& errors) {
    validate_parts(kind, now, &old, errors);
    const Path path("metadata");
    if (old.deletionTimestamp.is_set()) {
        Texts added;
        for (const std::string& finalizer : now.finalizers) {
            const bool known =
                std::find(old.finalizers.begin(), old.finalizers.end(), finalizer) != old.finalizers.end();
            if (!known) added.push_back(finalizer);
        }
        if (!added.empty()) {
            errors.forbidden(
                path.child("finalizers"),
                "no new finalizers can be added if the object is being deleted, found new finalizers " +
                    go_text(added));
        }
    }
    if (now.generation < old.generation) {
        errors.invalid(path.child("generation"), now.generation, "must not be decremented");
    }
    same(path.child("name"), now.name, old.name, errors);
    same(path.child("namespace"), now.namespace_, old.namespace_, errors);
    same(path.child("uid"), now.uid, old.uid, errors);
    same(path.child("creationTimestamp"), now.creationTimestamp, old.creationTimestamp, errors);
    same(path.child("deletionTimestamp"), now.deletionTimestamp, old.deletionTimestamp, errors);
}

// upstream: ValidateLabels
void validate_labels(const base::StringMap& labels, const Path& path, Errors& errors) {
    for (const auto& [key, value] : labels) {
        errors.check(path, key, qualified_name);
        errors.check(path, value, label_value);
    }
}

// upstream: ValidateAnnotations
void validate_annotations(const base::StringMap& annotations, const Path& path, Errors& errors) {
    std::size_t total = 0;
    for (const auto& [key, value] : annotations) {
        errors.complaints(path, go_quoted(key), qualified_name(lower(key)));
        total += key.size() + value.size();
    }
    if (total > kAnnotationsLimit) errors.too_long(path, kAnnotationsLimit);
}

// upstream: ValidateLabelSelector
void validate_label_selector(const LabelSelector& selector, const Path& path, Errors& errors) {
    validate_labels(selector.matchLabels, path.child("matchLabels"), errors);
    for (std::size_t i = 0; i < selector.matchExpressions.size(); ++i) {
        const LabelSelectorRequirement& expression = selector.matchExpressions[i];
        const Path at = path.child("matchExpressions").index(i);
        if (expression.operator_ == "In" || expression.operator_ == "NotIn") {
            if (expression.values.empty()) {
                errors.required(at.child("values"), "must be specified when `operator` is 'In' or 'NotIn'");
            }
        } else if (expression.operator_ == "Exists" || expression.operator_ == "DoesNotExist") {
            if (!expression.values.empty()) {
                errors.forbidden(at.child("values"),
                                 "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
            }
        } else {
            errors.invalid(at.child("operator"), go_quoted(expression.operator_),
                           "not a valid selector operator");
        }
        errors.check(at.child("key"), expression.key, qualified_name);
        for (std::size_t j = 0; j < expression.values.size(); ++j) {
            errors.check(at.child("values").index(j), expression.values[j], label_value);
        }
    }
}

}  // namespace kubetab::api
