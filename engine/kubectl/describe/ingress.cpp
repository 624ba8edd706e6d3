// upstream: staging/src/k8s.io/kubectl/pkg/describe/describe.go IngressDescriber, IngressClassDescriber
#include <fmt/format.h>

#include "engine/kubectl/describe/describers.h"
#include "engine/kubectl/describe/parts.h"

namespace kubetab::kubectl::describe {
namespace {

std::string port_text(const Json& port) {
    const std::string name = base::text_at(port, {"name"});
    return name.empty() ? value_at(port, {"number"}) : name;
}

// The name of the service's port that the backend means.
std::string service_port_name(const Json& service, const Json& port) {
    for (const Json& each : array_at(service, {"spec", "ports"})) {
        const bool same = base::text_at(port, {"name"}).empty()
                              ? value_at(each, {"port"}) == value_at(port, {"number"})
                              : base::text_at(each, {"name"}) == base::text_at(port, {"name"});
        if (same) return base::text_at(each, {"name"});
    }
    return "";
}

// Up to three addresses of the service's endpoints. upstream: formatEndpoints
std::string endpoints_text(const Json& endpoints, const std::string& port_name) {
    std::vector<std::string> shown;
    std::size_t count = 0;
    for (const Json& subset : array_at(endpoints, {"subsets"})) {
        for (const Json& port : array_at(subset, {"ports"})) {
            if (base::text_at(port, {"name"}) != port_name) continue;
            for (const Json& address : array_at(subset, {"addresses"})) {
                if (++count > 3) continue;
                shown.push_back(base::text_at(address, {"ip"}) + ":" + value_at(port, {"port"}));
            }
        }
    }
    std::string text = join(shown, ",");
    if (count > shown.size()) text += fmt::format(" + {} more...", count - shown.size());
    return text;
}

// upstream: describeBackend
std::string service_text(const Subject& subject, const Json& backend) {
    const std::string name = base::text_at(backend, {"name"});
    const std::string base_path = "/api/v1/namespaces/" + subject.namespace_name();
    const base::Result<Json> service = subject.lookup.get(base_path + "/services/" + name);
    const base::Result<Json> endpoints = subject.lookup.get(base_path + "/endpoints/" + name);
    if (!service.ok()) return "<error: " + service.error().message + ">";
    if (!endpoints.ok()) return "<error: " + endpoints.error().message + ">";
    return endpoints_text(*endpoints, service_port_name(*service, map_at(backend, {"port"})));
}

std::string backend_text(const Subject& subject, const Json& backend) {
    if (const Json* service = base::find(backend, {"service"}); service != nullptr && service->is_object()) {
        return fmt::format("{}:{} ({})", base::text_at(*service, {"name"}),
                           port_text(map_at(*service, {"port"})), service_text(subject, *service));
    }
    const Json& resource = map_at(backend, {"resource"});
    if (resource.empty()) return "";
    const std::string group = base::text_at(resource, {"apiGroup"});
    return fmt::format("APIGroup: {}, Kind: {}, Name: {}", group.empty() ? "<none>" : group,
                       base::text_at(resource, {"kind"}), base::text_at(resource, {"name"}));
}

void write_rules(const Subject& subject, const std::string& fallback, Writer& writer) {
    writer.write(0, "Rules:\n  Host\tPath\tBackends\n");
    writer.write(1, "----\t----\t--------\n");
    std::size_t rules = 0;
    for (const Json& rule : array_at(subject.object, {"spec", "rules"})) {
        const Json* http = base::find(rule, {"http"});
        if (http == nullptr || !http->is_object()) continue;
        ++rules;
        const std::string host = base::text_at(rule, {"host"});
        writer.write(1, fmt::format("{}\t\n", host.empty() ? "*" : host));
        for (const Json& path : array_at(*http, {"paths"})) {
            writer.write(2, fmt::format("\t{} \t{}\n", base::text_at(path, {"path"}),
                                        backend_text(subject, map_at(path, {"backend"}))));
        }
    }
    if (rules == 0) writer.write(1, fmt::format("{}\t{}\t{}\n", "*", "*", fallback));
}

}  // namespace

void describe_ingress(const Subject& subject, Writer& writer) {
    const Json& object = subject.object;
    const Json& spec = map_at(object, {"spec"});
    writer.field(0, "Name", subject.name());
    write_labels(writer, "Labels", map_at(object, {"metadata", "labels"}));
    writer.field(0, "Namespace", subject.namespace_name());
    std::vector<std::string> addresses;
    for (const Json& point : array_at(object, {"status", "loadBalancer", "ingress"})) {
        const std::string ip = base::text_at(point, {"ip"});
        addresses.push_back(ip.empty() ? base::text_at(point, {"hostname"}) : ip);
    }
    writer.field(0, "Address", join(addresses, ","));
    writer.field(0, "Ingress Class", value_at(spec, {"ingressClassName"}, "<none>"));
    const Json& backend = map_at(spec, {"defaultBackend"});
    const std::string fallback = backend.empty() ? "<default>" : backend_text(subject, backend);
    writer.field(0, "Default backend", fallback);
    const Json& certificates = array_at(spec, {"tls"});
    if (!certificates.empty()) {
        writer.write(0, "TLS:\n");
        for (const Json& each : certificates) {
            const std::string hosts = join_values(array_at(each, {"hosts"}), ",");
            const std::string secret = base::text_at(each, {"secretName"});
            writer.write(1, secret.empty() ? fmt::format("SNI routes {}\n", hosts)
                                           : fmt::format("{} terminates {}\n", secret, hosts));
        }
    }
    write_rules(subject, fallback, writer);
    write_annotations(writer, "Annotations", map_at(object, {"metadata", "annotations"}));
    write_events(subject, writer);
}

void describe_ingress_class(const Subject& subject, Writer& writer) {
    const Json& object = subject.object;
    writer.field(0, "Name", subject.name());
    write_labels(writer, "Labels", map_at(object, {"metadata", "labels"}));
    write_annotations(writer, "Annotations", map_at(object, {"metadata", "annotations"}));
    writer.field(0, "Controller", base::text_at(object, {"spec", "controller"}));
    const Json& parameters = map_at(object, {"spec", "parameters"});
    if (!parameters.empty()) {
        writer.write(0, "Parameters:\n");
        const std::string group = base::text_at(parameters, {"apiGroup"});
        if (!group.empty()) writer.field(1, "APIGroup", group);
        writer.field(1, "Kind", base::text_at(parameters, {"kind"}));
        writer.field(1, "Name", base::text_at(parameters, {"name"}));
    }
    write_events(subject, writer);
}

}  // namespace kubetab::kubectl::describe
