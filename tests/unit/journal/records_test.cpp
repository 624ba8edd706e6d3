#include "engine/journal/records.h"

#include <catch2/catch_test_macros.hpp>

using namespace kubetab::journal;
using Found = RecordReader::Found;

namespace {

std::string file_of(std::initializer_list<std::string_view> payloads) {
    std::string file(kMagic);
    for (const std::string_view payload : payloads) append_record(file, payload);
    return file;
}

// How the records of a file end.
Found end_of(const std::string& file) {
    RecordReader reader(file);
    Found found = reader.next();
    while (found == Found::Record) found = reader.next();
    return found;
}

}  // namespace

TEST_CASE("The checksum is the usual one") {
    CHECK(checksum("123456789") == 0xCBF43926U);
    CHECK(checksum("") == 0);
}

TEST_CASE("Records are read as they were written") {
    const std::string file = file_of({"one", "", std::string_view("\0\n", 2)});
    RecordReader reader(file);
    REQUIRE(reader.next() == Found::Record);
    CHECK(reader.payload() == "one");
    CHECK(reader.place() == kMagic.size());
    REQUIRE(reader.next() == Found::Record);
    CHECK(reader.payload().empty());
    REQUIRE(reader.next() == Found::Record);
    CHECK(reader.payload() == std::string_view("\0\n", 2));
    CHECK(reader.next() == Found::End);
}

TEST_CASE("A file that ends anywhere in its last record is torn") {
    const std::string whole = file_of({"first", "second"});
    const std::size_t last = file_of({"first"}).size();
    for (std::size_t size = last + 1; size < whole.size(); ++size)
        CHECK(end_of(whole.substr(0, size)) == Found::Torn);
    for (std::size_t size = 0; size < kMagic.size(); ++size)
        CHECK(end_of(whole.substr(0, size)) == Found::Torn);
    CHECK(end_of(whole.substr(0, last) + std::string(100, '\0')) == Found::Torn);
}

TEST_CASE("A bit that is wrong before a whole record is damage") {
    const std::string whole = file_of({"first", "second"});
    const std::size_t last = file_of({"first"}).size();
    for (std::size_t at = 0; at < last; ++at) {
        std::string damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ 4);
        CHECK(end_of(damaged) == Found::Damaged);
    }
    for (std::size_t at = last; at < whole.size(); ++at) {
        std::string damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ 4);
        CHECK(end_of(damaged) == Found::Torn);
    }
}
