#include "engine/api/certificates.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<CertificateSigningRequestCondition>::doc =
    "Whether a request was approved, denied or failed.";

std::span<const Field> Describe<CertificateSigningRequestCondition>::fields() {
    using T = CertificateSigningRequestCondition;
    static const std::vector<Field> table{
        field<T>("lastTransitionTime", &T::lastTransitionTime)
            .documented("When the status last changed from one value to another."),
        field<T>("lastUpdateTime", &T::lastUpdateTime)
            .documented("When the condition was last written."),
        field<T>("message", &T::message)
            .documented("The judgement in a sentence for people."),
        field<T>("reason", &T::reason)
            .documented("The judgement's cause in one CamelCase word, for programs."),
        field<T>("status", &T::status).required().always()
            .documented("True, False or Unknown; Approved and Denied are always True."),
        field<T>("type", &T::type).required().always()
            .documented("Approved, Denied or Failed."),
    };
    return table;
}

const std::string_view Describe<CertificateSigningRequestSpec>::doc =
    "Which certificate is asked for, by whom and from whom.";

std::span<const Field> Describe<CertificateSigningRequestSpec>::fields() {
    using T = CertificateSigningRequestSpec;
    static const std::vector<Field> table{
        field<T>("expirationSeconds", &T::expirationSeconds)
            .documented("How long the certificate should be good; the signer may decide otherwise."),
        field<T>("extra", &T::extra)
            .documented("What else is known of the one who asks; written by the server."),
        field<T>("groups", &T::groups)
            .documented("Groups of the one who asks; written by the server."),
        field<T>("request", &T::request).required().always()
            .documented("The request for a certificate, in PEM."),
        field<T>("signerName", &T::signerName).required().always()
            .documented("Who is to sign, like a path below a domain."),
        field<T>("uid", &T::uid)
            .documented("The uid of the one who asks; written by the server."),
        field<T>("usages", &T::usages)
            .documented("What the certificate is for, such as client auth."),
        field<T>("username", &T::username)
            .documented("The name of the one who asks; written by the server."),
    };
    return table;
}

const std::string_view Describe<CertificateSigningRequestStatus>::doc =
    "What became of a request.";

std::span<const Field> Describe<CertificateSigningRequestStatus>::fields() {
    using T = CertificateSigningRequestStatus;
    static const std::vector<Field> table{
        field<T>("certificate", &T::certificate)
            .documented("The certificate in PEM, once it is signed."),
        field<T>("conditions", &T::conditions)
            .documented("Whether it was approved, denied or failed."),
    };
    return table;
}

const std::string_view Describe<CertificateSigningRequest>::doc =
    "A CertificateSigningRequest asks for a certificate, which somebody approves "
    "and a signer makes.";

std::span<const Field> Describe<CertificateSigningRequest>::fields() {
    using T = CertificateSigningRequest;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, namespace, labels and what else every object has."),
        field<T>("spec", &T::spec).required()
            .documented("What is asked for."),
        field<T>("status", &T::status)
            .documented("What became of it."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
