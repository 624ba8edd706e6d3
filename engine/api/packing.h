// Packing: objects of one kind in few bytes, for those that are kept in great numbers and seldom read.
//
// What comes back equals what was packed, field by field. Fields in their initial state take one bit, a uid
// 16 bytes, and a text that stood earlier in the object, or in several objects, two or three. Those texts are
// kept as long as the packing is, and there is a limit to them; so what one packing has packed only it can
// unpack. The bytes are for the memory of one process, not to be saved.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "engine/api/object.h"
#include "engine/base/lookup_map.h"

namespace kubetab::api {

class Packing {
public:
    explicit Packing(const Kind& kind) : kind_(kind) {}

    Text pack(const Object& object);
    std::shared_ptr<Object> unpack(std::string_view packed) const;

    static constexpr std::size_t kMaxWords = 16'384;

private:
    class Packer;
    class Unpacker;

    // The number of a text that is kept, or -1.
    std::int64_t find(const Text& text) const;
    // The same; one that comes for the second time is kept from then on.
    std::int64_t number_of(const Text& text);

    const Kind& kind_;
    std::vector<Text> words_{};  // by number
    base::LookupMap<std::uint32_t> numbers_{};
    std::vector<std::uint32_t> seen_ = std::vector<std::uint32_t>(4096);  // hashes of what has come once
};

}  // namespace kubetab::api
