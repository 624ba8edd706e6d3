#include "engine/api/authentication.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<UserInfo>::doc = "A UserInfo is what the API server knows of who makes a request.";

std::span<const Field> Describe<UserInfo>::fields() {
    using T = UserInfo;
    static const std::vector<Field> table{
        field<T>("extra", &T::extra)
            .documented("What else the authenticator has said, by key."),
        field<T>("groups", &T::groups)
            .documented("Groups that the user is in."),
        field<T>("uid", &T::uid)
            .documented("Tells users apart that have the same name at different times."),
        field<T>("username", &T::username)
            .documented("The name, unique among the users of today."),
    };
    return table;
}

const std::string_view Describe<SelfSubjectReviewStatus>::doc = "The answer of the API server.";

std::span<const Field> Describe<SelfSubjectReviewStatus>::fields() {
    using T = SelfSubjectReviewStatus;
    static const std::vector<Field> table{
        field<T>("userInfo", &T::userInfo)
            .documented("Who has made this request."),
    };
    return table;
}

const std::string_view Describe<SelfSubjectReview>::doc =
    "A SelfSubjectReview asks the API server whom it takes the asker for.";

std::span<const Field> Describe<SelfSubjectReview>::fields() {
    using T = SelfSubjectReview;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, labels and what else every object has."),
        field<T>("status", &T::status)
            .documented("What the API server answers."),
    };
    return table;
}

const std::string_view Describe<TokenReviewSpec>::doc = "The token that is asked about.";

std::span<const Field> Describe<TokenReviewSpec>::fields() {
    using T = TokenReviewSpec;
    static const std::vector<Field> table{
        field<T>("audiences", &T::audiences)
            .documented("Whom the token must be meant for, one of them at least; none means the API server."),
        field<T>("token", &T::token)
            .documented("The bearer token."),
    };
    return table;
}

const std::string_view Describe<TokenReviewStatus>::doc = "What the API server says of the token.";

std::span<const Field> Describe<TokenReviewStatus>::fields() {
    using T = TokenReviewStatus;
    static const std::vector<Field> table{
        field<T>("audiences", &T::audiences)
            .documented("Those of the audiences asked for that the token is meant for."),
        field<T>("authenticated", &T::authenticated)
            .documented("Whether the token belongs to a known user."),
        field<T>("error", &T::error)
            .documented("Why it does not."),
        field<T>("user", &T::user)
            .documented("The user that it belongs to."),
    };
    return table;
}

const std::string_view Describe<TokenReview>::doc = "A TokenReview asks whom a bearer token belongs to.";

std::span<const Field> Describe<TokenReview>::fields() {
    using T = TokenReview;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, labels and what else every object has."),
        field<T>("spec", &T::spec).required()
            .documented("The token that it is about."),
        field<T>("status", &T::status)
            .documented("What the API server answers."),
    };
    return table;
}

const std::string_view Describe<BoundObjectReference>::doc =
    "A BoundObjectReference names the object that a token ends with.";

std::span<const Field> Describe<BoundObjectReference>::fields() {
    using T = BoundObjectReference;
    static const std::vector<Field> table{
        field<T>("apiVersion", &T::apiVersion)
            .documented("API version of the object."),
        field<T>("kind", &T::kind)
            .documented("Kind of the object: Pod, Secret or Node."),
        field<T>("name", &T::name)
            .documented("Name of the object."),
        field<T>("uid", &T::uid)
            .documented("UID of the object; when set, no other of its name will do."),
    };
    return table;
}

const std::string_view Describe<TokenRequestSpec>::doc = "What the token is to be.";

std::span<const Field> Describe<TokenRequestSpec>::fields() {
    using T = TokenRequestSpec;
    static const std::vector<Field> table{
        field<T>("audiences", &T::audiences).required().always()
            .documented("Whom the token is for; others should not accept it."),
        field<T>("boundObjectRef", &T::boundObjectRef).always()
            .documented("An object: when it goes, the token is no longer valid."),
        field<T>("expirationSeconds", &T::expirationSeconds).preset("3600").always()
            .documented("How long the token is to be valid; the issuer may decide on another time."),
    };
    return table;
}

const std::string_view Describe<TokenRequestStatus>::doc = "The token that was made.";

std::span<const Field> Describe<TokenRequestStatus>::fields() {
    using T = TokenRequestStatus;
    static const std::vector<Field> table{
        field<T>("expirationTimestamp", &T::expirationTimestamp).required().always()
            .documented("When the token ends."),
        field<T>("token", &T::token).required().always()
            .documented("The token itself."),
    };
    return table;
}

const std::string_view Describe<TokenRequest>::doc = "A TokenRequest asks for a token of a service account.";

std::span<const Field> Describe<TokenRequest>::fields() {
    using T = TokenRequest;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, labels and what else every object has."),
        field<T>("spec", &T::spec).required()
            .documented("What the token is to be."),
        field<T>("status", &T::status)
            .documented("The token that it is about."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
