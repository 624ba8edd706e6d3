// LimitRange and ResourceQuota. upstream: kubectl/pkg/describe/describe.go

#include <fmt/format.h>

#include <algorithm>

#include "engine/api/quantity.h"
#include "engine/kubectl/describe/parts.h"
#include "engine/kubectl/describe/policy_describers.h"

namespace kubetab::kubectl::describe {
namespace {

struct ScopeHelp {
    std::string_view scope;
    std::string_view text;
};

constexpr ScopeHelp kScopes[] = {
    {"Terminating",
     "Matches all pods that have an active deadline. These pods have a limited lifespan on a "
     "node before being actively terminated by the system."},
    {"NotTerminating",
     "Matches all pods that do not have an active deadline. These pods usually include "
     "long running pods whose container command is not expected to terminate."},
    {"BestEffort",
     "Matches all pods that do not have resource requirements set. These pods have a best "
     "effort quality of service."},
    {"NotBestEffort",
     "Matches all pods that have at least one resource requirement set. These pods have a "
     "burstable or guaranteed quality of service."},
};

std::string_view help_of(std::string_view scope) {
    for (const ScopeHelp& each : kScopes) {
        if (each.scope == scope) return each.text;
    }
    return {};
}

// What is used, in the suffixes that the bound is written in.
std::string used_of(const Json& quota, const std::string& name, const Json& hard) {
    const std::string text = value_at(quota, {"status", "used", name}, "0");
    const base::Result<api::Quantity> used = api::Quantity::parse(text);
    const base::Result<api::Quantity> bound = api::Quantity::parse(text_of(&hard));
    if (!used.ok() || !bound.ok() || used->format() == bound->format()) return text;
    return api::Quantity::of_units(used->units(), bound->format()).text();
}

}  // namespace

void write_quota_scopes(const Json& quota, int level, std::string_view bullet, Writer& writer) {
    std::vector<std::string> scopes;
    for (const Json& scope : array_at(quota, {"spec", "scopes"})) scopes.push_back(text_of(&scope));
    if (scopes.empty()) return;
    std::sort(scopes.begin(), scopes.end());
    writer.field(level, "Scopes", join(scopes, ", "));
    for (const std::string& scope : scopes) {
        const std::string_view help = help_of(scope);
        if (!help.empty()) writer.write(level, fmt::format("{}{}\n", bullet, help));
    }
}

void describe_limit_range(const Subject& subject, Writer& writer) {
    write_name(subject, writer);
    writer.add("Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio\n");
    writer.add("----\t--------\t---\t---\t---------------\t-------------\t-----------------------\n");
    write_limit_rows(subject.object, "", writer);
}

void describe_resource_quota(const Subject& subject, Writer& writer) {
    const Json& quota = subject.object;
    write_name(subject, writer);
    write_quota_scopes(quota, 0, " * ", writer);
    writer.add("Resource\tUsed\tHard\n--------\t----\t----\n");
    for (const auto& [name, hard] : map_at(quota, {"status", "hard"}).items()) {
        writer.add(fmt::format("{}\t{}\t{}\n", name, used_of(quota, name, hard), text_of(&hard)));
    }
}

}  // namespace kubetab::kubectl::describe
