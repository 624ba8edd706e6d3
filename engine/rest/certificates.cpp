#include "engine/rest/certificates.h"

#ifdef KUBETAB_TLS

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <memory>

#endif

namespace kubetab::rest {

using base::Result;

#ifdef KUBETAB_TLS

namespace {

template <class T, void (*release)(T*)>
struct Releaser {
    void operator()(T* object) const { release(object); }
};
using Key = std::unique_ptr<EVP_PKEY, Releaser<EVP_PKEY, &EVP_PKEY_free>>;
using Signed = std::unique_ptr<X509, Releaser<X509, &X509_free>>;
using KeyMaker = std::unique_ptr<EVP_PKEY_CTX, Releaser<EVP_PKEY_CTX, &EVP_PKEY_CTX_free>>;
using Memory = std::unique_ptr<BIO, Releaser<BIO, &BIO_free_all>>;
using Extension = std::unique_ptr<X509_EXTENSION, Releaser<X509_EXTENSION, &X509_EXTENSION_free>>;

constexpr int kDay = 24 * 60 * 60;
constexpr int kYear = 365 * kDay;
constexpr int kClockSkew = 5 * 60;

base::Status failed() {
    return base::failure(base::Reason::InternalError, "OpenSSL cannot make certificates on this machine");
}

Result<Key> make_key() {
    const KeyMaker maker(EVP_PKEY_CTX_new_id(EVP_PKEY_EC, nullptr));
    EVP_PKEY* key = nullptr;
    const bool good = maker && EVP_PKEY_keygen_init(maker.get()) > 0 &&
                      EVP_PKEY_CTX_set_ec_paramgen_curve_nid(maker.get(), NID_X9_62_prime256v1) > 0 &&
                      EVP_PKEY_keygen(maker.get(), &key) > 0;
    if (!good) return failed();
    return Key(key);
}

std::string text_of(BIO* memory) {
    char* data = nullptr;
    const auto size = BIO_get_mem_data(memory, &data);
    return std::string(data, static_cast<std::size_t>(size));
}

std::string pem_of(X509* certificate) {
    const Memory memory(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(memory.get(), certificate);
    return text_of(memory.get());
}

std::string pem_of(EVP_PKEY* key) {
    const Memory memory(BIO_new(BIO_s_mem()));
    PEM_write_bio_PrivateKey(memory.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
    return text_of(memory.get());
}

struct Issuer {
    Signed certificate{};
    Key key{};
};

Result<Issuer> read_issuer(const Certificate& authority) {
    const Memory certificate(BIO_new_mem_buf(authority.certificate.data(), -1));
    const Memory key(BIO_new_mem_buf(authority.key.data(), -1));
    Issuer issuer{Signed(PEM_read_bio_X509(certificate.get(), nullptr, nullptr, nullptr)),
                  Key(PEM_read_bio_PrivateKey(key.get(), nullptr, nullptr, nullptr))};
    if (!issuer.certificate || !issuer.key)
        return base::failure(base::Reason::BadRequest,
                             "the kept certificate of the authority cannot be read");
    return issuer;
}

struct Extra {
    int name = 0;
    const char* value = "";
};

struct Wish {
    std::string name{};
    std::string group{};  // "" is none
    int lifetime = kYear;
    std::initializer_list<Extra> extras{};
};

bool name_it(X509* certificate, const Wish& wish) {
    X509_NAME* subject = X509_get_subject_name(certificate);
    const auto add = [subject](const char* field, const std::string& value) {
        const auto* text = reinterpret_cast<const unsigned char*>(value.c_str());
        return value.empty() ||
               X509_NAME_add_entry_by_txt(subject, field, MBSTRING_UTF8, text, -1, -1, 0) == 1;
    };
    return add("O", wish.group) && add("CN", wish.name);
}

bool number_it(X509* certificate) {
    std::uint64_t number = 0;
    if (RAND_bytes(reinterpret_cast<unsigned char*>(&number), sizeof number) != 1) return false;
    return ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), number >> 1U | 1U) == 1;
}

bool add_extension(X509* certificate, X509* issuer, const Extra& extra) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, extra.name, extra.value));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool extend(X509* certificate, X509* issuer, const Wish& wish) {
    for (const Extra& extra : wish.extras) {
        if (!add_extension(certificate, issuer, extra)) return false;
    }
    return true;
}

// Signed by the issuer; without one, by itself.
Result<Certificate> make(const Issuer* issuer, const Wish& wish) {
    const Key key = TRY(make_key());
    const Signed certificate(X509_new());
    X509* made = certificate.get();
    X509* signer = issuer != nullptr ? issuer->certificate.get() : made;
    // Clocks differ a little: what is made now was good a moment ago.
    const bool good = made != nullptr && X509_set_version(made, 2) == 1 && number_it(made) &&
                      X509_gmtime_adj(X509_getm_notBefore(made), -kDay) != nullptr &&
                      X509_gmtime_adj(X509_getm_notAfter(made), wish.lifetime) != nullptr &&
                      name_it(made, wish) && X509_set_issuer_name(made, X509_get_subject_name(signer)) == 1 &&
                      X509_set_pubkey(made, key.get()) == 1 && extend(made, signer, wish) &&
                      X509_sign(made, issuer != nullptr ? issuer->key.get() : key.get(), EVP_sha256()) != 0;
    if (!good) return failed();
    return Certificate{pem_of(made), pem_of(key.get())};
}

}  // namespace

Result<Certificate> make_authority() {
    return make(nullptr, {.name = "kubernetes",
                          .lifetime = 10 * kYear,
                          .extras = {{NID_basic_constraints, "critical,CA:TRUE"},
                                     {NID_key_usage, "critical,digitalSignature,keyEncipherment,keyCertSign"},
                                     {NID_subject_key_identifier, "hash"}}});
}

