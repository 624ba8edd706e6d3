#include "engine/kubectl/rest.h"

#include <algorithm>

#include "engine/api/managed_fields_hint.h"

namespace kubetab::kubectl {
namespace {

// A list of more pages than this means that the server repeats itself.
constexpr int kMaxPages = 10'000;

void print_warnings(Context& context, const client::Response& response) {
    for (const std::string& warning : response.warnings) context.warn(warning);
}

client::Response exchange(Context& context, const client::Request& request) {
    client::Response response = context.transport.send(request);
    print_warnings(context, response);
    return response;
}

base::Result<base::Json> with_body(Context& context, std::string method, std::string path,
                                   const base::Json& body, QueryParameters query) {
    client::Request request = make_request(context, std::move(method), std::move(path), std::move(query));
    request.body = body.dump(-1, ' ', false, base::Json::error_handler_t::replace);
    return send(context, request);
}

// Only what prints objects as they come has a use for metadata.managedFields.
bool wants_managed_fields(const Context& context) {
    const Flags& flags = context.flags;
    if (flags.has("show-managed-fields") && flags.truth("show-managed-fields")) return true;
    if (flags.has("raw") && !flags.text("raw").empty()) return true;
    const std::string output = flags.has("output") ? flags.text("output") : "";
    static constexpr std::string_view kWithout[] = {"", "json", "name", "wide", "yaml"};
    return std::find(std::begin(kWithout), std::end(kWithout), output) == std::end(kWithout);
}

}  // namespace

std::string_view content_type(PatchType type) {
    switch (type) {
        case PatchType::Strategic: return "application/strategic-merge-patch+json";
        case PatchType::Merge: return "application/merge-patch+json";
        case PatchType::Json: return "application/json-patch+json";
        case PatchType::Apply: break;
    }
    return "application/apply-patch+yaml";
}

client::Request make_request(const Context& context, std::string method, std::string path,
                             QueryParameters query) {
    client::Request request;
    request.method = std::move(method);
    request.path = std::move(path);
    request.query = std::move(query);
    request.token = context.token;
    request.user = context.flags.text("as");
    request.groups = context.flags.list("as-group");
    request.uid = context.flags.text("as-uid");
    if (request.method == "GET" && !wants_managed_fields(context)) {
        request.query.emplace_back(api::kManagedFieldsParameter, api::kManagedFieldsUnwanted);
    }
    return request;
}

base::Result<base::Json> send(Context& context, const client::Request& request) {
    const client::Response response = exchange(context, request);
    if (response.code >= 400) return status_of(response);
    return base::parse_json(response.body);
}

base::Result<std::string> send_raw(Context& context, const client::Request& request) {
    client::Response response = exchange(context, request);
    if (response.code >= 400) return status_of(response);
    return std::move(response.body);
}

base::Result<base::Json> get_json(Context& context, std::string path, QueryParameters query) {
    return send(context, make_request(context, "GET", std::move(path), std::move(query)));
}

base::Result<base::Json> get_table(Context& context, std::string path, QueryParameters query) {
    client::Request request = make_request(context, "GET", std::move(path), std::move(query));
    request.as_table = true;
    return send(context, request);
}

base::Result<base::Json> list_pages(Context& context, std::string path, QueryParameters query,
                                    const Listing& listing) {
    const auto fetch = [&](const QueryParameters& parameters) {
        return listing.as_table ? get_table(context, path, parameters) : get_json(context, path, parameters);
    };
    const char* const member = listing.as_table ? "rows" : "items";
    if (listing.page_size > 0) query.emplace_back("limit", std::to_string(listing.page_size));
    base::Json list = TRY(fetch(query));
    for (int page = 1; page < kMaxPages; ++page) {
        const std::string next = base::text_at(list, {"metadata", "continue"});
        if (next.empty() || !list.is_object()) break;
        QueryParameters more = query;
        more.emplace_back("continue", next);
        base::Json rest = TRY(fetch(more));
        if (!rest.is_object()) break;
        if (const auto added = rest.find(member); added != rest.end() && added->is_array()) {
            for (base::Json& item : *added) list[member].push_back(std::move(item));
        }
        list["metadata"] = rest["metadata"];
    }
    return list;
}

base::Result<base::Json> list_json(Context& context, std::string path, QueryParameters query) {
    return list_pages(context, std::move(path), std::move(query), {});
}

base::Result<base::Json> post_json(Context& context, std::string path, const base::Json& body,
                                   QueryParameters query) {
    return with_body(context, "POST", std::move(path), body, std::move(query));
}

base::Result<base::Json> put_json(Context& context, std::string path, const base::Json& body,
                                  QueryParameters query) {
    return with_body(context, "PUT", std::move(path), body, std::move(query));
}

base::Result<base::Json> patch(Context& context, std::string path, PatchType type, std::string body,
                               QueryParameters query) {
    client::Request request = make_request(context, "PATCH", std::move(path), std::move(query));
    request.content_type = content_type(type);
    request.body = std::move(body);
    return send(context, request);
}

base::Result<base::Json> delete_object(Context& context, std::string path, const base::Json& options,
                                       QueryParameters query) {
    return with_body(context, "DELETE", std::move(path), options, std::move(query));
}

base::Result<DryRun> dry_run_of(Context& context) {
    const std::string& value = context.flags.text("dry-run");
    if (value == "none") return DryRun::None;
    if (value == "server") return DryRun::Server;
    if (value == "client") return DryRun::Client;
    // "unchanged" stands for a bare --dry-run.
    if (value == "unchanged") {
        context.err(
            "W0101 00:00:00.000000       1 helpers.go:702] --dry-run is deprecated and can be replaced with "
            "--dry-run=client.\n");
        return DryRun::Client;
    }
    for (const std::string_view yes : {"1", "t", "T", "TRUE", "true", "True"}) {
        if (value == yes) {
            context.err("W0101 00:00:00.000000       1 helpers.go:716] --dry-run=" + value +
                        " is deprecated (boolean value) and can be replaced with --dry-run=client.\n");
            return DryRun::Client;
        }
    }
    for (const std::string_view no : {"0", "f", "F", "FALSE", "false", "False"}) {
        if (value == no) return DryRun::None;
    }
    return client_error("Invalid dry-run value (" + value +
                        "). Must be \"none\", \"server\", or \"client\".");
}

QueryParameters write_parameters(const Context& context, DryRun dry_run, std::string_view manager) {
    QueryParameters query;
    if (dry_run == DryRun::Server) query.emplace_back("dryRun", "All");
    std::string name(manager);
    if (context.flags.has("field-manager") && context.flags.changed("field-manager")) {
        name = context.flags.text("field-manager");
    }
    if (!name.empty()) query.emplace_back("fieldManager", name);
    if (context.flags.has("validate")) {
        const std::string& validate = context.flags.text("validate");
        if (validate == "warn") query.emplace_back("fieldValidation", "Warn");
        else if (validate == "ignore" || validate == "false") query.emplace_back("fieldValidation", "Ignore");
        else query.emplace_back("fieldValidation", "Strict");
    }
    return query;
}

}  // namespace kubetab::kubectl
