#include <fmt/format.h>

#include "engine/kubectl/describe/pod_parts.h"

namespace kubetab::kubectl::describe {
namespace {

void type_line(Writer& writer, std::string_view text) {
    writer.field(2, "Type", text);
}

void write_host_path(const Json& source, Writer& writer) {
    type_line(writer, "HostPath (bare host directory volume)");
    writer.field(2, "Path", base::text_at(source, {"path"}));
    writer.field(2, "HostPathType", value_at(source, {"type"}, "<none>"));
}

void write_empty_dir(const Json& source, Writer& writer) {
    type_line(writer, "EmptyDir (a temporary directory that shares a pod's lifetime)");
    writer.field(2, "Medium", base::text_at(source, {"medium"}));
    writer.field(2, "SizeLimit", value_at(source, {"sizeLimit"}, "<unset>"));
}

void write_secret(const Json& source, Writer& writer) {
    type_line(writer, "Secret (a volume populated by a Secret)");
    writer.field(2, "SecretName", base::text_at(source, {"secretName"}));
    writer.field(2, "Optional", truth_at(source, {"optional"}) ? "true" : "false");
}

void write_config_map(const Json& source, Writer& writer) {
    type_line(writer, "ConfigMap (a volume populated by a ConfigMap)");
    writer.field(2, "Name", base::text_at(source, {"name"}));
    writer.field(2, "Optional", truth_at(source, {"optional"}) ? "true" : "false");
}

void write_claim(const Json& source, Writer& writer) {
    type_line(writer, "PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)");
    writer.field(2, "ClaimName", base::text_at(source, {"claimName"}));
    writer.field(2, "ReadOnly", truth_at(source, {"readOnly"}) ? "true" : "false");
}

void write_nfs(const Json& source, Writer& writer) {
    type_line(writer, "NFS (an NFS mount that lasts the lifetime of a pod)");
    writer.field(2, "Server", base::text_at(source, {"server"}));
    writer.field(2, "Path", base::text_at(source, {"path"}));
    writer.field(2, "ReadOnly", truth_at(source, {"readOnly"}) ? "true" : "false");
}

void write_downward_items(const Json& items, Writer& writer) {
    for (const Json& item : items) {
        const std::string path = base::text_at(item, {"path"});
        if (base::find(item, "fieldRef") != nullptr) {
            writer.write(3, fmt::format("{} -> {}\n", base::text_at(item, {"fieldRef", "fieldPath"}), path));
        }
        if (base::find(item, "resourceFieldRef") != nullptr) {
            writer.write(
                3, fmt::format("{} -> {}\n", base::text_at(item, {"resourceFieldRef", "resource"}), path));
        }
    }
}

void write_downward(const Json& source, Writer& writer) {
    type_line(writer, "DownwardAPI (a volume populated by information about the pod)");
    writer.write(2, "Items:\n");
    write_downward_items(array_at(source, {"items"}), writer);
}

void write_projected(const Json& source, Writer& writer) {
    type_line(writer, "Projected (a volume that contains injected data from multiple sources)");
    for (const Json& part : array_at(source, {"sources"})) {
        if (const Json* secret = base::find(part, "secret"); secret != nullptr) {
            writer.field(2, "SecretName", base::text_at(*secret, {"name"}));
            writer.field(2, "SecretOptionalName", value_at(*secret, {"optional"}, "<nil>"));
        } else if (base::find(part, "downwardAPI") != nullptr) {
            writer.field(2, "DownwardAPI", "true");
        } else if (const Json* map = base::find(part, "configMap"); map != nullptr) {
            writer.field(2, "ConfigMapName", base::text_at(*map, {"name"}));
            // differs: a set value is printed, because upstream prints the address of the pointer.
            writer.field(2, "ConfigMapOptional", value_at(*map, {"optional"}, "<nil>"));
        } else if (const Json* token = base::find(part, "serviceAccountToken"); token != nullptr) {
            writer.field(2, "TokenExpirationSeconds", value_at(*token, {"expirationSeconds"}));
        }
    }
}

void write_csi(const Json& source, Writer& writer) {
    type_line(writer, "CSI (a Container Storage Interface (CSI) volume source)");
    writer.field(2, "Driver", base::text_at(source, {"driver"}));
    writer.field(2, "FSType", base::text_at(source, {"fsType"}));
    writer.field(2, "ReadOnly", truth_at(source, {"readOnly"}) ? "true" : "false");
}

void write_ephemeral(const Json& source, Writer& writer) {
    type_line(
        writer,
        "EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)");
    const Json& claim = map_at(source, {"volumeClaimTemplate"});
    const Json& spec = map_at(claim, {"spec"});
    writer.field(2, "StorageClass", base::text_at(spec, {"storageClassName"}));
    writer.field(2, "Volume", base::text_at(spec, {"volumeName"}));
    write_labels(writer, "    Labels", map_at(claim, {"metadata", "labels"}));
    write_annotations(writer, "    Annotations", map_at(claim, {"metadata", "annotations"}));
    writer.field(2, "Capacity", "");
    writer.field(2, "Access Modes", "");
    if (const std::string mode = base::text_at(spec, {"volumeMode"}); !mode.empty())
        writer.field(2, "VolumeMode", mode);
}

struct VolumeSource {
    std::string_view key;
    void (*write)(const Json& source, Writer& writer);
};

constexpr VolumeSource kSources[] = {
    {"hostPath", write_host_path},
    {"emptyDir", write_empty_dir},
    {"secret", write_secret},
    {"configMap", write_config_map},
    {"nfs", write_nfs},
    {"persistentVolumeClaim", write_claim},
    {"downwardAPI", write_downward},
    {"projected", write_projected},
    {"csi", write_csi},
    {"ephemeral", write_ephemeral},
};

}  // namespace

void write_volumes(const Json& volumes, Writer& writer, std::string_view space) {
    if (volumes.empty()) {
        writer.add(fmt::format("{}Volumes:\t<none>\n", space));
        return;
    }
    writer.add(fmt::format("{}Volumes:\n", space));
    for (const Json& volume : volumes) {
        writer.write(1, fmt::format("{}{}:\n", space.empty() ? "" : " ", base::text_at(volume, {"name"})));
        bool known = false;
        for (const VolumeSource& source : kSources) {
            const Json* found = base::find(volume, source.key);
            if (found == nullptr) continue;
            source.write(*found, writer);
            known = true;
            break;
        }
        if (!known) writer.write(1, "<unknown>\n");
    }
}

}  // namespace kubetab::kubectl::describe
