// kubectl auth and auth can-i. upstream: kubectl/pkg/cmd/auth/cani.go
#include <algorithm>

#include "engine/kubectl/commands/auth.h"
#include "engine/kubectl/printer.h"
#include "engine/kubectl/rest.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using base::Json;

constexpr std::string_view kReviews = "/apis/authorization.k8s.io/v1/";
constexpr std::string_view kResourceVerbs[] = {
    "get", "list", "watch",       "create", "update",  "patch", "delete",   "deletecollection",
    "use", "bind", "impersonate", "*",      "approve", "sign",  "escalate", "attest"};
constexpr std::string_view kPathVerbs[] = {"get", "put", "post", "head", "options", "delete", "patch", "*"};

template <class Range>
bool contains(const Range& range, std::string_view value) {
    return std::find(std::begin(range), std::end(range), value) != std::end(range);
}

Json review_of(std::string_view kind, Json spec) {
    return {{"apiVersion", "authorization.k8s.io/v1"},
            {"kind", kind},
            {"metadata", {{"creationTimestamp", nullptr}}},
            {"spec", std::move(spec)}};
}

// The rules of a SubjectRulesReviewStatus as rules of a role.
api::PolicyRules rules_in(const Json& status) {
    Json rules = Json::array();
    for (const char* list : {"resourceRules", "nonResourceRules"}) {
        const Json* found = base::find(status, list);
        if (found == nullptr || !found->is_array()) continue;
        for (const Json& rule : *found) rules.push_back(rule);
    }
    return rules_of({{"rules", rules}});
}

Outcome list(Context& context) {
    if (!context.arguments.empty()) return client_error("list option must be specified with no arguments");
    const Flags& flags = context.flags;
    if (flags.truth("quiet") || flags.truth("all-namespaces") || !flags.text("subresource").empty()) {
        return client_error(
            "list option can't be specified with neither quiet, all-namespaces nor subresource options");
    }
    const auto answer =
        post_json(context, std::string(kReviews) + "selfsubjectrulesreviews",
                  review_of("SelfSubjectRulesReview", {{"namespace", context.current_namespace}}));
    if (!answer) return answer.error();
    const Json status = answer->value("status", Json::object());
    const Json* incomplete = base::find(status, "incomplete");
    if (incomplete != nullptr && incomplete->is_boolean() && incomplete->get<bool>())
        context.err("warning: the list may be incomplete: " + base::text_at(status, {"evaluationError"}) +
                    "\n");
    std::vector<std::vector<std::string>> rows = rule_rows(rules_in(status));
    if (!flags.truth("no-headers"))
        rows.insert(rows.begin(), {"Resources", "Non-Resource URLs", "Resource Names", "Verbs"});
    context.out(format_table(rows));
    return 0;
}

// What is asked about.
struct Question {
    std::string verb{};
    std::string path{};
    std::string group{};
    std::string resource{};
    std::string name{};
    bool known = false;       // to the server
    bool namespaced = false;  // when known
};

// upstream: resourceFor
base::Result<void> look_up(Context& context, const std::string& typed, Question& question) {
    question.resource = typed;
    if (typed == "*") return {};
    const Discovery& discovery = *TRY(context.discovery());
    const std::string text = lower(typed);
    if (const auto found = discovery.find(text); found.ok()) {
        question.known = true;
        question.namespaced = found->namespaced;
        question.group = found->group;
        question.resource = found->plural;
        return {};
    }
    if (text == "users" || text == "groups") return {};
    const std::size_t dot = text.find('.');
    context.warn("the server doesn't have a resource type '" + text.substr(0, dot) + "'" +
                 (dot == std::string::npos ? "" : " in group '" + text.substr(dot + 1) + "'") + "\n");
    return {};
}

base::Result<Question> read_question(Context& context) {
    if (context.arguments.size() != 2) {
        return client_error(
            "you must specify two arguments: verb resource or verb resource/resourceName.\n"
            "See 'kubectl auth can-i -h' for help and examples.");
    }
    Question question;
    question.verb = context.arguments[0];
    const std::string& what = context.arguments[1];
    if (starts_with(what, "/")) {
        question.path = what;
        return question;
    }
    const std::size_t slash = what.find('/');
    TRY(look_up(context, what.substr(0, slash), question));
    if (slash != std::string::npos) question.name = what.substr(slash + 1);
    return question;
}

