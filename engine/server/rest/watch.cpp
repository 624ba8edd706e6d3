// Rest: watches.

#include <algorithm>
#include <deque>
#include <limits>
#include <utility>

#include "engine/api/codec.h"
#include "engine/api/reviews.h"
#include "engine/api/served_kinds.h"
#include "engine/base/base64.h"
#include "engine/server/managed_fields/history.h"
#include "engine/server/rest/rest.h"
#include "engine/server/rest/selection.h"
#include "engine/server/rest/versions.h"
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

// At most this much, besides what there was at the beginning, waits for a slow reader; then the watch ends
// with 410, and the client lists again. Watches that show an object alike share its text, so many slow
// readers wait for the same few bytes.
constexpr std::size_t kWaitingLimit = 10'000;
constexpr std::size_t kWaitingBytes = std::size_t{16} * 1024 * 1024;

// Turns changes of a kind into watch events of the selected objects: an object that begins to match is ADDED,
// one that stops matching is DELETED.
class Stream : public api::WatchStream, public api::Watcher {
public:
    // `encoded` are what watches without and with managers have shown last, and outlive the stream.
    Stream(Server& server, const RequestInfo& info, Selection selection, const Request& request,
           EncodedObject* encoded)
        : server_(server),
          kind_(*info.kind),
          served_(*info.served),
          namespace_(info.namespace_),
          selection_(std::move(selection)),
          as_table_(request.as_table),
          managed_fields_(wants_managers(request)),
          include_object_(parameter(request, "includeObject")),
          encoded_(encoded) {}
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
        limit_ = waiting_.size() + kWaitingLimit;
        limit_bytes_ = waiting_bytes_ + kWaitingBytes;
        id_ = server_.watch_in(kind_, namespace_, from, *this);
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

    std::vector<std::string> take(std::size_t most) override {
        std::vector<std::string> events;
        for (std::size_t taken = 0; !waiting_.empty() && taken < most; waiting_.pop_front()) {
            const Waiting& next = waiting_.front();
            const EncodedObject::Text text = next.text ? next.text : text_of(next.object);
            events.push_back(std::string("{\"type\":\"") + next.type + "\",\"object\":" + *text + "}");
            taken += events.back().size();
            if (next.text) waiting_bytes_ -= text->size();
            last_taken_ = next.revision;
        }
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
                               {"apiVersion", served_.api_version()},
                               {"metadata",
                                {{"resourceVersion", std::to_string(revision)},
                                 {"creationTimestamp", nullptr},
                                 {"annotations",
                                  {{"k8s.io/initial-events-end", "true"},
                                   {"kubernetes.io/initial-events-list-blueprint", empty_list()}}}}}};
        wait_for_reader("BOOKMARK", revision, std::make_shared<const std::string>(bookmark.dump()));
    }

    // upstream: apimachinery/pkg/apis/meta/v1 InitialEventsListBlueprintAnnotationKey
    std::string empty_list() const {
        return base::base64_encode("{\"kind\":\"" + kind_.list_name() + "\",\"apiVersion\":\"" +
                                   served_.api_version() + "\",\"metadata\":{},\"items\":null}\n");
    }

    void push(const char* type, const Ref<Object>& stored) {
        if (overflowed_) return;
        const std::int64_t revision = server_.store().revision();
        if (waiting_.size() >= limit_ || waiting_bytes_ >= limit_bytes_) return give_up(revision);
        // What there is when the watch begins is written when it is taken: it may be much.
        if (!as_table_ && id_ == 0) return waiting_.push_back({type, revision, stored, nullptr});
        if (!as_table_) return wait_for_reader(type, revision, text_of(stored));
        const Ref<Object> object = as_shown(stored);
        wait_for_reader(type, revision,
                        std::make_shared<const std::string>(
                            row_of(*object).dump(-1, ' ', false, Json::error_handler_t::replace)));
    }

    Ref<Object> as_shown(const Ref<Object>& stored) {
        Ref<Object> shaped = api::as_version(kind_, stored);
        return managed_fields_ ? server_.history().with_managers(kind_, shaped) : shaped;
    }

    // The last object that a watch has shown is the first that the next watch asks for.
    EncodedObject::Text text_of(const Ref<Object>& stored) {
        EncodedObject& last = encoded_[managed_fields_ ? 1 : 0];
        if (last.object != stored || last.served != &served_) {
            const Ref<Object> object = as_shown(stored);
            last = {stored, &served_, std::make_shared<const std::string>(encode_served(served_, *object))};
        }
        return last.text;
    }

    void wait_for_reader(const char* type, std::int64_t revision, EncodedObject::Text text) {
        waiting_bytes_ += text->size();
        waiting_.push_back({type, revision, nullptr, std::move(text)});
    }

    // What it has missed cannot be told any more. upstream: cacher.go [forget], etcd3/errors.go
    void give_up(std::int64_t revision) {
        overflowed_ = true;
        waiting_.clear();
        waiting_bytes_ = 0;
        const base::Status gone =
            base::failure(base::Reason::Expired, "too old resource version: " + std::to_string(last_taken_) +
                                                     " (" + std::to_string(revision) + ")");
        wait_for_reader("ERROR", revision, std::make_shared<const std::string>(status_document(gone).dump()));
    }

    Server& server_;
    const api::Kind& kind_;
    const api::Kind& served_;
    std::string namespace_;
    Selection selection_;
    bool as_table_;
    bool managed_fields_;
    std::string include_object_;
    api::WatchId id_ = 0;
    struct Waiting {
        const char* type = "";
        std::int64_t revision = 0;   // when it came to wait
        Ref<Object> object{};        // when it is not written yet
        EncodedObject::Text text{};  // otherwise
    };
    std::deque<Waiting> waiting_{};
    std::size_t waiting_bytes_ = 0;
    std::size_t limit_ = std::numeric_limits<std::size_t>::max();
    std::size_t limit_bytes_ = std::numeric_limits<std::size_t>::max();
    std::int64_t last_taken_ = 0;
    EncodedObject* encoded_;
    bool overflowed_ = false;
    bool columns_told_ = false;
};

}  // namespace

std::unique_ptr<api::WatchStream> Rest::watch(const Request& request, Response& refusal) {
    RequestInfo info = parse_path(request.path, server_);
    if (const base::Result<void> let = let_in(request, info); !let.ok()) {
        refusal = refuse(let.error());
        return nullptr;
    }
    if (info.kind == nullptr || api::is_review(*info.kind) || api::is_made_when_asked(*info.kind)) {
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
    auto stream = std::make_unique<Stream>(server_, info, std::move(*selection), request, encoded_);
    const bool marked = streamed_list && flag_parameter(request, "allowWatchBookmarks");
    if (marked) stream->start(from, Stream::Begin::MarkedPresent);
    else stream->start(from, with_present ? Stream::Begin::Present : Stream::Begin::Changes);
    return stream;
}

}  // namespace kubetab::server
