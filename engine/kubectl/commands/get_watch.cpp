// kubectl get --watch. upstream: staging/src/k8s.io/kubectl/pkg/cmd/get/get.go watch
#include <memory>
#include <optional>
#include <utility>

#include "engine/kubectl/commands/get.h"
#include "engine/kubectl/printer.h"
#include "engine/kubectl/rest.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using base::Json;

class WatchProcess : public sim::Process {
public:
    WatchProcess(Context& context, bool human)
        : context_(context), human_(human), options_(table_options(context)) {
        writer_.remember_widths();
    }

    // Prints what the list or the first object holds.
    base::Result<void> print_first(const Json& object) {
        if (human_) return print(object, "ADDED");
        const Json* items = base::find(object, "items");
        if (items == nullptr) return print(object, "ADDED");
        for (const Json& item : *items) TRY(print(item, "ADDED"));
        return {};
    }

    base::Result<void> open(const client::Request& request, sim::Duration timeout) {
        if (timeout.ns > 0) deadline_ = context_.now() + timeout;
        client::Response refusal;
        stream_ = context_.transport.watch(request, refusal);
        if (!stream_) return status_of(refusal);
        return {};
    }
    void set_prefix(const ApiResource& resource) {
        options_.with_namespace = context_.flags.truth("all-namespaces") && resource.namespaced;
        if (context_.flags.truth("show-kind")) options_.kind_prefix = resource.qualified_singular();
    }

    sim::Poll poll(sim::Io& io) override {
        for (const std::string& text : stream_->take()) {
            const auto event = base::parse_json(text);
            if (!event) return fail(io, event.error());
            const std::string type = base::text_at(*event, {"type"});
            if (type == "BOOKMARK") continue;
            const Json* object = base::find(*event, "object");
            if (object == nullptr) continue;
            if (type == "ERROR") return fail(io, status_from_json(*object));
            if (const auto printed = print(*object, type); !printed) return fail(io, printed.error());
        }
        if (interrupted_) return sim::Poll::done(130);
        if (stream_->ended() || (deadline_ && context_.now() >= *deadline_)) return sim::Poll::done(0);
        return sim::Poll::change(deadline_);
    }
    void interrupt() override { interrupted_ = true; }

private:
    static sim::Poll fail(sim::Io& io, const base::Status& status) {
        io.err(error_text({status}));
        return sim::Poll::done(1);
    }

    base::Result<void> print(const Json& object, const std::string& event) {
        if (!human_) {
            const bool wrap = context_.flags.truth("output-watch-events");
            const Json shown = wrap ? Json{{"type", event}, {"object", object}} : object;
            context_.out(TRY(context_.printer->print(shown, nullptr)));
            return {};
        }
        if (context_.flags.truth("output-watch-events")) options_.event = event;
        const TableRows rows = table_rows(object, options_, columns_);
        if (rows.empty()) return {};
        options_.headers = false;
        context_.out(writer_.format(rows));
        return {};
    }

    Context& context_;
    bool human_;
    TableOptions options_;
    TabWriter writer_{};
    Json columns_{};
    std::unique_ptr<client::WatchStream> stream_{};
    std::optional<sim::Instant> deadline_{};
    bool interrupted_ = false;
};

base::Result<sim::Duration> request_timeout(const Context& context) {
    const std::string& text = context.flags.text("request-timeout");
    const bool digits = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
    const auto duration = parse_duration(digits ? text + "s" : text);
    if (!duration) {
        return client_error(
            "Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by "
            "a corresponding time unit (e.g. 1s | 2m | 3h)");
    }
    return *duration;
}

base::Result<std::unique_ptr<WatchProcess>> make_watch(Context& context, ResourceQuery& query, bool human) {
    if (!context.flags.text("sort-by").empty())
        context.err("warning: --watch requested, --sort-by will be ignored\n");
    const sim::Duration timeout = TRY(request_timeout(context));
    query.as_tables = human;
    query.keep_lists = true;
    query.chunk_size = query.filenames.empty() ? query.chunk_size : 0;
    Found found = find_resources(context, query);
    if (!found.errors.empty()) return found.errors.front();
    if (found.infos.size() != 1) {
        return client_error("watch is only supported on individual resources and resource collections - " +
                            std::to_string(found.infos.size()) + " resources were found");
    }
    const Info& info = found.infos.front();
    auto process = std::make_unique<WatchProcess>(context, human);
    process->set_prefix(info.resource);
    if (!context.flags.truth("watch-only")) TRY(process->print_first(info.object));

    QueryParameters parameters;
    std::string fields = query.field_selector;
    if (!info.name.empty()) fields = "metadata.name=" + info.name;
    if (!fields.empty()) parameters.emplace_back("fieldSelector", fields);
    if (!query.label_selector.empty()) parameters.emplace_back("labelSelector", query.label_selector);
    std::string version = base::text_at(info.object, {"metadata", "resourceVersion"});
    parameters.emplace_back("resourceVersion", version.empty() ? "0" : version);
    parameters.emplace_back("watch", "true");
    const bool everywhere = query.all_namespaces || !info.resource.namespaced;
    const std::string space = everywhere                ? ""
                              : info.namespace_.empty() ? context.current_namespace
                                                        : info.namespace_;
    client::Request request = make_request(context, "GET", info.resource.collection_path(space), parameters);
    request.as_table = human;
    TRY(process->open(request, timeout));
    return process;
}

}  // namespace

Outcome start_watch(Context& context, ResourceQuery query, bool human) {
    auto process = make_watch(context, query, human);
    if (!process) return process.error();
    return std::move(process).value();
}

}  // namespace kubetab::kubectl
