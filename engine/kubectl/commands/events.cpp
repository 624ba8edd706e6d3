// kubectl events. upstream: kubectl/pkg/cmd/events/events.go, event_printer.go
#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "engine/api/values.h"
#include "engine/base/stable_sort.h"
#include "engine/kubectl/commands/pod_commands.h"
#include "engine/kubectl/describe/parts.h"
#include "engine/kubectl/printer.h"
#include "engine/kubectl/printers/tab_writer.h"
#include "engine/kubectl/resources.h"
#include "engine/kubectl/rest.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using base::Json;
using base::text_at;

// The instant that events are sorted by. upstream: eventTime
std::int64_t time_of(const Json& event) {
    std::string text = text_at(event, {"series", "lastObservedTime"});
    if (text.empty()) text = text_at(event, {"lastTimestamp"});
    if (text.empty()) text = text_at(event, {"eventTime"});
    return api::parse_time_microseconds(text).value_or(0);
}

// "5s", "5s (x3 over 2m)". upstream: getInterval
std::string interval_of(const Json& event, sim::Instant now) {
    const std::string precise = text_at(event, {"eventTime"});
    const std::string first =
        describe::age_of(precise.empty() ? text_at(event, {"firstTimestamp"}) : precise, now);
    const Json* series = base::find(event, "series");
    if (series != nullptr && series->is_object()) {
        return describe::age_of(text_at(*series, {"lastObservedTime"}), now) + " (x" +
               std::to_string(base::int_at(*series, {"count"})) + " over " + first + ")";
    }
    const std::int64_t count = base::int_at(event, {"count"});
    if (count <= 1) return first;
    return describe::age_of(text_at(event, {"lastTimestamp"}), now) + " (x" + std::to_string(count) +
           " over " + first + ")";
}

// The object that --for names.
struct Regarding {
    std::string kind{};
    std::string api_version{};
    std::string name{};
};

struct EventsRequest {
    std::string namespace_{};  // "" for all
    QueryParameters query{};
    std::vector<std::string> types{};
};

base::Result<std::optional<Regarding>> regarding(Context& context) {
    const std::string& text = context.flags.text("for");
    if (text.empty()) return std::optional<Regarding>{};
    const std::size_t slash = text.find('/');
    const bool split = slash != std::string::npos && slash > 0 && slash + 1 < text.size() &&
                       text.find('/', slash + 1) == std::string::npos;
    if (!split) return client_error("--for must be in resource/name form");
    const Discovery* discovery = TRY(context.discovery());
    const ApiResource resource = TRY(discovery->find(text.substr(0, slash)));
    return std::optional<Regarding>(Regarding{resource.kind, resource.api_version(), text.substr(slash + 1)});
}

base::Result<EventsRequest> read_request(Context& context) {
    if (!context.arguments.empty()) {
        return usage_error(context.path(), "unexpected arguments: " + join(context.arguments, " "));
    }
    EventsRequest request;
    request.types = context.flags.list("types");
    for (const std::string& type : request.types) {
        if (lower(type) != "normal" && lower(type) != "warning") {
            return client_error("valid --types are Normal or Warning");
        }
    }
    if (!context.flags.truth("all-namespaces")) request.namespace_ = context.current_namespace;
    if (const auto object = TRY(regarding(context))) {
        request.query.emplace_back("fieldSelector", "involvedObject.kind=" + object->kind +
                                                        ",involvedObject.apiVersion=" + object->api_version +
                                                        ",involvedObject.name=" + object->name);
    }
    return request;
}

std::string events_path(const EventsRequest& request) {
    return request.namespace_.empty() ? "/api/v1/events"
                                      : "/api/v1/namespaces/" + request.namespace_ + "/events";
}

// Prints events as rows, or whole as -o asks.
class EventPrinter {
public:
    explicit EventPrinter(Context& context)
        : context_(context), headed_(!context.flags.truth("no-headers")) {}

    void remember_widths() { writer_.remember_widths(); }

    base::Result<void> print(const std::vector<Json>& events) {
        if (context_.printer == nullptr) {
            print_rows(events);
            return {};
        }
        Json list = {
            {"apiVersion", "v1"}, {"kind", "EventList"}, {"metadata", Json::object()}, {"items", events}};
        context_.out(TRY(context_.printer->print(list, nullptr)));
        return {};
    }
    base::Result<void> print_one(const Json& event) {
        if (context_.printer == nullptr) {
            print_rows({event});
            return {};
        }
        context_.out(TRY(context_.printer->print(event, nullptr)));
        return {};
    }

private:
    void print_rows(const std::vector<Json>& events) {
        const bool spaces = context_.flags.truth("all-namespaces");
        TableRows rows;
        const auto add = [&](const std::string& space, std::vector<std::string> row) {
            if (spaces) row.insert(row.begin(), space);
            rows.push_back(std::move(row));
        };
        if (headed_) add("NAMESPACE", {"LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE"});
        headed_ = false;
        for (const Json& event : events) {
            add(text_at(event, {"metadata", "namespace"}),
                {interval_of(event, context_.now()), text_at(event, {"type"}), text_at(event, {"reason"}),
                 text_at(event, {"involvedObject", "kind"}) + "/" +
                     text_at(event, {"involvedObject", "name"}),
                 std::string(trim(text_at(event, {"message"})))});
        }
        context_.out(writer_.format(rows));
    }

