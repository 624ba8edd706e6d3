#include <fmt/format.h>

#include "engine/kubectl/commands/auth.h"
#include "engine/kubectl/describe/describers.h"
#include "engine/kubectl/describe/parts.h"

namespace kubetab::kubectl::describe {
namespace {

// Unlike most kinds, these show no namespace. upstream: RoleDescriber and its neighbours
void write_head(const Subject& subject, Writer& writer) {
    writer.field(0, "Name", subject.name());
    write_labels_and_annotations(subject, writer);
}

}  // namespace

void describe_role(const Subject& subject, Writer& writer) {
    write_head(subject, writer);
    writer.add("PolicyRule:\n");
    writer.write(1, "Resources\tNon-Resource URLs\tResource Names\tVerbs\n");
    writer.write(1, "---------\t-----------------\t--------------\t-----\n");
    for (const std::vector<std::string>& row : rule_rows(rules_of(subject.object)))
        writer.write(1, join(row, "\t") + "\n");
}

void describe_role_binding(const Subject& subject, Writer& writer) {
    write_head(subject, writer);
    writer.add("Role:\n");
    writer.write(1, fmt::format("Kind:\t{}\n", value_at(subject.object, {"roleRef", "kind"})));
    writer.write(1, fmt::format("Name:\t{}\n", value_at(subject.object, {"roleRef", "name"})));
    writer.add("Subjects:\n");
    writer.write(1, "Kind\tName\tNamespace\n");
    writer.write(1, "----\t----\t---------\n");
    for (const Json& each : array_at(subject.object, {"subjects"})) {
        writer.write(1, fmt::format("{}\t{}\t{}\n", value_at(each, {"kind"}), value_at(each, {"name"}),
                                    value_at(each, {"namespace"})));
    }
}

}  // namespace kubetab::kubectl::describe
