// kubectl auth reconcile. upstream: kubectl/pkg/cmd/auth/reconcile.go;
// component-helpers/auth/rbac/reconciliation/reconcile_role.go, reconcile_rolebindings.go
// differs: selectors of an aggregationRule are only added, never taken away.
#include <algorithm>
#include <utility>

#include "engine/api/codec.h"
#include "engine/kubectl/commands/auth.h"
#include "engine/kubectl/commands/mutation.h"
#include "engine/kubectl/printer.h"
#include "engine/kubectl/resources.h"
#include "engine/kubectl/rest.h"

namespace kubetab::kubectl {
namespace {

using base::Json;
using base::Result;

enum class Operation { None, Create, Update, Recreate };

// What is to be written, and what is said about it.
struct Plan {
    Operation operation = Operation::None;
    Json object{};
    bool is_protected = false;
    std::vector<std::string> added{};    // rules or subjects, as they are printed
    std::vector<std::string> removed{};  // only printed when extras are removed
};

// {Verbs:[get] APIGroups:[] Resources:[pods] ResourceNames:[] NonResourceURLs:[]}
std::string rule_text(const api::PolicyRule& rule) {
    return "{Verbs:" + api::list_text(rule.verbs) + " APIGroups:" + api::list_text(rule.apiGroups) +
           " Resources:" + api::list_text(rule.resources) +
           " ResourceNames:" + api::list_text(rule.resourceNames) +
           " NonResourceURLs:" + api::list_text(rule.nonResourceURLs) + "}";
}

std::vector<std::string> rule_texts(const api::PolicyRules& rules) {
    std::vector<std::string> texts;
    for (const api::PolicyRule& rule : rules) texts.push_back(rule_text(rule));
    return texts;
}

std::string subject_text(const Json& subject) {
    return "{Kind:" + base::text_at(subject, {"kind"}) + " APIGroup:" + base::text_at(subject, {"apiGroup"}) +
           " Name:" + base::text_at(subject, {"name"}) +
           " Namespace:" + base::text_at(subject, {"namespace"}) + "}";
}

Json list_at(const Json& object, const char* key) {
    const Json* list = base::find(object, key);
    return list != nullptr && list->is_array() ? *list : Json::array();
}

// Those of `wanted` that `present` lacks.
Json missing_from(const Json& present, const Json& wanted) {
    Json missing = Json::array();
    for (const Json& item : wanted) {
        if (std::find(present.begin(), present.end(), item) == present.end()) missing.push_back(item);
    }
    return missing;
}

// Labels and annotations that the object lacks. Those it has stay.
void merge_metadata(Plan& plan, const Json& expected) {
    for (const char* map : {"annotations", "labels"}) {
        const Json* wanted = base::find(expected, {"metadata", map});
        if (wanted == nullptr || !wanted->is_object()) continue;
        for (const auto& [key, value] : wanted->items()) {
            Json& present = plan.object["metadata"][map];
            if (present.contains(key)) continue;
            present[key] = value;
            plan.operation = Operation::Update;
        }
    }
}

void plan_rules(Plan& plan, const Json& expected, bool remove_extra) {
    const api::PolicyRules present = rules_of(plan.object);
    const api::PolicyRules wanted = rules_of(expected);
    const api::PolicyRules missing = api::uncovered(present, wanted);
    const api::PolicyRules extra = api::uncovered(wanted, present);
    plan.added = rule_texts(missing);
    plan.removed = rule_texts(extra);
    if (missing.empty() && (extra.empty() || !remove_extra)) return;
    plan.operation = Operation::Update;
    if (remove_extra) {
        plan.object["rules"] = list_at(expected, "rules");
        return;
    }
    for (const api::PolicyRule& rule : missing)
        plan.object["rules"].push_back(api::to_json(api::type_of<api::PolicyRule>(), &rule));
}

void plan_aggregation(Plan& plan, const Json& expected) {
    const auto selectors = [](const Json& role) {
        return list_at(role.value("aggregationRule", Json::object()), "clusterRoleSelectors");
    };
    Json all = selectors(plan.object);
    const Json missing = missing_from(all, selectors(expected));
    if (missing.empty()) return;
    for (const Json& selector : missing) all.push_back(selector);
    plan.object["aggregationRule"]["clusterRoleSelectors"] = std::move(all);
    plan.operation = Operation::Update;
}

void plan_subjects(Plan& plan, const Json& expected, bool remove_extra) {
    const Json present = list_at(plan.object, "subjects");
    const Json wanted = list_at(expected, "subjects");
    const Json missing = missing_from(present, wanted);
    const Json extra = missing_from(wanted, present);
    for (const Json& subject : missing) plan.added.push_back(subject_text(subject));
    for (const Json& subject : extra) plan.removed.push_back(subject_text(subject));
    if (missing.empty() && (extra.empty() || !remove_extra)) return;
    plan.operation = Operation::Update;
    if (remove_extra) {
        plan.object["subjects"] = wanted;
        return;
    }
    for (const Json& subject : missing) plan.object["subjects"].push_back(subject);
}

// What the server would add by itself, so that it is no difference.
void fill_in_groups(Json& binding) {
    if (base::text_at(binding, {"roleRef", "apiGroup"}).empty())
        binding["roleRef"]["apiGroup"] = api::kRbacGroup;
    const auto subjects = binding.find("subjects");
    if (subjects == binding.end() || !subjects->is_array()) return;
    for (Json& subject : *subjects) {
        const bool named = base::text_at(subject, {"kind"}) != "ServiceAccount";
        if (named && base::text_at(subject, {"apiGroup"}).empty()) subject["apiGroup"] = api::kRbacGroup;
    }
}

bool is_binding(const Info& info) {
    return info.resource.kind == "RoleBinding" || info.resource.kind == "ClusterRoleBinding";
}

Plan plan_new(const Info& info) {
    Plan plan{.operation = Operation::Create, .object = info.object};
    if (!is_binding(info)) plan.added = rule_texts(rules_of(info.object));
    for (const Json& subject : is_binding(info) ? list_at(info.object, "subjects") : Json::array())
        plan.added.push_back(subject_text(subject));
    return plan;
}

Plan plan_change(const Context& context, const Info& info, const Json& existing) {
    Plan plan{.object = existing};
    plan.is_protected = base::text_at(existing, {"metadata", "annotations",
                                                 "rbac.authorization.kubernetes.io/autoupdate"}) == "false";
    if (is_binding(info) && existing.value("roleRef", Json()) != info.object.value("roleRef", Json())) {
        plan.operation = Operation::Recreate;
        plan.object = info.object;
        return plan;
    }
    merge_metadata(plan, info.object);
    if (is_binding(info)) {
        plan_subjects(plan, info.object, context.flags.truth("remove-extra-subjects"));
        return plan;
    }
    const bool gathers = info.object.contains("aggregationRule") && existing.contains("aggregationRule");
    if (!gathers) plan_rules(plan, info.object, context.flags.truth("remove-extra-permissions"));
    plan_aggregation(plan, info.object);
    return plan;
}

// A role's namespace is made when it is missing. upstream: tryEnsureNamespace
Result<void> ensure_namespace(Context& context, const Info& info) {
    if (!info.resource.namespaced) return {};
    const auto found = get_json(context, "/api/v1/namespaces/" + info.namespace_);
    if (found.ok() || found.error().reason != base::Reason::NotFound) return {};
    TRY(post_json(context, "/api/v1/namespaces",
                  {{"apiVersion", "v1"}, {"kind", "Namespace"}, {"metadata", {{"name", info.namespace_}}}}));
    return {};
}

Result<Json> carry_out(Context& context, const Info& info, const Plan& plan) {
    const std::string collection = info.resource.collection_path(info.namespace_);
    switch (plan.operation) {
        case Operation::None: return plan.object;
        case Operation::Update: return put_json(context, info.path(), plan.object);
        case Operation::Recreate: TRY(delete_object(context, info.path(), Json::object())); break;
        case Operation::Create: TRY(ensure_namespace(context, info)); break;
    }
    return post_json(context, collection, plan.object);
}

void print_lines(Context& context, std::string_view title, const std::vector<std::string>& lines) {
    if (lines.empty()) return;
    context.err("\t" + std::string(title) + ":\n");
    for (const std::string& line : lines) context.err("\t\t" + line + "\n");
}

// upstream: printResults
void print_plan(Context& context, const Info& info, const Plan& plan) {
    static constexpr std::string_view kNames[] = {"", "create", "update", "recreate"};
    if (plan.operation == Operation::None) return;
    context.err("\treconciliation required " + std::string(kNames[static_cast<int>(plan.operation)]) +
                (plan.is_protected
                     ? ", but object opted out (rbac.authorization.kubernetes.io/autoupdate: false)"
                     : "") +
                "\n");
    const bool binding = is_binding(info);
    const std::string what = binding ? "subjects" : "rules";
    print_lines(context, "missing " + what + " added", plan.added);
    if (context.flags.truth(binding ? "remove-extra-subjects" : "remove-extra-permissions"))
        print_lines(context, "extra " + what + " removed", plan.removed);
}

Result<void> reconcile(Context& context, Info& info, DryRun dry_run) {
    if (is_binding(info)) fill_in_groups(info.object);
    const auto existing = get_json(context, info.path());
    if (!existing && existing.error().reason != base::Reason::NotFound) return existing.error();
    Plan plan = existing.ok() ? plan_change(context, info, *existing) : plan_new(info);
    if (dry_run == DryRun::None && !plan.is_protected) plan.object = TRY(carry_out(context, info, plan));
    TRY(print_result(context, info, plan.object, "reconciled"));
    if (context.printer == nullptr) print_plan(context, info, plan);
    return {};
}

Outcome run(Context& context) {
    ResourceQuery query = query_of(context);
    if (query.filenames.empty()) return client_error("must specify one of -f and -k");
    if (const auto output = check_output(context); !output) return output.error();
    const auto dry_run = dry_run_of(context);
    if (!dry_run) return dry_run.error();
    if (*dry_run == DryRun::Server)
        return client_error("--dry-run=server for command auth reconcile is not supported yet");
    Found found = read_manifests(context, query);
    if (!found.errors.empty()) return found.errors;
    for (Info& info : found.infos) {
        if (info.resource.group != api::kRbacGroup) continue;  // Others are left alone.
        if (const auto done = reconcile(context, info, *dry_run); !done) return done.error();
    }
    return 0;
}

}  // namespace

CommandSpec auth_reconcile_command() {
    const FlagTable flags = {
        {"remove-extra-permissions", 0, FlagType::Bool, "false", "Remove rights that the file does not have"},
        {"remove-extra-subjects", 0, FlagType::Bool, "false", "Remove subjects that the file does not have"},
    };
    return {
        .path = "auth reconcile",
        .aliases = {},
        .summary =
            "Reconciles rules for RBAC role, role binding, cluster role, and cluster role binding objects",
        .usage = "auth reconcile -f FILENAME [options]",
        .examples =
            "  # Give what the roles and bindings of a file say\n  kubectl auth reconcile -f rbac.yaml",
        .flags = filename_flags("identifying the resource to reconcile.") + flags + dry_run_flag() +
                 output_flags(),
        .run = run,
        .group = "",
    };
}

}  // namespace kubetab::kubectl