    Context& context_;
    bool headed_;
    TabWriter writer_{};
};

bool is_wanted(const EventsRequest& request, const Json& event) {
    if (request.types.empty()) return true;
    const std::string type = lower(text_at(event, {"type"}));
    return std::any_of(request.types.begin(), request.types.end(),
                       [&](const std::string& wanted) { return lower(wanted) == type; });
}

class EventWatch : public sim::Process {
public:
    EventWatch(Context& context, EventsRequest request, EventPrinter printer)
        : context_(context), request_(std::move(request)), printer_(std::move(printer)) {}

    base::Result<void> open(std::string version) {
        QueryParameters query = request_.query;
        query.emplace_back("resourceVersion", std::move(version));
        query.emplace_back("watch", "true");
        client::Response refusal;
        stream_ =
            context_.transport.watch(make_request(context_, "GET", events_path(request_), query), refusal);
        if (stream_ == nullptr) return status_of(refusal);
        return {};
    }

    sim::Poll poll(sim::Io& io) override {
        for (const std::string& text : stream_->take()) {
            const base::Result<void> printed = print(text);
            if (printed) continue;
            io.err(error_text({printed.error()}));
            return sim::Poll::done(1);
        }
        if (interrupted_) return sim::Poll::done(kInterrupted);
        return stream_->ended() ? sim::Poll::done(0) : sim::Poll::change();
    }
    void interrupt() override { interrupted_ = true; }

private:
    base::Result<void> print(const std::string& text) {
        const Json change = TRY(base::parse_json(text));
        const std::string type = text_at(change, {"type"});
        const Json* event = base::find(change, "object");
        if (event == nullptr || type == "BOOKMARK" || type == "DELETED") return {};
        if (type == "ERROR") return status_from_json(*event);
        if (!is_wanted(request_, *event)) return {};
        return printer_.print_one(*event);
    }

    Context& context_;
    EventsRequest request_;
    EventPrinter printer_;
    std::unique_ptr<client::WatchStream> stream_{};
    bool interrupted_ = false;
};

base::Result<std::unique_ptr<EventWatch>> watch(Context& context, const EventsRequest& request,
                                                const EventPrinter& printer, const std::string& version) {
    auto process = std::make_unique<EventWatch>(context, request, printer);
    TRY(process->open(version));
    return process;
}

std::vector<Json> sorted_events(const EventsRequest& request, const Json& list) {
    std::vector<Json> events;
    for (const Json& event : describe::array_at(list, {"items"})) {
        if (is_wanted(request, event)) events.push_back(event);
    }
    base::stable_sort(events, [](const Json& a, const Json& b) { return time_of(a) < time_of(b); });
    return events;
}

Outcome run(Context& context) {
    base::Result<EventsRequest> request = read_request(context);
    if (!request) return request.error();
    if (const auto output = check_output(context); !output) return output.error();
    const Listing listing{.page_size = context.flags.number("chunk-size")};
    const base::Result<Json> list = list_pages(context, events_path(*request), request->query, listing);
    if (!list) return list.error();
    const std::vector<Json> events = sorted_events(*request, *list);
    const bool follow = context.flags.truth("watch");
    EventPrinter printer(context);
    if (follow) printer.remember_widths();
    if (events.empty() && !follow) {
        const std::string where =
            request->namespace_.empty() ? "" : " in " + request->namespace_ + " namespace";
        context.err("No events found" + where + ".\n");
        return 0;
    }
    if (const base::Result<void> printed = printer.print(events); !printed) return printed.error();
    if (!follow) return 0;
    auto process = watch(context, *request, printer, text_at(*list, {"metadata", "resourceVersion"}));
    if (!process) return process.error();
    return std::move(*process);
}

}  // namespace

CommandSpec events_command() {
    FlagTable flags = {
        {"all-namespaces", 'A', FlagType::Bool, "false", "List the events of all namespaces"},
        {"chunk-size", 0, FlagType::Int, "500",
         "Return large lists in chunks rather than all at once; 0 to disable"},
        {"for", 0, FlagType::Text, "", "List only the events of this object, TYPE/NAME"},
        {"no-headers", 0, FlagType::Bool, "false", "Print no headers"},
        {"types", 0, FlagType::TextSlice, "", "List only events of these types: Normal, Warning"},
        {"watch", 'w', FlagType::Bool, "false", "After listing, watch for more events"},
    };
    return {
        .path = "events",
        .aliases = {},
        .summary = "List events",
        .usage =
            "events [(-o|--output=)json|yaml|name|jsonpath] [--for TYPE/NAME] [--watch] "
            "[--types=Normal,Warning] [options]",
        .examples =
            "  # List recent events in the namespace, oldest first\n  kubectl events\n\n"
            "  # List the events of one pod\n  kubectl events --for pod/web-0\n\n"
            "  # List only warnings, and go on\n  kubectl events --types=Warning --watch",
        .flags = flags + output_flags(),
        .run = run,
        .group = "Troubleshooting and Debugging Commands",
    };
}

}  // namespace kubetab::kubectl
