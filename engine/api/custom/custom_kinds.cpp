#include "engine/api/custom/custom_kinds.h"

#include <fmt/format.h>

#include <array>

#include "engine/api/codec.h"
#include "engine/base/json.h"
#include "engine/base/stable_sort.h"

namespace kubetab::api {

namespace {

// Schemas as parsed from the definition.
base::Json schema_of(const CustomResourceDefinitionVersion& version) {
    const bool has_schema = version.schema && version.schema->openAPIV3Schema;
    return has_schema ? to_json(type_of<JSONSchemaProps>(), &*version.schema->openAPIV3Schema)
                      : base::Json::object();
}

// v<major>, v<major>beta<minor>, v<major>alpha<minor>: how stable, then how high. Nothing for other words.
std::array<int, 3> parts_of(std::string_view version) {
    const auto number = [&](int& value) {
        const std::size_t before = version.size();
        while (!version.empty() && version.front() >= '0' && version.front() <= '9' && value < 1'000'000) {
            value = value * 10 + (version.front() - '0');
            version.remove_prefix(1);
        }
        return version.size() < before;
    };
    std::array<int, 3> parts{};  // stability, major, minor
    if (!version.starts_with('v')) return parts;
    version.remove_prefix(1);
    if (!number(parts[1])) return {};
    if (version.empty()) return {3, parts[1], 0};
    const bool beta = version.starts_with("beta");
    if (!beta && !version.starts_with("alpha")) return {};
    version.remove_prefix(beta ? 4 : 5);
    if (!number(parts[2]) || !version.empty()) return {};
    parts[0] = beta ? 2 : 1;
    return parts;
}

void name_kind(Kind& kind, const Text& group, const Text& version,
               const CustomResourceDefinitionNames& names) {
    kind.group = group;
    kind.version = version;
    kind.kind = names.kind;
    kind.plural = names.plural;
    kind.singular = names.singular;
    kind.list_kind = names.listKind;
    kind.short_names.assign(names.shortNames.begin(), names.shortNames.end());
    kind.categories.assign(names.categories.begin(), names.categories.end());
    kind.type = &type_of<CustomResource>();
    kind.make = &make_custom;
    kind.copy = &copy_custom;
}

// The version that clients are told to use instead of a deprecated one. upstream: customresource_handler.go
// [defaultDeprecationWarning]
std::string deprecation_of(const CustomResourceDefinition& definition,
                           const CustomResourceDefinitionVersion& deprecated) {
    if (!deprecated.deprecated) return {};
    if (deprecated.deprecationWarning) return *deprecated.deprecationWarning;
    const std::string kind = definition.spec.names.kind;
    const std::string group = definition.spec.group;
    std::string text = group + "/" + deprecated.name + " " + kind + " is deprecated";
    std::string_view newest;
    for (const CustomResourceDefinitionVersion& version : definition.spec.versions) {
        const bool better = version.served && !version.deprecated &&
                            parts_of(version.name)[0] >= parts_of(deprecated.name)[0] &&
                            is_preferred_version(version.name, deprecated.name);
        if (better && (newest.empty() || is_preferred_version(version.name, newest))) newest = version.name;
    }
    if (newest.empty()) return text;
    return text + "; use " + group + "/" + std::string(newest) + " " + kind;
}

}  // namespace

bool is_preferred_version(std::string_view a, std::string_view b) {
    const std::array<int, 3> left = parts_of(a);
    const std::array<int, 3> right = parts_of(b);
    return left != right ? left > right : a < b;
}

void CustomKinds::set_version(Resource& resource, Version& version,
                              const CustomResourceDefinition& definition,
                              const CustomResourceDefinitionVersion& from) {
    version.group = definition.spec.group;
    version.name = from.name;
    version.names = definition.status.acceptedNames;
    version.served = from.served;
    CustomVersion& custom = version.custom;
    base::Json schema = schema_of(from);
    const CustomVersion& other = resource.stored.custom;
    const bool changed = !custom.schema || *custom.schema != schema;
    if (changed && other.schema && *other.schema == schema) {
        custom.id = other.id;
        custom.schema = other.schema;
        custom.types = other.types;
    } else if (changed) {
        custom.id = ++last_schema_;
        custom.types = std::make_shared<const SchemaTypes>(schema);
        custom.schema = std::make_shared<const base::Json>(std::move(schema));
    }
    custom.columns = from.additionalPrinterColumns;
    custom.selectable = from.selectableFields;
    custom.scale.reset();
    if (from.subresources) custom.scale = from.subresources->scale;
    custom.deprecation = deprecation_of(definition, from);
    custom.terminating = definition.metadata.deletionTimestamp.is_set();

    Kind& kind = version.kind;
    name_kind(kind, version.group, version.name, version.names);
    kind.namespaced = definition.spec.scope == "Namespaced";
    kind.subresources.clear();
    if (custom.scale) kind.subresources.emplace_back("scale");
    if (from.subresources && from.subresources->status) kind.subresources.emplace_back("status");
    kind.custom = &custom;
    kind.storage = &version == &resource.stored ? nullptr : &resource.stored.kind;
}

void CustomKinds::follow(const CustomResourceDefinition& definition) {
    ++revision_;
    const bool established = is_condition_true(definition, "Established");
    const bool served = established || is_condition_true(definition, "NamesAccepted");
    std::unique_ptr<Resource>& slot = resources_[definition.metadata.name.str()];
    if (!slot && !served) return;
    if (!slot) slot = std::make_unique<Resource>();
    slot->served = served;
    slot->established = established;
    if (!served) return;
    for (auto& [name, version] : slot->versions) version->served = false;
    for (const CustomResourceDefinitionVersion& version : definition.spec.versions) {
        if (version.storage) set_version(*slot, slot->stored, definition, version);
    }
    for (const CustomResourceDefinitionVersion& version : definition.spec.versions) {
        std::unique_ptr<Version>& known = slot->versions[version.name.str()];
        if (!known) known = std::make_unique<Version>();
        set_version(*slot, *known, definition, version);
    }
}

void CustomKinds::forget(const CustomResourceDefinition& definition) {
    ++revision_;
    const auto found = resources_.find(std::string_view(definition.metadata.name));
    if (found == resources_.end() || !found->second) return;
    found->second->served = false;
    found->second->established = false;
}

const Kind* CustomKinds::find_by_plural(std::string_view group, std::string_view version,
                                        std::string_view plural) const {
    const auto found = resources_.find(fmt::format("{}.{}", plural, group));
    if (found == resources_.end() || !found->second || !found->second->served) return nullptr;
    const auto at = found->second->versions.find(version);
    return at == found->second->versions.end() || !at->second->served ? nullptr : &at->second->kind;
}

const Kind* CustomKinds::find(std::string_view group, std::string_view version, std::string_view kind) const {
    for (const Kind* candidate : established()) {
        if (candidate->group == group && candidate->version == version && candidate->kind == kind)
            return candidate;
    }
    return nullptr;
}

const Kind* CustomKinds::find_stored(std::string_view group, std::string_view kind) const {
    for (const Kind* candidate : stored()) {
        if (candidate->group == group && candidate->kind == kind) return candidate;
    }
    return nullptr;
}

std::vector<const Kind*> CustomKinds::stored() const {
    std::vector<const Kind*> kinds;
    for (const auto& [name, resource] : resources_) {
        if (resource && resource->stored.kind.custom != nullptr) kinds.push_back(&resource->stored.kind);
    }
    return kinds;
}

std::vector<const Kind*> CustomKinds::established() const {
    std::vector<const Kind*> kinds;
    for (const auto& [name, resource] : resources_) {
        if (!resource || !resource->established) continue;
        for (const auto& [version_name, version] : resource->versions) {
            if (version->served) kinds.push_back(&version->kind);
        }
    }
    base::stable_sort(kinds, [](const Kind* a, const Kind* b) {
        if (a->group != b->group) return a->group < b->group;
        return a->version != b->version && is_preferred_version(a->version, b->version);
    });
    return kinds;
}

}  // namespace kubetab::api
