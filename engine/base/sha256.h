// SHA-256 and the keyed digest made of it (HMAC). upstream: FIPS 180-4; RFC 2104
//
// Our own, because nothing else here needs a library of ciphers: the cluster is simulated and its keys
// protect nothing but the simulation's own truth.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace kubetab::base {

// The 32 bytes of the digest.
std::string sha256(std::string_view bytes);
std::string hmac_sha256(std::string_view key, std::string_view bytes);
// Two lower-case hexadecimal digits for each byte.
std::string hexadecimal(std::string_view bytes);

}  // namespace kubetab::base
