#include "engine/journal/records.h"

#include <array>

namespace kubetab::journal {
namespace {

constexpr std::size_t kHead = 12;

constexpr std::array<std::uint32_t, 256> make_table() {
    constexpr std::uint32_t kPolynomial = 0xEDB88320U;
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < table.size(); ++i) {
        std::uint32_t value = i;
        for (int bit = 0; bit < 8; ++bit) value = (value >> 1U) ^ ((value & 1U) != 0 ? kPolynomial : 0U);
        table[i] = value;
    }
    return table;
}

constexpr std::array<std::uint32_t, 256> kTable = make_table();

void append_number(std::string& text, std::uint32_t number) {
    for (unsigned shift = 0; shift < 32; shift += 8) text += static_cast<char>(number >> shift & 0xFFU);
}

std::uint32_t number_at(std::string_view text, std::size_t at) {
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        number |= static_cast<std::uint32_t>(static_cast<unsigned char>(text[at + i])) << (8 * i);
    }
    return number;
}

}  // namespace

std::uint32_t checksum(std::string_view bytes) {
    std::uint32_t value = 0xFFFFFFFFU;
    for (const char c : bytes)
        value = kTable[(value ^ static_cast<unsigned char>(c)) & 0xFFU] ^ (value >> 8U);
    return ~value;
}

void append_record(std::string& file, std::string_view payload) {
    std::string head;
    append_number(head, static_cast<std::uint32_t>(payload.size()));
    append_number(head, checksum(payload));
    append_number(head, checksum(head));
    file.append(head).append(payload);
}

// True when a whole record stands there.
bool RecordReader::read_at(std::size_t place) {
    if (file_.size() - place < kHead) return false;
    const std::string_view head = file_.substr(place, kHead);
    if (checksum(head.substr(0, 8)) != number_at(head, 8)) return false;
    const std::size_t size = number_at(head, 0);
    if (file_.size() - place - kHead < size) return false;
    const std::string_view payload = file_.substr(place + kHead, size);
    if (checksum(payload) != number_at(head, 4)) return false;
    payload_ = payload;
    return true;
}

RecordReader::Found RecordReader::next() {
    place_ = next_;
    if (place_ == 0) {
        if (!file_.starts_with(kMagic)) return kMagic.starts_with(file_) ? Found::Torn : Found::Damaged;
        place_ = kMagic.size();
    }
    if (place_ == file_.size()) return Found::End;
    if (read_at(place_)) {
        next_ = place_ + kHead + payload_.size();
        return Found::Record;
    }
    for (std::size_t later = place_ + 1; later < file_.size(); ++later) {
        if (read_at(later)) return Found::Damaged;
    }
    return Found::Torn;
}

}  // namespace kubetab::journal
