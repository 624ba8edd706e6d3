// ContainerLog: what a container has printed, line by line with its time. Bounded: the oldest lines go first.
//
// What a server prints while it starts is the same in every container, so it is kept as a function and
// rendered when somebody looks: a thousand silent web servers cost nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/runtime/image.h"
#include "engine/sim/time.h"

namespace kubetab::runtime {

enum class Stream : std::uint8_t { Output, Error };

struct LogLine {
    sim::Instant at{};
    Stream stream = Stream::Output;
    std::string text{};  // without its newline
};

// The lines a program prints at its start, each with its newline.
using Prelude = std::string (*)(const Image& image, sim::Instant at);

struct LogOptions {
    std::optional<std::int64_t> tail_lines{};
    std::optional<std::int64_t> limit_bytes{};
    std::optional<sim::Instant> since{};
    bool timestamps = false;
};

class ContainerLog {
public:
    static constexpr std::size_t kMaxLines = 10'000;
    static constexpr std::size_t kMaxBytes = 1024 * 1024;

    // Adds text; a line is complete at its newline.
    void write(Stream stream, std::string_view text, sim::Instant at);
    // Ends a line that has no newline yet: the container has ended.
    void flush(sim::Instant at);
    // Must come before anything is written.
    void set_prelude(Prelude prelude, ImageRef image, sim::Instant at);

    // Number of the line after the last; lines are numbered from 0 and keep their number.
    std::int64_t next() const;
    // What was printed after the last newline of standard output.
    std::string unfinished_line() const { return written_ ? written_->partial[0] : std::string(); }
    // The text from that line on, as `kubectl logs` prints it.
    std::string text(const LogOptions& options, std::int64_t from = 0) const;

private:
    struct Written {
        std::map<std::int64_t, LogLine> lines{};  // by number
        std::int64_t next = 0;
        std::size_t bytes = 0;
        std::string partial[2]{};
    };

    void render_prelude() const;
    void append(LogLine line) const;
    Written& written() const;

    // Rendering the prelude changes nothing that can be observed, hence mutable.
    mutable std::unique_ptr<Written> written_{};  // null: nothing yet, but for the prelude
    mutable Prelude prelude_ = nullptr;
    mutable ImageRef image_{};
    sim::Instant prelude_at_{};
};

// "2025-01-15T08:00:00.123456789Z"
std::string format_nanoseconds(sim::Instant at);

}  // namespace kubetab::runtime
