// Rest: what is stored nowhere and found out when somebody asks: metrics, and the health of components.

#include "engine/api/codec.h"
#include "engine/api/core/component_status.h"
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
    response.body = "{\"kind\":\"" + info.kind->list_name() + "\",\"apiVersion\":\"" +
                    info.kind->api_version() + "\",\"metadata\":{},\"items\":[";
    for (const Object* item : items) {
        if (item != items.front()) response.body += ',';
        api::write_json(response.body, *info.kind->type, item);
    }
    response.body += "]}";
    return response;
}

Response read_only() {
    return refuse(base::failure(base::Reason::MethodNotAllowed,
                                "the server does not allow this method on the requested resource"));
}

struct Component {
    std::string_view name;
    int port;
};

// upstream: pkg/registry/core/componentstatus/rest.go; etcd answers elsewhere
constexpr Component kComponents[] = {{"scheduler", 10259}, {"controller-manager", 10257}, {"etcd-0", 0}};

std::shared_ptr<Object> component_status(const Component& component, bool answers) {
    auto status = std::make_shared<api::ComponentStatus>();
    status->metadata.name = component.name;
    api::ComponentCondition& condition = status->conditions.emplace_back();
    condition.type = "Healthy";
    condition.status = answers ? "True" : "False";
    const std::string address = "127.0.0.1:" + std::to_string(component.port);
    condition.message = answers ? std::string("ok")
                                : "Get \"https://" + address + "/healthz\": dial tcp " + address +
                                      ": connect: connection refused";
    return status;
}

}  // namespace

Response Rest::components(const Request& request, const RequestInfo& info) const {
    if (!info.subresource.empty()) return no_resource(request);
    if (request.method != "GET") return read_only();
    const Result<Selection> selection = Selection::of(request, *info.kind, info.namespace_);
    if (!selection.ok()) return refuse(selection.error());
    std::vector<std::shared_ptr<Object>> all;
    for (const Component& component : kComponents) {
        const bool answers =
            component.port == 0 || kubelets_ == nullptr || kubelets_->component_answers(component.name);
        if (info.name.empty() || info.name == component.name)
            all.push_back(component_status(component, answers));
    }
    const TableOptions options{server_.simulation().now(), parameter(request, "includeObject")};
    Response response;
    if (info.name.empty()) {
        std::vector<const Object*> items;
        for (const std::shared_ptr<Object>& each : all) {
            if (selection->matches(*each)) items.push_back(each.get());
        }
        response = measured_list(request, info, items, options);
    } else if (all.empty()) {
        return refuse(not_found(*info.kind, info.name));
    } else if (request.as_table) {
        response = json_response(table_of(*info.kind, {all.front().get()}, options, ""));
    } else {
        response.body = api::encode(*info.kind, *all.front());
    }
    response.warnings.emplace_back("v1 ComponentStatus is deprecated in v1.19+");
    return response;
}

Response Rest::measured(const Request& request, const RequestInfo& info) const {
    const MetricsApi::State state = metrics_.state();
    if (state == MetricsApi::State::Absent || !info.subresource.empty()) return no_resource(request);
    if (state == MetricsApi::State::Unavailable) return refuse(metrics_.refusal(asked_for(info)));
    if (request.method != "GET") return read_only();
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
