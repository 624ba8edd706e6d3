// kubectl auth whoami. upstream: kubectl/pkg/cmd/auth/whoami.go
#include "engine/kubectl/commands/auth.h"
#include "engine/kubectl/printer.h"
#include "engine/kubectl/rest.h"

namespace kubetab::kubectl {
namespace {

using base::Json;

// As Go prints a list.
std::string list_of(const Json& values) {
    std::string text = "[";
    for (const Json& value : values)
        text += (text.size() > 1 ? " " : "") + (value.is_string() ? value.get<std::string>() : value.dump());
    return text + "]";
}

std::string table_of(const Json& answer) {
    const Json user = answer.value("status", Json::object()).value("userInfo", Json::object());
    std::vector<std::vector<std::string>> rows = {{"ATTRIBUTE", "VALUE"}};
    if (const std::string name = base::text_at(user, {"username"}); !name.empty())
        rows.push_back({"Username", name});
    if (const std::string uid = base::text_at(user, {"uid"}); !uid.empty()) rows.push_back({"UID", uid});
    if (const Json* groups = base::find(user, "groups"); groups != nullptr && !groups->empty())
        rows.push_back({"Groups", list_of(*groups)});
    const Json extra = user.value("extra", Json::object());
    for (const auto& [key, values] : extra.items()) rows.push_back({"Extra: " + key, list_of(values)});
    return format_table(rows);
}

Outcome run(Context& context) {
    if (const auto output = check_output(context); !output) return output.error();
    const Json review = {{"apiVersion", "authentication.k8s.io/v1"},
                         {"kind", "SelfSubjectReview"},
                         {"metadata", {{"creationTimestamp", nullptr}}},
                         {"status", {{"userInfo", Json::object()}}}};
    const auto answer = post_json(context, "/apis/authentication.k8s.io/v1/selfsubjectreviews", review);
    if (!answer && answer.error().reason == base::Reason::Forbidden) {
        return client_error(
            "the selfsubjectreviews API is not enabled in the cluster or you do not have permission to call "
            "it");
    }
    if (!answer) return answer.error();
    if (context.printer == nullptr) {
        context.out(table_of(*answer));
        return 0;
    }
    const auto text = context.printer->print(*answer, nullptr);
    if (!text) return text.error();
    context.out(*text);
    return 0;
}

}  // namespace

CommandSpec auth_whoami_command() {
    return {
        .path = "auth whoami",
        .aliases = {},
        .summary = "Experimental: Check self subject attributes",
        .usage = "auth whoami [options]",
        .examples =
            "  # Whom the API server takes me for\n  kubectl auth whoami\n\n  # The same in JSON\n  kubectl "
            "auth whoami -o json",
        .flags = output_flags(),
        .run = run,
        .group = "",
    };
}

}  // namespace kubetab::kubectl
