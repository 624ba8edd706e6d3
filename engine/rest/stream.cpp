#include "engine/rest/stream.h"

#ifdef KUBETAB_TLS
#include <openssl/x509.h>

#include <boost/asio/ssl/context.hpp>

#include "engine/base/sha256.h"
#endif

namespace kubetab::rest {

#ifdef KUBETAB_TLS

namespace asio = boost::asio;

struct Tls::Context {
    asio::ssl::context context{asio::ssl::context::tls_server};
};

base::Result<std::unique_ptr<Tls>> Tls::make(const Certificate& server, const Certificate& authority) {
    using asio::ssl::context;
    auto tls = std::make_unique<Tls>();
    context& made = tls->context_->context;
    Stream::Error errors[6];
    const auto old = context::no_sslv2 | context::no_sslv3 | context::no_tlsv1 | context::no_tlsv1_1;
    made.set_options(context::default_workarounds | old, errors[0]);
    made.use_certificate(asio::buffer(server.certificate), context::pem, errors[1]);
    made.use_private_key(asio::buffer(server.key), context::pem, errors[2]);
    made.add_certificate_authority(asio::buffer(authority.certificate), errors[3]);
    made.set_verify_mode(asio::ssl::verify_peer, errors[4]);
    // Who shows a wrong certificate is told so by the API, not by a connection that breaks.
    made.set_verify_callback([](bool, asio::ssl::verify_context&) { return true; }, errors[5]);
    for (const Stream::Error& error : errors) {
        if (error) return base::failure(base::Reason::InternalError, "TLS: " + error.message());
    }
    return tls;
}

namespace {

using Shown = std::unique_ptr<X509, void (*)(X509*)>;

// All values of a field of the subject.
std::vector<std::string> subject_values(X509* certificate, int field) {
    std::vector<std::string> values;
    X509_NAME* subject = X509_get_subject_name(certificate);
    for (int at = X509_NAME_get_index_by_NID(subject, field, -1); at >= 0;
         at = X509_NAME_get_index_by_NID(subject, field, at)) {
        const ASN1_STRING* text = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at));
        values.emplace_back(reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
                            static_cast<std::size_t>(ASN1_STRING_length(text)));
    }
    return values;
}

std::string digest_of(X509* certificate) {
    unsigned char* bytes = nullptr;
    const int size = i2d_X509(certificate, &bytes);
    if (size <= 0) return "";
    const std::string text(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    OPENSSL_free(bytes);
    return base::hexadecimal(base::sha256(text));
}

}  // namespace

Stream::Stream(asio::ip::tcp::socket&& socket, Tls* tls) {
    if (tls == nullptr) plain_.emplace(std::move(socket));
    else
        secret_ = std::make_unique<boost::beast::ssl_stream<boost::beast::tcp_stream>>(
            boost::beast::tcp_stream(std::move(socket)), tls->context().context);
}

// upstream: staging/src/k8s.io/apiserver/pkg/authentication/request/x509/x509.go
std::optional<server::Caller> Stream::caller() const {
    if (!secret_) return std::nullopt;
    server::Caller caller;
    SSL* const handle = secret_->native_handle();
    const Shown shown(SSL_get_peer_certificate(handle), &X509_free);
    if (!shown) return caller;
    const std::vector<std::string> names = subject_values(shown.get(), NID_commonName);
    caller.refused = SSL_get_verify_result(handle) != X509_V_OK || names.empty();
    if (caller.refused) return caller;
    caller.name = names.front();
    caller.groups = subject_values(shown.get(), NID_organizationName);
    caller.credential = "X509SHA256=" + digest_of(shown.get());
    return caller;
}

#else

struct Tls::Context {};

base::Result<std::unique_ptr<Tls>> Tls::make(const Certificate&, const Certificate&) {
    return base::failure(base::Reason::BadRequest, "TLS is not in this build");
}

Stream::Stream(boost::asio::ip::tcp::socket&& socket, Tls*) {
    plain_.emplace(std::move(socket));
}

std::optional<server::Caller> Stream::caller() const {
    return std::nullopt;
}

#endif

Tls::Tls() : context_(std::make_unique<Context>()) {}
Tls::~Tls() = default;

}  // namespace kubetab::rest
