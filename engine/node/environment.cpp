#include "engine/node/environment.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/node/service_variables.h"

namespace kubetab::node {
namespace {

using base::Reason;

bool is_variable_name(std::string_view name) {
    if (name.empty() || (name.front() >= '0' && name.front() <= '9')) return false;
    return std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '-' || c == '.';
    });
}

template <class T>
base::Result<api::Ref<T>> find_object(const NodeContext& context, const api::Pod& pod,
                                      const std::string& name, const std::string& kind) {
    if (!context.reachable) {
        return base::failure(Reason::Timeout,
                             "failed to sync " + kind + " cache: timed out waiting for the condition");
    }
    base::Result<api::Ref<T>> found = context.client.get<T>({pod.metadata.namespace_, name});
    if (found.ok() || found.error().reason != Reason::NotFound) return found;
    return base::failure(Reason::NotFound, kind + " \"" + name + "\" not found");
}

base::Result<void> add_from(const NodeContext& context, const api::Pod& pod, const api::EnvFromSource& source,
                            Environment& environment) {
    const auto add = [&](const std::string& key, const std::string& value) {
        const std::string name = source.prefix + key;
        if (is_variable_name(name)) environment[name] = value;
    };
    if (source.configMapRef) {
        const base::Result<api::Ref<api::ConfigMap>> found =
            find_config_map(context, pod, source.configMapRef->name);
        if (!found.ok()) {
            const bool optional = source.configMapRef->optional.value_or(false);
            return optional && found.error().reason == Reason::NotFound ? base::Result<void>()
                                                                        : found.error();
        }
        for (const auto& [key, value] : (*found)->data) add(key, value);
    }
    if (source.secretRef) {
        const base::Result<api::Ref<api::Secret>> found = find_secret(context, pod, source.secretRef->name);
        if (!found.ok()) {
            const bool optional = source.secretRef->optional.value_or(false);
            return optional && found.error().reason == Reason::NotFound ? base::Result<void>()
                                                                        : found.error();
        }
        for (const auto& [key, value] : (*found)->data) add(key, value.data);
    }
    return {};
}

// nullopt: the variable is left out, because what it comes from is optional and missing.
using OptionalValue = base::Result<std::optional<std::string>>;

OptionalValue missing_key(std::string_view kind, const api::Pod& pod, const std::string& name,
                          const std::string& key, bool optional) {
    if (optional) return std::optional<std::string>();
    return base::failure(Reason::NotFound, fmt::format("couldn't find key {} in {} {}/{}", key, kind,
                                                       pod.metadata.namespace_, name));
}

OptionalValue from_config_map(const NodeContext& context, const api::Pod& pod,
                              const api::ConfigMapKeySelector& ref) {
    const bool optional = ref.optional.value_or(false);
    const base::Result<api::Ref<api::ConfigMap>> found = find_config_map(context, pod, ref.name);
    if (!found.ok()) {
        if (optional && found.error().reason == Reason::NotFound) return std::optional<std::string>();
        return found.error();
    }
    const api::Text* value = (*found)->data.get(ref.key);
    if (value == nullptr) return missing_key("ConfigMap", pod, ref.name, ref.key, optional);
    return std::optional<std::string>(*value);
}

OptionalValue from_secret(const NodeContext& context, const api::Pod& pod,
                          const api::SecretKeySelector& ref) {
    const bool optional = ref.optional.value_or(false);
    const base::Result<api::Ref<api::Secret>> found = find_secret(context, pod, ref.name);
    if (!found.ok()) {
        if (optional && found.error().reason == Reason::NotFound) return std::optional<std::string>();
        return found.error();
    }
    const api::Bytes* value = (*found)->data.get(ref.key);
    if (value == nullptr) return missing_key("Secret", pod, ref.name, ref.key, optional);
    return std::optional<std::string>(value->data);
}

OptionalValue value_from(const NodeContext& context, const api::Pod& pod, const api::Container& container,
                         const api::EnvVarSource& source, const std::string& pod_ip) {
    if (source.configMapKeyRef) return from_config_map(context, pod, *source.configMapKeyRef);
    if (source.secretKeyRef) return from_secret(context, pod, *source.secretKeyRef);
    if (source.fieldRef) {
        return std::optional<std::string>(TRY(field_value(context, pod, source.fieldRef->fieldPath, pod_ip)));
    }
    if (source.resourceFieldRef) {
        const api::Container* owner = &container;
        for (const api::Container& other : pod.spec->containers) {
            if (other.name == source.resourceFieldRef->containerName) owner = &other;
        }
        return std::optional<std::string>(TRY(resource_value(context, *owner, *source.resourceFieldRef)));
    }
    return std::optional<std::string>();
}

// metadata.labels['app'] → app; "" when the path is no such subscript.
std::string subscript(std::string_view path, std::string_view map) {
    if (!path.starts_with(map)) return {};
    path.remove_prefix(map.size());
    if (!path.starts_with("['") || !path.ends_with("']")) return {};
    return std::string(path.substr(2, path.size() - 4));
}

}  // namespace

