// Rest: get and list.

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "engine/api/codec.h"
#include "engine/base/base64.h"
#include "engine/server/managed_fields/history.h"
#include "engine/server/rest/continuation.h"
#include "engine/server/rest/rest.h"
#include "engine/server/rest/selection.h"
#include "engine/server/rest/versions.h"
#include "engine/server/tables/table.h"

namespace kubetab::server {

using api::Object;
using api::ObjectKey;
using api::Ref;
using api::Request;
using api::Response;
using base::Json;
using base::Reason;
using base::Result;

namespace {

Result<std::int64_t> number_parameter(const Request& request, std::string_view name) {
    const std::string text = parameter(request, name);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty()) return std::int64_t{0};
    if (error != std::errc() || end != text.data() + text.size()) {
        return base::failure(Reason::BadRequest,
                             "strconv.ParseInt: parsing \"" + text + "\": invalid syntax");
    }
    return number;
}

// upstream: ListOptions go through the storage's version parser, whose failure has no reason
Result<void> check_resource_version(const Request& request) {
    const std::string text = parameter(request, "resourceVersion");
    const bool digits = std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (digits) return {};
    return base::failure(Reason::Unknown, "resourceVersion: Invalid value: \"" + text +
                                              "\": strconv.ParseUint: parsing \"" + text +
                                              "\": invalid syntax");
}

struct Page {
    std::vector<Ref<Object>> items{};
    std::string next{};
    std::int64_t remaining = 0;
};

Result<Page> select(const Server& server, const Request& request, const RequestInfo& info) {
    const Selection selection = TRY(Selection::of(request, *info.kind, info.namespace_));
    TRY(check_resource_version(request));
    std::int64_t limit = TRY(number_parameter(request, "limit"));
    // upstream: shouldDelegateList; what is answered from the watch cache is not cut into pages
    const bool continued = !parameter(request, "continue").empty();
    if (!continued && parameter(request, "resourceVersion") == "0") limit = 0;
    const api::ObjectMap& all = server.store().all(*info.kind);
    auto from = all.begin();
    if (const std::string text = parameter(request, "continue"); !text.empty()) {
        from = all.upper_bound(TRY(decode_continuation(text, info.namespace_)));
    } else if (!info.namespace_.empty()) {
        from = all.lower_bound({info.namespace_, ""});
    }
    Page page;
    for (auto it = from; it != all.end(); ++it) {
        const auto& [key, object] = *it;
        if (!info.namespace_.empty() && key.namespace_ != info.namespace_) break;
        if (!selection.matches(*object)) continue;
        const bool full = limit > 0 && static_cast<std::int64_t>(page.items.size()) >= limit;
        if (full && page.next.empty()) {
            page.next = encode_continuation(ObjectKey::of(page.items.back()->metadata), info.namespace_,
                                            server.store().revision());
        }
        if (full) {
            ++page.remaining;
        } else {
            page.items.push_back(object);
        }
    }
    if (!selection.everything()) page.remaining = 0;
    return page;
}

// The objects as a client sees them: with the managers of their fields, if it wants those.
std::vector<Ref<Object>> shown(Server& server, const Request& request, const RequestInfo& info,
                               std::vector<Ref<Object>> objects) {
    for (Ref<Object>& object : objects) object = api::as_version(*info.kind, std::move(object));
    if (!wants_managers(request)) return objects;
    for (Ref<Object>& object : objects) object = server.history().with_managers(*info.kind, object);
    return objects;
}

void append_list_metadata(std::string& body, const Page& page, std::int64_t revision) {
    body += "\"metadata\":{\"resourceVersion\":\"" + std::to_string(revision) + "\"";
    if (!page.next.empty()) body += ",\"continue\":\"" + page.next + "\"";
    if (page.remaining > 0) body += ",\"remainingItemCount\":" + std::to_string(page.remaining);
    body += '}';
}

// What of an object could be created elsewhere. upstream: v1.7 genericregistry/store.go [Export]
Json exported(const RequestInfo& info, const Object& object) {
    const Result<Json> encoded = base::parse_json(encode_served(*info.served, object));
    Json document = encoded.ok() ? *encoded : Json::object();
    Json& metadata = document["metadata"];
    for (const char* const name :
         {"uid", "namespace", "resourceVersion", "deletionTimestamp", "managedFields"})
        metadata.erase(name);
    metadata["creationTimestamp"] = nullptr;
    if (metadata.find("generateName") != metadata.end()) metadata.erase("name");
    const std::string kind(info.kind->kind);
    if (document.find("status") != document.end()) {
        const bool pending = kind == "Pod" || kind == "PersistentVolumeClaim" || kind == "PersistentVolume";
        const Json quality = base::text_at(document, {"status", "qosClass"});
        document["status"] = pending ? Json{{"phase", "Pending"}} : Json::object();
        if (kind == "Pod") document["status"]["qosClass"] = quality;
        if (kind == "Service") document["status"]["loadBalancer"] = Json::object();
    }
    if (kind == "Service") {
        Json& spec = document["spec"];
        if (base::text_at(spec, {"clusterIP"}) != "None") {
            spec.erase("clusterIP");
            spec.erase("clusterIPs");
        }
        if (spec.find("ports") != spec.end()) {
            for (Json& port : spec["ports"]) port.erase("nodePort");
        }
    }
    return document;
}

}  // namespace

