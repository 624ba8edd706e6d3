#include <fmt/format.h>

#include "engine/kubectl/describe/describers.h"
#include "engine/kubectl/describe/parts.h"

namespace kubetab::kubectl::describe {
namespace {

// The number of bytes that a base64 text stands for.
std::size_t decoded_size(std::string_view base64) {
    std::size_t digits = 0;
    for (const char c : base64) {
        if (c != '=' && c != '\n' && c != '\r') ++digits;
    }
    return digits * 6 / 8;
}

}  // namespace

void describe_config_map(const Subject& subject, Writer& writer) {
    write_name(subject, writer);
    write_labels_and_annotations(subject, writer);
    writer.add("\nData\n====\n");
    for (const auto& [key, value] : map_at(subject.object, {"data"}).items()) {
        writer.add(fmt::format("{}:\n----\n{}\n\n", key, text_of(&value)));
    }
    writer.add("\nBinaryData\n====\n");
    const Json& binary = map_at(subject.object, {"binaryData"});
    for (const auto& [key, value] : binary.items()) {
        writer.add(fmt::format("{}: {} bytes\n", key, decoded_size(text_of(&value))));
    }
    writer.add("\n");
    write_events(subject, writer);
}

void describe_secret(const Subject& subject, Writer& writer) {
    const Json& secret = subject.object;
    write_name(subject, writer);
    write_labels_and_annotations(subject, writer);
    writer.add(fmt::format("\nType:\t{}\n\nData\n====\n", base::text_at(secret, {"type"})));
    const bool is_token = base::text_at(secret, {"type"}) == "kubernetes.io/service-account-token";
    for (const auto& [key, value] : map_at(secret, {"data"}).items()) {
        if (is_token && key == "token") {
            writer.add(fmt::format("{}:\t{}\n", key, text_of(&value)));
        } else {
            writer.add(fmt::format("{}:\t{} bytes\n", key, decoded_size(text_of(&value))));
        }
    }
}

void describe_service_account(const Subject& subject, Writer& writer) {
    const auto write_names = [&writer](std::string_view title, const Json& references) {
        writer.add(fmt::format("{}:\t", title));
        if (references.empty()) writer.add("<none>\n");
        for (const Json& reference : references) {
            if (&reference != &references.front()) writer.add("\t");
            writer.add(base::text_at(reference, {"name"}) + "\n");
        }
    };
    write_name(subject, writer);
    write_labels_and_annotations(subject, writer);
    write_names("Image pull secrets", array_at(subject.object, {"imagePullSecrets"}));
    write_names("Mountable secrets", array_at(subject.object, {"secrets"}));

    Json tokens = Json::array();
    const base::Result<std::vector<Json>> secrets =
        subject.lookup.list("/api/v1/namespaces/" + subject.namespace_name() + "/secrets",
                            {{"fieldSelector", "type=kubernetes.io/service-account-token"}});
    if (secrets.ok()) {
        const std::string uid = base::text_at(subject.object, {"metadata", "uid"});
        for (const Json& secret : *secrets) {
            const Json& annotations = map_at(secret, {"metadata", "annotations"});
            if (base::text_at(annotations, {"kubernetes.io/service-account.name"}) != subject.name())
                continue;
            if (base::text_at(annotations, {"kubernetes.io/service-account.uid"}) != uid) continue;
            tokens.push_back(Json{{"name", base::text_at(secret, {"metadata", "name"})}});
        }
    }
    write_names("Tokens", tokens);
    write_events(subject, writer);
}

void describe_priority_class(const Subject& subject, Writer& writer) {
    const Json& object = subject.object;
    write_name(subject, writer);
    writer.add(fmt::format("Value:\t{}\n", value_at(object, {"value"})));
    writer.add(fmt::format("GlobalDefault:\t{}\n", truth_at(object, {"globalDefault"})));
    writer.add(fmt::format("PreemptionPolicy:\t{}\n", value_at(object, {"preemptionPolicy"})));
    writer.add(fmt::format("Description:\t{}\n", value_at(object, {"description"})));
    writer.field(0, "Annotations", format_labels(map_at(object, {"metadata", "annotations"})));
    write_events(subject, writer);
}

}  // namespace kubetab::kubectl::describe
