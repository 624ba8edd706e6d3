// Service: what a connection needs of the server that has accepted it.
#pragma once

#include <cstddef>
#include <set>

#include "engine/rest/front.h"
#include "engine/server/authorization/user.h"

namespace kubetab::rest {

// Something that sends what time brings.
class Pumped {
public:
    virtual ~Pumped() = default;
    // Time has passed: sends what has come. Takes out of Service::pumped no other than itself.
    virtual void pump() = 0;
};

// Outlives the connections.
class Service {
public:
    virtual ~Service() = default;
    virtual Front& front() = 0;
    // Lets time pass up to now, because somebody is about to ask: whom a certificate names, or null when the
    // connection is not encrypted.
    virtual void before_request(const server::Caller* caller) = 0;
    // Something may be due sooner than before.
    virtual void after_request() = 0;

    // Each puts itself in while something may come for it, and takes itself out.
    std::set<Pumped*> pumped{};
    // All that are open.
    std::size_t connections = 0;
};

}  // namespace kubetab::rest
