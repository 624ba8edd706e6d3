#include "engine/api/template_hash.h"

#include "engine/api/codec.h"

namespace kubetab::api {
namespace {

constexpr std::uint32_t kFnvOffset = 2166136261U;
constexpr std::uint32_t kFnvPrime = 16777619U;

std::uint32_t fnv_step(std::uint32_t hash, std::uint8_t byte) {
    return (hash * kFnvPrime) ^ byte;
}

}  // namespace

std::string pod_template_hash(const PodTemplateSpec& pod_template, std::int32_t collision_count) {
    std::string encoded;
    write_json(encoded, type_of<PodTemplateSpec>(), &pod_template);
    std::uint32_t hash = kFnvOffset;
    for (const char c : encoded) hash = fnv_step(hash, static_cast<std::uint8_t>(c));
    if (collision_count > 0) {
        auto rest = static_cast<std::uint64_t>(collision_count);
        for (int i = 0; i < 8; ++i, rest >>= 8) hash = fnv_step(hash, static_cast<std::uint8_t>(rest & 0xff));
    }
    std::string text = std::to_string(hash);
    for (char& c : text) c = kSafeAlphabet[static_cast<std::size_t>(c) % kSafeAlphabet.size()];
    return text;
}

}  // namespace kubetab::api
