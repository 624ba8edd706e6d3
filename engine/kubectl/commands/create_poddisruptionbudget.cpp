// kubectl create poddisruptionbudget. upstream: kubectl/pkg/cmd/create/create_pdb.go
#include <algorithm>
#include <cstdlib>

#include "engine/api/selectors.h"
#include "engine/kubectl/commands/create_typed.h"
#include "engine/kubectl/commands/policy_commands.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using Operator = api::Requirement::Operator;

// Digits, with or without a percent sign behind them.
bool is_amount(std::string_view text) {
    if (ends_with(text, "%")) text.remove_suffix(1);
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

base::Json amount(const std::string& text) {
    if (ends_with(text, "%")) return text;
    return std::strtoll(text.c_str(), nullptr, 10);
}

std::string_view operator_name(Operator comparison) {
    switch (comparison) {
        case Operator::In: return "In";
        case Operator::NotIn: return "NotIn";
        case Operator::Exists: return "Exists";
        case Operator::DoesNotExist: return "DoesNotExist";
        default: return {};
    }
}

std::string_view operator_sign(Operator comparison) {
    if (comparison == Operator::NotEquals) return "!=";
    return comparison == Operator::GreaterThan ? "gt" : "lt";
}

// The text of -l as a labelSelector. upstream: metav1.ParseToLabelSelector
base::Result<base::Json> label_selector(const std::string& text) {
    const auto parsed = api::Selector::parse(text);
    if (!parsed)
        return client_error("couldn't parse the selector string \"" + text + "\": " + parsed.error().message);
    base::Json selector = base::Json::object();
    for (const api::Requirement& each : parsed->requirements()) {
        if (each.comparison == Operator::Equals || each.comparison == Operator::DoubleEquals) {
            selector["matchLabels"][each.key.str()] = each.values.front();
            continue;
        }
        const std::string_view name = operator_name(each.comparison);
        if (name.empty()) {
            return client_error(quote(operator_sign(each.comparison)) +
                                " is not a valid label selector operator");
        }
        base::Json expression = {{"key", each.key}, {"operator", name}};
        for (const api::Text& value : each.values) expression["values"].push_back(value);
        selector["matchExpressions"].push_back(std::move(expression));
    }
    return selector;
}

base::Result<void> check(const Context& context) {
    const std::string& least = context.flags.text("min-available");
    const std::string& most = context.flags.text("max-unavailable");
    if (context.flags.text("selector").empty()) return client_error("a selector must be specified");
    if (least.empty() && most.empty())
        return client_error("one of min-available or max-unavailable must be specified");
    if (!least.empty() && !most.empty())
        return client_error("min-available and max-unavailable cannot be both specified");
    if (!least.empty() && !is_amount(least))
        return client_error("invalid format specified for min-available");
    if (!most.empty() && !is_amount(most))
        return client_error("invalid format specified for max-unavailable");
    return {};
}

Outcome run(Context& context) {
    const auto name = created_name(context);
    if (!name) return name.error();
    const auto good = check(context);
    if (!good) return good.error();
    base::Json object = created_object("policy/v1", "PodDisruptionBudget", *name);
    const auto selector = label_selector(context.flags.text("selector"));
    if (!selector) return selector.error();
    object["spec"]["selector"] = *selector;
    const std::string& least = context.flags.text("min-available");
    if (!least.empty()) object["spec"]["minAvailable"] = amount(least);
    else object["spec"]["maxUnavailable"] = amount(context.flags.text("max-unavailable"));
    for (const char* count : {"currentHealthy", "desiredHealthy", "disruptionsAllowed", "expectedPods"})
        object["status"][count] = 0;
    return create_typed(context, std::move(object), "poddisruptionbudgets:");
}

}  // namespace

CommandSpec create_pod_disruption_budget_command() {
    FlagTable flags = {
        {"max-unavailable", 0, FlagType::Text, "",
         "The most pods that may be missing, as a number or percentage"},
        {"min-available", 0, FlagType::Text, "",
         "The fewest pods that must be left, as a number or percentage"},
        {"selector", 0, FlagType::Text, "", "Label selector of the covered pods"},
    };
    return {
        .path = "create poddisruptionbudget",
        .aliases = {"pdb"},
        .summary = "Create a pod disruption budget with the specified name",
        .usage =
            "create poddisruptionbudget NAME --selector=SELECTOR --min-available=N "
            "[--dry-run=server|client|none] [options]",
        .examples =
            "  # Keep at least one pod with the label app=shop\n"
            "  kubectl create poddisruptionbudget shop --selector=app=shop --min-available=1",
        .flags = flags + typed_create_flags(),
        .run = run,
        .group = "",
    };
}

}  // namespace kubetab::kubectl
