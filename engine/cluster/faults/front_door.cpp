#include "engine/cluster/faults/front_door.h"

#include <utility>

#include "engine/base/json.h"

namespace kubetab::cluster {

class FrontDoor::Watch : public api::WatchStream {
public:
    Watch(std::unique_ptr<api::WatchStream> inner, std::shared_ptr<const Ended> ended)
        : inner_(std::move(inner)), ended_(std::move(ended)), begun_(*ended_) {}

    std::vector<std::string> take(std::size_t most) override {
        if (ended_->watches != begun_.watches && !told_) {
            told_ = true;
            const base::Json status = {{"kind", "Status"},
                                       {"apiVersion", "v1"},
                                       {"metadata", base::Json::object()},
                                       {"status", "Failure"},
                                       {"message", "The resourceVersion for the provided watch is too old."},
                                       {"reason", "Expired"},
                                       {"code", 410}};
            return {"{\"type\":\"ERROR\",\"object\":" + status.dump() + "}"};
        }
        if (ended()) return {};
        return inner_->take(most);
    }
    bool ended() const override {
        return ended_->all != begun_.all || ended_->watches != begun_.watches || inner_->ended();
    }

private:
    std::unique_ptr<api::WatchStream> inner_;
    std::shared_ptr<const Ended> ended_;
    Ended begun_;
    bool told_ = false;
};

class FrontDoor::Log : public api::LogStream {
public:
    Log(std::unique_ptr<api::LogStream> inner, std::shared_ptr<const Ended> ended)
        : inner_(std::move(inner)), ended_(std::move(ended)), begun_(*ended_) {}

    std::string take() override { return ended_->all == begun_.all ? inner_->take() : ""; }
    bool ended() const override { return ended_->all != begun_.all || inner_->ended(); }

private:
    std::unique_ptr<api::LogStream> inner_;
    std::shared_ptr<const Ended> ended_;
    Ended begun_;
};

class FrontDoor::Forward : public api::PortForward {
public:
    Forward(std::unique_ptr<api::PortForward> inner, std::shared_ptr<const Ended> ended)
        : inner_(std::move(inner)), ended_(std::move(ended)), begun_(*ended_) {}

    std::unique_ptr<sim::ByteStream> dial(std::int32_t port, std::string& why) override {
        return inner_->dial(port, why);
    }
    bool lost() const override { return ended_->all != begun_.all || inner_->lost(); }

private:
    std::unique_ptr<api::PortForward> inner_;
    std::shared_ptr<const Ended> ended_;
    Ended begun_;
};

void FrontDoor::set_shut(bool shut) {
    if (shut && !shut_) ++ended_->all;
    shut_ = shut;
}

// upstream: kubectl/pkg/cmd/util/helpers.go StandardErrorMessage
api::Response FrontDoor::refused() const {
    const base::Json status = {{"kind", "Status"},
                               {"apiVersion", "v1"},
                               {"metadata", base::Json::object()},
                               {"status", "Failure"},
                               {"message", "The connection to the server " + address_ +
                                               " was refused - did you specify the right host or port?"},
                               {"code", 0}};
    api::Response response;
    response.code = 503;
    response.body = status.dump();
    return response;
}

api::Response FrontDoor::send(const api::Request& request) {
    return shut_ ? refused() : inner_.send(request);
}

std::unique_ptr<api::WatchStream> FrontDoor::watch(const api::Request& request, api::Response& refusal) {
    if (shut_) {
        refusal = refused();
        return nullptr;
    }
    std::unique_ptr<api::WatchStream> stream = inner_.watch(request, refusal);
    return stream ? std::make_unique<Watch>(std::move(stream), ended_) : nullptr;
}

std::unique_ptr<api::LogStream> FrontDoor::follow_log(const api::Request& request, api::Response& refusal) {
    if (shut_) {
        refusal = refused();
        return nullptr;
    }
    std::unique_ptr<api::LogStream> stream = inner_.follow_log(request, refusal);
    return stream ? std::make_unique<Log>(std::move(stream), ended_) : nullptr;
}

std::unique_ptr<sim::Process> FrontDoor::connect(const api::Request& request, api::Response& refusal) {
    if (shut_) {
        refusal = refused();
        return nullptr;
    }
    return inner_.connect(request, refusal);
}

std::unique_ptr<api::PortForward> FrontDoor::forward(const api::Request& request, api::Response& refusal) {
    if (shut_) {
        refusal = refused();
        return nullptr;
    }
    std::unique_ptr<api::PortForward> way = inner_.forward(request, refusal);
    return way ? std::make_unique<Forward>(std::move(way), ended_) : nullptr;
}

}  // namespace kubetab::cluster
