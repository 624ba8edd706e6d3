#include "engine/rest/http_server.h"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <csignal>
#include <optional>
#include <utility>

#include "engine/rest/connection.h"

namespace kubetab::rest {

namespace asio = boost::asio;
using asio::ip::tcp;
using Error = boost::system::error_code;

class HttpServer::Loop : private Service {
public:
    explicit Loop(ServerOptions options) : options_(std::move(options)) {}
    ~Loop() override {
        // The handlers that are still waiting hold the connections.
        io_.stop();
    }

    Error open() {
        const tcp::endpoint endpoint(asio::ip::address_v4::loopback(), options_.port);
        Error error;
        acceptor_.open(endpoint.protocol(), error);
        if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
        if (!error) acceptor_.bind(endpoint, error);
        if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
        return error;
    }

    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

    base::Result<void> run(server::Rest& rest, sim::Simulation& simulation, Regularly regularly) {
        rest_ = &rest;
        pace_.emplace(simulation, options_.speed, options_.real_time);
        front_.emplace(rest, port(), options_.tls ? "https" : "http");
        regularly_ = std::move(regularly);
        signals_.async_wait([this](Error error, int) {
            if (!error) end();
        });
        accept();
        pass_time();
        if (regularly_) be_regular();
        io_.run();
        return ended_with_.ok() && regularly_ ? regularly_() : ended_with_;
    }

private:
    void accept() {
        acceptor_.async_accept([this](Error error, tcp::socket socket) {
            if (!acceptor_.is_open()) return;
            if (!error && connections < kConnections)
                std::make_shared<Connection>(static_cast<Service&>(*this),
                                             Stream(std::move(socket), options_.tls.get()))
                    ->start();
            accept();
        });
    }

    // A turn of the simulation, then what it has brought goes out, then the next turn when something is due.
    void pass_time() {
        waiting_ = false;
        const bool present = pace_->catch_up();
        pump();
        last_turn_ = Clock::now();
        if (present) return wait();
        turn_follows_ = true;
        asio::post(io_, [this] {
            turn_follows_ = false;
            pass_time();
        });
    }

    // For the next turn, which is soon enough for what is due and no sooner than kTurn after the last: under
    // load one turn sends what many requests have brought. A wait that ends in time stays as it is.
    void wait() {
        if (turn_follows_) return;
        const Clock::time_point soonest = last_turn_ + std::chrono::nanoseconds(kTurn.ns);
        if (waiting_ && timer_.expiry() <= soonest) return;
        const auto due = Clock::now() + std::chrono::nanoseconds(pace_->until_next().ns);
        const Clock::time_point end = std::max<Clock::time_point>(due, soonest);
        if (waiting_ && timer_.expiry() <= end) return;
        waiting_ = true;
        timer_.expires_at(end);
        timer_.async_wait([this](Error error) {
            if (!error) pass_time();
        });
    }

    void be_regular() {
        ended_with_ = regularly_();
        if (!ended_with_.ok()) return end();
        regular_timer_.expires_after(std::chrono::nanoseconds(kRegularly.ns));
        regular_timer_.async_wait([this](Error error) {
            if (!error) be_regular();
        });
    }

    void pump() {
        for (auto next = pumped.begin(); next != pumped.end();) {
            Pumped* const one = *next++;  // before it takes itself out
            one->pump();
        }
    }

    void end() {
        acceptor_.close();
        timer_.cancel();
        io_.stop();
    }

    Front& front() override { return *front_; }
    void before_request(const server::Caller* caller) override {
        (void)pace_->catch_up();
        rest_->speak_as(caller);
    }
    // What the request has brought may be due sooner than what is waited for.
    void after_request() override {
        rest_->speak_as(nullptr);
        wait();
    }

    using Clock = asio::steady_timer::clock_type;
    static constexpr sim::Duration kTurn = sim::milliseconds(8);

    asio::io_context io_{1};
    tcp::acceptor acceptor_{io_};
    asio::signal_set signals_{io_, SIGINT, SIGTERM};
    asio::steady_timer timer_{io_};
    asio::steady_timer regular_timer_{io_};
    ServerOptions options_;
    Regularly regularly_{};
    server::Rest* rest_ = nullptr;
    std::optional<Pace> pace_{};
    base::Result<void> ended_with_{};
    std::optional<Front> front_{};
    bool turn_follows_ = false;
    bool waiting_ = false;  // for the timer
    Clock::time_point last_turn_{};
};

base::Result<std::unique_ptr<HttpServer>> HttpServer::listen(ServerOptions options) {
    const std::uint16_t port = options.port;
    auto loop = std::make_unique<Loop>(std::move(options));
    if (const Error error = loop->open()) {
        return base::failure(base::Reason::Unknown,
                             "127.0.0.1:" + std::to_string(port) + ": " + error.message());
    }
    return std::unique_ptr<HttpServer>(std::make_unique<HttpServer>(std::move(loop)));
}

HttpServer::HttpServer(std::unique_ptr<Loop> loop) : loop_(std::move(loop)) {}
HttpServer::~HttpServer() = default;

std::uint16_t HttpServer::port() const {
    return loop_->port();
}

base::Result<void> HttpServer::run(server::Rest& rest, sim::Simulation& simulation, Regularly regularly) {
    return loop_->run(rest, simulation, std::move(regularly));
}

}  // namespace kubetab::rest