Result<Certificate> make_server_certificate(const Certificate& authority) {
    const Issuer issuer = TRY(read_issuer(authority));
    return make(&issuer, {.name = "kube-apiserver",
                          .extras = {{NID_basic_constraints, "critical,CA:FALSE"},
                                     {NID_key_usage, "critical,digitalSignature,keyEncipherment"},
                                     {NID_ext_key_usage, "serverAuth"},
                                     {NID_authority_key_identifier, "keyid"},
                                     {NID_subject_alt_name,
                                      "DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,"
                                      "DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local,"
                                      "IP:127.0.0.1,IP:::1,IP:10.96.0.1"}}});
}

Result<Certificate> make_client_certificate(const Certificate& authority, const std::string& name,
                                            const std::string& group) {
    const Issuer issuer = TRY(read_issuer(authority));
    return make(&issuer, {.name = name,
                          .group = group,
                          .extras = {{NID_basic_constraints, "critical,CA:FALSE"},
                                     {NID_key_usage, "critical,digitalSignature,keyEncipherment"},
                                     {NID_ext_key_usage, "clientAuth"},
                                     {NID_authority_key_identifier, "keyid"}}});
}

namespace {

using Asked = std::unique_ptr<X509_REQ, Releaser<X509_REQ, &X509_REQ_free>>;

constexpr std::int64_t kShortestLife = 600;

std::string subject_value(X509_NAME* subject, int field) {
    const int at = X509_NAME_get_index_by_NID(subject, field, -1);
    if (at < 0) return "";
    const ASN1_STRING* text = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at));
    return std::string(reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
                       static_cast<std::size_t>(ASN1_STRING_length(text)));
}

// upstream: pkg/apis/certificates/helpers.go [ValidateKubeletClientCSR]
std::string problem_with_node(X509_NAME* subject) {
    if (subject_value(subject, NID_organizationName) != "system:nodes")
        return "subject organization is not system:nodes";
    const bool node = subject_value(subject, NID_commonName).rfind("system:node:", 0) == 0;
    return node ? "" : "subject common name does not begin with system:node:";
}

bool copy_names(X509_REQ* asked, X509* made) {
    STACK_OF(X509_EXTENSION)* const extensions = X509_REQ_get_extensions(asked);
    const int at = X509v3_get_ext_by_NID(extensions, NID_subject_alt_name, -1);
    const bool good = at < 0 || X509_add_ext(made, X509v3_get_ext(extensions, at), -1) == 1;
    sk_X509_EXTENSION_pop_free(extensions, X509_EXTENSION_free);
    return good;
}

}  // namespace

// upstream: pkg/controller/certificates/authority/policies.go
Result<std::string> sign_request(const Certificate& authority, const SigningWish& wish) {
    const Issuer issuer = TRY(read_issuer(authority));
    const Memory text(BIO_new_mem_buf(wish.request.data(), static_cast<int>(wish.request.size())));
    const Asked asked(PEM_read_bio_X509_REQ(text.get(), nullptr, nullptr, nullptr));
    EVP_PKEY* const key = asked ? X509_REQ_get0_pubkey(asked.get()) : nullptr;
    if (key == nullptr || X509_REQ_verify(asked.get(), key) != 1)
        return base::failure(base::Reason::BadRequest, "the request is no PEM of a signed PKCS#10 request");
    X509_NAME* const subject = X509_REQ_get_subject_name(asked.get());
    const std::string problem = wish.of_kubelet ? problem_with_node(subject) : "";
    if (!problem.empty()) return base::failure(base::Reason::BadRequest, problem);
    std::int64_t life = wish.seconds == 0 ? kYear : wish.seconds;
    life = life < kShortestLife ? kShortestLife : life > kYear ? kYear : life;
    const std::string usages = "critical," + wish.usages;
    const Signed certificate(X509_new());
    X509* const made = certificate.get();
    const bool good =
        made != nullptr && X509_set_version(made, 2) == 1 && number_it(made) &&
        X509_gmtime_adj(X509_getm_notBefore(made), -kClockSkew) != nullptr &&
        X509_gmtime_adj(X509_getm_notAfter(made), static_cast<int>(life)) != nullptr &&
        X509_set_subject_name(made, subject) == 1 &&
        X509_set_issuer_name(made, X509_get_subject_name(issuer.certificate.get())) == 1 &&
        X509_set_pubkey(made, key) == 1 &&
        (wish.usages.empty() ||
         add_extension(made, issuer.certificate.get(), {NID_key_usage, usages.c_str()})) &&
        add_extension(made, issuer.certificate.get(), {NID_ext_key_usage, wish.extended_usage.c_str()}) &&
        add_extension(made, issuer.certificate.get(), {NID_basic_constraints, "critical,CA:FALSE"}) &&
        add_extension(made, issuer.certificate.get(), {NID_authority_key_identifier, "keyid"}) &&
        copy_names(asked.get(), made) && X509_sign(made, issuer.key.get(), EVP_sha256()) != 0;
    if (!good) return failed();
    return pem_of(made);
}

#else

namespace {

base::Status not_built() {
    return base::failure(
        base::Reason::BadRequest,
        "serve speaks plain HTTP only in this build: --tls needs OpenSSL's headers, which it "
        "was built without");
}

}  // namespace

Result<Certificate> make_authority() {
    return not_built();
}

Result<Certificate> make_server_certificate(const Certificate&) {
    return not_built();
}

Result<Certificate> make_client_certificate(const Certificate&, const std::string&, const std::string&) {
    return not_built();
}

Result<std::string> sign_request(const Certificate&, const SigningWish&) {
    return not_built();
}

#endif

}  // namespace kubetab::rest
