// Rest: what the metrics API tells.

#include "engine/api/codec.h"
#include "engine/server/rest/rest.h"
#include "engine/server/rest/selection.h"
#include "engine/server/tables/table.h"

namespace kubetab::server {

using api::Object;
using api::Ref;
using api::Request;
using api::Response;
using base::Result;

namespace {

// upstream: client-go rest.Request, `get pods.metrics.k8s.io` or `get pods.metrics.k8s.io web`
std::string asked_for(const RequestInfo& info) {
    const std::string name = info.name.empty() ? "" : " " + info.name;
    return "get " + info.kind->resource() + name;
}

Response measured_list(const Request& request, const RequestInfo& info,
                       const std::vector<const Object*>& items, const TableOptions& options) {
    if (request.as_table) return json_response(table_of(*info.kind, items, options, ""));
    Response response;
    response.body = "{\"apiVersion\":\"" + info.kind->api_version() + "\",\"kind\":\"" +
                    std::string(info.kind->kind) + "List\",\"metadata\":{},\"items\":[";
    for (const Object* item : items) {
        if (item != items.front()) response.body += ',';
        api::write_json(response.body, *info.kind->type, item);
    }
    response.body += "]}";
    return response;
}

}  // namespace

Response Rest::measured(const Request& request, const RequestInfo& info) const {
    const MetricsApi::State state = metrics_.state();
    if (state == MetricsApi::State::Absent || !info.subresource.empty()) return no_resource(request);
    if (state == MetricsApi::State::Unavailable) return refuse(metrics_.refusal(asked_for(info)));
    if (request.method != "GET") {
        return refuse(base::failure(base::Reason::MethodNotAllowed,
                                    "the server does not allow this method on the requested resource"));
    }
    const TableOptions options{server_.simulation().now(), parameter(request, "includeObject")};
    if (!info.name.empty()) {
        const Result<Ref<Object>> found = metrics_.get(*info.kind, {info.namespace_, info.name});
        if (!found.ok()) return refuse(found.error());
        if (request.as_table) return json_response(table_of(*info.kind, {found->get()}, options, ""));
        Response response;
        response.body = api::encode(*info.kind, **found);
        return response;
    }
    const Result<Selection> selection = Selection::of(request, *info.kind, info.namespace_);
    if (!selection.ok()) return refuse(selection.error());
    const std::vector<Ref<Object>> all = metrics_.list(*info.kind, info.namespace_);
    std::vector<const Object*> items;
    for (const Ref<Object>& metrics : all) {
        if (selection->matches(*metrics)) items.push_back(metrics.get());
    }
    return measured_list(request, info, items, options);
}

}  // namespace kubetab::server
