// Rest: watches.

#include <algorithm>
#include <deque>
#include <utility>

#include "engine/api/codec.h"
#include "engine/api/reviews.h"
#include "engine/base/base64.h"
#include "engine/server/managed_fields/history.h"
#include "engine/server/rest/rest.h"
#include "engine/server/rest/selection.h"
#include "engine/server/tables/table.h"

namespace kubetab::server {

using api::Change;
using api::ChangeType;
using api::Object;
using api::Ref;
using api::Request;
using api::Response;
using base::Json;

namespace {

// At most this many changes wait for a slow reader; then the watch ends and the client lists again.
constexpr std::size_t kWaitingLimit = 10'000;

// Turns changes of a kind into watch events of the selected objects: an object that begins to match is ADDED,
// one that stops matching is DELETED.
class Stream : public api::WatchStream, public api::Watcher {
public:
    Stream(Server& server, const api::Kind& kind, Selection selection, const Request& request)
        : server_(server),
          kind_(kind),
          selection_(std::move(selection)),
          as_table_(request.as_table),
          managed_fields_(wants_managers(request)),
          include_object_(parameter(request, "includeObject")) {}
    ~Stream() override {
        if (id_ != 0) server_.unwatch(id_);
    }

    // What comes first: what changed after a revision, what there is, or that with a mark at its end.
    enum class Begin { Changes, Present, MarkedPresent };
    void start(std::int64_t from, Begin begin) {
        if (begin != Begin::Changes) {
            for (const auto& [key, object] : server_.store().all(kind_)) {
                if (selection_.matches(*object)) push("ADDED", object);
            }
            from = server_.store().revision();
            if (begin == Begin::MarkedPresent) push_end_of_present(from);
        } else {
            replay(from);
            from = server_.store().revision();
        }
        id_ = server_.watch({&kind_, {}}, from, *this);
    }

    void changed(const Change& change) override {
        const bool matches = change.type != ChangeType::Deleted && selection_.matches(*change.object);
        const bool matched = change.previous && selection_.matches(*change.previous);
        if (matches) {
            push(matched ? "MODIFIED" : "ADDED", change.object);
        } else if (matched) {
            push("DELETED", change.object);
        }
    }

    std::vector<std::string> take() override {
        std::vector<std::string> events(waiting_.begin(), waiting_.end());
        waiting_.clear();
        return events;
    }
    bool ended() const override { return overflowed_; }

private:
    void replay(std::int64_t from) {
        for (const store::Write& write : server_.store().log()) {
            if (write.revision <= from || write.kind != &kind_.stored()) continue;
            changed({write.type, write.kind, write.object, write.previous, write.revision});
        }
    }

    // A Table of one row; only the first says what the columns are.
    Json row_of(const Object& object) {
        Json table = table_of(kind_, {&object}, {server_.simulation().now(), include_object_},
                              object.metadata.resourceVersion);
        if (std::exchange(columns_told_, true)) table["columnDefinitions"] = nullptr;
        return table;
    }

    // upstream: cacher.go, the bookmark that ends a streamed list
    void push_end_of_present(std::int64_t revision) {
        const Json bookmark = {{"kind", kind_.kind},
                               {"apiVersion", kind_.api_version()},
                               {"metadata",
                                {{"resourceVersion", std::to_string(revision)},
                                 {"creationTimestamp", nullptr},
                                 {"annotations",
                                  {{"k8s.io/initial-events-end", "true"},
                                   {"kubernetes.io/initial-events-list-blueprint", empty_list()}}}}}};
        waiting_.push_back(Json({{"type", "BOOKMARK"}, {"object", bookmark}}).dump());
    }

    // upstream: apimachinery/pkg/apis/meta/v1 InitialEventsListBlueprintAnnotationKey
    std::string empty_list() const {
        return base::base64_encode("{\"kind\":\"" + kind_.list_name() + "\",\"apiVersion\":\"" +
                                   kind_.api_version() + "\",\"metadata\":{},\"items\":null}\n");
    }

    void push(const char* type, const Ref<Object>& stored) {
        if (waiting_.size() >= kWaitingLimit) {
            overflowed_ = true;
            return;
        }
        const Ref<Object> shaped = api::as_version(kind_, stored);
        const Ref<Object> object = managed_fields_ ? with_managers(server_.store(), kind_, shaped) : shaped;
        std::string event = std::string("{\"type\":\"") + type + "\",\"object\":";
        if (as_table_) {
            event += row_of(*object).dump(-1, ' ', false, Json::error_handler_t::replace);
        } else {
            event += api::encode(kind_, *object);
        }
        waiting_.push_back(event + "}");
    }

    Server& server_;
    const api::Kind& kind_;
    Selection selection_;
    bool as_table_;
    bool managed_fields_;
    std::string include_object_;
    api::WatchId id_ = 0;
    std::deque<std::string> waiting_{};
    bool overflowed_ = false;
    bool columns_told_ = false;
};

}  // namespace

std::unique_ptr<api::WatchStream> Rest::watch(const Request& request, Response& refusal) {
    RequestInfo info = parse_path(request.path, server_.custom_resources());
    if (const base::Result<void> let = let_in(request, info); !let.ok()) {
        refusal = refuse(let.error());
        return nullptr;
    }
    if (info.kind == nullptr || api::is_review(*info.kind)) {
        refusal = no_resource(request);
        return nullptr;
    }
    base::Result<Selection> selection = Selection::of(request, *info.kind, info.namespace_);
    if (!selection.ok()) {
        refusal = refuse(selection.error());
        return nullptr;
    }
    const std::string version = parameter(request, "resourceVersion");
    const bool streamed_list = flag_parameter(request, "sendInitialEvents");
    const bool with_present = version.empty() || version == "0" || streamed_list;
    const std::int64_t from = with_present ? 0 : std::strtoll(version.c_str(), nullptr, 10);
    if (!with_present && from < server_.store().compacted()) {
        refusal = refuse(
            base::failure(base::Reason::Expired, "too old resource version: " + version + " (" +
                                                     std::to_string(server_.store().compacted() + 1) + ")"));
        return nullptr;
    }
    auto stream = std::make_unique<Stream>(server_, *info.kind, std::move(*selection), request);
    const bool marked = streamed_list && flag_parameter(request, "allowWatchBookmarks");
    if (marked) stream->start(from, Stream::Begin::MarkedPresent);
    else stream->start(from, with_present ? Stream::Begin::Present : Stream::Begin::Changes);
    return stream;
}

}  // namespace kubetab::server