Response Rest::one(const Request& request, const RequestInfo& info, const Object& object, int code) const {
    const bool carries =
        !object.metadata.managedFields.empty() && !is_unmanaged(object.metadata.managedFields);
    if (!carries && wants_managers(request)) {
        const Ref<Object> managed =
            server_.history().with_managers(*info.kind, Ref<Object>(info.kind->copy(object)));
        return shown_as(request, info, *managed, code);
    }
    return shown_as(request, info, object, code);
}

Response Rest::shown_as(const Request& request, const RequestInfo& info, const Object& object,
                        int code) const {
    if (request.as_table) {
        const TableOptions options{server_.simulation().now(), parameter(request, "includeObject")};
        return json_response(table_of(*info.kind, {&object}, options, object.metadata.resourceVersion), code);
    }
    Response response;
    response.code = code;
    response.body = encode_served(*info.served, object);
    return response;
}

// upstream: watch_cache.go [waitUntilFresh], storage/errors.go [NewTooLargeResourceVersionError]; a list that
// is cut into pages asks the storage, which does not wait
std::unique_ptr<Response> Rest::too_new(const Request& request) const {
    constexpr sim::Duration kPatience = sim::seconds(3);
    const std::string text = parameter(request, "resourceVersion");
    const std::int64_t wanted = std::strtoll(text.c_str(), nullptr, 10);
    const std::int64_t current = server_.store().revision();
    if (wanted <= current) return nullptr;
    const std::string limit = parameter(request, "limit");
    const bool waits = limit.empty() || limit == "0";
    base::Status status = base::failure(Reason::Timeout, "Timeout: Too large resource version: " + text +
                                                             ", current: " + std::to_string(current));
    status.causes.push_back({"ResourceVersionTooLarge", "Too large resource version", ""});
    if (waits) status.retry_after_seconds = 1;
    auto response = std::make_unique<Response>(refuse(status));
    if (waits) response->waits = kPatience;
    return response;
}

Response Rest::get(const Request& request, const RequestInfo& info) {
    if (const std::unique_ptr<Response> refused = too_new(request)) return *refused;
    const bool wants_export = flag_parameter(request, "export");
    if (wants_export && server_.apis() != api::ServedApis::Of2017) {
        return refuse(base::failure(Reason::BadRequest,
                                    "the export parameter, deprecated since v1.14, is no longer supported"));
    }
    const Result<Ref<Object>> found = server_.get(*info.kind, {info.namespace_, info.name});
    if (!found.ok()) return refuse(found.error());
    if (wants_export && !request.as_table) return json_response(exported(info, **found));
    return one(request, info, **found, 200);
}

Response Rest::list(const Request& request, const RequestInfo& info) {
    const Result<Page> selected = select(server_, request, info);
    if (!selected.ok()) return refuse(selected.error());
    if (const std::unique_ptr<Response> refused = too_new(request)) return *refused;
    const std::int64_t revision = server_.store().revision();
    const std::vector<Ref<Object>> items = shown(server_, request, info, selected->items);
    if (request.as_table) {
        std::vector<const Object*> objects;
        for (const Ref<Object>& object : items) objects.push_back(object.get());
        const TableOptions options{server_.simulation().now(), parameter(request, "includeObject")};
        Json table = table_of(*info.kind, objects, options, std::to_string(revision));
        if (!selected->next.empty()) table["metadata"]["continue"] = selected->next;
        if (selected->remaining > 0) table["metadata"]["remainingItemCount"] = selected->remaining;
        return json_response(table);
    }
    Response response;
    response.body =
        "{\"kind\":\"" + info.kind->list_name() + "\",\"apiVersion\":\"" + info.served->api_version() + "\",";
    append_list_metadata(response.body, *selected, revision);
    response.body += ",\"items\":[";
    bool first = true;
    for (const Ref<Object>& object : items) {
        if (!first) response.body += ',';
        first = false;
        write_served(response.body, *info.served, *object);
    }
    response.body += "]}";
    return response;
}

}  // namespace kubetab::server
