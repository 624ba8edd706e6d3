// kubectl certificate approve, deny. upstream:
// staging/src/k8s.io/kubectl/pkg/cmd/certificates/certificates.go
#include <string>
#include <utility>

#include "engine/kubectl/commands/policy_commands.h"
#include "engine/kubectl/printer.h"
#include "engine/kubectl/resources.h"
#include "engine/kubectl/rest.h"

namespace kubetab::kubectl {
namespace {

using base::Json;

struct Decision {
    const char* type;
    const char* reason;
    const char* message;
    const char* done;
};

constexpr Decision kApproval{"Approved", "KubectlApprove",
                             "This CSR was approved by kubectl certificate approve.", "approved"};
constexpr Decision kDenial{"Denied", "KubectlDeny", "This CSR was denied by kubectl certificate deny.",
                           "denied"};

bool is_decided(const Json& request, const char* type) {
    const Json* conditions = base::find(request, {"status", "conditions"});
    if (conditions == nullptr) return false;
    for (const Json& condition : *conditions) {
        if (base::text_at(condition, {"type"}) == type) return true;
    }
    return false;
}

base::Result<void> decide_one(Context& context, const Info& info, const Decision& decision) {
    if (info.resource.kind != "CertificateSigningRequest")
        return client_error("can only handle certificates.k8s.io/v1 certificate signing requests");
    Json object = info.object;
    if (context.flags.truth("force") || !is_decided(object, decision.type)) {
        object["status"]["conditions"].push_back({{"type", decision.type},
                                                  {"status", "True"},
                                                  {"reason", decision.reason},
                                                  {"message", decision.message}});
        client::Request request = make_request(context, "PUT", info.path() + "/approval");
        request.body = object.dump();
        object = TRY(send(context, request));
    }
    return print_result(context, info, object, decision.done);
}

Outcome decide(Context& context, const Decision& decision) {
    if (const auto output = check_output(context); !output) return output.error();
    ResourceQuery query = query_of(context);
    if (query.filenames.empty() && context.arguments.empty())
        return client_error("one or more CSRs must be specified as <name> or -f <filename>");
    if (query.filenames.empty())
        query.arguments.insert(query.arguments.begin(), "certificatesigningrequests");
    query.continue_on_error = true;
    Found found = find_resources(context, query);
    std::vector<base::Status> errors = std::move(found.errors);
    for (const Info& info : found.infos) {
        const base::Result<void> done = decide_one(context, info, decision);
        if (!done) errors.push_back(done.error());
    }
    return errors;
}

CommandSpec decision_command(const char* path, const char* summary, const char* usage, const char* examples,
                             Outcome (*run)(Context&)) {
    FlagTable flags = {{"force", 0, FlagType::Bool, "false", "Decide again about a request that is decided"}};
    return {
        .path = path,
        .aliases = {},
        .summary = summary,
        .usage = usage,
        .examples = examples,
        .flags = flags + filename_flags("of the requests") + output_flags(),
        .run = run,
        .group = "Cluster Management Commands",
    };
}

}  // namespace

CommandSpec certificate_command() {
    CommandSpec command;
    command.path = "certificate";
    command.summary = "Modify certificate resources";
    command.usage = "certificate SUBCOMMAND";
    command.examples =
        "  # Let the signer make the certificate that somebody asks for\n"
        "  kubectl certificate approve developer\n";
    command.group = "Cluster Management Commands";
    return command;
}

CommandSpec certificate_approve_command() {
    return decision_command("certificate approve", "Approve a certificate signing request",
                            "certificate approve (-f FILENAME | NAME) [options]",
                            "  # Let the signer make the certificate that is asked for\n"
                            "  kubectl certificate approve developer",
                            [](Context& context) { return decide(context, kApproval); });
}

CommandSpec certificate_deny_command() {
    return decision_command("certificate deny", "Deny a certificate signing request",
                            "certificate deny (-f FILENAME | NAME) [options]",
                            "  # Refuse the certificate that is asked for\n"
                            "  kubectl certificate deny developer",
                            [](Context& context) { return decide(context, kDenial); });
}

}  // namespace kubetab::kubectl