// upstream: Validate
base::Result<void> check(Context& context, const Question& question) {
    const Flags& flags = context.flags;
    const auto unknown_verb = [&] { context.warn("verb '" + question.verb + "' is not a known verb\n"); };
    if (!question.path.empty()) {
        if (!flags.text("subresource").empty())
            return client_error("--subresource can not be used with NonResourceURL");
        if (!contains(kPathVerbs, question.verb)) unknown_verb();
    } else if (!flags.truth("all-namespaces")) {
        if (question.known && !question.namespaced) {
            context.warn("resource '" + question.resource + "' is not namespace scoped" +
                         (question.group.empty() ? "" : " in group '" + question.group + "'") + "\n");
        }
        if (!contains(kResourceVerbs, question.verb)) unknown_verb();
    }
    if (flags.truth("no-headers")) return client_error("--no-headers cannot be set without --list specified");
    return {};
}

Json spec_of(const Context& context, const Question& question) {
    if (!question.path.empty())
        return {{"nonResourceAttributes", {{"path", question.path}, {"verb", question.verb}}}};
    Json attributes = {{"resource", question.resource}, {"verb", question.verb}};
    const auto add = [&](const char* key, const std::string& value) {
        if (!value.empty()) attributes[key] = value;
    };
    if (!context.flags.truth("all-namespaces")) add("namespace", context.current_namespace);
    add("group", question.group);
    add("subresource", context.flags.text("subresource"));
    add("name", question.name);
    return {{"resourceAttributes", attributes}};
}

Outcome run(Context& context) {
    if (context.flags.truth("list")) return list(context);
    const auto question = read_question(context);
    if (!question) return question.error();
    if (const auto good = check(context, *question); !good) return good.error();
    const auto answer = post_json(context, std::string(kReviews) + "selfsubjectaccessreviews",
                                  review_of("SelfSubjectAccessReview", spec_of(context, *question)));
    if (!answer) return answer.error();
    const Json* allowed = base::find(*answer, {"status", "allowed"});
    const bool yes = allowed != nullptr && allowed->is_boolean() && allowed->get<bool>();
    std::string text = yes ? "yes" : "no";
    for (const char* why : {"reason", "evaluationError"}) {
        const std::string said = base::text_at(*answer, {"status", why});
        if (!yes && !said.empty()) text += " - " + said;
    }
    if (!context.flags.truth("quiet")) context.out(text + "\n");
    return yes ? 0 : 1;
}

}  // namespace

CommandSpec auth_command() {
    CommandSpec spec;
    spec.path = "auth";
    spec.summary = "Inspect authorization";
    spec.usage = "auth [flags] [options]";
    spec.group = "Cluster Management Commands";
    return spec;
}

CommandSpec auth_can_i_command() {
    return {
        .path = "auth can-i",
        .aliases = {},
        .summary = "Check whether an action is allowed",
        .usage = "auth can-i VERB [TYPE | TYPE/NAME | NONRESOURCEURL] [options]",
        .examples =
            "  # Check whether I may create pods in any namespace\n  kubectl auth can-i create pods "
            "--all-namespaces\n\n  # Check whether alice may read the logs of pods\n  kubectl auth can-i get "
            "pods --subresource=log --as=alice\n\n  # List everything that I may do in a namespace\n  "
            "kubectl "
            "auth can-i --list --namespace=foo",
        .flags = {{"all-namespaces", 'A', FlagType::Bool, "false", "Check the action in all namespaces"},
                  {"list", 0, FlagType::Bool, "false", "Print all allowed actions"},
                  {"no-headers", 0, FlagType::Bool, "false", "Print the list without headers"},
                  {"quiet", 'q', FlagType::Bool, "false", "Print nothing and only return the exit code"},
                  {"subresource", 0, FlagType::Text, "", "Subresource such as pod/log or deployment/scale"}},
        .run = run,
        .group = "",
    };
}

}  // namespace kubetab::kubectl
