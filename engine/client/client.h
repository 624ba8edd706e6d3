// Client: the typed client of one actor. Adds the actor and what woke it to every write.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "engine/api/kinds.h"
#include "engine/client/api_server.h"

namespace kubetab::client {

class Client {
public:
    Client(ApiServer& server, std::string actor) : server_(server) { cause_.actor = std::move(actor); }

    const std::string& actor() const { return cause_.actor; }
    ApiServer& server() { return server_; }
    // The change that woke the actor, and why it acts; holds for the writes that follow.
    void because(std::int64_t revision, std::string reason = {}) {
        cause_.revision = revision;
        cause_.reason = std::move(reason);
    }
    void because(std::string reason) { cause_.reason = std::move(reason); }
    const Cause& cause() const { return cause_; }

    template <class T>
    base::Result<api::Ref<T>> get(const api::ObjectKey& key) {
        return api::cast<T>(TRY(server_.get(api::kind_of<T>(), key)));
    }
    template <class T>
    base::Result<api::Ref<T>> create(T object) {
        return api::cast<T>(
            TRY(server_.create(api::kind_of<T>(), std::make_shared<T>(std::move(object)), cause_)));
    }
    template <class T>
    base::Result<api::Ref<T>> update(T object) {
        return api::cast<T>(
            TRY(server_.update(api::kind_of<T>(), std::make_shared<T>(std::move(object)), cause_)));
    }
    template <class T>
    base::Result<api::Ref<T>> update_status(T object) {
        return api::cast<T>(
            TRY(server_.update_status(api::kind_of<T>(), std::make_shared<T>(std::move(object)), cause_)));
    }
    template <class T>
    base::Result<void> remove(const api::ObjectKey& key, const DeleteOptions& options = {}) {
        return server_.remove(api::kind_of<T>(), key, options, cause_);
    }
    base::Result<void> bind(const api::ObjectKey& pod, const std::string& node) {
        return server_.bind(pod, node, cause_);
    }

private:
    ApiServer& server_;
    Cause cause_{};
};

}  // namespace kubetab::client
