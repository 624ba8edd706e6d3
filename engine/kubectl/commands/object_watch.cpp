#include "engine/kubectl/commands/object_watch.h"

#include <utility>

#include "engine/kubectl/rest.h"

namespace kubetab::kubectl {

base::Result<void> ObjectWatch::start(Context& context, const Info& info) {
    context_ = &context;
    info_ = info;
    first_.clear();
    TRY(open(first_));
    existed_ = !first_.empty();
    return {};
}

// upstream: client-go/tools/watch UntilWithSync (list, then watch from the list's version)
base::Result<void> ObjectWatch::open(std::vector<Change>& changes) {
    const std::string path = info_.resource.collection_path(info_.namespace_);
    const std::pair<std::string, std::string> only{"fieldSelector", "metadata.name=" + info_.name};
    const base::Json list = TRY(list_json(*context_, path, {only}));
    if (const base::Json* items = base::find(list, "items"); items != nullptr && items->is_array()) {
        for (base::Json item : *items) {
            // The items of a list leave out what the list says for all.
            item["apiVersion"] = info_.resource.api_version();
            item["kind"] = info_.resource.kind;
            changes.push_back({false, std::move(item)});
        }
    }
    const client::Request request = make_request(
        *context_, "GET", path,
        {only, {"resourceVersion", base::text_at(list, {"metadata", "resourceVersion"})}, {"watch", "true"}});
    client::Response refusal;
    stream_ = context_->transport.watch(request, refusal);
    if (stream_ == nullptr) return status_of(refusal);
    return {};
}

base::Result<std::vector<ObjectWatch::Change>> ObjectWatch::take() {
    std::vector<Change> changes = std::exchange(first_, {});
    if (stream_ == nullptr) {
        TRY(open(changes));
        return changes;
    }
    for (const std::string& text : stream_->take()) {
        base::Json event = TRY(base::parse_json(text));
        const std::string type = base::text_at(event, {"type"});
        if (type == "ERROR") {
            stream_.reset();
            break;
        }
        const base::Json* object = base::find(event, "object");
        if (type == "BOOKMARK" || object == nullptr) continue;
        changes.push_back({type == "DELETED", *object});
    }
    if (stream_ != nullptr && stream_->ended()) stream_.reset();
    return changes;
}

}  // namespace kubetab::kubectl
