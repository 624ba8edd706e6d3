// IndexRanges: a set of completion indexes of an indexed Job, written as 1,3-5,7.
//
// Kept as ranges, so that a job of many indexes costs little. upstream:
// pkg/controller/job/indexed_job_utils.go
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/status.h"

namespace kubetab::api {

class IndexRanges {
public:
    struct Range {
        std::int32_t first = 0;
        std::int32_t last = 0;
    };

    IndexRanges() = default;
    // A failure's message is the validator's, e.g. `too large index: "9"`. upstream: validateIndexesFormat
    static base::Result<IndexRanges> parse(std::string_view text, std::int32_t completions);
    // Of a text that was written by a controller, perhaps when there were more completions: indexes that are
    // none any more are left out, as is what cannot be read. upstream: parseIndexesFromString
    static IndexRanges read(std::string_view text, std::int32_t completions);

    void add(std::int32_t index);
    void add(const IndexRanges& other);
    bool has(std::int32_t index) const;
    std::int32_t total() const;
    // How many indexes are in both.
    std::int32_t common(const IndexRanges& other) const;
    // The lowest index from `from` on that is missing.
    std::int32_t first_missing(std::int32_t from) const;
    // Two neighbours are written as 3,4, three as 3-5.
    std::string text() const;

private:
    explicit IndexRanges(Range range) : ranges_{range} {}

    std::vector<Range> ranges_{};  // in order, with gaps between them
};

}  // namespace kubetab::api
