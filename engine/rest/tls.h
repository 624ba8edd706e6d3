// Tls: what encrypted connections of a server have in common: its certificate, and whose certificates it
// believes.
#pragma once

#include <memory>

#include "engine/rest/certificates.h"

namespace kubetab::rest {

class Tls {
public:
    // Clients that show a certificate of `authority` are who it names; they need not show any.
    static base::Result<std::unique_ptr<Tls>> make(const Certificate& server, const Certificate& authority);
    // As make() does.
    Tls();
    ~Tls();
    Tls(const Tls&) = delete;
    Tls& operator=(const Tls&) = delete;

    struct Context;
    Context& context() { return *context_; }

private:
    std::unique_ptr<Context> context_;
};

}  // namespace kubetab::rest
