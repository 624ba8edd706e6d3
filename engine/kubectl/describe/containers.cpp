#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "engine/api/quantity.h"
#include "engine/base/stable_sort.h"
#include "engine/kubectl/describe/pod_parts.h"

namespace kubetab::kubectl::describe {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::size_t start = 0;
    while (start <= text.size()) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        lines.push_back(text.substr(start, end - start));
        start = end + 1;
    }
    return lines;
}

const Json* status_named(const Json* statuses, const std::string& name) {
    if (statuses == nullptr || !statuses->is_array()) return nullptr;
    for (const Json& status : *statuses) {
        if (base::text_at(status, {"name"}) == name) return &status;
    }
    return nullptr;
}

void write_port_line(Writer& writer, std::string_view title, const std::string& ports) {
    const bool several = ports.find(',') != std::string::npos;
    writer.field(2, fmt::format("{}{}", title, several ? "s" : ""), or_none(ports));
}

void write_basics(const Json& container, const Json* status, std::string_view space, Writer& writer) {
    writer.write(1, fmt::format("{}{}:\n", space.empty() ? "" : " ", base::text_at(container, {"name"})));
    if (status != nullptr) writer.field(2, "Container ID", base::text_at(*status, {"containerID"}));
    writer.field(2, "Image", base::text_at(container, {"image"}));
    if (status != nullptr) writer.field(2, "Image ID", base::text_at(*status, {"imageID"}));
    std::vector<std::string> ports;
    std::vector<std::string> host_ports;
    for (const Json& port : array_at(container, {"ports"})) {
        const std::string protocol = value_at(port, {"protocol"}, "TCP");
        ports.push_back(fmt::format("{}/{}", base::int_at(port, {"containerPort"}), protocol));
        host_ports.push_back(fmt::format("{}/{}", base::int_at(port, {"hostPort"}), protocol));
    }
    write_port_line(writer, "Port", join(ports, ", "));
    write_port_line(writer, "Host Port", join(host_ports, ", "));
}

void write_words(Writer& writer, std::string_view title, const Json& words) {
    if (words.empty()) return;
    writer.write(2, fmt::format("{}:\n", title));
    for (const Json& word : words) {
        for (const std::string& line : lines_of(text_of(&word))) writer.write(3, line + "\n");
    }
}

void write_terminated(std::string_view title, const Json& terminated, Writer& writer) {
    writer.field(2, title, "Terminated");
    const std::string reason = base::text_at(terminated, {"reason"});
    const std::string message = base::text_at(terminated, {"message"});
    const std::int64_t signal = base::int_at(terminated, {"signal"});
    if (!reason.empty()) writer.field(3, "Reason", reason);
    if (!message.empty()) writer.field(3, "Message", message);
    writer.field(3, "Exit Code", std::to_string(base::int_at(terminated, {"exitCode"})));
    if (signal > 0) writer.field(3, "Signal", std::to_string(signal));
    writer.field(3, "Started", date_of(base::text_at(terminated, {"startedAt"})));
    writer.field(3, "Finished", date_of(base::text_at(terminated, {"finishedAt"})));
}

void write_state(std::string_view title, const Json& state, Writer& writer) {
    if (const Json* running = base::find(state, "running"); running != nullptr && running->is_object()) {
        writer.field(2, title, "Running");
        writer.field(3, "Started", date_of(base::text_at(*running, {"startedAt"})));
        return;
    }
    if (const Json* terminated = base::find(state, "terminated");
        terminated != nullptr && terminated->is_object()) {
        write_terminated(title, *terminated, writer);
        return;
    }
    writer.field(2, title, "Waiting");
    const std::string reason = base::text_at(state, {"waiting", "reason"});
    if (!reason.empty()) writer.field(3, "Reason", reason);
}

void write_status(const Json& status, Writer& writer) {
    write_state("State", map_at(status, {"state"}), writer);
    const Json* last = base::find(status, {"lastState", "terminated"});
    if (last != nullptr && last->is_object())
        write_state("Last State", map_at(status, {"lastState"}), writer);
    writer.field(2, "Ready", truth_at(status, {"ready"}) ? "True" : "False");
    writer.field(2, "Restart Count", std::to_string(base::int_at(status, {"restartCount"})));
}

void write_probe(Writer& writer, std::string_view title, const Json* probe) {
    if (probe != nullptr && probe->is_object()) writer.field(2, title, probe_text(*probe));
}

