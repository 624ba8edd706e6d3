#include <algorithm>

#include "engine/api/codec.h"
#include "engine/base/stable_sort.h"
#include "engine/kubectl/commands/auth.h"

namespace kubetab::kubectl {

using api::PolicyRule;

namespace {

// "deployments.apps/scale". upstream: kubectl/pkg/describe/describe.go CombineResourceGroup
std::string resource_text(const PolicyRule& rule) {
    if (rule.resources.empty()) return {};
    const std::string& resource = rule.resources.front();
    const std::size_t slash = resource.find('/');
    std::string text = resource.substr(0, slash);
    if (!rule.apiGroups.empty() && !rule.apiGroups.front().empty()) text += "." + rule.apiGroups.front();
    if (slash != std::string::npos) text += resource.substr(slash);
    return text;
}

}  // namespace

api::PolicyRules rules_of(const base::Json& role) {
    api::StrictIssues issues;
    const auto decoded = api::decode_object(api::kind_of<api::Role>(), role, issues);
    return decoded.ok() ? static_cast<const api::Role&>(**decoded).rules : api::PolicyRules();
}

std::vector<std::vector<std::string>> rule_rows(const api::PolicyRules& rules) {
    api::PolicyRules parts;
    for (const PolicyRule& rule : rules) {
        const api::PolicyRules broken = api::break_down(rule);
        parts.insert(parts.end(), broken.begin(), broken.end());
    }
    parts = api::compacted(parts);
    base::stable_sort(parts, [](const PolicyRule& a, const PolicyRule& b) {
        return api::message_text(a) < api::message_text(b);
    });
    std::vector<std::vector<std::string>> rows;
    for (const PolicyRule& rule : parts) {
        rows.push_back({resource_text(rule), api::list_text(rule.nonResourceURLs),
                        api::list_text(rule.resourceNames), api::list_text(rule.verbs)});
    }
    return rows;
}

}  // namespace kubetab::kubectl
