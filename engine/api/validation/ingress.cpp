#include "engine/api/validation/ingress.h"

#include <algorithm>
#include <array>
#include <string>

#include "engine/api/validation/addresses.h"
#include "engine/api/validation/domain_path.h"

namespace kubetab::api {
namespace {

const Path kSpec("spec");

// upstream: ValidateIngressRuleValue, validateHTTPIngressPath
constexpr std::array<std::string_view, 5> kForbiddenInPath{"//", "/./", "/../", "%2f", "%2F"};
constexpr std::array<std::string_view, 2> kForbiddenAtEnd{"/..", "/."};

void validate_backend_service(const IngressServiceBackend& service, const Path& path, Errors& errors) {
    if (service.name.empty()) errors.required(path.child("service").child("name"));
    else errors.check(path.child("service").child("name"), service.name, dns_1035_label);
    const ServiceBackendPort& port = service.port;
    const Path port_path = path.child("service").child("port");
    if (!port.name.empty() && port.number != 0) {
        errors.invalid(path, go_quoted(""), "cannot set both port name & port number");
    } else if (!port.name.empty()) {
        errors.check(port_path.child("name"), port.name, port_name);
    } else if (port.number != 0) {
        errors.complaints(port_path.child("number"), std::to_string(port.number), port_number(port.number));
    } else {
        errors.required(path, "port name or number is required");
    }
}

void validate_resource(const TypedLocalObjectReference& resource, const Path& path, Errors& errors) {
    if (resource.apiGroup) errors.check(path.child("apiGroup"), *resource.apiGroup, dns_subdomain);
    if (resource.kind.empty()) errors.required(path.child("kind"), "kind is required");
    else errors.check(path.child("kind"), resource.kind, path_segment);
    if (resource.name.empty()) errors.required(path.child("name"), "name is required");
    else errors.check(path.child("name"), resource.name, path_segment);
}

void validate_backend(const IngressBackend& backend, const Path& path, Errors& errors) {
    if (backend.service && backend.resource) {
        errors.invalid(path, go_quoted(""), "cannot set both resource and service backends");
    } else if (backend.resource) {
        validate_resource(*backend.resource, path.child("resource"), errors);
    } else if (backend.service) {
        validate_backend_service(*backend.service, path, errors);
    } else {
        errors.invalid(path, go_quoted(""), "resource or service backend is required");
    }
}

void validate_path_text(const std::string& text, const Path& path, Errors& errors) {
    for (const std::string_view part : kForbiddenInPath) {
        if (text.find(part) != std::string::npos)
            errors.invalid(path, go_quoted(text), "must not contain '" + std::string(part) + "'");
    }
    for (const std::string_view end : kForbiddenAtEnd) {
        if (text.ends_with(end))
            errors.invalid(path, go_quoted(text), "cannot end with '" + std::string(end) + "'");
    }
}

void validate_path(const HTTPIngressPath& entry, const Path& path, Errors& errors) {
    constexpr std::string_view kAbsolute = "must be an absolute path";
    const Path text_path = path.child("path");
    const std::string type = entry.pathType ? entry.pathType->str() : "";
    if (!entry.pathType) {
        errors.required(path.child("pathType"), "pathType must be specified");
    } else if (type == "Exact" || type == "Prefix") {
        if (!entry.path.str().starts_with('/')) errors.invalid(text_path, go_quoted(entry.path), kAbsolute);
        validate_path_text(entry.path, text_path, errors);
    } else if (type == "ImplementationSpecific") {
        if (!entry.path.empty() && !entry.path.str().starts_with('/'))
            errors.invalid(text_path, go_quoted(entry.path), kAbsolute);
    } else {
        errors.unsupported(path.child("pathType"), go_quoted(type),
                           {"Exact", "ImplementationSpecific", "Prefix"});
    }
    validate_backend(entry.backend, path.child("backend"), errors);
}

// *.example.com
Complaints wildcard_subdomain(std::string_view text) {
    if (text.starts_with("*.") && dns_subdomain(text.substr(2)).empty()) return {};
    return {
        "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must "
        "consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character "
        R"((e.g. '*.example.com', regex used for validation is '\*\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)"
        R"((\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*'))"};
}

void validate_host(const std::string& host, const Path& path, Errors& errors) {
    errors.check(path, host, host.find('*') != std::string::npos ? wildcard_subdomain : dns_subdomain);
}

void validate_rule(const IngressRule& rule, const Path& path, Errors& errors) {
    if (!rule.host.empty()) {
        if (parse_address(rule.host))
            errors.invalid(path.child("host"), go_quoted(rule.host), "must be a DNS name, not an IP address");
        else validate_host(rule.host, path.child("host"), errors);
    }
    if (!rule.http) return;
    const Path paths = path.child("http").child("paths");
    if (rule.http->paths.empty()) errors.required(paths);
    for (std::size_t i = 0; i < rule.http->paths.size(); ++i)
        validate_path(rule.http->paths[i], paths.index(i), errors);
}

void validate_spec(const IngressSpec& spec, Errors& errors) {
    if (spec.rules.empty() && !spec.defaultBackend) {
        errors.invalid(kSpec, "[]networking.IngressRule(nil)",
                       "either `defaultBackend` or `rules` must be specified");
    }
    if (spec.defaultBackend) validate_backend(*spec.defaultBackend, kSpec.child("defaultBackend"), errors);
    for (std::size_t i = 0; i < spec.rules.size(); ++i)
        validate_rule(spec.rules[i], kSpec.child("rules").index(i), errors);
    for (std::size_t i = 0; i < spec.tls.size(); ++i) {
        const Path path = kSpec.child("tls").index(i);
        for (std::size_t j = 0; j < spec.tls[i].hosts.size(); ++j)
            validate_host(spec.tls[i].hosts[j], path.child("hosts").index(j), errors);
        if (!spec.tls[i].secretName.empty())
            errors.check(path.child("secretName"), spec.tls[i].secretName, dns_subdomain);
    }
    if (spec.ingressClassName)
        errors.check(kSpec.child("ingressClassName"), *spec.ingressClassName, dns_subdomain);
}

// upstream: validateIngressClassParametersReference
void validate_parameters(const IngressClassParametersReference& parameters, Errors& errors) {
    const Path path("spec.parameters");
    if (parameters.apiGroup) errors.check(path.child("apiGroup"), *parameters.apiGroup, dns_subdomain);
    if (parameters.kind.empty()) errors.required(path.child("kind"), "kind is required");
    else errors.check(path.child("kind"), parameters.kind, path_segment);
    if (parameters.name.empty()) errors.required(path.child("name"), "name is required");
    else errors.check(path.child("name"), parameters.name, path_segment);
    const std::string scope = parameters.scope ? parameters.scope->str() : "";
    errors.one_of(path.child("scope"), scope, {"Cluster", "Namespace"});
    const Path space = path.child("namespace");
    const bool named = parameters.namespace_ && !parameters.namespace_->empty();
    if (scope == "Namespace") {
        if (!named) errors.required(space, "`parameters.scope` is set to 'Namespace'");
        else errors.check(space, *parameters.namespace_, dns_label);
    } else if (scope == "Cluster" && named) {
        errors.forbidden(space, "`parameters.scope` is set to 'Cluster'");
    }
}

void validate_class_spec(const IngressClassSpec& spec, Errors& errors) {
    const Path controller("spec.controller");
    if (spec.controller.size() > 250) errors.too_long(controller, 250);
    validate_domain_path(spec.controller, controller, errors);
    if (spec.parameters) validate_parameters(*spec.parameters, errors);
}

}  // namespace

void validate_ingress(const Ingress& object, Errors& errors) {
    validate_spec(object.spec, errors);
    const Text* annotation = object.metadata.annotations.get(kIngressClassAnnotation);
    if (annotation != nullptr && object.spec.ingressClassName &&
        *annotation != *object.spec.ingressClassName) {
        errors.invalid(Path("annotations").child(kIngressClassAnnotation), go_quoted(*annotation),
                       "must match `ingressClassName` when both are specified");
    }
}

void validate_ingress_update(const Ingress& now, const Ingress&, Errors& errors) {
    validate_spec(now.spec, errors);
}

void validate_ingress_class(const IngressClass& object, Errors& errors) {
    validate_class_spec(object.spec, errors);
}

void validate_ingress_class_update(const IngressClass& now, const IngressClass& old, Errors& errors) {
    validate_class_spec(now.spec, errors);
    if (now.spec.controller != old.spec.controller)
        errors.invalid(Path("spec.controller"), go_quoted(now.spec.controller), kImmutable);
}

}  // namespace kubetab::api