base::Result<api::Ref<api::ConfigMap>> find_config_map(const NodeContext& context, const api::Pod& pod,
                                                       const std::string& name) {
    return find_object<api::ConfigMap>(context, pod, name, "configmap");
}

base::Result<api::Ref<api::Secret>> find_secret(const NodeContext& context, const api::Pod& pod,
                                                const std::string& name) {
    return find_object<api::Secret>(context, pod, name, "secret");
}

std::string expand_variables(const std::string& text, const Environment& environment) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '$' || i + 1 == text.size()) {
            result += text[i];
            continue;
        }
        if (text[i + 1] == '$') {
            result += '$';
            ++i;
            continue;
        }
        const std::size_t close = text[i + 1] == '(' ? text.find(')', i) : std::string::npos;
        if (close == std::string::npos) {
            result += text[i];
            continue;
        }
        const auto value = environment.find(text.substr(i + 2, close - i - 2));
        result += value == environment.end() ? text.substr(i, close - i + 1) : value->second;
        i = close;
    }
    return result;
}

base::Result<std::string> field_value(const NodeContext& context, const api::Pod& pod,
                                      const std::string& path, const std::string& pod_ip) {
    const api::ObjectMeta& metadata = pod.metadata;
    if (path == "metadata.name") return metadata.name.str();
    if (path == "metadata.namespace") return metadata.namespace_.str();
    if (path == "metadata.uid") return metadata.uid.str();
    if (path == "spec.nodeName") return pod.spec->nodeName.str();
    if (path == "spec.serviceAccountName") return pod.spec->serviceAccountName.str();
    if (path == "status.podIP" || path == "status.podIPs") return pod_ip;
    if (path == "status.hostIP" || path == "status.hostIPs") return context.spec.address;
    if (path == "metadata.labels" || path == "metadata.annotations") {
        std::string text;
        for (const auto& [key, value] : path == "metadata.labels" ? metadata.labels : metadata.annotations) {
            text += (text.empty() ? "" : "\n") + key + "=\"" + value + "\"";
        }
        return text;
    }
    const std::string label = subscript(path, "metadata.labels");
    if (!label.empty()) return metadata.labels.value_or(label, "").str();
    const std::string annotation = subscript(path, "metadata.annotations");
    if (!annotation.empty()) return metadata.annotations.value_or(annotation, "").str();
    return base::failure(Reason::BadRequest, "unsupported fieldPath: " + path);
}

base::Result<std::string> resource_value(const NodeContext& context, const api::Container& container,
                                         const api::ResourceFieldSelector& selector) {
    const bool is_limit = selector.resource.starts_with("limits.");
    if (!is_limit && !selector.resource.starts_with("requests.")) {
        return base::failure(Reason::BadRequest, "unsupported container resource : " + selector.resource);
    }
    const std::string name = selector.resource.substr(selector.resource.find('.') + 1);
    const base::FlatMap<api::Quantity>& list =
        is_limit ? container.resources.limits : container.resources.requests;
    api::Quantity value = list.value_or(name, {});
    if (is_limit && value.is_zero()) {  // Without a limit it is what the node has.
        if (name == "cpu") value = api::Quantity::of_milli(context.spec.cpu_milli);
        if (name == "memory") value = api::Quantity::of_units(context.spec.memory_bytes);
        if (name == "ephemeral-storage") value = api::Quantity::of_units(context.spec.storage_bytes);
    }
    const std::int64_t divisor =
        selector.divisor.is_zero() ? 1000 : std::max<std::int64_t>(selector.divisor.milli(), 1);
    if (name == "cpu") return std::to_string((value.milli() + divisor - 1) / divisor);
    const std::int64_t units =
        selector.divisor.is_zero() ? 1 : std::max<std::int64_t>(selector.divisor.units(), 1);
    return std::to_string((value.units() + units - 1) / units);
}

base::Result<Environment> make_environment(const NodeContext& context, const api::Pod& pod,
                                           const api::Container& container, const std::string& pod_ip) {
    static const Environment kNone;
    const Environment& services = context.services == nullptr ? kNone : context.services->of(pod);
    Environment environment;
    for (const api::EnvFromSource& source : container.shared->envFrom)
        TRY(add_from(context, pod, source, environment));
    // A variable may name those before it, and the services.
    Environment known;
    if (!container.shared->env.empty()) {
        known = services;
        for (const auto& [name, value] : environment) known[name] = value;
    }
    for (const api::EnvVar& variable : container.shared->env) {
        std::string value = expand_variables(variable.value, known);
        if (variable.value.empty() && variable.valueFrom) {
            const std::optional<std::string> found =
                TRY(value_from(context, pod, container, *variable.valueFrom, pod_ip));
            if (!found) continue;
            value = *found;
        }
        known[variable.name] = value;
        environment[variable.name] = std::move(value);
    }
    environment.insert(services.begin(), services.end());  // Those that are not set otherwise.
    return environment;
}

}  // namespace kubetab::node
