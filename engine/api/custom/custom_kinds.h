// CustomKinds: the kinds that CustomResourceDefinitions bring, as the server serves them now.
//
// Follows every write of a definition. Kinds are made once and changed in place, so that they outlive their
// definition: the store's log and running watches refer to them. A resource has one kind under which its
// objects are stored, and one for each version. upstream:
// staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/{customresource_handler,
// customresource_discovery_controller}.go
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/custom/custom_resource.h"
#include "engine/api/object.h"

namespace kubetab::api {

class CustomKinds {
public:
    CustomKinds() = default;
    CustomKinds(const CustomKinds&) = delete;
    CustomKinds& operator=(const CustomKinds&) = delete;

    void follow(const CustomResourceDefinition& definition);
    void forget(const CustomResourceDefinition& definition);

    // Of a version that is served, or null.
    const Kind* find_by_plural(std::string_view group, std::string_view version,
                               std::string_view plural) const;
    const Kind* find(std::string_view group, std::string_view version, std::string_view kind) const;
    // The kind under which objects of that kind are stored, or null.
    const Kind* find_stored(std::string_view group, std::string_view kind) const;
    // One for each resource that was ever served: the kind under which its objects are stored.
    std::vector<const Kind*> stored() const;
    // Every served version of what is established: by group, then by version as clients prefer them.
    std::vector<const Kind*> established() const;
    // Grows with every write of a definition, so that who has made something of them knows when to look
    // again.
    std::int64_t revision() const { return revision_; }

private:
    // A kind with what it refers to.
    struct Version {
        Text group{};
        Text name{};
        CustomResourceDefinitionNames names{};
        CustomVersion custom{};
        Kind kind{};
        bool served = false;
    };
    struct Resource {
        Version stored{};
        std::map<std::string, std::unique_ptr<Version>, std::less<>> versions{};
        bool served = false;       // by its paths
        bool established = false;  // in discovery
    };

    void set_version(Resource& resource, Version& version, const CustomResourceDefinition& definition,
                     const CustomResourceDefinitionVersion& from);

    std::map<std::string, std::unique_ptr<Resource>, std::less<>> resources_{};  // by the definition's name
    std::int64_t last_schema_ = 0;
    std::int64_t revision_ = 0;
};

// Whether version a stands before b in discovery: v2, v1, v1beta2, v1alpha1, then other words by alphabet.
// upstream: apimachinery/pkg/version/helpers.go [CompareKubeAwareVersionStrings]
bool is_preferred_version(std::string_view a, std::string_view b);

}  // namespace kubetab::api
