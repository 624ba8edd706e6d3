// Records: how a journal's file is divided, so that every byte of it is checked.
//
// A record is its payload's length, a checksum of the payload, a checksum of these two numbers, each four
// bytes with the lowest first, and the payload. A file begins with kMagic.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace kubetab::journal {

inline constexpr std::string_view kMagic = "kubetab journal 1\n";

// CRC-32 as Ethernet and zip have it.
std::uint32_t checksum(std::string_view bytes);

void append_record(std::string& file, std::string_view payload);

// Walks the records of a file, which outlives it.
class RecordReader {
public:
    explicit RecordReader(std::string_view file) : file_(file) {}

    enum class Found {
        Record,
        End,
        Torn,     // no whole record follows: the writer was interrupted here
        Damaged,  // whole records follow, so the damage is not from an interrupted writer
    };
    // A record's payload is then payload(); it points into the file.
    Found next();
    std::string_view payload() const { return payload_; }
    // Where the last record begins, or where it should.
    std::size_t place() const { return place_; }

private:
    bool read_at(std::size_t place);

    std::string_view file_;
    std::size_t next_ = 0;
    std::size_t place_ = 0;
    std::string_view payload_{};
};

}  // namespace kubetab::journal
