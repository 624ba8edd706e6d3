// Discovery in its older form, which clients in other languages and `kubectl get --raw` ask for.
// upstream:
// staging/src/k8s.io/apiserver/pkg/endpoints/discovery/{group,legacy,root,version,storageversionhash}.go

#include <algorithm>

#include "engine/api/codec.h"
#include "engine/api/reviews.h"
#include "engine/api/served_kinds.h"
#include "engine/base/base64.h"
#include "engine/base/sha256.h"
#include "engine/server/rest/discovery_facts.h"
#include "engine/server/rest/rest.h"

namespace kubetab::server {

using api::Kind;

namespace {

// A JSON object whose members stay in the order in which they are added.
class ObjectText {
public:
    ObjectText& add(std::string_view name, std::string_view value) {
        begin(name);
        api::write_string(text_, value);
        return *this;
    }
    ObjectText& add_flag(std::string_view name, bool value) {
        return add_json(name, value ? "true" : "false");
    }
    ObjectText& add_json(std::string_view name, std::string_view json) {
        begin(name);
        text_ += json;
        return *this;
    }
    std::string done() const { return text_ + '}'; }

private:
    void begin(std::string_view name) {
        if (text_.size() > 1) text_ += ',';
        api::write_string(text_, name);
        text_ += ':';
    }

