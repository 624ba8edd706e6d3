// FrontDoor: the API server as clients with a terminal reach it: kubectl, and everything in the window.
//
// While it is shut, a connection is refused: an answer whose Status has the code 0 and says what kubectl says
// then. Watches and followed logs end. end_watches() ends the watches alone, with 410, as after a compaction
// that has overtaken them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/api/transport.h"

namespace kubetab::cluster {

class FrontDoor final : public api::Transport {
public:
    // `inner` outlives it. `address` is the API server's.
    FrontDoor(api::Transport& inner, std::string address) : inner_(inner), address_(std::move(address)) {}

    bool shut() const { return shut_; }
    void set_shut(bool shut);
    void end_watches() { ++ended_->watches; }

    sim::Instant now() const override { return inner_.now(); }
    api::Response send(const api::Request& request) override;
    std::unique_ptr<api::WatchStream> watch(const api::Request& request, api::Response& refusal) override;
    std::unique_ptr<api::LogStream> follow_log(const api::Request& request, api::Response& refusal) override;
    std::unique_ptr<sim::Process> connect(const api::Request& request, api::Response& refusal) override;
    std::unique_ptr<api::PortForward> forward(const api::Request& request, api::Response& refusal) override;

private:
    class Watch;
    // Counts what ends streams: each compares it with what it was when it began.
    struct Ended {
        std::int64_t all = 0;
        std::int64_t watches = 0;
    };
    class Log;
    class Forward;

    api::Response refused() const;

    api::Transport& inner_;
    std::string address_;
    bool shut_ = false;
    std::shared_ptr<Ended> ended_ = std::make_shared<Ended>();
};

}  // namespace kubetab::cluster
