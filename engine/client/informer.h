// Informer: a cache of all objects of one kind, kept up to date by a watch, with indexes and change handlers.
//
// Reads cost O(1); an index answers "the pods of this owner" without looking at the rest. Objects are
// shared and must not be changed. Handlers run in the order of registration, after cache and indexes show the
// change.
//
// upstream: staging/src/k8s.io/client-go/tools/cache/shared_informer.go
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/object.h"
#include "engine/api/object_map.h"
#include "engine/base/lookup_map.h"
#include "engine/client/api_server.h"

namespace kubetab::client {

// The part that does not depend on the kind.
class InformerBase : public Watcher {
public:
    // Adds the values under which the object is found.
    using IndexFunction = std::function<void(const api::Object&, api::Texts& values)>;
    using Handler = std::function<void(const Change&)>;

    // Lists at once and watches from there on.
    InformerBase(ApiServer& server, WatchScope scope);
    ~InformerBase() override;
    InformerBase(const InformerBase&) = delete;
    InformerBase& operator=(const InformerBase&) = delete;

    // Objects listed before the handler was added are not reported to it: the caller walks the cache first.
    void on_change(Handler handler) { handlers_.push_back(std::move(handler)); }
    // `name` must be new. Existing objects are indexed at once.
    void add_index(std::string name, IndexFunction function);
    bool has_index(std::string_view name) const { return indexes_.find(name) != indexes_.end(); }

    api::Ref<api::Object> find_object(const api::ObjectKey& key) const;
    const api::ObjectMap& objects() const { return objects_; }
    // Keys under one value of an index, in order.
    std::vector<api::Ref<api::Object>> by_index_object(std::string_view index, const api::Text& value) const;
    std::size_t count_by_index(std::string_view index, const api::Text& value) const;
    // Revision of the last change seen.
    std::int64_t revision() const { return revision_; }
    void set_connected(bool connected) { server_.set_connected(watch_, connected); }

    // For those who wait for single changes.
    void on_listed_again(std::function<void()> handler) { again_.push_back(std::move(handler)); }

    void changed(const Change& change) override;
    void listed_again() override;

private:
    struct Index {
        IndexFunction function{};
        base::LookupMap<api::ObjectMap> entries{};
    };

    void follow(Index& index, const Change& change);

    ApiServer& server_;
    WatchId watch_ = 0;
    std::int64_t revision_ = 0;
    api::ObjectMap objects_{};
    std::map<std::string, Index, std::less<>> indexes_{};
    std::vector<Handler> handlers_{};
    std::vector<std::function<void()>> again_{};
    // Of the change that is being looked at; kept for their memory.
    api::Texts values_{};
    api::Texts values_before_{};
};

template <class T>
class Informer : public InformerBase {
public:
    explicit Informer(ApiServer& server, std::string node_name = {})
        : InformerBase(server, WatchScope{&api::kind_of<T>(), std::move(node_name)}) {}

    // Null when there is none.
    api::Ref<T> find(const api::ObjectKey& key) const { return api::cast<T>(find_object(key)); }
    std::vector<api::Ref<T>> by_index(std::string_view name, const api::Text& value) const {
        return cast_all(by_index_object(name, value));
    }
    // All objects, ordered by key.
    std::vector<api::Ref<T>> all() const { return cast_all(objects().all()); }
    std::vector<api::Ref<T>> in_namespace(const api::Text& name) const {
        return cast_all(objects().in_namespace(name));
    }

private:
    static std::vector<api::Ref<T>> cast_all(const std::vector<api::Ref<api::Object>>& objects) {
        std::vector<api::Ref<T>> result;
        result.reserve(objects.size());
        for (const api::Ref<api::Object>& object : objects) result.push_back(api::cast<T>(object));
        return result;
    }
};

// The informers that the controllers of one process share: at most one per kind.
// upstream: staging/src/k8s.io/client-go/informers/factory.go
class InformerFactory {
public:
    explicit InformerFactory(ApiServer& server) : server_(server) {}

    template <class T>
    Informer<T>& of() {
        std::unique_ptr<InformerBase>& slot = informers_[&api::kind_of<T>()];
        if (!slot) slot = std::make_unique<Informer<T>>(server_);
        return static_cast<Informer<T>&>(*slot);
    }
    ApiServer& server() { return server_; }

private:
    ApiServer& server_;
    std::map<const api::Kind*, std::unique_ptr<InformerBase>> informers_{};  // looked up only, never iterated
};

}  // namespace kubetab::client