void write_environment_sources(const Json& sources, Writer& writer) {
    if (sources.empty()) return;
    writer.write(2, "Environment Variables from:\n");
    for (const Json& source : sources) {
        const bool is_secret = base::find(source, "secretRef") != nullptr;
        const std::string_view reference = is_secret ? "secretRef" : "configMapRef";
        const std::string prefix = base::text_at(source, {"prefix"});
        writer.write(3, fmt::format("{}\t{}{}\tOptional: {}\n", base::text_at(source, {reference, "name"}),
                                    is_secret ? "Secret" : "ConfigMap",
                                    prefix.empty() ? "" : " with prefix '" + prefix + "'",
                                    truth_at(source, {reference, "optional"})));
    }
}

// The value of metadata.name and the like; "" for fields that only the kubelet knows.
// upstream: pkg/fieldpath ExtractFieldPathAsString
std::string pod_field(const Json& pod, const std::string& path) {
    if (path == "metadata.name") return base::text_at(pod, {"metadata", "name"});
    if (path == "metadata.namespace") return base::text_at(pod, {"metadata", "namespace"});
    if (path == "metadata.uid") return base::text_at(pod, {"metadata", "uid"});
    for (const std::string_view map : {"labels", "annotations"}) {
        const std::string start = fmt::format("metadata.{}['", map);
        if (path.starts_with(start) && path.ends_with("']")) {
            return base::text_at(
                pod, {"metadata", map, path.substr(start.size(), path.size() - start.size() - 2)});
        }
    }
    return {};
}

// upstream: pkg/api/v1/resource ExtractContainerResourceValue
std::string resource_value(const Json& container, const Json& reference) {
    const std::string resource = base::text_at(reference, {"resource"});
    const std::size_t dot = resource.find('.');
    if (dot == std::string::npos) return {};
    const std::string amount =
        value_at(container, {"resources", resource.substr(0, dot), resource.substr(dot + 1)}, "0");
    const std::string divisor_text = value_at(reference, {"divisor"}, "1");
    const base::Result<api::Quantity> quantity = api::Quantity::parse(amount);
    base::Result<api::Quantity> divisor = api::Quantity::parse(divisor_text);
    if (!quantity.ok() || !divisor.ok()) return {};
    const bool is_cpu = resource.ends_with(".cpu");
    const api::Quantity by = divisor.value().is_zero() ? api::Quantity::of_units(1) : divisor.value();
    const std::int64_t numerator = is_cpu ? quantity->milli() : quantity->units();
    const std::int64_t denominator = is_cpu ? by.milli() : by.units();
    if (denominator <= 0) return {};
    const std::int64_t value = (numerator + denominator - 1) / denominator;
    if (value == 0 && (resource == "limits.cpu" || resource == "limits.memory")) return "node allocatable";
    return std::to_string(value);
}

void write_variable(const Json& variable, const Json& container, const Json* pod, Writer& writer) {
    const std::string name = base::text_at(variable, {"name"});
    const Json& from = map_at(variable, {"valueFrom"});
    if (const Json* field = base::find(from, "fieldRef"); field != nullptr) {
        const std::string path = base::text_at(*field, {"fieldPath"});
        writer.write(3, fmt::format("{}:\t{} ({}:{})\n", name, pod != nullptr ? pod_field(*pod, path) : "",
                                    value_at(*field, {"apiVersion"}, "v1"), path));
    } else if (const Json* resource = base::find(from, "resourceFieldRef"); resource != nullptr) {
        writer.write(3, fmt::format("{}:\t{} ({})\n", name, resource_value(container, *resource),
                                    base::text_at(*resource, {"resource"})));
    } else if (const Json* secret = base::find(from, "secretKeyRef"); secret != nullptr) {
        writer.write(3, fmt::format("{}:\t<set to the key '{}' in secret '{}'>\tOptional: {}\n", name,
                                    base::text_at(*secret, {"key"}), base::text_at(*secret, {"name"}),
                                    truth_at(*secret, {"optional"})));
    } else if (const Json* map = base::find(from, "configMapKeyRef"); map != nullptr) {
        writer.write(3, fmt::format("{}:\t<set to the key '{}' of config map '{}'>\tOptional: {}\n", name,
                                    base::text_at(*map, {"key"}), base::text_at(*map, {"name"}),
                                    truth_at(*map, {"optional"})));
    } else {
        const std::vector<std::string> lines = lines_of(base::text_at(variable, {"value"}));
        for (const std::string& line : lines) {
            writer.write(3,
                         fmt::format("{}\t{}\n", &line == &lines.front() ? name + ":" : std::string(), line));
        }
    }
}

void write_environment(const Json& container, const Json* pod, Writer& writer) {
    const Json& variables = array_at(container, {"env"});
    writer.write(2, variables.empty() ? "Environment:\t<none>\n" : "Environment:\n");
    for (const Json& variable : variables) write_variable(variable, container, pod, writer);
}

std::vector<Json> sorted_by(const Json& array, std::string_view key) {
    std::vector<Json> sorted(array.begin(), array.end());
    base::stable_sort(sorted, [key](const Json& a, const Json& b) {
        return base::text_at(a, {key}) < base::text_at(b, {key});
    });
    return sorted;
}

