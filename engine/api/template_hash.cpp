#include "engine/api/template_hash.h"

#include "engine/api/codec.h"

namespace kubetab::api {
namespace {

constexpr std::uint32_t kFnvOffset = 2166136261U;
constexpr std::uint32_t kFnvPrime = 16777619U;

std::uint32_t fnv_step(std::uint32_t hash, std::uint8_t byte) {
    return (hash * kFnvPrime) ^ byte;
}

std::string safe_text(std::uint32_t hash) {
    std::string text = std::to_string(hash);
    for (char& c : text) c = kSafeAlphabet[static_cast<std::size_t>(c) % kSafeAlphabet.size()];
    return text;
}

std::uint32_t hash_of(std::string_view text) {
    std::uint32_t hash = kFnvOffset;
    for (const char c : text) hash = fnv_step(hash, static_cast<std::uint8_t>(c));
    return hash;
}

}  // namespace

std::string safe_hash(std::string_view text) {
    return safe_text(hash_of(text));
}

std::string pod_template_hash(const PodTemplateSpec& pod_template, std::int32_t collision_count) {
    std::string encoded;
    write_json(encoded, type_of<PodTemplateSpec>(), &pod_template);
    std::uint32_t hash = hash_of(encoded);
    if (collision_count > 0) {
        auto rest = static_cast<std::uint64_t>(collision_count);
        for (int i = 0; i < 8; ++i, rest >>= 8) hash = fnv_step(hash, static_cast<std::uint8_t>(rest & 0xff));
    }
    return safe_text(hash);
}

}  // namespace kubetab::api
