// Rest: requests to the API server, as kubectl makes them. Warnings of the server are printed at once.
//
// Each call returns the decoded JSON body or the failure that the server answered.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/kubectl/command.h"

namespace kubetab::kubectl {

using QueryParameters = std::vector<std::pair<std::string, std::string>>;

enum class PatchType { Strategic, Merge, Json, Apply };
std::string_view content_type(PatchType type);

// A request with impersonation (--as) and field manager filled in.
client::Request make_request(const Context& context, std::string method, std::string path,
                             QueryParameters query = {});
// Sends and decodes; prints warnings.
base::Result<base::Json> send(Context& context, const client::Request& request);
// Sends and returns the body as it is (logs, --raw).
base::Result<std::string> send_raw(Context& context, const client::Request& request);

base::Result<base::Json> get_json(Context& context, std::string path, QueryParameters query = {});
base::Result<base::Json> get_table(Context& context, std::string path, QueryParameters query = {});
// How a list is asked for.
struct Listing {
    bool as_table = false;
    int page_size = 500;  // 0: all at once
};
// A list with every page fetched (limit and continue); `query` must not hold those two.
base::Result<base::Json> list_pages(Context& context, std::string path, QueryParameters query,
                                    const Listing& listing);
base::Result<base::Json> list_json(Context& context, std::string path, QueryParameters query = {});
base::Result<base::Json> post_json(Context& context, std::string path, const base::Json& body,
                                   QueryParameters query = {});
base::Result<base::Json> put_json(Context& context, std::string path, const base::Json& body,
                                  QueryParameters query = {});
base::Result<base::Json> patch(Context& context, std::string path, PatchType type, std::string body,
                               QueryParameters query = {});
base::Result<base::Json> delete_object(Context& context, std::string path, const base::Json& options,
                                       QueryParameters query = {});

// --dry-run.
enum class DryRun { None, Client, Server };
// Failure: `invalid dry-run value (x). Must be "none", "server", or "client".`
base::Result<DryRun> dry_run_of(Context& context);
// {"dryRun","All"} when the server is to do the dry run; {"fieldManager",…} from the flag or `manager`;
// {"fieldValidation",…} when the command has --validate.
QueryParameters write_parameters(const Context& context, DryRun dry_run, std::string_view manager);

}  // namespace kubetab::kubectl
