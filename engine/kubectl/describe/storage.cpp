#include <fmt/format.h>

#include <utility>

#include "engine/kubectl/describe/describers.h"
#include "engine/kubectl/describe/pod_parts.h"

namespace kubetab::kubectl::describe {
namespace {

constexpr std::string_view kBetaStorageClass = "volume.beta.kubernetes.io/storage-class";

// One property of a volume's source: its title, and the field that holds it.
struct Property {
    std::string_view title{};
    std::string_view field{};
};

struct Source {
    std::string_view field;
    std::string_view type;
    Property properties[6];
};

// Names in the order of kubectl. Where it prints nothing for a missing flag, that is false.
constexpr Source kSources[] = {
    {"hostPath", "HostPath (bare host directory volume)", {{"Path", "path"}, {"HostPathType", "type"}}},
    {"gcePersistentDisk",
     "GCEPersistentDisk (a Persistent Disk resource in Google Compute Engine)",
     {{"PDName", "pdName"}, {"FSType", "fsType"}, {"Partition", "partition"}, {"ReadOnly", "readOnly"}}},
    {"awsElasticBlockStore",
     "AWSElasticBlockStore (a Persistent Disk resource in AWS)",
     {{"VolumeID", "volumeID"}, {"FSType", "fsType"}, {"Partition", "partition"}, {"ReadOnly", "readOnly"}}},
    {"nfs",
     "NFS (an NFS mount that lasts the lifetime of a pod)",
     {{"Server", "server"}, {"Path", "path"}, {"ReadOnly", "readOnly"}}},
    {"azureDisk",
     "AzureDisk (an Azure Data Disk mount on the host and bind mount to the pod)",
     {{"DiskName", "diskName"},
      {"DiskURI", "diskURI"},
      {"Kind", "kind"},
      {"FSType", "fsType"},
      {"CachingMode", "cachingMode"},
      {"ReadOnly", "readOnly"}}},
    {"vsphereVolume",
     "vSphereVolume (a Persistent Disk resource in vSphere)",
     {{"VolumePath", "volumePath"}, {"FSType", "fsType"}, {"StoragePolicyName", "storagePolicyName"}}},
    {"cinder",
     "Cinder (a Persistent Disk resource in OpenStack)",
     {{"VolumeID", "volumeID"}, {"FSType", "fsType"}, {"ReadOnly", "readOnly"}}},
    {"azureFile",
     "AzureFile (an Azure File Service mount on the host and bind mount to the pod)",
     {{"SecretName", "secretName"},
      {"SecretNamespace", "secretNamespace"},
      {"ShareName", "shareName"},
      {"ReadOnly", "readOnly"}}},
    {"local", "LocalVolume (a persistent volume backed by local storage on a node)", {{"Path", "path"}}},
    {"csi",
     "CSI (a Container Storage Interface (CSI) volume source)",
     {{"Driver", "driver"},
      {"FSType", "fsType"},
      {"VolumeHandle", "volumeHandle"},
      {"ReadOnly", "readOnly"}}},
};

void write_attributes(const Json& attributes, Writer& writer) {
    writer.write(2, "VolumeAttributes:\t");
    if (attributes.empty()) writer.add("<none>\n");
    bool first = true;
    for (const auto& [key, value] : attributes.items()) {
        if (!std::exchange(first, false)) writer.write(2, "\t");
        writer.add(fmt::format("{}={}\n", key, text_of(&value)));
    }
}

void write_source(const Json& spec, Writer& writer) {
    writer.add("Source:\n");
    for (const Source& source : kSources) {
        const Json* found = base::find(spec, source.field);
        if (found == nullptr) continue;
        writer.field(2, "Type", source.type);
        for (const Property& property : source.properties) {
            if (property.title.empty()) continue;
            std::string_view otherwise;
            if (property.field == "readOnly") otherwise = "false";
            if (property.field == "partition") otherwise = "0";
            writer.field(2, property.title, value_at(*found, {property.field}, otherwise));
        }
        if (source.field == "csi") write_attributes(map_at(*found, {"volumeAttributes"}), writer);
        return;
    }
    writer.add("    <unknown>\n");
}

struct Term {
    std::string title;
    const Json& requirements;
    std::string_view fixed_operator{};  // "": each requirement has its own
};

void write_term(int level, const Term& term, Writer& writer) {
    writer.write(level, term.title + ":\t");
    if (term.requirements.empty()) writer.add("<none>\n");
    for (const Json& requirement : term.requirements) {
        if (&requirement != &term.requirements.front()) writer.write(level, "\t");
        std::string comparison(term.fixed_operator);
        if (comparison.empty()) comparison = base::text_at(requirement, {"operator"});
        for (char& c : comparison) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        std::string text = base::text_at(requirement, {"key"}) + " " + comparison;
        const Json& values = array_at(requirement, {"values"});
        if (!values.empty()) text += " [" + join_values(values, ", ") + "]";
        writer.add(text + "\n");
    }
}

void write_node_affinity(const Json& spec, Writer& writer) {
    writer.add("Node Affinity:\t");
    if (base::find(spec, {"nodeAffinity", "required"}) == nullptr) {
        writer.add("<none>\n");
        return;
    }
    writer.add("\n");
    writer.write(1, "Required Terms:\t");
    const Json& terms = array_at(spec, {"nodeAffinity", "required", "nodeSelectorTerms"});
    writer.add(terms.empty() ? "<none>\n" : "\n");
    for (std::size_t i = 0; i < terms.size(); ++i) {
        write_term(2, {fmt::format("Term {}", i), array_at(terms[i], {"matchExpressions"}), {}}, writer);
    }
}

std::string modes_text(const Json& modes) {
    struct Brief {
        std::string_view mode;
        std::string_view brief;
    };
    constexpr Brief kBriefs[] = {{"ReadWriteOnce", "RWO"},
                                 {"ReadOnlyMany", "ROX"},
                                 {"ReadWriteMany", "RWX"},
                                 {"ReadWriteOncePod", "RWOP"}};
    std::vector<std::string> found;
    for (const Brief& each : kBriefs) {
        for (const Json& mode : modes) {
            if (text_of(&mode) != each.mode) continue;
            found.emplace_back(each.brief);
            break;
        }
    }
    return join(found, ",");
}

std::string class_name(const Json& object) {
    const Json& annotations = map_at(object, {"metadata", "annotations"});
    const std::string beta = base::text_at(annotations, {kBetaStorageClass});
    return beta.empty() ? base::text_at(object, {"spec", "storageClassName"}) : beta;
}

void write_status(const Subject& subject, Writer& writer) {
    const std::string deleted = base::text_at(subject.object, {"metadata", "deletionTimestamp"});
    writer.field(0, "Status",
                 deleted.empty() ? base::text_at(subject.object, {"status", "phase"})
                                 : "Terminating (lasts " + age_of(deleted, subject.now) + ")");
}

void write_finalizers(const Json& object, Writer& writer) {
    writer.field(0, "Finalizers", "[" + join_values(array_at(object, {"metadata", "finalizers"}), " ") + "]");
}

void write_volume_mode(const Json& object, Writer& writer) {
    const std::string mode = base::text_at(object, {"spec", "volumeMode"});
    if (!mode.empty()) writer.field(0, "VolumeMode", mode);
}

bool uses_claim(const Json& pod, const std::string& claim) {
    for (const Json& volume : array_at(pod, {"spec", "volumes"})) {
        if (base::text_at(volume, {"persistentVolumeClaim", "claimName"}) == claim) return true;
        const bool own = base::find(volume, "ephemeral") != nullptr;
        const std::string made =
            base::text_at(pod, {"metadata", "name"}) + "-" + base::text_at(volume, {"name"});
        if (own && made == claim) return true;
    }
    return false;
}

void write_users(const Subject& subject, Writer& writer) {
    std::vector<std::string> users;
    const base::Result<std::vector<Json>> pods =
        subject.lookup.list("/api/v1/namespaces/" + subject.namespace_name() + "/pods", {});
    if (pods.ok()) {
        for (const Json& pod : *pods) {
            if (uses_claim(pod, subject.name())) users.push_back(base::text_at(pod, {"metadata", "name"}));
        }
    }
    writer.field(0, "Used By", users.empty() ? "<none>" : join(users, "\n\t"));
}

void write_conditions(const Json& conditions, Writer& writer) {
    if (conditions.empty()) return;
    writer.add("Conditions:\n  Type\tStatus\tLastProbeTime\tLastTransitionTime\tReason\tMessage\n");
    writer.add("  ----\t------\t-----------------\t------------------\t------\t-------\n");
    for (const Json& condition : conditions) {
        writer.add(fmt::format("  {} \t{} \t{} \t{} \t{} \t{}\n", base::text_at(condition, {"type"}),
                               base::text_at(condition, {"status"}),
                               date_of(base::text_at(condition, {"lastProbeTime"})),
                               date_of(base::text_at(condition, {"lastTransitionTime"})),
                               base::text_at(condition, {"reason"}), base::text_at(condition, {"message"})));
    }
}

void write_data_source(const Json& object, Writer& writer) {
    const Json* source = base::find(object, {"spec", "dataSource"});
    if (source == nullptr) return;
    writer.add("DataSource:\n");
    const std::string group = base::text_at(*source, {"apiGroup"});
    if (!group.empty()) writer.field(1, "APIGroup", group);
    writer.field(1, "Kind", base::text_at(*source, {"kind"}));
    writer.field(1, "Name", base::text_at(*source, {"name"}));
}

// A flag as kubectl prints a pointer to one.
std::string flag_text(const Json& object, std::string_view field) {
    if (base::find(object, field) == nullptr) return "<unset>";
    return truth_at(object, {field}) ? "True" : "False";
}

}  // namespace

void describe_persistent_volume(const Subject& subject, Writer& writer) {
    const Json& volume = subject.object;
    const Json& spec = map_at(volume, {"spec"});
    write_name(subject, writer);
    write_labels_and_annotations(subject, writer);
    write_finalizers(volume, writer);
    writer.field(0, "StorageClass", class_name(volume));
    write_status(subject, writer);
    const bool claimed = base::find(spec, "claimRef") != nullptr;
    writer.field(0, "Claim",
                 claimed ? base::text_at(spec, {"claimRef", "namespace"}) + "/" +
                               base::text_at(spec, {"claimRef", "name"})
                         : "");
    writer.field(0, "Reclaim Policy", base::text_at(spec, {"persistentVolumeReclaimPolicy"}));
    writer.field(0, "Access Modes", modes_text(array_at(spec, {"accessModes"})));
    write_volume_mode(volume, writer);
    writer.field(0, "Capacity", value_at(spec, {"capacity", "storage"}, "0"));
    write_node_affinity(spec, writer);
    writer.field(0, "Message", base::text_at(volume, {"status", "message"}));
    write_source(spec, writer);
    write_events(subject, writer);
}

void describe_persistent_volume_claim(const Subject& subject, Writer& writer) {
    const Json& claim = subject.object;
    const std::string volume = base::text_at(claim, {"spec", "volumeName"});
    const bool bound = !volume.empty();
    write_name(subject, writer);
    writer.field(0, "StorageClass", class_name(claim));
    write_status(subject, writer);
    writer.field(0, "Volume", volume);
    write_labels_and_annotations(subject, writer);
    write_finalizers(claim, writer);
    writer.field(0, "Capacity", bound ? value_at(claim, {"status", "capacity", "storage"}, "0") : "");
    writer.field(0, "Access Modes", bound ? modes_text(array_at(claim, {"status", "accessModes"})) : "");
    write_volume_mode(claim, writer);
    write_data_source(claim, writer);
    write_users(subject, writer);
    write_conditions(array_at(claim, {"status", "conditions"}), writer);
    write_events(subject, writer);
}

void describe_storage_class(const Subject& subject, Writer& writer) {
    const Json& object = subject.object;
    const Json& annotations = map_at(object, {"metadata", "annotations"});
    const bool is_default =
        base::text_at(annotations, {"storageclass.kubernetes.io/is-default-class"}) == "true" ||
        base::text_at(annotations, {"storageclass.beta.kubernetes.io/is-default-class"}) == "true";
    writer.field(0, "Name", subject.name());
    writer.field(0, "IsDefaultClass", is_default ? "Yes" : "No");
    writer.field(0, "Annotations", format_labels(annotations));
    writer.field(0, "Provisioner", base::text_at(object, {"provisioner"}));
    writer.field(0, "Parameters", format_labels(map_at(object, {"parameters"})));
    writer.field(0, "AllowVolumeExpansion", flag_text(object, "allowVolumeExpansion"));
    const Json& options = array_at(object, {"mountOptions"});
    writer.add(options.empty() ? "MountOptions:\t<none>\n" : "MountOptions:\n");
    for (const Json& option : options) writer.write(1, text_of(&option) + "\n");
    writer.field(0, "ReclaimPolicy", base::text_at(object, {"reclaimPolicy"}));
    writer.field(0, "VolumeBindingMode", base::text_at(object, {"volumeBindingMode"}));
    const Json& terms = array_at(object, {"allowedTopologies"});
    if (!terms.empty()) writer.add("AllowedTopologies:\t\n");
    for (std::size_t i = 0; i < terms.size(); ++i) {
        write_term(1, {fmt::format("Term {}", i), array_at(terms[i], {"matchLabelExpressions"}), "in"},
                   writer);
    }
    write_events(subject, writer);
}

void describe_csi_node(const Subject& subject, Writer& writer) {
    const Json& node = subject.object;
    write_name(subject, writer);
    write_labels_and_annotations(subject, writer);
    writer.field(0, "CreationTimestamp", date_of(base::text_at(node, {"metadata", "creationTimestamp"})));
    writer.add("Spec:\n");
    const Json& drivers = array_at(node, {"spec", "drivers"});
    if (!drivers.empty()) writer.write(1, "Drivers:\n");
    for (const Json& driver : drivers) {
        writer.write(2, base::text_at(driver, {"name"}) + ":\n");
        writer.field(3, "Node ID", base::text_at(driver, {"nodeID"}));
        const std::string count = value_at(driver, {"allocatable", "count"});
        if (!count.empty()) {
            writer.write(3, "Allocatables:\n");
            writer.field(4, "Count", count);
        }
        const Json& keys = array_at(driver, {"topologyKeys"});
        if (!keys.empty()) writer.field(3, "Topology Keys", "[" + join_values(keys, " ") + "]");
    }
    write_events(subject, writer);
}

}  // namespace kubetab::kubectl::describe
