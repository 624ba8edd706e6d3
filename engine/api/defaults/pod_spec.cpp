#include "engine/api/defaults/pod_spec.h"

#include <algorithm>
#include <type_traits>
#include <utility>

namespace kubetab::api {
namespace {

// True when `text` is empty; then it is set, if it may be.
bool fill(const Text& text, std::string_view) {
    return text.empty();
}
bool fill(Text& text, std::string_view value) {
    if (!text.empty()) return false;
    text = value;
    return true;
}

const PodSpecShared& shared_of(const PodSpec& spec) {
    return *spec.shared;
}
PodSpecShared& shared_of(PodSpec& spec) {
    return spec.shared.edit();
}

template <class Volume>
bool default_volume(Volume& volume) {
    // Everything but the name is a source.
    for (const Field& field : type_of<api::Volume>().fields()) {
        if (field.type().form == Form::Box && field.type().accessors.has(field.in(&std::as_const(volume))))
            return false;
    }
    if constexpr (!std::is_const_v<Volume>) volume.source.edit().emptyDir = EmptyDirVolumeSource{};
    return true;
}

template <class Container>
bool default_container(Container& container) {
    bool missing = fill(container.imagePullPolicy, default_pull_policy(container.image));
    missing |= round_quantities(container.resources.limits);
    missing |= round_quantities(container.resources.requests);
    return missing;
}

template <class Spec>
bool default_spec(Spec& spec) {
    bool missing = false;
    // The deprecated name mirrors the current one, which wins.
    if (spec.serviceAccount != spec.serviceAccountName) {
        missing = true;
        if constexpr (!std::is_const_v<Spec>) {
            if (spec.serviceAccountName.empty()) spec.serviceAccountName = spec.serviceAccount;
            spec.serviceAccount = spec.serviceAccountName;
        }
    }
    auto& shared = shared_of(spec);
    missing |= round_quantities(shared.overhead);
    for (auto& volume : spec.volumes) missing |= default_volume(volume);
    for (auto& container : spec.initContainers) missing |= default_container(container);
    for (auto& container : spec.containers) missing |= default_container(container);
    for (auto& container : shared.ephemeralContainers) missing |= default_container(container);
    return missing;
}

template <class Container>
bool default_container_of_pod(Container& container, bool host_network) {
    bool missing = false;
    for (const auto& [name, limit] : container.resources.limits) {
        if (container.resources.requests.contains(name)) continue;
        missing = true;
        if constexpr (!std::is_const_v<Container>) container.resources.requests[name] = limit;
    }
    if (!host_network) return missing;
    for (std::size_t i = 0; i < container.ports.size(); ++i) {
        const std::int32_t port = container.ports[i].containerPort;
        if (container.ports[i].hostPort != 0 || port == 0) continue;
        missing = true;
        if constexpr (!std::is_const_v<Container>) container.ports.edit()[i].hostPort = port;
    }
    return missing;
}

template <class Spec>
bool default_spec_of_pod(Spec& spec) {
    bool missing = false;
    for (auto& container : spec.containers)
        missing |= default_container_of_pod(container, spec.shared->hostNetwork);
    for (auto& container : spec.initContainers)
        missing |= default_container_of_pod(container, spec.shared->hostNetwork);
    if (!spec.enableServiceLinks) {
        missing = true;
        if constexpr (!std::is_const_v<Spec>) spec.enableServiceLinks = true;
    }
    if (spec.shared->terminationGracePeriodSeconds.value_or(0) < 0) {
        missing = true;
        if constexpr (!std::is_const_v<Spec>) spec.shared.edit().terminationGracePeriodSeconds = 1;
    }
    return missing;
}

}  // namespace

std::string default_pull_policy(std::string_view image) {
    const std::size_t digest = image.find('@');
    const std::string_view name = image.substr(0, digest);
    const std::size_t slash = name.rfind('/');
    const std::size_t colon = name.rfind(':');
    const bool tagged = colon != std::string_view::npos && (slash == std::string_view::npos || colon > slash);
    if (image.empty()) return "IfNotPresent";
    // An upper-case letter in the name makes it unparseable, which counts as "neither latest nor untagged".
    const std::string_view repository = tagged ? name.substr(0, colon) : name;
    const std::string_view path =
        repository.substr(repository.find('/') == std::string_view::npos ? 0 : repository.find('/') + 1);
    const bool unparseable = std::any_of(
        path.begin(), path.end(), [](char c) { return (c >= 'A' && c <= 'Z') || c == ' ' || c == ':'; });
    if (unparseable) return "IfNotPresent";
    if (tagged) return name.substr(colon + 1) == "latest" ? "Always" : "IfNotPresent";
    return digest == std::string_view::npos ? "Always" : "IfNotPresent";
}

bool round_quantities(const base::FlatMap<Quantity>& quantities) {
    return std::any_of(quantities.begin(), quantities.end(),
                       [](const auto& entry) { return entry.second.scale() < -3; });
}

bool round_quantities(base::FlatMap<Quantity>& quantities) {
    if (!round_quantities(std::as_const(quantities))) return false;
    for (std::size_t i = 0; i < quantities.size(); ++i) {
        const auto& [name, quantity] = quantities.at_index(i);
        const Quantity rounded = quantity.rounded_to_milli();
        quantities[name] = rounded;
    }
    return true;
}

// The spec itself is no pointer upstream: a pod without one gets its defaults too.
void default_pod_spec(Box<PodSpec>& spec) {
    if (!spec) spec.edit();
    if (default_spec(*spec)) default_spec(spec.edit());
}

void default_pod_only(Box<PodSpec>& spec) {
    if (spec && default_spec_of_pod(*spec)) default_spec_of_pod(spec.edit());
}

void default_template(Box<PodTemplateSpec>& pod_template) {
    if (!pod_template->spec) pod_template.edit().spec.edit();
    if (default_spec(*pod_template->spec)) default_spec(pod_template.edit().spec.edit());
}

}  // namespace kubetab::api
