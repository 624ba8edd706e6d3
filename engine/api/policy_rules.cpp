#include "engine/api/policy_rules.h"

#include <algorithm>

#include "engine/api/validation/value_text.h"

namespace kubetab::api {
namespace {

constexpr std::string_view kAll = "*";

bool has(const std::vector<Text>& values, std::string_view value) {
    return std::any_of(values.begin(), values.end(), [&](const Text& each) { return each == value; });
}

bool has_all(const std::vector<Text>& values, const std::vector<Text>& wanted) {
    return std::all_of(wanted.begin(), wanted.end(), [&](const Text& each) { return has(values, each); });
}

// "*" or "*/log" or the resource itself.
bool covers_resource(const std::vector<Text>& resources, std::string_view resource) {
    if (has(resources, kAll) || has(resources, resource)) return true;
    const std::size_t slash = resource.find('/');
    if (slash == std::string_view::npos) return false;
    return has(resources, std::string(kAll).append(resource.substr(slash)));
}

bool covers_path(const std::vector<Text>& paths, std::string_view path) {
    return std::any_of(paths.begin(), paths.end(), [&](const Text& each) {
        if (each == kAll || each == path) return true;
        return each.ends_with('*') && path.starts_with(each.substr(0, each.size() - 1));
    });
}

// `wanted` is one of break_down().
bool covers(const PolicyRule& held, const PolicyRule& wanted) {
    const bool verbs = has(held.verbs, kAll) || has_all(held.verbs, wanted.verbs);
    const bool groups = has(held.apiGroups, kAll) || has_all(held.apiGroups, wanted.apiGroups);
    const bool names = held.resourceNames.empty() ||
                       (!wanted.resourceNames.empty() && has_all(held.resourceNames, wanted.resourceNames));
    const auto resource = [&](const Text& each) { return covers_resource(held.resources, each); };
    const auto path = [&](const Text& each) { return covers_path(held.nonResourceURLs, each); };
    return verbs && groups && names &&
           std::all_of(wanted.resources.begin(), wanted.resources.end(), resource) &&
           std::all_of(wanted.nonResourceURLs.begin(), wanted.nonResourceURLs.end(), path);
}

bool is_simple(const PolicyRule& rule) {
    return rule.resourceNames.size() <= 1 && rule.nonResourceURLs.empty() && rule.apiGroups.size() == 1 &&
           rule.resources.size() == 1;
}

bool same_but_verbs(const PolicyRule& a, const PolicyRule& b) {
    return a.apiGroups == b.apiGroups && a.resources == b.resources && a.resourceNames == b.resourceNames;
}

void add_part(std::string& text, std::string_view name, const std::vector<Text>& values) {
    if (values.empty()) return;
    if (text.size() > 1) text += ", ";
    text.append(name).append(":[");
    bool first = true;
    for (const Text& value : values) {
        if (!first) text += ' ';
        first = false;
        text += go_quoted(value);
    }
    text += ']';
}

}  // namespace

PolicyRules break_down(const PolicyRule& rule) {
    PolicyRules parts;
    const std::vector<Text> no_name(1);
    const std::vector<Text>& names = rule.resourceNames.empty() ? no_name : rule.resourceNames;
    for (const Text& group : rule.apiGroups) {
        for (const Text& resource : rule.resources) {
            for (const Text& verb : rule.verbs) {
                for (const Text& name : names) {
                    PolicyRule& part = parts.emplace_back();
                    part.apiGroups = {group};
                    part.resources = {resource};
                    part.verbs = {verb};
                    if (!rule.resourceNames.empty()) part.resourceNames = {name};
                }
            }
        }
    }
    for (const Text& path : rule.nonResourceURLs) {
        for (const Text& verb : rule.verbs) {
            PolicyRule& part = parts.emplace_back();
            part.nonResourceURLs = {path};
            part.verbs = {verb};
        }
    }
    return parts;
}

PolicyRules compacted(const PolicyRules& rules) {
    PolicyRules result;
    PolicyRules simple;
    for (const PolicyRule& rule : rules) {
        if (!is_simple(rule)) {
            result.push_back(rule);
            continue;
        }
        const auto same = [&](const PolicyRule& other) { return same_but_verbs(other, rule); };
        const auto known = std::find_if(simple.begin(), simple.end(), same);
        if (known == simple.end()) {
            simple.push_back(rule);
            continue;
        }
        for (const Text& verb : rule.verbs) {
            if (!has(known->verbs, verb)) known->verbs.push_back(verb);
        }
    }
    result.insert(result.end(), simple.begin(), simple.end());
    return result;
}

PolicyRules uncovered(const PolicyRules& held, const PolicyRules& wanted) {
    PolicyRules missing;
    for (const PolicyRule& rule : wanted) {
        for (PolicyRule& part : break_down(rule)) {
            const auto allowed = [&](const PolicyRule& each) { return covers(each, part); };
            if (std::none_of(held.begin(), held.end(), allowed)) missing.push_back(std::move(part));
        }
    }
    return missing;
}

bool allows_verb(const PolicyRule& rule, std::string_view verb) {
    return has(rule.verbs, kAll) || has(rule.verbs, verb);
}

bool allows_resource(const PolicyRule& rule, std::string_view group, std::string_view resource,
                     std::string_view name) {
    const bool same_group = has(rule.apiGroups, kAll) || has(rule.apiGroups, group);
    return same_group && covers_resource(rule.resources, resource) &&
           (rule.resourceNames.empty() || has(rule.resourceNames, name));
}

bool allows_path(const PolicyRule& rule, std::string_view path) {
    return covers_path(rule.nonResourceURLs, path);
}

std::string list_text(const std::vector<Text>& values) {
    std::string text = "[";
    for (const Text& value : values) text.append(text.size() > 1 ? " " : "").append(value.str());
    return text + "]";
}

std::string message_text(const PolicyRule& rule) {
    return "&PolicyRule{Verbs:" + list_text(rule.verbs) + ",APIGroups:" + list_text(rule.apiGroups) +
           ",Resources:" + list_text(rule.resources) + ",ResourceNames:" + list_text(rule.resourceNames) +
           ",NonResourceURLs:" + list_text(rule.nonResourceURLs) + ",}";
}

std::string compact_text(const PolicyRule& rule) {
    std::string text = "{";
    add_part(text, "APIGroups", rule.apiGroups);
    add_part(text, "Resources", rule.resources);
    add_part(text, "NonResourceURLs", rule.nonResourceURLs);
    add_part(text, "ResourceNames", rule.resourceNames);
    add_part(text, "Verbs", rule.verbs);
    return text + "}";
}

}  // namespace kubetab::api
