#include "engine/server/rest/continuation.h"

#include <algorithm>
#include <optional>

#include "engine/base/base64.h"
#include "engine/base/json.h"

namespace kubetab::server {

using base::Json;
using base::Result;

namespace {

constexpr std::string_view kTokenVersion = "meta.k8s.io/v1";

base::Status invalid(const std::string& why) {
    return base::failure(base::Reason::BadRequest,
                         "invalid continue token: continue key is not valid: " + why);
}

// Between the two alphabets of base64; the one of tokens is that of addresses, and needs no padding.
std::string in_common_alphabet(std::string text) {
    std::replace(text.begin(), text.end(), '-', '+');
    std::replace(text.begin(), text.end(), '_', '/');
    while (text.size() % 4 != 0) text += '=';
    return text;
}

std::string in_address_alphabet(std::string text) {
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    text.erase(std::find(text.begin(), text.end(), '='), text.end());
    return text;
}

// One byte as Go shows it, which takes it for a character. upstream: encoding/json quoteChar
std::string quoted_byte(char byte) {
    const auto value = static_cast<unsigned char>(byte);
    if (value < 0x80) return std::string("'") + byte + "'";
    return std::string("'") + static_cast<char>(0xC0 | (value >> 6)) +
           static_cast<char>(0x80 | (value & 0x3F)) + "'";
}

Result<Json> document_of(const std::string& token) {
    const std::string text = in_common_alphabet(token);
    const std::optional<std::string> decoded = base::base64_decode(text);
    if (!decoded)
        return invalid("illegal base64 data at input byte " + std::to_string(base::base64_mistake(text)));
    if (decoded->empty()) return invalid("unexpected end of JSON input");
    if (decoded->front() != '{')
        return invalid("invalid character " + quoted_byte(decoded->front()) +
                       " looking for beginning of value");
    Result<Json> document = base::parse_json(*decoded);
    if (!document.ok()) return invalid(document.error().message);
    return document;
}

}  // namespace

std::string encode_continuation(const api::ObjectKey& last, const std::string& namespace_,
                                std::int64_t revision) {
    std::string key(last.name);
    if (namespace_.empty() && !last.namespace_.empty()) key = std::string(last.namespace_) + "/" + key;
    return in_address_alphabet(base::base64_encode("{\"v\":\"" + std::string(kTokenVersion) +
                                                   "\",\"rv\":" + std::to_string(revision) +
                                                   ",\"start\":\"/" + key + "\\u0000\"}"));
}

Result<api::ObjectKey> decode_continuation(const std::string& token, const std::string& namespace_) {
    const Json document = TRY(document_of(token));
    const std::string version = base::text_at(document, {"v"});
    if (version != kTokenVersion)
        return invalid("server does not recognize this encoded version \"" + version + "\"");
    if (base::int_at(document, {"rv"}) == 0)
        return invalid("incorrect encoded start resourceVersion (version " + version + ")");
    std::string start = base::text_at(document, {"start"});
    if (start.empty()) return invalid("encoded start key empty (version " + version + ")");
    // The smallest key behind the last one has a zero byte more.
    if (start.back() == '\0') start.pop_back();
    if (start.starts_with('/')) start.erase(0, 1);
    const std::size_t slash = start.find('/');
    if (!namespace_.empty() || slash == std::string::npos) return api::ObjectKey{namespace_, start};
    return api::ObjectKey{start.substr(0, slash), start.substr(slash + 1)};
}

}  // namespace kubetab::server