    std::string text_ = "{";
};

std::string array_of(const std::vector<std::string>& jsons) {
    std::string text = "[";
    for (const std::string& json : jsons) text += (text.size() > 1 ? "," : "") + json;
    return text + ']';
}

std::string text_array(const std::vector<std::string_view>& values) {
    std::vector<std::string> jsons;
    for (const std::string_view value : values) api::write_string(jsons.emplace_back(), value);
    return array_of(jsons);
}

std::string group_version(std::string_view group, std::string_view version) {
    return group.empty() ? std::string(version) : std::string(group).append("/").append(version);
}

// Changes when objects begin to be stored in another version.
std::string storage_hash(const Kind& kind) {
    const Kind& stored = kind.stored();
    const std::string name =
        std::string(stored.group).append("/").append(stored.version).append("/").append(stored.kind);
    return base::base64_encode(std::string_view(base::sha256(name)).substr(0, 8));
}

std::string resource_text(const Kind& kind) {
    ObjectText text;
    text.add("name", kind.plural)
        .add("singularName", kind.singular)
        .add_flag("namespaced", kind.namespaced)
        .add("kind", kind.kind)
        .add_json("verbs", text_array(verbs_of_resource(kind)));
    if (!kind.short_names.empty()) text.add_json("shortNames", text_array(kind.short_names));
    if (!kind.categories.empty()) text.add_json("categories", text_array(kind.categories));
    if (!api::is_review(kind) && !api::is_made_when_asked(kind))
        text.add("storageVersionHash", storage_hash(kind));
    return text.done();
}

std::string subresource_text(const Kind& kind, std::string_view name) {
    const Subresource sub = discovered_subresource(kind, name);
    ObjectText text;
    text.add("name", std::string(kind.plural).append("/").append(name))
        .add("singularName", "")
        .add_flag("namespaced", kind.namespaced);
    // Only where it is not the resource's own; drain finds out so whether it can evict.
    if (sub.group != kind.group) text.add("group", sub.group).add("version", sub.version);
    text.add("kind", sub.kind).add_json("verbs", text_array(sub.verbs));
    return text.done();
}

std::string resource_list(const std::vector<const Kind*>& kinds, const std::string& version) {
    std::vector<std::string> resources;
    for (const Kind* kind : kinds) {
        resources.push_back(resource_text(*kind));
        std::vector<std::string_view> names(kind->subresources.begin(), kind->subresources.end());
        std::sort(names.begin(), names.end());
        for (const std::string_view name : names) resources.push_back(subresource_text(*kind, name));
    }
    ObjectText text;
    text.add("kind", "APIResourceList");
    // The core group is older than the field.
    if (version != "v1") text.add("apiVersion", "v1");
    return text.add("groupVersion", version).add_json("resources", array_of(resources)).done();
}

// What an APIGroup says, behind what it may say of its own kind.
void add_group(ObjectText& text, std::string_view name, const std::vector<std::string_view>& versions) {
    std::vector<std::string> all;
    for (const std::string_view version : versions)
        all.push_back(
            ObjectText().add("groupVersion", group_version(name, version)).add("version", version).done());
    text.add("name", name).add_json("versions", array_of(all)).add_json("preferredVersion", all.front());
}

struct Group {
    std::string_view name{};
    std::vector<std::string_view> versions{};
};

std::vector<Group> groups_of(const api::CustomKinds& custom) {
    std::vector<Group> groups;
    for (const Kind* kind : custom.established()) {
        if (groups.empty() || groups.back().name != kind->group) groups.push_back({kind->group, {}});
        std::vector<std::string_view>& versions = groups.back().versions;
        if (versions.empty() || versions.back() != kind->version) versions.push_back(kind->version);
    }
    return groups;
}

std::vector<Group> all_groups(MetricsApi::State metrics, const Server& server) {
    std::vector<Group> groups;
    for (const std::string_view group : discovered_groups(metrics, server.apis())) {
        if (!group.empty()) groups.push_back({group, versions_of_group(group, server.apis())});
    }
    for (Group& group : groups_of(server.custom_resources())) groups.push_back(std::move(group));
    return groups;
}

std::string group_list(const std::vector<Group>& groups) {
    std::vector<std::string> jsons;
    for (const Group& group : groups) {
        ObjectText text;
        add_group(text, group.name, group.versions);
        jsons.push_back(text.done());
    }
    return ObjectText()
        .add("kind", "APIGroupList")
        .add("apiVersion", "v1")
        .add_json("groups", array_of(jsons))
        .done();
}

std::string core_versions(const std::string& address) {
    // From everywhere the server is to be reached there.
    const std::string everywhere =
        ObjectText().add("clientCIDR", "0.0.0.0/0").add("serverAddress", address).done();
    return ObjectText()
        .add("kind", "APIVersions")
        .add_json("versions", text_array({"v1"}))
        .add_json("serverAddressByClientCIDRs", array_of({everywhere}))
        .done();
}

std::unique_ptr<api::Response> json_text(std::string text) {
    auto response = std::make_unique<api::Response>();
    response->body = std::move(text) + '\n';
    return response;
}

std::unique_ptr<api::Response> one_group(const std::string& path, const std::vector<Group>& groups) {
    for (const Group& group : groups) {
        if (path != "/apis/" + std::string(group.name)) continue;
        ObjectText text;
        text.add("kind", "APIGroup").add("apiVersion", "v1");
        add_group(text, group.name, group.versions);
        return json_text(text.done());
    }
    return nullptr;
}

std::unique_ptr<api::Response> one_version(const std::string& path, MetricsApi::State metrics,
                                           const Server& server) {
    for (const std::string_view group : discovered_groups(metrics, server.apis())) {
        for (const std::string_view version : versions_of_group(group, server.apis())) {
            const std::string name = group_version(group, version);
            if (path != (group.empty() ? "/api/" : "/apis/") + name) continue;
            if (!is_stale_group(group, metrics))
                return json_text(resource_list(kinds_in_version(group, version, server.apis()), name));
            return std::make_unique<api::Response>(refuse(base::failure(
                base::Reason::ServiceUnavailable, "the server is currently unable to handle the request")));
        }
    }
    return nullptr;
}

}  // namespace

std::unique_ptr<api::Response> discover_plainly(const std::string& path, MetricsApi::State metrics,
                                                const Server& server, const std::string& address) {
    if (path == "/api" || path == "/api/") return json_text(core_versions(address));
    if (!path.starts_with("/api")) return nullptr;
    const std::vector<Group> groups = all_groups(metrics, server);
    if (path == "/apis" || path == "/apis/") return json_text(group_list(groups));
    if (std::unique_ptr<api::Response> group = one_group(path, groups)) return group;
    if (std::unique_ptr<api::Response> version = one_version(path, metrics, server)) return version;
    std::vector<const Kind*> kinds;
    for (const Kind* kind : server.custom_resources().established()) {
        if (path == "/apis/" + kind->api_version()) kinds.push_back(kind);
    }
    return kinds.empty() ? nullptr : json_text(resource_list(kinds, kinds.front()->api_version()));
}

}  // namespace kubetab::server
