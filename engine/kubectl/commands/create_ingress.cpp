// kubectl create ingress. upstream: kubectl/pkg/cmd/create/create_ingress.go
#include <algorithm>
#include <charconv>
#include <optional>

#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/commands/create_typed.h"
#include "engine/kubectl/errors.h"

namespace kubetab::kubectl {
namespace {

using base::Json;

// One --rule: host/path=service:port[,tls[=secret]]
struct Rule {
    std::string host{};
    std::string path{};
    std::string service{};
    std::string port{};
    bool tls = false;
    std::string secret{};
};

bool is_word(std::string_view text, std::string_view marks) {
    return std::all_of(text.begin(), text.end(), [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               marks.find(c) != std::string_view::npos;
    });
}

// The longest beginning that is a word.
std::string_view word_at(std::string_view text) {
    std::size_t length = 0;
    while (length < text.size() && is_word(text.substr(length, 1), "-")) ++length;
    return text.substr(0, length);
}

std::optional<Rule> parse_rule(std::string_view text) {
    Rule rule;
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos || !is_word(text.substr(0, slash), "*-.")) return std::nullopt;
    rule.host = text.substr(0, slash);
    // The last "=service:port" ends the path.
    for (std::size_t sign = text.rfind('='); sign != std::string_view::npos && sign > slash;
         sign = sign == 0 ? std::string_view::npos : text.rfind('=', sign - 1)) {
        const std::string_view rest = text.substr(sign + 1);
        const std::string_view service = word_at(rest);
        if (service.empty() || rest.substr(service.size(), 1) != ":") continue;
        const std::string_view port = word_at(rest.substr(service.size() + 1));
        if (port.empty()) continue;
        rule.path = text.substr(slash, sign - slash);
        rule.service = service;
        rule.port = port;
        const std::string_view end = rest.substr(service.size() + 1 + port.size());
        rule.tls = end.starts_with(",");
        if (end.starts_with(",tls=")) rule.secret = word_at(end.substr(5));
        return rule;
    }
    return std::nullopt;
}

Json port_of(const std::string& port) {
    int number = 0;
    const char* end = port.data() + port.size();
    const auto read = std::from_chars(port.data(), end, number);
    if (read.ec == std::errc{} && read.ptr == end) return {{"number", number}};
    return {{"name", port}};
}

Json backend_of(const std::string& service, const std::string& port) {
    return {{"service", {{"name", service}, {"port", port_of(port)}}}};
}

// Rules of one host stand together, in the order in which the hosts come. upstream: buildIngressRules
Json rules_of(const std::vector<Rule>& rules) {
    Json result = Json::array();
    for (const Rule& rule : rules) {
        const bool prefix = rule.path.ends_with('*');
        const Json path = {{"path", prefix ? rule.path.substr(0, rule.path.size() - 1) : rule.path},
                           {"pathType", prefix ? "Prefix" : "Exact"},
                           {"backend", backend_of(rule.service, rule.port)}};
        const auto same = [&](const Json& each) { return base::text_at(each, {"host"}) == rule.host; };
        const auto found = std::find_if(result.begin(), result.end(), same);
        if (found != result.end()) {
            (*found)["http"]["paths"].push_back(path);
            continue;
        }
        Json entry = {{"http", {{"paths", Json::array({path})}}}};
        if (!rule.host.empty()) entry["host"] = rule.host;
        result.push_back(std::move(entry));
    }
    return result;
}

// A host has one certificate; hosts of one secret stand together. upstream: buildTLSRules
Json certificates_of(const std::vector<Rule>& rules) {
    Json result = Json::array();
    std::vector<std::string> known;
    for (const Rule& rule : rules) {
        if (!rule.tls || std::find(known.begin(), known.end(), rule.host) != known.end()) continue;
        known.push_back(rule.host);
        const auto same = [&](const Json& each) {
            return base::text_at(each, {"secretName"}) == rule.secret;
        };
        const auto found = std::find_if(result.begin(), result.end(), same);
        if (found != result.end()) {
            (*found)["hosts"].push_back(rule.host);
            continue;
        }
        Json entry = Json::object();
        if (!rule.host.empty()) entry["hosts"] = Json::array({rule.host});
        if (!rule.secret.empty()) entry["secretName"] = rule.secret;
        if (!entry.empty()) result.push_back(std::move(entry));
    }
    return result;
}

base::Result<std::vector<Rule>> parse_rules(const std::vector<std::string>& texts) {
    std::vector<Rule> rules;
    for (const std::string& text : texts) {
        std::optional<Rule> rule = parse_rule(text);
        if (!rule) {
            return client_error(
                "rule " + text +
                " is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]");
        }
        rules.push_back(std::move(*rule));
    }
    return rules;
}

base::Result<Json> ingress_from(const Flags& flags, const std::string& name) {
    const std::string& fallback = flags.text("default-backend");
    const std::vector<std::string>& texts = flags.list("rule");
    if (texts.empty() && fallback.empty()) {
        return client_error(
            "not enough information provided: every ingress has to either specify a default-backend (which "
            "catches all traffic) or a list of rules (which catch specific paths)");
    }
    Json object = created_object("networking.k8s.io/v1", "Ingress", name);
    const std::vector<Rule> rules = TRY(parse_rules(texts));
    for (const std::string& annotation : flags.list("annotation")) {
        const std::size_t sign = annotation.find('=');
        if (sign == std::string::npos)
            return client_error("annotation " + annotation +
                                " is invalid and should be in format key=[value]");
        object["metadata"]["annotations"][annotation.substr(0, sign)] = annotation.substr(sign + 1);
    }
    Json spec = Json::object();
    if (!fallback.empty()) {
        const std::size_t colon = fallback.find(':');
        if (colon == std::string::npos || fallback.find(':', colon + 1) != std::string::npos)
            return client_error("default-backend should be in format servicename:serviceport");
        spec["defaultBackend"] = backend_of(fallback.substr(0, colon), fallback.substr(colon + 1));
    }
    if (!flags.text("class").empty()) spec["ingressClassName"] = flags.text("class");
    if (!rules.empty()) spec["rules"] = rules_of(rules);
    if (Json certificates = certificates_of(rules); !certificates.empty())
        spec["tls"] = std::move(certificates);
    object["spec"] = std::move(spec);
    object["status"] = {{"loadBalancer", Json::object()}};
    return object;
}

Outcome run(Context& context) {
    const auto name = created_name(context);
    if (!name) return name.error();
    base::Result<Json> object = ingress_from(context.flags, *name);
    if (!object.ok()) return object.error();
    return create_typed(context, std::move(*object), "ingress:");
}

}  // namespace

CommandSpec create_ingress_command() {
    FlagTable flags = {
        {"class", 0, FlagType::Text, "", "The IngressClass"},
        {"rule", 0, FlagType::TextArray, "[]", "Rule in the form host/path=service:port[,tls[=secret]]"},
        {"default-backend", 0, FlagType::Text, "", "Service for requests that no rule fits, as service:port"},
        {"annotation", 0, FlagType::TextArray, "[]", "Annotation in the form key=value"},
    };
    return {
        .path = "create ingress",
        .aliases = {"ing"},
        .summary = "Create an ingress with the specified name",
        .usage = "create ingress NAME --rule=host/path=service:port[,tls[=secret]] [options]",
        .examples =
            "  # Pass requests for shop.example.com on to port 80 of the service shop\n  kubectl create "
            "ingress "
            "shop --rule=\"shop.example.com/*=shop:80\"",
        .flags = flags + typed_create_flags(),
        .run = run,
        .group = "",
    };
}

}  // namespace kubetab::kubectl