void write_mounts(const Json& container, Writer& writer) {
    const Json& mounts = array_at(container, {"volumeMounts"});
    writer.write(2, mounts.empty() ? "Mounts:\t<none>\n" : "Mounts:\n");
    for (const Json& mount : sorted_by(mounts, "mountPath")) {
        std::string options = truth_at(mount, {"readOnly"}) ? "ro" : "rw";
        const std::string sub_path = base::text_at(mount, {"subPath"});
        if (!sub_path.empty()) options += fmt::format(",path=\"{}\"", sub_path);
        writer.write(3, fmt::format("{} from {} ({})\n", base::text_at(mount, {"mountPath"}),
                                    base::text_at(mount, {"name"}), options));
    }
    const Json& devices = array_at(container, {"volumeDevices"});
    if (devices.empty()) return;
    writer.write(2, "Devices:\n");
    for (const Json& device : sorted_by(devices, "devicePath")) {
        writer.write(3, fmt::format("{} from {}\n", base::text_at(device, {"devicePath"}),
                                    base::text_at(device, {"name"})));
    }
}

void write_resource_list(Writer& writer, int level, std::string_view title, const Json& list) {
    if (list.empty()) return;
    writer.write(level, fmt::format("{}:\n", title));
    for (const auto& [name, amount] : list.items()) writer.field(level + 1, name, text_of(&amount));
}

std::string http_url(const Json& get) {
    std::string scheme = value_at(get, {"scheme"}, "HTTP");
    std::transform(scheme.begin(), scheme.end(), scheme.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    const std::string path = base::text_at(get, {"path"});
    std::string escaped;
    if (!path.empty() && path.front() != '/') escaped += '/';
    for (const char c : path) {
        if (c == '?' || c == '#' || c == '%' || c == ' ' || c == '"' || c == '<' || c == '>') {
            escaped += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
        } else {
            escaped += c;
        }
    }
    return fmt::format("{}://{}:{}{}", scheme, base::text_at(get, {"host"}), value_at(get, {"port"}),
                       escaped);
}

}  // namespace

std::string probe_text(const Json& probe) {
    const std::string attributes =
        fmt::format("delay={}s timeout={}s period={}s #success={} #failure={}",
                    base::int_at(probe, {"initialDelaySeconds"}), base::int_at(probe, {"timeoutSeconds"}),
                    base::int_at(probe, {"periodSeconds"}), base::int_at(probe, {"successThreshold"}),
                    base::int_at(probe, {"failureThreshold"}));
    if (base::find(probe, "exec") != nullptr) {
        return fmt::format("exec [{}] {}", join_values(array_at(probe, {"exec", "command"}), " "),
                           attributes);
    }
    if (const Json* get = base::find(probe, "httpGet"); get != nullptr) {
        return fmt::format("http-get {} {}", http_url(*get), attributes);
    }
    if (const Json* socket = base::find(probe, "tcpSocket"); socket != nullptr) {
        return fmt::format("tcp-socket {}:{} {}", base::text_at(*socket, {"host"}),
                           value_at(*socket, {"port"}), attributes);
    }
    if (const Json* grpc = base::find(probe, "grpc"); grpc != nullptr) {
        return fmt::format("grpc <pod>:{} {} {}", value_at(*grpc, {"port"}), value_at(*grpc, {"service"}),
                           attributes);
    }
    return "unknown " + attributes;
}

void write_resources(const Json& resources, Writer& writer, int level) {
    write_resource_list(writer, level, "Limits", map_at(resources, {"limits"}));
    write_resource_list(writer, level, "Requests", map_at(resources, {"requests"}));
}

void write_containers(const ContainerListing& listing, Writer& writer) {
    writer.add(
        fmt::format("{}{}:{}\n", listing.space, listing.title, listing.containers.empty() ? " <none>" : ""));
    for (const Json& container : listing.containers) {
        const Json* status = status_named(listing.statuses, base::text_at(container, {"name"}));
        write_basics(container, status, listing.space, writer);
        write_words(writer, "Command", array_at(container, {"command"}));
        write_words(writer, "Args", array_at(container, {"args"}));
        if (status != nullptr) write_status(*status, writer);
        write_resources(map_at(container, {"resources"}), writer, 2);
        write_probe(writer, "Liveness", base::find(container, "livenessProbe"));
        write_probe(writer, "Readiness", base::find(container, "readinessProbe"));
        write_probe(writer, "Startup", base::find(container, "startupProbe"));
        write_environment_sources(array_at(container, {"envFrom"}), writer);
        write_environment(container, listing.pod, writer);
        write_mounts(container, writer);
    }
}

}  // namespace kubetab::kubectl::describe
