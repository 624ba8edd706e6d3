#include <fmt/format.h>

#include "engine/kubectl/describe/describers.h"
#include "engine/kubectl/describe/parts.h"
#include "engine/kubectl/describe/policy_describers.h"

namespace kubetab::kubectl::describe {
namespace {

void write_conditions(const Json& conditions, Writer& writer) {
    if (conditions.empty()) return;
    writer.add("Conditions:\n");
    writer.write(1, "Type\tStatus\tLastTransitionTime\tReason\tMessage\n");
    writer.write(1, "----\t------\t------------------\t------\t-------\n");
    for (const Json& condition : conditions) {
        writer.write(
            1, fmt::format("{}\t{}\t{}\t{}\t{}\n", base::text_at(condition, {"type"}),
                           base::text_at(condition, {"status"}),
                           date_of(base::text_at(condition, {"lastTransitionTime"})),
                           base::text_at(condition, {"reason"}), base::text_at(condition, {"message"})));
    }
}

void write_quotas(const std::vector<Json>& quotas, Writer& writer) {
    writer.add("\n");
    if (quotas.empty()) {
        writer.add("No resource quota.\n");
        return;
    }
    writer.add("Resource Quotas\n");
    for (const Json& quota : quotas) {
        writer.field(1, "Name", base::text_at(quota, {"metadata", "name"}));
        write_quota_scopes(quota, 1, "* ", writer);
        writer.write(1, "Resource\tUsed\tHard\n");
        writer.write(1, "--------\t---\t---\n");
        for (const auto& [name, hard] : map_at(quota, {"status", "hard"}).items()) {
            writer.write(1, fmt::format("{}\t{}\t{}\n", name, value_at(quota, {"status", "used", name}, "0"),
                                        text_of(&hard)));
        }
    }
}

void write_limits(const std::vector<Json>& ranges, Writer& writer) {
    writer.add("\n");
    if (ranges.empty()) {
        writer.add("No LimitRange resource.\n");
        return;
    }
    writer.add(
        "Resource Limits\n Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request "
        "Ratio\n");
    writer.add(" ----\t--------\t---\t---\t---------------\t-------------\t-----------------------\n");
    for (const Json& range : ranges) write_limit_rows(range, " ", writer);
}

std::vector<Json> listed(const Subject& subject, std::string_view plural) {
    base::Result<std::vector<Json>> result =
        subject.lookup.list(fmt::format("/api/v1/namespaces/{}/{}", subject.name(), plural), {});
    return result.ok() ? std::move(result).value() : std::vector<Json>{};
}

}  // namespace

void describe_namespace(const Subject& subject, Writer& writer) {
    writer.field(0, "Name", subject.name());
    write_labels_and_annotations(subject, writer);
    writer.field(0, "Status", base::text_at(subject.object, {"status", "phase"}));
    write_conditions(array_at(subject.object, {"status", "conditions"}), writer);
    write_quotas(listed(subject, "resourcequotas"), writer);
    write_limits(listed(subject, "limitranges"), writer);
}

}  // namespace kubetab::kubectl::describe
