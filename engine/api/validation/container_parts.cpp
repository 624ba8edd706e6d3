// Validation of resources, probes, lifecycle hooks and references to fields.
// upstream: pkg/apis/core/validation/validation.go [ValidateResourceRequirements, validateProbe,
// validateHandler]
#include <algorithm>

#include "engine/api/resource_names.h"
#include "engine/api/validation/metadata.h"
#include "engine/api/validation/pod.h"
#include "engine/api/validation/resource_names.h"

namespace kubetab::api {
namespace {

void validate_quantity(const std::string& name, const Quantity& quantity, const Path& path, Errors& errors) {
    if (quantity.sign() < 0) errors.invalid(path, go_quoted(quantity.text()), kNotNegative);
    if (is_extended_resource(name) && !(Quantity::of_units(quantity.units()) == quantity)) {
        errors.invalid(path, go_text(quantity), "must be an integer");
    }
    if (name.starts_with("hugepages-")) {
        const std::string_view page = std::string_view(name).substr(std::string_view("hugepages-").size());
        const base::Result<Quantity> size = Quantity::parse(page);
        if (size.ok() && size->units() > 0 && (quantity.units() % size->units() != 0)) {
            errors.invalid(path, go_quoted(quantity.text()),
                           quantity.text() + " is not positive integer multiple of " + name);
        }
    }
}

void validate_request(const std::string& name, const Quantity& request, const ResourceRequirements& resources,
                      const Path& path, Errors& errors) {
    const Quantity* limit = resources.limits.get(name);
    if (limit == nullptr) {
        if (!may_overcommit(name)) {
            errors.required(path.child("limits"), "Limit must be set for non overcommitable resources");
        }
        return;
    }
    if (!may_overcommit(name) && !(request == *limit)) {
        errors.invalid(path.child("requests"), go_quoted(request.text()),
                       "must be equal to " + name + " limit of " + limit->text());
    } else if (may_overcommit(name) && *limit < request) {
        errors.invalid(path.child("requests"), go_quoted(request.text()),
                       "must be less than or equal to " + name + " limit of " + limit->text());
    }
}

// The handlers of a probe or hook, in the order they are looked at.
struct Handlers {
    const Box<ExecAction>* exec = nullptr;
    const Box<HTTPGetAction>* http_get = nullptr;
    const Box<TCPSocketAction>* tcp_socket = nullptr;
    const Box<GRPCAction>* grpc = nullptr;
    const Box<SleepAction>* sleep = nullptr;
};

std::string printed(const IntOrString& port) {
    return port.is_string ? go_quoted(port.text) : std::to_string(port.number);
}

void validate_http_get(const HTTPGetAction& action, const Path& path, Errors& errors) {
    if (action.path.empty()) errors.required(path.child("path"));
    errors.complaints(path.child("port"), printed(action.port), port(action.port));
    errors.one_of(path.child("scheme"), action.scheme, {"HTTP", "HTTPS"});
    for (const HTTPHeader& header : action.httpHeaders) {
        errors.check(path.child("httpHeaders"), header.name, http_header_name);
    }
}

void validate_sleep(const SleepAction& action, const Path& path, std::int64_t grace, Errors& errors) {
    if (action.seconds > 0 && action.seconds <= grace) return;
    errors.invalid(path, action.seconds,
                   "must be greater than 0 and less than terminationGracePeriodSeconds (" +
                       std::to_string(grace) +
                       "). Enable AllowPodLifecycleSleepActionZeroValue feature gate for zero sleep.");
}

// upstream: validateHandler
void validate_handlers(const Handlers& handlers, const Path& path, std::int64_t grace, Errors& errors) {
    int count = 0;
    const auto first = [&](std::string_view name) {
        if (count++ == 0) return true;
        errors.forbidden(path.child(name), "may not specify more than 1 handler type");
        return false;
    };
    if (*handlers.exec && first("exec") && (*handlers.exec)->command.empty()) {
        errors.required(path.child("exec").child("command"));
    }
    if (*handlers.http_get && first("httpGet"))
        validate_http_get(**handlers.http_get, path.child("httpGet"), errors);
    if (*handlers.tcp_socket && first("tcpSocket")) {
        const IntOrString& value = (*handlers.tcp_socket)->port;
        errors.complaints(path.child("tcpSocket").child("port"), printed(value), port(value));
    }
    if (handlers.grpc != nullptr && *handlers.grpc && first("grpc")) {
        const std::int32_t value = (*handlers.grpc)->port;
        errors.complaints(path.child("grpc").child("port"), std::to_string(value), port_number(value));
    }
    if (handlers.sleep != nullptr && *handlers.sleep && first("sleep")) {
        validate_sleep(**handlers.sleep, path.child("sleep"), grace, errors);
    }
    if (count == 0) errors.required(path, "must specify a handler type");
}

// upstream: validateProbe
void validate_probe(const Probe& probe, const Path& path, std::int64_t grace, Errors& errors) {
    validate_handlers({&probe.exec, &probe.httpGet, &probe.tcpSocket, &probe.grpc, nullptr}, path, grace,
                      errors);
    errors.not_negative(path.child("initialDelaySeconds"), probe.initialDelaySeconds);
    errors.not_negative(path.child("timeoutSeconds"), probe.timeoutSeconds);
    errors.not_negative(path.child("periodSeconds"), probe.periodSeconds);
    errors.not_negative(path.child("successThreshold"), probe.successThreshold);
    errors.not_negative(path.child("failureThreshold"), probe.failureThreshold);
    if (probe.terminationGracePeriodSeconds && *probe.terminationGracePeriodSeconds <= 0) {
        errors.invalid(path.child("terminationGracePeriodSeconds"), *probe.terminationGracePeriodSeconds,
                       "must be greater than 0");
    }
}

void validate_single_success(const Probe& probe, const Path& path, Errors& errors) {
    if (probe.successThreshold != 1) {
        errors.invalid(path.child("successThreshold"), probe.successThreshold, "must be 1");
    }
}

void validate_hook(const LifecycleHandler& hook, const Path& path, std::int64_t grace, Errors& errors) {
    validate_handlers({&hook.exec, &hook.httpGet, &hook.tcpSocket, nullptr, &hook.sleep}, path, grace,
                      errors);
}

// The key of metadata.labels['key'] or metadata.annotations['key'].
std::optional<std::string> subscript(std::string_view field, std::string_view base) {
    if (!field.starts_with(base) || !field.substr(base.size()).starts_with("['") || !field.ends_with("']"))
        return {};
    field.remove_prefix(base.size() + 2);
    field.remove_suffix(2);
    return std::string(field);
}

bool is_pod_field(std::string_view field) {
    static constexpr std::string_view kFields[] = {
        "metadata.annotations", "metadata.labels", "metadata.name",      "metadata.namespace",
        "metadata.uid",         "spec.nodeName",   "spec.restartPolicy", "spec.serviceAccountName",
        "spec.schedulerName",   "status.phase",    "spec.hostNetwork",   "status.hostIP",
        "status.hostIPs",       "status.podIP",    "status.podIPs",      "status.nominatedNodeName"};
    return std::find(std::begin(kFields), std::end(kFields), field) != std::end(kFields);
}

}  // namespace

void validate_resources(const ResourceRequirements& resources, const Path& path, Errors& errors) {
    bool compute = false;
    bool pages = false;
    for (const auto& [list_name, list] :
         {std::pair{"limits", &resources.limits}, std::pair{"requests", &resources.requests}}) {
        for (const auto& [name, quantity] : *list) {
            const Path at = path.child(list_name).key(name);
            validate_container_resource_name(name, at, errors);
            validate_quantity(name, quantity, at, errors);
            if (list == &resources.requests) validate_request(name, quantity, resources, path, errors);
            compute = compute || name == "cpu" || name == "memory";
            pages = pages || name.starts_with("hugepages-");
        }
    }
    if (pages && !compute) errors.forbidden(path, "HugePages require cpu or memory");
}

void validate_probes(const Container& container, const Path& path, const PodSurroundings& around,
                     Errors& errors) {
    const std::int64_t grace = around.grace_period_seconds;
    if (container.shared->livenessProbe) {
        const Path at = path.child("livenessProbe");
        validate_probe(*container.shared->livenessProbe, at, grace, errors);
        validate_single_success(*container.shared->livenessProbe, at, errors);
    }
    if (container.shared->readinessProbe) {
        const Path at = path.child("readinessProbe");
        validate_probe(*container.shared->readinessProbe, at, grace, errors);
        const std::optional<std::int64_t>& own =
            container.shared->readinessProbe->terminationGracePeriodSeconds;
        if (own) {
            errors.invalid(at.child("terminationGracePeriodSeconds"), *own,
                           "must not be set for readinessProbes");
        }
    }
    if (container.shared->startupProbe) {
        const Path at = path.child("startupProbe");
        validate_probe(*container.shared->startupProbe, at, grace, errors);
        validate_single_success(*container.shared->startupProbe, at, errors);
    }
}

void validate_lifecycle(const Lifecycle& lifecycle, const Path& path, const PodSurroundings& around,
                        Errors& errors) {
    const std::int64_t grace = around.grace_period_seconds;
    if (lifecycle.postStart) validate_hook(*lifecycle.postStart, path.child("postStart"), grace, errors);
    if (lifecycle.preStop) validate_hook(*lifecycle.preStop, path.child("preStop"), grace, errors);
}

// upstream: validateObjectFieldSelector
void validate_field_ref(const ObjectFieldSelector& reference, FieldUse use, const Path& path,
                        Errors& errors) {
    const std::string& field = reference.fieldPath;
    const Path at = path.child("fieldPath");
    if (reference.apiVersion.empty()) errors.required(path.child("apiVersion"));
    if (field.empty()) {
        errors.required(at);
        return;
    }
    const auto fail = [&](std::string_view text) {
        errors.invalid(at, go_quoted(field), "error converting fieldPath: " + std::string(text));
    };
    if (reference.apiVersion != "v1") return fail("unsupported pod version: " + reference.apiVersion);
    if (const auto label = subscript(field, "metadata.labels"))
        return errors.check(path, *label, qualified_name);
    if (auto key = subscript(field, "metadata.annotations")) {
        for (char& c : *key) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        return errors.check(path, *key, qualified_name);
    }
    if (field.ends_with("']"))
        return fail("field label does not support subscript: " + field.substr(0, field.find("['")));
    if (!is_pod_field(field)) return fail("field label not supported: " + field);
    if (use == FieldUse::File) {
        errors.one_of(at, field,
                      {"metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace",
                       "metadata.uid"});
    } else {
        errors.one_of(
            at, field,
            {"metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName",
             "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs"});
    }
}

// upstream: validateContainerResourceFieldSelector
void validate_resource_ref(const ResourceFieldSelector& reference, bool needs_container, const Path& path,
                           Errors& errors) {
    if (needs_container && reference.containerName.empty()) {
        errors.required(path.child("containerName"));
        return;
    }
    const std::string& resource = reference.resource;
    if (resource.empty()) {
        errors.required(path.child("resource"));
        return;
    }
    if (!resource.starts_with("limits.hugepages-") && !resource.starts_with("requests.hugepages-")) {
        errors.one_of(path.child("resource"), resource,
                      {"limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu",
                       "requests.ephemeral-storage", "requests.memory"});
    }
    const std::string divisor = reference.divisor.text();
    if (divisor == "0") return;
    if (resource.ends_with(".cpu")) {
        if (divisor == "1m" || divisor == "1") return;
        errors.invalid(path.child("divisor"), go_quoted(resource),
                       "only divisor's values 1m and 1 are supported with the cpu resource");
        return;
    }
    static constexpr std::string_view kSizes[] = {"1",   "1k",  "1M",  "1G",  "1T",  "1P", "1E",
                                                  "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"};
    if (std::find(std::begin(kSizes), std::end(kSizes), divisor) != std::end(kSizes)) return;
    const std::string_view what = resource.ends_with(".memory")              ? "memory"
                                  : resource.ends_with(".ephemeral-storage") ? "local ephemeral storage"
                                                                             : "hugepages";
    errors.invalid(
        path.child("divisor"), go_quoted(resource),
        "only divisor's values 1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei are supported with "
        "the " +
            std::string(what) + " resource");
}

// upstream: validateLocalDescendingPath
void validate_relative_path(const std::string& value, const Path& path, Errors& errors) {
    if (value.starts_with('/')) errors.invalid(path, go_quoted(value), "must be a relative path");
    const std::string framed = "/" + value + "/";
    if (framed.find("/../") != std::string::npos)
        errors.invalid(path, go_quoted(value), "must not contain '..'");
}

}  // namespace kubetab::api
